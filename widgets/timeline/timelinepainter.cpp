// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/timelinepainter.h"
#include "widgets/colors.h"
#include "widgets/timeline/rulerticks.h"
#include <QPainter>
#include <QPainterPath>
#include <array>

namespace telltale {

namespace {

constexpr double kSmallestBox = 4; // pixels; narrower spans are plain columns

} // namespace

TimelinePainter::TimelinePainter(const TimelineScene& scene, const QPalette& palette, double pixelRatio)
    : m_scene(scene)
    , m_palette(palette)
    , m_spans(palette, scene.metrics(), pixelRatio)
    , m_ratio(pixelRatio)
{
}

void TimelinePainter::drawStatic(QPainter& painter, int64_t hiddenId) const
{
    painter.setFont(m_scene.font());
    painter.fillRect(QRectF(QPointF(), m_scene.size()), m_palette.color(QPalette::Base));
    drawRuler(painter);
    drawLaneBackgrounds(painter);
    const QRectF content = m_scene.content();
    painter.save();
    painter.setClipRect(content);
    for (int lane = 0; lane < static_cast<int>(m_scene.lanes().size()); ++lane) {
        const QRectF rect = m_scene.laneRect(lane);
        if (rect.bottom() < content.top() || rect.top() > content.bottom())
            continue;
        drawRanges(painter, lane);
        drawCurve(painter, lane);
        drawPictures(painter, lane);
        drawSound(painter, lane);
        drawSpans(painter, lane, hiddenId);
        drawNote(painter, lane);
    }
    painter.restore();
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
    QFont small = m_scene.font();
    small.setPointSizeF(small.pointSizeF() * 0.82);
    for (const RulerTick& tick : rulerTicks(m_scene.mapping(), *m_scene.times(), labelRoom)) {
        const double x = std::round(m_scene.mapping().xOf(static_cast<double>(tick.frame)));
        const double length = tick.labelled ? height : em * 0.35;
        painter.fillRect(
            QRectF(x, height - length, 1, length), tick.labelled ? strong : withAlpha(strong, 0.6));
        if (!tick.labelled)
            continue;
        painter.fillRect(QRectF(x, height, 1, content.height()), grid);
        const QRectF top(x + em * 0.3, em * 0.08, labelRoom, em);
        painter.setFont(m_scene.font());
        painter.setPen(m_palette.color(QPalette::WindowText));
        painter.drawText(top, Qt::AlignLeft | Qt::AlignVCenter, tick.time);
        painter.setFont(small);
        painter.setPen(strong);
        painter.drawText(
            top.translated(0, em * 0.98), Qt::AlignLeft | Qt::AlignVCenter, QString::number(tick.frame));
    }
    painter.restore();
    painter.setFont(small);
    painter.setPen(strong);
    const QRectF names(0, em * 0.08, content.left() - em * 0.4, em);
    painter.drawText(names, Qt::AlignRight | Qt::AlignVCenter, TimelineView::tr("time"));
    painter.drawText(
        names.translated(0, em * 0.98), Qt::AlignRight | Qt::AlignVCenter, TimelineView::tr("frame"));
    painter.setFont(m_scene.font());
    painter.fillRect(QRectF(0, height - 1, m_scene.size().width(), 1), hairline(m_palette));
}

void TimelinePainter::drawLaneBackgrounds(QPainter& painter) const
{
    painter.save();
    painter.setClipRect(QRectF(0, m_scene.rulerHeight(), m_scene.size().width(), m_scene.size().height()));
    const QColor line = mixed(m_palette.color(QPalette::Base), m_palette.color(QPalette::Text), 0.12);
    const QColor tint = withAlpha(m_palette.color(QPalette::Highlight), isDark(m_palette) ? 0.10 : 0.06);
    for (int lane = 0; lane < static_cast<int>(m_scene.lanes().size()); ++lane) {
        const QRectF rect = m_scene.laneRect(lane);
        if (m_scene.lanes()[static_cast<size_t>(lane)].editable)
            painter.fillRect(rect, tint);
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
        painter.setPen(m_palette.color(QPalette::WindowText));
        painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
            m_scene.metrics().elidedText(data.title, Qt::ElideRight, room.width()));
    }
    painter.restore();
    painter.fillRect(QRectF(content.left() - 1, 0, 1, m_scene.size().height()), hairline(m_palette));
}

