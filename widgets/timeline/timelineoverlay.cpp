// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The moving layer of the timeline: hover, selection, drag and playhead.
#include "widgets/colors.h"
#include "widgets/timeline/rulerticks.h"
#include "widgets/timeline/timelinepainter.h"
#include <QPainter>
#include <array>

namespace telltale {

namespace {

const QColor kPlayhead(0xe5, 0x2b, 0x35);

QString signedText(int64_t value)
{
    return (value < 0 ? QStringLiteral("\u2212") : QStringLiteral("+")) + QString::number(std::abs(value));
}

} // namespace

void TimelinePainter::drawOverlay(QPainter& painter, const TimelineOverlay& overlay) const
{
    const QRectF content = m_scene.content();
    painter.setFont(m_scene.font());
    painter.save();
    painter.setClipRect(content);
    const auto boxOf = [this](int lane, int item) {
        return m_scene.boxOf(
            lane, item, m_scene.lanes()[static_cast<size_t>(lane)].spans[static_cast<size_t>(item)].span);
    };
    const bool dragging = overlay.drag && overlay.drag->moved();
    if (!dragging) {
        const auto selected = m_scene.find(overlay.selected);
        if (overlay.hover) {
            const QRectF box = boxOf(overlay.hover.lane, overlay.hover.item);
            painter.fillRect(box, withAlpha(m_palette.color(QPalette::Text), 0.10));
            if (m_scene.lanes()[static_cast<size_t>(overlay.hover.lane)].editable)
                drawGrips(painter, box);
        }
        if (selected) {
            const QRectF box = boxOf(selected->first, selected->second);
            const auto [lane, item] = *selected;
            // Where rows are folded onto each other the chosen one lies on top.
            if (static_cast<int>(m_scene.index(lane).rows().size()) > m_scene.rows(lane) && box.width() >= 4)
                m_spans.drawBox(painter, box,
                    m_scene.lanes()[static_cast<size_t>(lane)].spans[static_cast<size_t>(item)], content);
            drawRing(painter, box, m_palette.color(QPalette::Highlight), m_scene.em() * 0.16);
            if (m_scene.lanes()[static_cast<size_t>(selected->first)].editable)
                drawGrips(painter, box);
        }
    }
    painter.restore();
    drawCurrentLane(painter, overlay.lane);
    drawPlayhead(painter, overlay.frame);
    if (dragging)
        drawDrag(painter, *overlay.drag);
    if (overlay.focused) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(QPen(m_palette.color(QPalette::Highlight), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(QPointF(), m_scene.size()).adjusted(0, 0, -1, -1));
    }
}

void TimelinePainter::drawCurrentLane(QPainter& painter, int lane) const
{
    const QRectF rect = m_scene.laneRect(lane);
    const QRectF content = m_scene.content();
    if (rect.isEmpty() || rect.bottom() <= content.top() || rect.top() >= content.bottom())
        return;
    const double em = m_scene.em();
    const QRectF name(1, rect.top(), content.left() - 3, rect.height() - 2);
    painter.save();
    painter.setClipRect(QRectF(0, content.top(), m_scene.size().width(), content.height()));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_palette.color(QPalette::Highlight), std::max(1.5, em * 0.1)));
    painter.setBrush(withAlpha(m_palette.color(QPalette::Highlight), 0.14));
    painter.drawRoundedRect(name.adjusted(0.5, 0.5, -0.5, -0.5), em * 0.2, em * 0.2);
    painter.restore();
}

void TimelinePainter::drawRing(QPainter& painter, const QRectF& box, const QColor& color, double width) const
{
    const double pen = std::max(2.0, std::round(width));
    const double radius = m_scene.em() * 0.25;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const QRectF view = m_scene.content().adjusted(-pen * 2, 0, pen * 2, 0);
    const QRectF ring = box.intersected(view).adjusted(-pen / 2, -pen / 2 + 1, pen / 2, pen / 2 - 1);
    painter.setPen(QPen(m_palette.color(QPalette::Base), pen + 2));
    painter.drawRoundedRect(ring, radius, radius);
    painter.setPen(QPen(color, pen));
    painter.drawRoundedRect(ring, radius, radius);
}

void TimelinePainter::drawGrips(QPainter& painter, const QRectF& box) const
{
    const double width = std::max(3.0, m_scene.em() * 0.22);
    const double height = std::max(6.0, box.height() * 0.55);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_palette.color(QPalette::Base), 1));
    painter.setBrush(m_palette.color(QPalette::Text));
    for (const double x : {box.left(), box.right()})
        painter.drawRoundedRect(
            QRectF(x - width / 2, box.center().y() - height / 2, width, height), width / 2, width / 2);
}

void TimelinePainter::drawDrag(QPainter& painter, const TimelineDrag& drag) const
{
    const auto found = m_scene.find(drag.id());
    if (!found)
        return;
    const auto [lane, item] = *found;
    TimelineSpan span = m_scene.lanes()[static_cast<size_t>(lane)].spans[static_cast<size_t>(item)];
    const QRectF before = m_scene.boxOf(lane, item, drag.original());
    const QRectF box = m_scene.boxOf(lane, item, drag.current());
    painter.save();
    painter.setClipRect(m_scene.content());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(quietText(m_palette), 1, Qt::DashLine));
    painter.drawRoundedRect(before.adjusted(0.5, 0.5, -0.5, -0.5), m_scene.em() * 0.2, m_scene.em() * 0.2);
    m_spans.drawBox(painter, box, span, m_scene.content());
    drawRing(painter, box, m_palette.color(QPalette::Highlight), m_scene.em() * 0.16);
    if (drag.snappedTo()) {
        const double x = std::round(m_scene.mapping().xOf(static_cast<double>(*drag.snappedTo()))) + 0.5;
        painter.setPen(QPen(m_palette.color(QPalette::Highlight), 1, Qt::DashLine));
        painter.drawLine(QPointF(x, m_scene.content().top()), QPointF(x, m_scene.content().bottom()));
    }
    painter.restore();
    drawDragLabel(painter, drag, box);
}

