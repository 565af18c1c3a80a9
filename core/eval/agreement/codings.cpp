// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/agreement/codings.h"
#include <algorithm>
#include <set>
#include <utility>

namespace telltale {
namespace {

/// From `frame` on the coder says `label`.
struct Change {
    int64_t frame = 0;
    int label = 0;
};

struct Edge {
    int64_t frame = 0;
    size_t span = 0;
    bool begins = false;
};

std::vector<Edge> edgesOf(const std::vector<CodedSpan>& spans, int64_t frames)
{
    std::vector<Edge> edges;
    edges.reserve(spans.size() * 2);
    for (size_t i = 0; i < spans.size(); ++i) {
        const FrameSpan inside = clampSpan(spans[i].span, frames);
        if (inside.empty())
            continue;
        edges.push_back({inside.first, i, true});
        edges.push_back({inside.last, i, false});
    }
    std::ranges::sort(edges, {}, &Edge::frame);
    return edges;
}

/// The coder's labels of a unit from frame 0 on; where nothing is marked `silent`.
std::vector<Change> spanChanges(const Coding& coding, int64_t frames, int silent)
{
    std::vector<Change> changes{{0, silent}};
    std::set<std::pair<int64_t, size_t>> open; // the last began last
    const std::vector<Edge> edges = edgesOf(coding.spans, frames);
    for (size_t i = 0; i < edges.size();) {
        const int64_t frame = edges[i].frame;
        for (; i < edges.size() && edges[i].frame == frame; ++i) {
            const std::pair key(coding.spans[edges[i].span].span.first, edges[i].span);
            if (edges[i].begins)
                open.insert(key);
            else
                open.erase(key);
        }
        const int label = open.empty() ? silent : coding.spans[open.rbegin()->second].label;
        if (changes.back().frame == frame)
            changes.back().label = label;
        else if (changes.back().label != label)
            changes.push_back({frame, label});
    }
    return changes;
}

/// Whether frames count, as changes between 0 and 1.
std::vector<Change> coverChanges(const std::vector<FrameSpan>& spans, int64_t frames)
{
    std::vector<Change> changes{{0, 0}};
    for (const FrameSpan& one : unionOf(spans)) {
        const FrameSpan inside = clampSpan(one, frames);
        if (inside.empty())
            continue;
        if (inside.first == 0)
            changes.back().label = 1;
        else
            changes.push_back({inside.first, 1});
        changes.push_back({inside.last, 0});
    }
    return changes;
}

/// Goes through the stretches in which none of several lists changes.
class Walk {
public:
    explicit Walk(const std::vector<std::vector<Change>>& lists) : m_lists(lists), m_at(lists.size(), 0) { }
    int label(size_t list) const { return m_lists[list][m_at[list]].label; }
    /// Where the next change is, `end` if there is none.
    int64_t next(int64_t end) const
    {
        for (size_t i = 0; i < m_lists.size(); ++i)
            if (m_at[i] + 1 < m_lists[i].size())
                end = std::min(end, m_lists[i][m_at[i] + 1].frame);
        return end;
    }
    void moveTo(int64_t frame)
    {
        for (size_t i = 0; i < m_lists.size(); ++i)
            while (m_at[i] + 1 < m_lists[i].size() && m_lists[i][m_at[i] + 1].frame <= frame)
                ++m_at[i];
    }

private:
    const std::vector<std::vector<Change>>& m_lists;
    std::vector<size_t> m_at;
};

/// The changes of a coder with what was not looked through marked.
std::vector<Change> codedChanges(const Coding& coding, int64_t frames, int background)
{
    if (!coding.looked)
        return spanChanges(coding, frames, background);
    const std::vector<std::vector<Change>> both{
        spanChanges(coding, frames, kNotCoded), coverChanges(*coding.looked, frames)};
    Walk walk(both);
    std::vector<Change> result;
    for (int64_t at = 0; at < frames;) {
        int label = walk.label(0);
        if (label == kNotCoded && walk.label(1) == 1)
            label = background;
        if (result.empty() || result.back().label != label)
            result.push_back({at, label});
        at = walk.next(frames);
        walk.moveTo(at);
    }
    return result;
}

} // namespace

std::vector<LabelRun> labelRuns(
    const CodedUnit& unit, const std::vector<int>& coders, int labels, const std::vector<FrameSpan>* within)
{
    if (unit.frames <= 0)
        return {};
    std::vector<std::vector<Change>> lists;
    for (const int coder : coders) {
        const auto& coding = unit.codings[static_cast<size_t>(coder)];
        lists.push_back(
            coding ? codedChanges(*coding, unit.frames, labels) : std::vector<Change>{{0, kNotCoded}});
    }
    lists.push_back(within ? coverChanges(*within, unit.frames) : std::vector<Change>{{0, 1}});
    std::vector<LabelRun> runs;
    Walk walk(lists);
    LabelRun run;
    for (int64_t at = 0; at < unit.frames;) {
        const int64_t next = walk.next(unit.frames);
        run.frames = next - at;
        run.labels.clear();
        for (size_t i = 0; i < coders.size(); ++i)
            run.labels.push_back(walk.label(i));
        if (walk.label(coders.size()) == 1
            && std::ranges::any_of(run.labels, [](int label) { return label != kNotCoded; }))
            runs.push_back(run);
        walk.moveTo(next);
        at = next;
    }
    return runs;
}

std::vector<FrameSpan> unionOf(std::vector<FrameSpan> spans)
{
    std::erase_if(spans, [](const FrameSpan& one) { return one.empty(); });
    std::ranges::sort(spans, {}, &FrameSpan::first);
    std::vector<FrameSpan> result;
    for (const FrameSpan& one : spans) {
        if (!result.empty() && one.first <= result.back().last)
            result.back().last = std::max(result.back().last, one.last);
        else
            result.push_back(one);
    }
    return result;
}

std::vector<FrameSpan> without(const std::vector<FrameSpan>& from, const std::vector<FrameSpan>& taken)
{
    std::vector<FrameSpan> result;
    size_t at = 0;
    for (FrameSpan one : from) {
        while (at < taken.size() && taken[at].last <= one.first)
            ++at;
        for (size_t i = at; i < taken.size() && taken[i].first < one.last; ++i) {
            if (taken[i].first > one.first)
                result.push_back({one.first, taken[i].first});
            one.first = std::max(one.first, taken[i].last);
        }
        if (!one.empty())
            result.push_back(one);
    }
    return result;
}

std::vector<FrameSpan> common(const std::vector<FrameSpan>& a, const std::vector<FrameSpan>& b)
{
    std::vector<FrameSpan> result;
    for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        const FrameSpan both{std::max(a[i].first, b[j].first), std::min(a[i].last, b[j].last)};
        if (!both.empty())
            result.push_back(both);
        if (a[i].last < b[j].last)
            ++i;
        else
            ++j;
    }
    return result;
}

bool touches(const std::vector<FrameSpan>& spans, const FrameSpan& span)
{
    const auto behind = std::ranges::upper_bound(spans, span.first, {}, &FrameSpan::last);
    return behind != spans.end() && behind->overlaps(span);
}

} // namespace telltale
