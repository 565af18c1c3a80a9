// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/spanpainter.h"
#include "widgets/colors.h"
#include <QPainter>
#include <QPainterPath>
#include <array>

namespace telltale {

namespace {

enum class Mark { None, CutCorner, Strike, Pennant };

/// How a state looks. Fill is the share of the class colour in the box at score 0 and at score 1.
struct StateStyle {
    SpanState state;
    double fillLow;
    double fillHigh;
    bool hatched;
    Qt::PenStyle outline;
    Mark mark;
};

constexpr std::array<StateStyle, 6> kStyles{{
    {SpanState::Proposed, 0.12, 0.55, true, Qt::SolidLine, Mark::None},
    {SpanState::Accepted, 0.92, 0.92, false, Qt::SolidLine, Mark::None},
    {SpanState::Corrected, 0.92, 0.92, false, Qt::SolidLine, Mark::CutCorner},
    {SpanState::Rejected, 0.08, 0.08, false, Qt::SolidLine, Mark::Strike},
    {SpanState::Skipped, 0.16, 0.16, false, Qt::DotLine, Mark::None},
    {SpanState::Flagged, 0.92, 0.92, false, Qt::SolidLine, Mark::Pennant},
}};

const StateStyle& styleOf(SpanState state)
{
    for (const StateStyle& style : kStyles)
        if (style.state == state)
            return style;
    return kStyles[1];
}

double fillOf(const StateStyle& style, double score)
{
    return style.fillLow + (style.fillHigh - style.fillLow) * std::clamp(score, 0.0, 1.0);
}

/// Diagonal stripes in `color` that repeat without a seam.
QPixmap hatchTile(const QColor& color, double period, double pixelRatio)
{
    const int side = std::max(4, static_cast<int>(std::lround(period * pixelRatio)));
    QPixmap tile(side, side);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, side * 0.24, Qt::SolidLine, Qt::FlatCap));
    for (const int shift : {-side, 0, side})
        painter.drawLine(QPointF(shift - side * 0.5, side * 1.5), QPointF(shift + side * 1.5, -side * 0.5));
    painter.end();
    tile.setDevicePixelRatio(pixelRatio);
    return tile;
}

} // namespace

SpanPainter::SpanPainter(const QPalette& palette, const QFontMetricsF& metrics, double pixelRatio)
    : m_palette(palette)
    , m_metrics(metrics)
    , m_hatch(hatchTile(withAlpha(palette.color(QPalette::Base), isDark(palette) ? 0.55 : 0.6),
          metrics.height() * 0.42, pixelRatio))
    , m_radius(metrics.height() * 0.2)
{
}

QColor SpanPainter::columnColor(const TimelineSpan& span) const
{
    const double fill = fillOf(styleOf(span.state), span.score);
    return mixed(m_palette.color(QPalette::Base), span.color, std::max(0.25, fill));
}

void SpanPainter::drawBox(
    QPainter& painter, const QRectF& box, const TimelineSpan& span, const QRectF& view) const
{
    const StateStyle& style = styleOf(span.state);
    const QColor base = m_palette.color(QPalette::Base);
    const QColor fill = mixed(base, span.color, fillOf(style, span.score));
    // What reaches far outside the view is cut: the rasterizer need not walk it.
    const QRectF shown
        = box.intersected(view.adjusted(-view.height(), 0, view.height(), 0)).adjusted(0.5, 0.5, -0.5, -0.5);
    const double radius = std::min(m_radius, shown.width() / 3);
    const bool faint = style.mark == Mark::Strike || style.outline == Qt::DotLine;

    painter.setRenderHint(QPainter::Antialiasing);
    const QColor edge = faint
        ? mixed(base, span.color, 0.5)
        : mixed(span.color, m_palette.color(QPalette::Text), style.hatched ? 0.0 : 0.28);
    painter.setPen(QPen(edge, 1, style.outline));
    painter.setBrush(fill);
    painter.drawRoundedRect(shown, radius, radius);
    if (style.hatched) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(m_hatch));
        painter.drawRoundedRect(shown.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }
    const QColor ink = faint ? quietText(m_palette) : readableOn(fill);
    drawMark(
        painter, shown, span.state, faint ? edge : mixed(span.color, m_palette.color(QPalette::Text), 0.7));
    drawText(painter, shown, span, view, ink);
}

void SpanPainter::drawMark(QPainter& painter, const QRectF& box, SpanState state, const QColor& ink) const
{
    const Mark mark = styleOf(state).mark;
    const double side = std::min(m_metrics.height() * 0.42, box.height() * 0.5);
    if (mark == Mark::None || (mark != Mark::Strike && box.width() < side * 1.5))
        return;
    if (mark == Mark::Strike) {
        painter.setPen(QPen(ink, std::max(1.0, m_metrics.height() * 0.07)));
        painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()));
        return;
    }
    painter.setPen(Qt::NoPen);
    if (mark == Mark::CutCorner) { // the corner is gone and what is left of it stands out
        QPainterPath corner;
        corner.moveTo(box.topRight() + QPointF(-side, -0.5));
        corner.lineTo(box.topRight() + QPointF(0.5, -0.5));
        corner.lineTo(box.topRight() + QPointF(0.5, side));
        corner.closeSubpath();
        painter.setBrush(m_palette.color(QPalette::Base));
        painter.drawPath(corner);
        painter.setPen(QPen(ink, std::max(1.2, m_metrics.height() * 0.1)));
        painter.drawLine(box.topRight() + QPointF(-side - 0.5, 0), box.topRight() + QPointF(0, side + 0.5));
        return;
    }
    const QPointF foot = box.topLeft() + QPointF(side * 0.45, 0);
    painter.setBrush(QColor(0xd6, 0x27, 0x28));
    painter.setPen(QPen(m_palette.color(QPalette::Base), 1));
    const std::array<QPointF, 3> pennant{
        foot, foot + QPointF(side * 1.25, side * 0.6), foot + QPointF(0, side * 1.2)};
    painter.drawPolygon(pennant.data(), 3);
}

void SpanPainter::drawText(QPainter& painter, const QRectF& box, const TimelineSpan& span, const QRectF& view,
    const QColor& ink) const
{
    const double em = m_metrics.height();
    const double lead = styleOf(span.state).mark == Mark::Pennant ? em * 0.75 : em * 0.3;
    const double tail = styleOf(span.state).mark == Mark::CutCorner ? em * 0.5 : em * 0.2;
    const QRectF room = box.intersected(view).adjusted(lead, 0, -tail, 0);
    if (room.width() < em * 1.2 || span.text.isEmpty() || box.height() < m_metrics.ascent())
        return;
    const QString text = m_metrics.elidedText(span.text, Qt::ElideRight, room.width());
    if (styleOf(span.state).hatched) { // stripes behind letters tire the eye
        const double width = std::min(room.width(), m_metrics.horizontalAdvance(text)) + em * 0.3;
        const QColor plate = mixed(
            m_palette.color(QPalette::Base), span.color, fillOf(styleOf(span.state), span.score) * 0.75);
        painter.setPen(Qt::NoPen);
        painter.setBrush(plate);
        painter.drawRoundedRect(QRectF(room.left() - em * 0.15, room.top() + 1.5, width, room.height() - 3),
            m_radius * 0.7, m_radius * 0.7);
        painter.setPen(readableOn(plate));
    } else {
        painter.setPen(ink);
    }
    painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
}

} // namespace telltale