void TimelinePainter::drawDragLabel(QPainter& painter, const TimelineDrag& drag, const QRectF& box) const
{
    const FrameTimes& times = *m_scene.times();
    const bool end = drag.part() == SpanHit::Part::End;
    const int64_t was = end ? drag.original().last : drag.original().first;
    const int64_t now = end ? drag.current().last : drag.current().first;
    const auto ms
        = std::chrono::round<std::chrono::milliseconds>(times.timeOf(now) - times.timeOf(was)).count();
    const QString where = TimelineView::tr("frame %1   %2").arg(now).arg(clockText(times.timeOf(now), true));
    const QString by = TimelineView::tr("%1 frames   %2 ms").arg(signedText(now - was), signedText(ms));
    const QString length = TimelineView::tr("length %1").arg(drag.current().length());

    const QFontMetricsF& metrics = m_scene.metrics();
    const double em = m_scene.em();
    double width = 0;
    const std::array<QString, 3> lines{where, by, length};
    for (const QString& line : lines)
        width = std::max(width, metrics.horizontalAdvance(line));
    QRectF plate(0, 0, width + em, em * 3 + em * 0.5);
    const double anchor = end ? box.right() : box.left();
    plate.moveTopLeft(
        QPointF(end ? anchor + em * 0.6 : anchor - plate.width() - em * 0.6, box.bottom() + em * 0.4));
    if (plate.bottom() > m_scene.size().height())
        plate.moveBottom(box.top() - em * 0.4);
    if (plate.top() < 0)
        plate.moveTop(std::max(0.0, std::min(box.top(), m_scene.size().height() - plate.height())));
    plate.moveLeft(std::clamp(plate.left(), 2.0, std::max(2.0, m_scene.size().width() - plate.width() - 2)));

    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hairline(m_palette), 1));
    painter.setBrush(m_palette.color(QPalette::ToolTipBase));
    painter.drawRoundedRect(plate.adjusted(0.5, 0.5, -0.5, -0.5), em * 0.25, em * 0.25);
    QRectF line(plate.left() + em * 0.5, plate.top() + em * 0.25, width, em);
    const QColor ink = readableOn(m_palette.color(QPalette::ToolTipBase));
    for (size_t i = 0; i < lines.size(); ++i) {
        painter.setPen(i == 0 ? ink : mixed(ink, m_palette.color(QPalette::ToolTipBase), 0.3));
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, lines[i]);
        line.translate(0, em);
    }
}

QRectF TimelinePainter::playheadRect(int64_t frame) const
{
    const double em = m_scene.em();
    const double left = m_scene.mapping().xOf(static_cast<double>(frame));
    const double right = m_scene.mapping().xOf(static_cast<double>(frame + 1));
    return QRectF(
        left - em * 0.5 - 2, 0, std::max(right - left, em * 0.5) + em * 0.5 + 4, m_scene.size().height());
}

void TimelinePainter::drawPlayhead(QPainter& painter, int64_t frame) const
{
    const QRectF content = m_scene.content();
    const double em = m_scene.em();
    const double x = std::round(m_scene.mapping().xOf(static_cast<double>(frame)));
    const double next = m_scene.mapping().xOf(static_cast<double>(frame + 1));
    painter.save();
    painter.setClipRect(QRectF(content.left() - em * 0.5, 0, content.width() + em, m_scene.size().height()));
    if (next < content.left() || x > content.right()) {
        painter.restore();
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (next - x >= 3)
        painter.fillRect(QRectF(x, content.top(), next - x, content.height()), withAlpha(kPlayhead, 0.13));
    const double line = std::max(1.0, std::round(em * 0.09));
    const double ruler = m_scene.rulerHeight();
    painter.fillRect(QRectF(x, ruler - em * 0.3, line, m_scene.size().height()), kPlayhead);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(kPlayhead);
    const double c = x + line / 2;
    const double w = em * 0.4;
    const std::array<QPointF, 5> head{QPointF(c - w, ruler - em * 0.95), QPointF(c + w, ruler - em * 0.95),
        QPointF(c + w, ruler - em * 0.5), QPointF(c, ruler - em * 0.1), QPointF(c - w, ruler - em * 0.5)};
    painter.drawPolygon(head.data(), static_cast<int>(head.size()));
    painter.restore();
}

void TimelinePainter::drawPlaceholder(QPainter& painter, const QString& text) const
{
    const QRectF all(QPointF(), m_scene.size());
    const double em = m_scene.em();
    painter.setFont(m_scene.font());
    painter.fillRect(all, m_palette.color(QPalette::Base));
    painter.setPen(quietText(m_palette));
    painter.drawText(all.adjusted(em, em * 0.5, -em, -em * 0.5), Qt::AlignCenter | Qt::TextWordWrap, text);
}

} // namespace telltale
