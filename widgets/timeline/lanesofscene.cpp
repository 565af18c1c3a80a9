// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What the scene knows of spans and curves: indexes, pyramids, and how they follow single edits.
#include "widgets/timeline/timelinescene.h"
#include <algorithm>
#include <utility>

namespace telltale {

namespace {

constexpr size_t kFewSpans = 512; // so many of a lane are looked at one by one as quickly
constexpr int64_t kNobody = -(int64_t{1} << 62); // keys of spans without an id

LaneIndex::Entry entryOf(const TimelineSpan& span, size_t item)
{
    const auto place = static_cast<int>(item);
    return {{span.span.first, std::max(span.span.last, span.span.first + 1)},
        span.id != 0 ? span.id : kNobody + place, place, markOf(span)};
}

size_t countOf(const LaneIndex& index)
{
    size_t count = 0;
    for (const LaneIndex::Row& row : index.rows())
        count += row.size();
    return count;
}

/// Visual row of a lane that is not collapsed: its pyramids stay the same when it is.
size_t pyramidOf(size_t indexRow) { return indexRow % static_cast<size_t>(kMostRows); }

} // namespace

void TimelineScene::setLanes(std::vector<TimelineLane> lanes)
{
    std::vector<TimelineLane> before = std::exchange(m_lanes, std::move(lanes));
    std::vector<Layout> known = std::exchange(m_layout, std::vector<Layout>(m_lanes.size()));
    std::vector<bool> taken(before.size());
    for (size_t i = 0; i < m_lanes.size(); ++i) {
        TimelineLane& lane = m_lanes[i];
        size_t j = i;
        if (!lane.key.isEmpty())
            j = static_cast<size_t>(std::find_if(before.begin(), before.end(),
                                        [&lane](const TimelineLane& b) { return b.key == lane.key; })
                - before.begin());
        const bool kept = j < before.size() && !taken[j] && before[j].key == lane.key;
        if (kept) {
            taken[j] = true;
            m_layout[i] = std::move(known[j]);
        }
        if (!kept || m_layout[i].curve.curve() != lane.curve)
            m_layout[i].curve = CurvePyramid(std::move(lane.curve));
        lane.curve = {};
        if (!kept || before[j].spans != lane.spans)
            indexLane(lane, m_layout[i]);
    }
    layOut();
}

void TimelineScene::setLane(int lane, TimelineLane content)
{
    TimelineLane& shown = m_lanes[static_cast<size_t>(lane)];
    Layout& layout = m_layout[static_cast<size_t>(lane)];
    if (layout.curve.curve() != content.curve)
        layout.curve = CurvePyramid(std::move(content.curve));
    content.curve = {};
    const bool same = shown.spans == content.spans;
    shown = std::move(content);
    if (!same)
        indexLane(shown, layout);
    layOut();
}

int TimelineScene::laneOf(const QString& key) const
{
    for (size_t i = 0; i < m_lanes.size(); ++i)
        if (m_lanes[i].key == key)
            return static_cast<int>(i);
    return -1;
}

void TimelineScene::indexLane(const TimelineLane& lane, Layout& layout) const
{
    std::vector<LaneIndex::Entry> entries;
    entries.reserve(lane.spans.size());
    layout.places.clear();
    layout.places.reserve(lane.spans.size());
    for (size_t item = 0; item < lane.spans.size(); ++item) {
        const TimelineSpan& span = lane.spans[item];
        entries.push_back(entryOf(span, item));
        if (span.id != 0)
            layout.places.try_emplace(span.id, static_cast<int>(item));
    }
    layout.index.buildFrom(std::move(entries));
    buildPyramids(layout);
}

void TimelineScene::buildPyramids(Layout& layout) const
{
    layout.pyramids = {};
    if (countOf(layout.index) <= kFewSpans)
        return;
    std::array<std::vector<MarkedSpan>, kMostRows> marked;
    for (size_t r = 0; r < layout.index.rows().size(); ++r)
        for (const LaneIndex::Entry& entry : layout.index.rows()[r])
            marked[pyramidOf(r)].push_back({entry.span, entry.mark});
    for (size_t r = 0; r < marked.size(); ++r)
        if (!marked[r].empty())
            layout.pyramids[r].build(m_mapping.frameCount(), marked[r]);
}

void TimelineScene::followChanges(Layout& layout, const std::vector<LaneIndex::Change>& changes) const
{
    std::array<std::optional<FrameSpan>, kMostRows> touched;
    for (const LaneIndex::Change& change : changes)
        for (const int row : {change.from, change.to}) {
            if (row < 0)
                continue;
            std::optional<FrameSpan>& range = touched[pyramidOf(static_cast<size_t>(row))];
            const FrameSpan& span = change.entry.span;
            range = range ? FrameSpan{std::min(range->first, span.first), std::max(range->last, span.last)}
                          : span;
        }
    const bool fresh = std::any_of(touched.begin(), touched.end(), [&](const auto& range) {
        return range && layout.pyramids[static_cast<size_t>(&range - touched.data())].empty();
    });
    if (fresh || countOf(layout.index) <= kFewSpans) { // the first ones of a row, or not many any more
        buildPyramids(layout);
        return;
    }
    for (size_t p = 0; p < touched.size(); ++p) {
        if (!touched[p])
            continue;
        const FrameSpan frames = layout.pyramids[p].widened(*touched[p]);
        std::vector<MarkedSpan> touching;
        for (size_t r = p; r < layout.index.rows().size(); r += static_cast<size_t>(kMostRows)) {
            const LaneIndex::Row& row = layout.index.rows()[r];
            for (auto it = firstEndingAfter(row, static_cast<double>(frames.first));
                 it != row.end() && it->span.first < frames.last; ++it)
                touching.push_back({it->span, it->mark});
        }
        layout.pyramids[p].update(*touched[p], touching);
    }
}

void TimelineScene::putSpan(int lane, TimelineSpan span)
{
    TimelineLane& shown = m_lanes[static_cast<size_t>(lane)];
    Layout& layout = m_layout[static_cast<size_t>(lane)];
    const auto place = layout.places.find(span.id);
    size_t item = shown.spans.size();
    if (place != layout.places.end()) {
        item = static_cast<size_t>(place->second);
        const int64_t first = shown.spans[item].span.first;
        shown.spans[item] = std::move(span);
        followChanges(layout, layout.index.remove(static_cast<int>(item), first));
    } else {
        layout.places.emplace(span.id, static_cast<int>(item));
        shown.spans.push_back(std::move(span));
    }
    followChanges(layout, layout.index.insert(entryOf(shown.spans[item], item)));
    layOutIfRowsChanged(lane);
}

bool TimelineScene::removeSpan(int64_t annotationId)
{
    const auto found = find(annotationId);
    if (!found)
        return false;
    const auto [lane, item] = *found;
    TimelineLane& shown = m_lanes[static_cast<size_t>(lane)];
    Layout& layout = m_layout[static_cast<size_t>(lane)];
    const auto place = static_cast<size_t>(item);
    followChanges(layout, layout.index.remove(item, shown.spans[place].span.first));
    layout.places.erase(annotationId);
    // The last one takes the free place.
    const auto last = static_cast<int>(shown.spans.size()) - 1;
    layout.index.renumber(last, shown.spans.back().span.first, item);
    if (last != item) {
        if (shown.spans.back().id != 0)
            layout.places[shown.spans.back().id] = item;
        shown.spans[place] = std::move(shown.spans.back());
    }
    shown.spans.pop_back();
    layOutIfRowsChanged(lane);
    return true;
}

void TimelineScene::layOutIfRowsChanged(int lane)
{
    const Layout& layout = m_layout[static_cast<size_t>(lane)];
    const int wanted = std::clamp(static_cast<int>(layout.index.rows().size()), 1, kMostRows);
    if (!m_lanes[static_cast<size_t>(lane)].collapsed && wanted != layout.rows)
        layOut();
}

std::optional<std::pair<int, int>> TimelineScene::find(int64_t annotationId) const
{
    if (annotationId == 0)
        return {};
    for (size_t lane = 0; lane < m_layout.size(); ++lane)
        if (const auto it = m_layout[lane].places.find(annotationId); it != m_layout[lane].places.end())
            return std::pair(static_cast<int>(lane), it->second);
    return {};
}

TimelineOutline TimelineScene::outline(int columns) const
{
    TimelineOutline outline;
    const auto count = static_cast<size_t>(std::max(0, columns));
    outline.marks.assign(count, 0);
    outline.covered.assign(count, 0);
    const auto frames = static_cast<double>(m_mapping.frameCount());
    if (count == 0 || frames < 1)
        return outline;
    const double perColumn = frames / static_cast<double>(count);
    for (size_t lane = 0; lane < m_lanes.size(); ++lane) {
        if (!m_lanes[lane].editable)
            continue;
        const auto& pyramids = m_layout[lane].pyramids;
        if (std::any_of(pyramids.begin(), pyramids.end(),
                [perColumn](const LodPyramid& pyramid) { return pyramid.resolves(perColumn); })) {
            for (const LodPyramid& pyramid : pyramids) {
                pyramid.columns(pyramid.plan(0, perColumn, count), outline.marks);
                pyramid.coverage(0, perColumn, outline.covered);
            }
            continue;
        }
        for (const LaneIndex::Row& row : m_layout[lane].index.rows())
            for (const LaneIndex::Entry& entry : row) {
                const double first = std::max(0.0, static_cast<double>(entry.span.first)) / perColumn;
                const double last = std::min(frames, static_cast<double>(entry.span.last)) / perColumn;
                for (auto c = static_cast<size_t>(first); c < count && static_cast<double>(c) < last; ++c) {
                    outline.marks[c] = std::max(outline.marks[c], entry.mark);
                    outline.covered[c] += static_cast<float>(
                        std::min(last, static_cast<double>(c + 1)) - std::max(first, static_cast<double>(c)));
                }
            }
    }
    return outline;
}

} // namespace telltale
