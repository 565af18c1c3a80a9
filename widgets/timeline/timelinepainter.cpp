// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/timelinepainter.h"
#include "widgets/colors.h"
#include "widgets/timeline/rulerticks.h"
#include <QPainter>
#include <algorithm>

namespace telltale {

TimelinePainter::TimelinePainter(
    const TimelineScene& scene, const QPalette& palette, double pixelRatio, SpanPainter& spans)
    : m_scene(scene)
    , m_palette(palette)
    , m_spans(spans)
    , m_ratio(pixelRatio)
{
}

void TimelinePainter::drawStatic(QImage& layer, int64_t hiddenId) const
{
    const QRectF content = m_scene.content();
    std::vector<int> shown;
    for (int lane = 0; lane < static_cast<int>(m_scene.lanes().size()); ++lane) {
        const QRectF rect = m_scene.laneRect(lane);
        if (rect.bottom() >= content.top() && rect.top() <= content.bottom())
            shown.push_back(lane);
    }
    QPainter painter(&layer);
    painter.setFont(m_scene.font());
    drawLaneBackgrounds(painter);
    drawRuler(painter);
    painter.setClipRect(content);
    for (const int lane : shown) {
        drawRanges(painter, lane);
        drawPictures(painter, lane);
        drawSound(painter, lane);
        drawNote(painter, lane);
    }
    painter.end();

    m_plan = {};
    std::vector<Label> labels;
    PixelCanvas canvas(layer, m_ratio, m_scene.em(), content);
    for (const int lane : shown) {
        drawCurve(canvas, lane);
        drawSpans(canvas, lane, hiddenId, labels);
    }

    painter.begin(&layer);
    painter.setFont(m_scene.font());
    painter.setClipRect(content);
    for (const Label& label : labels)
        m_spans.drawLabel(painter, label.box, *label.span, content);
    painter.setClipping(false);
    drawDamage(painter);
    drawMarks(painter);
    drawTitles(painter);
    drawScrollMarks(painter);
}

void TimelinePainter::drawRuler(QPainter& painter) const
{
    const QRectF content = m_scene.content();
    const double em = m_scene.em();
    const double height = m_scene.rulerHeight();
    painter.fillRect(QRectF(0, 0, m_scene.size().width(), height), m_palette.color(QPalette::Window));
    painter.save();
    painter.setClipRect(QRectF(content.left(), 0, content.width(), m_scene.size().height()));
    const double labelRoom = m_scene.metrics().horizontalAdvance(QStringLiteral("00:00.000")) + em;
    const QColor strong
        = mixed(m_palette.color(QPalette::Window), m_palette.color(QPalette::WindowText), 0.45);
    const QColor grid = mixed(m_palette.color(QPalette::Base), m_palette.color(QPalette::Text), 0.08);
    TextCache& times = m_spans.text();
    TextCache& frames = m_spans.smallText();
    const std::vector<RulerTick> ticks = rulerTicks(m_scene.mapping(), *m_scene.times(), labelRoom);
    for (const RulerTick& tick : ticks) {
        const double x = std::round(m_scene.mapping().xOf(static_cast<double>(tick.frame)));
        const double length = tick.labelled ? height : em * 0.35;
        painter.fillRect(
            QRectF(x, height - length, 1, length), tick.labelled ? strong : withAlpha(strong, 0.6));
        if (!tick.labelled)
            continue;
        painter.fillRect(QRectF(x, height, 1, content.height()), grid);
        painter.setPen(m_palette.color(QPalette::WindowText));
        times.draw(painter, QRectF(x + em * 0.3, em * 0.08, labelRoom, em), tick.time);
    }
    painter.setFont(frames.font());
    painter.setPen(quietText(m_palette));
    for (const RulerTick& tick : ticks)
        if (tick.labelled) {
            const double x = std::round(m_scene.mapping().xOf(static_cast<double>(tick.frame)));
            frames.draw(painter, QRectF(x + em * 0.3, em * 1.06, labelRoom, em), QString::number(tick.frame));
        }
    painter.restore();
    painter.setFont(frames.font());
    painter.setPen(quietText(m_palette));
    const QRectF names(0, em * 0.08, content.left() - em * 0.4, em);
    painter.drawText(names, Qt::AlignRight | Qt::AlignVCenter, TimelineView::tr("time"));
    painter.drawText(
        names.translated(0, em * 0.98), Qt::AlignRight | Qt::AlignVCenter, TimelineView::tr("frame"));
    painter.setFont(m_scene.font());
    painter.fillRect(QRectF(0, height - 1, m_scene.size().width(), 1), hairline(m_palette));
}

void TimelinePainter::drawLaneBackgrounds(QPainter& painter) const
{
    const double ruler = m_scene.rulerHeight();
    const QSizeF size = m_scene.size();
    const QColor base = m_palette.color(QPalette::Base);
    const QColor line = mixed(base, m_palette.color(QPalette::Text), 0.12);
    const QColor tint = mixed(base, m_palette.color(QPalette::Highlight), isDark(m_palette) ? 0.10 : 0.06);
    const QRectF below(0, ruler, size.width(), std::max(0.0, size.height() - ruler));
    painter.save();
    painter.setClipRect(below);
    const double lanesEnd = ruler + m_scene.lanesHeight() - m_scene.scrollY();
    painter.fillRect(below.adjusted(0, std::max(0.0, lanesEnd - ruler), 0, 0), base);
    for (int lane = 0; lane < static_cast<int>(m_scene.lanes().size()); ++lane) {
        const QRectF rect = m_scene.laneRect(lane);
        if (!rect.intersects(below))
            continue;
        painter.fillRect(rect, m_scene.lanes()[static_cast<size_t>(lane)].editable ? tint : base);
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), line);
    }
    painter.restore();
}

