// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What people noted beside the spans: ranges in a lane and sheets on the ruler.
#include "widgets/colors.h"
#include "widgets/timeline/timelinepainter.h"
#include <QPainter>
#include <array>

namespace telltale {

namespace {

const QColor kSheet(0xf2, 0xc1, 0x4e);

} // namespace

void TimelinePainter::drawRanges(QPainter& painter, int lane) const
{
    const TimelineLane& data = m_scene.lanes()[static_cast<size_t>(lane)];
    const TimelineMapping& mapping = m_scene.mapping();
    const QColor color = data.color.isValid() ? data.color : m_palette.color(QPalette::Highlight);
    const QRectF rect = m_scene.laneRect(lane).adjusted(0, 2, 0, -3);
    const double line = std::max(2.0, std::round(m_scene.em() * 0.16));
    for (const FrameSpan& range : data.ranges) {
        const double left = std::floor(mapping.xOf(static_cast<double>(range.first)));
        const double right = std::ceil(mapping.xOf(static_cast<double>(range.last)));
        if (right < mapping.left() || left > mapping.right())
            continue;
        const double width = std::max(1.0, right - left);
        painter.fillRect(QRectF(left, rect.top(), width, rect.height()), withAlpha(color, 0.28));
        painter.fillRect(QRectF(left, rect.bottom() - line, width, line), color);
    }
}

void TimelinePainter::drawMarks(QPainter& painter) const
{
    if (m_scene.marks().empty())
        return;
    const QRectF content = m_scene.content();
    const double side = m_scene.markSize();
    const double bottom = m_scene.rulerHeight() - 2;
    painter.save();
    painter.setClipRect(QRectF(content.left() - side, 0, content.width() + side, m_scene.rulerHeight()));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(mixed(kSheet, QColor(Qt::black), 0.45), 1));
    painter.setBrush(kSheet);
    for (const TimelineMark& mark : m_scene.marks()) {
        const double x = std::round(m_scene.mapping().xOf(static_cast<double>(mark.frame))) + 0.5;
        if (x < content.left() - side || x > content.right() + side)
            continue;
        const double left = x - std::floor(side / 2);
        const double top = bottom - side - 0.5;
        const double fold = side * 0.38;
        // A sheet with its lower right corner folded.
        const std::array<QPointF, 5> sheet{QPointF(left, top), QPointF(left + side, top),
            QPointF(left + side, top + side - fold), QPointF(left + side - fold, top + side),
            QPointF(left, top + side)};
        painter.drawPolygon(sheet.data(), static_cast<int>(sheet.size()));
        painter.drawLine(
            QPointF(left + side * 0.22, top + side * 0.36), QPointF(left + side * 0.78, top + side * 0.36));
    }
    painter.restore();
}

} // namespace telltale
