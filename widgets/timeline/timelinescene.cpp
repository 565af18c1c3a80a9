// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/timelinescene.h"

namespace telltale {

namespace {

constexpr double kUnitsPerEm = 16; // TimelineLane::height is in sixteenths of the text height
constexpr double kExtraRow = 0.8; // height of a further row, in rows
constexpr int kCollapsedHeight = 11;

} // namespace

void TimelineScene::setFont(const QFont& font)
{
    m_font = font;
    m_metrics = QFontMetricsF(font);
    layOut();
}

void TimelineScene::setVideo(std::shared_ptr<const FrameTimes> times)
{
    const bool same = times && m_times && times->frameCount() == m_times->frameCount() && times == m_times;
    m_times = std::move(times);
    if (same)
        return;
    m_mapping.setFrameCount(m_times ? m_times->frameCount() : 0);
    for (Layout& layout : m_layout)
        buildPyramids(layout);
}

void TimelineScene::setSound(TimelineSound sound, float loudest)
{
    m_sound = std::move(sound);
    m_loudest = loudest;
}

const TimelineDamage* TimelineScene::damageAt(double x) const
{
    constexpr double kRoom = 3; // pixels: a single frame can be narrower than one
    for (const TimelineDamage& damage : m_damage)
        if (m_mapping.xOf(static_cast<double>(damage.frames.first)) - kRoom <= x
            && x <= m_mapping.xOf(static_cast<double>(damage.frames.last)) + kRoom)
            return &damage;
    return nullptr;
}

QStringList TimelineScene::marksAt(double x) const
{
    QStringList texts;
    for (const TimelineMark& mark : m_marks)
        if (std::abs(m_mapping.xOf(static_cast<double>(mark.frame)) - x) <= markSize() * 0.75)
            texts.append(
                QStringLiteral("<p>%1</p>")
                    .arg(mark.text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"))));
    return texts;
}

int TimelineScene::pictureLane() const
{
    const auto found = std::find_if(m_lanes.begin(), m_lanes.end(),
        [](const TimelineLane& lane) { return lane.content == TimelineLane::Content::Pictures; });
    return found == m_lanes.end() ? -1 : static_cast<int>(found - m_lanes.begin());
}

double TimelineScene::framesPerTile(double aspect) const
{
    const int lane = pictureLane();
    const double height = lane < 0 ? em() : laneRect(lane).height() - kPictureGap;
    return std::max(1.0, std::round(height * aspect) + kPictureGap) / m_mapping.pixelsPerFrame();
}

void TimelineScene::resize(const QSizeF& size)
{
    m_size = size;
    layOut();
}

void TimelineScene::scrollTo(double y) { m_scrollY = std::clamp(y, 0.0, mostScroll()); }

double TimelineScene::rulerHeight() const { return std::round(em() * 2.35); }

double TimelineScene::gripWidth() const { return std::max(4.0, em() * 0.35); }

QRectF TimelineScene::content() const
{
    return {m_headerWidth, rulerHeight(), std::max(1.0, m_size.width() - m_headerWidth),
        std::max(0.0, m_size.height() - rulerHeight())};
}

void TimelineScene::layOut()
{
    double widest = em() * 5;
    double top = 0;
    for (size_t i = 0; i < m_lanes.size(); ++i) {
        widest = std::max(widest, m_metrics.horizontalAdvance(m_lanes[i].title));
        Layout& layout = m_layout[i];
        const bool collapsed = m_lanes[i].collapsed;
        layout.rows = collapsed ? 1 : std::clamp(static_cast<int>(layout.index.rows().size()), 1, kMostRows);
        const int units = collapsed ? std::min(m_lanes[i].height, kCollapsedHeight) : m_lanes[i].height;
        const double row = units * em() / kUnitsPerEm;
        layout.top = top;
        layout.height = std::round(row * (1 + kExtraRow * (layout.rows - 1)));
        top += layout.height;
    }
    m_lanesHeight = top;
    m_headerWidth = std::round(std::min({widest + em() * 1.4, em() * 13, m_size.width() * 0.35}));
    m_mapping.setArea(m_headerWidth, m_size.width() - m_headerWidth, em() * 5);
    scrollTo(m_scrollY);
}

void TimelineScene::scrollToLane(int lane)
{
    const QRectF rect = laneRect(lane);
    const QRectF room = content();
    if (rect.top() < room.top())
        scrollTo(m_scrollY + rect.top() - room.top());
    else if (rect.bottom() > room.bottom())
        scrollTo(m_scrollY + std::min(rect.bottom() - room.bottom(), rect.top() - room.top()));
}

QRectF TimelineScene::laneRect(int lane) const
{
    if (lane < 0 || lane >= static_cast<int>(m_layout.size()))
        return {};
    const Layout& layout = m_layout[static_cast<size_t>(lane)];
    return {0, rulerHeight() + layout.top - m_scrollY, m_size.width(), layout.height};
}

int TimelineScene::laneAt(double y) const
{
    if (y < rulerHeight())
        return -1;
    for (int i = 0; i < static_cast<int>(m_lanes.size()); ++i)
        if (const QRectF rect = laneRect(i); y >= rect.top() && y < rect.bottom())
            return i;
    return -1;
}

QRectF TimelineScene::rowRect(int lane, int row) const
{
    const QRectF rect = laneRect(lane);
    const double margin = std::max(1.0, em() * 0.12);
    const double inner = rect.height() - 2 * margin;
    const double height = inner / m_layout[static_cast<size_t>(lane)].rows;
    const double top = std::round(rect.top() + margin + height * row);
    const double bottom = std::round(rect.top() + margin + height * (row + 1));
    return {m_mapping.left(), top, m_mapping.width(), bottom - top - 1};
}

QRectF TimelineScene::boxOf(int lane, int item, const FrameSpan& span) const
{
    const QRectF row = rowRect(lane, visualRow(lane, index(lane).rowOf(item)));
    const double left = m_mapping.xOf(static_cast<double>(span.first));
    const double right = m_mapping.xOf(static_cast<double>(std::max(span.last, span.first + 1)));
    return {left, row.top(), std::max(1.0, right - left), row.height()};
}

SpanHit TimelineScene::hit(const QPointF& position, int64_t preferred) const
{
    const int lane = laneAt(position.y());
    if (lane < 0 || !content().contains(position))
        return {};
    const bool editable = m_lanes[static_cast<size_t>(lane)].editable;
    SpanHit best;
    double bestRank = 1e18;
    const auto consider = [&](const LaneIndex::Entry& entry) {
        const QRectF box = boxOf(lane, entry.item, entry.span);
        // Inside a box the edges take at most a third each, so that the middle can always be grabbed.
        const double inner = std::min(gripWidth(), box.width() / 3);
        const double outer = editable ? gripWidth() : std::max(0.0, 2 - box.width() / 2);
        const double x = position.x();
        if (position.y() < box.top() || position.y() > box.bottom() || x < box.left() - outer
            || x > box.right() + outer)
            return;
        SpanHit hit{lane, entry.item, SpanHit::Part::Body};
        if (editable && x < box.left() + inner)
            hit.part = SpanHit::Part::Start;
        else if (editable && x > box.right() - inner)
            hit.part = SpanHit::Part::End;
        const double outside = std::max({0.0, box.left() - x, x - box.right()});
        const bool wanted = preferred != 0 && span(hit).id == preferred;
        const double rank = outside + std::min(box.width(), 1e4) * 1e-5 - (wanted ? 1e6 : 0);
        if (rank < bestRank) {
            bestRank = rank;
            best = hit;
        }
    };
    const double reach = gripWidth() + 1;
    const double from = m_mapping.positionAt(position.x() - reach);
    const double to = m_mapping.positionAt(position.x() + reach);
    for (const LaneIndex::Row& row : index(lane).rows())
        for (auto it = firstEndingAfter(row, from - 1); it != row.end(); ++it) {
            if (static_cast<double>(it->span.first) > to)
                break;
            consider(*it);
        }
    return best;
}

std::optional<int64_t> TimelineScene::nearestBoundary(
    double position, double tolerance, int64_t exceptId) const
{
    std::optional<int64_t> best;
    const auto except = find(exceptId);
    for (int lane = 0; lane < static_cast<int>(m_lanes.size()); ++lane) {
        const int item = except && except->first == lane ? except->second : -1;
        const auto found = index(lane).nearestBoundary(position, tolerance, item);
        if (!found)
            continue;
        tolerance = std::abs(static_cast<double>(*found) - position);
        best = found;
    }
    for (const int64_t frame : m_snapFrames) {
        const double distance = std::abs(static_cast<double>(frame) - position);
        if (distance > tolerance || (best && distance == tolerance))
            continue;
        tolerance = distance;
        best = frame;
    }
    return best;
}

} // namespace telltale
