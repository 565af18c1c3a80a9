// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/spanrowsview.h"
#include "widgets/colors.h"
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr double kRowHeight = 2.1; ///< in heights of a letter
constexpr double kRulerHeight = 1.6;
const QColor kPlayhead(0xe0, 0x3a, 0x3a);

} // namespace

SpanRowsView::SpanRowsView(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Spans of the coders, the model and what is settled"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SpanRowsView::setRows(std::vector<Row> rows, const FrameSpan& shown)
{
    m_rows = std::move(rows);
    m_shown = shown;
    QStringList spoken;
    for (const Row& row : m_rows) {
        QStringList texts;
        for (const Span& span : row.spans)
            if (span.strong)
                texts.append(tr("%1, frames %2 to %3")
                                 .arg(span.text)
                                 .arg(span.frames.first)
                                 .arg(span.frames.last - 1));
        spoken.append(
            tr("%1: %2").arg(row.title, texts.isEmpty() ? row.note : texts.join(QStringLiteral("; "))));
    }
    setAccessibleDescription(spoken.join(QLatin1Char('\n')));
    updateGeometry();
    update();
}

void SpanRowsView::setPlayhead(int64_t frame)
{
    m_playhead = frame;
    update();
}

QSize SpanRowsView::sizeHint() const
{
    const double em = QFontMetricsF(font()).height();
    return {static_cast<int>(em * 40),
        static_cast<int>(em * (kRowHeight * static_cast<double>(m_rows.size()) + kRulerHeight))};
}

double SpanRowsView::left() const
{
    const QFontMetricsF metrics(font());
    double widest = 0;
    for (const Row& row : m_rows)
        widest = std::max(widest, metrics.horizontalAdvance(row.title));
    return std::min(widest + metrics.height(), width() * 0.25);
}

double SpanRowsView::xOf(int64_t frame) const
{
    const auto frames = static_cast<double>(std::max<int64_t>(1, m_shown.length()));
    return left() + static_cast<double>(frame - m_shown.first) / frames * (width() - left() - 1);
}

void SpanRowsView::paintRow(QPainter& painter, const Row& row, const QRectF& place) const
{
    const double em = QFontMetricsF(font()).height();
    const QColor base = palette().color(QPalette::Base);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(QRectF(em * 0.3, place.top(), left() - em * 0.6, place.height()),
        Qt::AlignVCenter | Qt::AlignLeft,
        QFontMetricsF(font()).elidedText(row.title, Qt::ElideRight, left() - em * 0.6));
    painter.setPen(QPen(hairline(palette()), 1));
    painter.drawLine(place.bottomLeft(), place.bottomRight());
    painter.save();
    painter.setClipRect(QRectF(left(), place.top(), width() - left(), place.height()));
    bool about = false;
    for (const Span& span : row.spans) {
        const double x = xOf(span.frames.first);
        const QRectF box(
            x, place.top() + em * 0.25, std::max(3.0, xOf(span.frames.last) - x), place.height() - em * 0.5);
        const QColor fill = span.strong ? span.color : mixed(base, span.color, 0.35);
        about = about || span.strong;
        painter.setPen(QPen(span.strong ? palette().color(QPalette::Text) : fill, 1));
        painter.setBrush(span.crossed ? QBrush(base) : QBrush(fill));
        painter.drawRoundedRect(box, em * 0.2, em * 0.2);
        if (span.crossed) {
            painter.drawLine(box.topLeft(), box.bottomRight());
            painter.drawLine(box.bottomLeft(), box.topRight());
        }
        const QRectF inside = box.intersected(QRectF(left(), 0, width() - left(), height()))
                                  .adjusted(em * 0.3, 0, -em * 0.3, 0);
        const QColor behind = span.crossed ? base : fill;
        painter.setPen(readableOn(behind));
        if (inside.width() > em && !span.crossed)
            painter.drawText(inside, Qt::AlignVCenter | Qt::AlignLeft,
                QFontMetricsF(font()).elidedText(span.text, Qt::ElideRight, inside.width()));
    }
    if (!about && !row.note.isEmpty()) {
        painter.setPen(quietText(palette()));
        painter.drawText(QRectF(left() + em * 0.4, place.top(), width() - left() - em, place.height()),
            Qt::AlignVCenter | (row.spans.empty() ? Qt::AlignLeft : Qt::AlignHCenter), row.note);
    }
    painter.restore();
}

void SpanRowsView::paintRuler(QPainter& painter, double top) const
{
    const double em = QFontMetricsF(font()).height();
    const double wanted
        = std::max(1.0, static_cast<double>(m_shown.length()) / std::max(1.0, (width() - left()) / (em * 6)));
    const double power = std::pow(10, std::floor(std::log10(wanted)));
    double step = 10 * power;
    for (const double factor : {5.0, 2.0, 1.0})
        if (factor * power >= wanted)
            step = factor * power;
    const auto every = std::max<int64_t>(1, static_cast<int64_t>(std::lround(step)));
    painter.setPen(quietText(palette()));
    for (int64_t frame = (m_shown.first + every - 1) / every * every; frame < m_shown.last; frame += every) {
        const double x = xOf(frame);
        painter.drawLine(QPointF(x, top), QPointF(x, top + em * 0.3));
        painter.drawText(QRectF(x - em * 3, top + em * 0.3, em * 6, em * 1.2), Qt::AlignCenter,
            locale().toString(static_cast<qlonglong>(frame)));
    }
}

void SpanRowsView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (m_shown.empty())
        return;
    const double em = QFontMetricsF(font()).height();
    double top = 0;
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Row& row : m_rows) {
        paintRow(painter, row, QRectF(0, top, width(), em * kRowHeight));
        top += em * kRowHeight;
    }
    paintRuler(painter, top);
    if (m_shown.contains(m_playhead)) {
        painter.setPen(QPen(kPlayhead, 1.5));
        const double x = xOf(m_playhead);
        painter.drawLine(QPointF(x, 0), QPointF(x, top));
    }
}

void SpanRowsView::mousePressEvent(QMouseEvent* event)
{
    QWidget::mousePressEvent(event);
    const double x = event->position().x();
    if (event->button() != Qt::LeftButton || m_shown.empty() || x < left())
        return;
    const double share = (x - left()) / std::max(1.0, width() - left());
    const auto frame = m_shown.first + static_cast<int64_t>(share * static_cast<double>(m_shown.length()));
    emit frameClicked(std::clamp(frame, m_shown.first, m_shown.last - 1));
}

void SpanRowsView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    update();
}

} // namespace telltale