void TimelinePainter::drawSpans(QPainter& painter, int lane, int64_t hiddenId) const
{
    for (int row = 0; row < static_cast<int>(m_scene.index(lane).rows().size()); ++row)
        drawRow(painter, lane, row, hiddenId);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void TimelinePainter::drawRow(QPainter& painter, int lane, int row, int64_t hiddenId) const
{
    const TimelineMapping& mapping = m_scene.mapping();
    const LaneIndex::Row& entries = m_scene.index(lane).rows()[static_cast<size_t>(row)];
    const auto& spans = m_scene.lanes()[static_cast<size_t>(lane)].spans;
    const QRectF rowRect = m_scene.rowRect(lane, m_scene.visualRow(lane, row));
    const QRectF view = m_scene.content();
    auto it = firstEndingAfter(entries, mapping.positionAt(view.left()) - 1);
    while (it != entries.end()) {
        const double left = mapping.xOf(static_cast<double>(it->span.first));
        if (left > view.right())
            break;
        const double right = mapping.xOf(static_cast<double>(it->span.last));
        const TimelineSpan& span = spans[static_cast<size_t>(it->item)];
        if (hiddenId != 0 && span.id == hiddenId) {
            ++it;
        } else if (right - left >= kSmallestBox) {
            m_spans.drawBox(painter, QRectF(left, rowRect.top(), right - left, rowRect.height()), span, view);
            ++it;
        } else { // one fill a pixel column, then on to what ends after it
            const double column = std::floor(left);
            const double next = std::max(column + 1, std::floor(right));
            painter.fillRect(QRectF(column, rowRect.top() + 1, next - column, rowRect.height() - 2),
                m_spans.columnColor(span));
            const double after = mapping.positionAt(next);
            ++it;
            if (it != entries.end() && static_cast<double>(it->span.last) <= after)
                it = std::partition_point(it, entries.end(),
                    [after](const LaneIndex::Entry& e) { return static_cast<double>(e.span.last) <= after; });
        }
    }
}

void TimelinePainter::drawCurve(QPainter& painter, int lane) const
{
    const TimelineLane& data = m_scene.lanes()[static_cast<size_t>(lane)];
    const auto size = static_cast<int64_t>(data.curve.size());
    if (size == 0)
        return;
    const TimelineMapping& mapping = m_scene.mapping();
    const QRectF rect = m_scene.laneRect(lane).adjusted(0, 2, 0, -1);
    const auto yOf = [&rect](float value) {
        return rect.bottom() - static_cast<double>(std::clamp(value, 0.0f, 1.0f)) * rect.height();
    };
    QPolygonF high;
    QPolygonF low;
    const auto add = [&](double x, float least, float most) {
        low.append(QPointF(x, yOf(least)));
        high.append(QPointF(x, yOf(most)));
    };
    const FrameSpan visible = clampSpan(mapping.visible(), size);
    if (mapping.pixelsPerFrame() >= 1) {
        for (int64_t f = std::max<int64_t>(0, visible.first - 1); f < std::min(size, visible.last + 1); ++f) {
            const float value = data.curve[static_cast<size_t>(f)];
            add(mapping.xOf(static_cast<double>(f) + 0.5), value, value);
        }
    } else {
        for (double x = mapping.left(); x < mapping.right(); x += 1) {
            const auto from = static_cast<int64_t>(mapping.positionAt(x));
            const auto to
                = std::min(size, std::max(from + 1, static_cast<int64_t>(mapping.positionAt(x + 1))));
            if (from >= to)
                break;
            const auto [least, most]
                = std::minmax_element(data.curve.begin() + from, data.curve.begin() + to);
            add(x + 0.5, *least, *most);
        }
    }
    if (high.isEmpty())
        return;
    const QColor color = data.color.isValid() ? data.color : m_palette.color(QPalette::Highlight);
    const auto fillUnder = [&](const QPolygonF& line, double alpha) {
        QPolygonF area = line;
        area.append(QPointF(line.last().x(), rect.bottom()));
        area.append(QPointF(line.first().x(), rect.bottom()));
        painter.setPen(Qt::NoPen);
        painter.setBrush(withAlpha(color, alpha));
        painter.drawPolygon(area);
    };
    painter.setRenderHint(QPainter::Antialiasing);
    fillUnder(high, 0.22);
    fillUnder(low, 0.22);
    painter.setPen(QPen(mixed(color, m_palette.color(QPalette::Text), 0.12), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(high);
    painter.setRenderHint(QPainter::Antialiasing, false);
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
    if (!m_scene.mapping().showsAll()) {
        const FrameSpan visible = m_scene.mapping().visible();
        const double perFrame = content.width() / static_cast<double>(m_scene.mapping().frameCount());
        const double width = std::max(thick * 2, static_cast<double>(visible.length()) * perFrame);
        const double left = content.left() + static_cast<double>(visible.first) * perFrame;
        painter.drawRoundedRect(
            QRectF(left, m_scene.rulerHeight() - thick - 1, width, thick), thick / 2, thick / 2);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace telltale