void TimelinePainter::drawTitles(QPainter& painter) const
{
    const QRectF content = m_scene.content();
    const double em = m_scene.em();
    painter.save();
    painter.setClipRect(QRectF(0, content.top(), content.left(), content.height()));
    painter.fillRect(
        QRectF(0, content.top(), content.left(), content.height()), m_palette.color(QPalette::Window));
    const QColor line = mixed(m_palette.color(QPalette::Window), m_palette.color(QPalette::WindowText), 0.14);
    for (int lane = 0; lane < static_cast<int>(m_scene.lanes().size()); ++lane) {
        const TimelineLane& data = m_scene.lanes()[static_cast<size_t>(lane)];
        const QRectF rect = m_scene.laneRect(lane);
        const double bar = std::max(2.0, std::round(em * 0.22));
        if (data.color.isValid())
            painter.fillRect(QRectF(0, rect.top() + 1, bar, rect.height() - 3), data.color);
        painter.fillRect(QRectF(0, rect.bottom() - 1, content.left(), 1), line);
        const QRectF room(bar + em * 0.45, rect.top(), content.left() - bar - em * 0.9, rect.height() - 1);
        if (!room.intersects(content.adjusted(-content.left(), 0, 0, 0)))
            continue;
        TextCache& text = m_spans.textFor(rect.height()); // a slim lane has a slim name
        painter.setFont(text.font());
        painter.setPen(m_palette.color(QPalette::WindowText));
        text.draw(painter, room, data.title);
    }
    painter.restore();
    painter.fillRect(QRectF(content.left() - 1, 0, 1, m_scene.size().height()), hairline(m_palette));
}

void TimelinePainter::drawScrollMarks(QPainter& painter) const
{
    const QRectF content = m_scene.content();
    const double thick = std::max(3.0, m_scene.em() * 0.22);
    const QColor color = withAlpha(m_palette.color(QPalette::Text), 0.35);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    if (m_scene.mostScroll() > 0) {
        const double share = content.height() / m_scene.lanesHeight();
        const double top = content.top() + m_scene.scrollY() * share;
        painter.drawRoundedRect(
            QRectF(content.right() - thick - 1, top, thick, content.height() * share), thick / 2, thick / 2);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace telltale
