// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/spans/suppression.h"
#include "learn/spans/keyorder.h"
#include "learn/spans/suppressiongroup.h"
#include <algorithm>
#include <cmath>
#include <queue>

namespace telltale {
namespace {

bool isFinite(const Segment& segment)
{
    return std::isfinite(segment.start) && std::isfinite(segment.end) && std::isfinite(segment.score)
        && std::isfinite(segment.length());
}

/// Places of the finite segments: by class, or in their order.
std::vector<uint32_t> finiteMembers(const std::vector<Segment>& segments, bool byClass)
{
    std::vector<uint32_t> members;
    members.reserve(segments.size());
    for (size_t i = 0; i < segments.size(); ++i)
        if (isFinite(segments[i]))
            members.push_back(static_cast<uint32_t>(i));
    if (!byClass)
        return members;
    std::vector<uint32_t> labels(members.size());
    for (size_t i = 0; i < members.size(); ++i)
        labels[i] = ascendingKey(segments[members[i]].label);
    std::vector<uint32_t> sorted = orderByKey(labels);
    for (uint32_t& place : sorted)
        place = members[place];
    return sorted;
}

std::vector<Survivor> bestFirst(const std::vector<Survivor>& list, int64_t most)
{
    std::vector<uint32_t> keys(list.size());
    for (size_t i = 0; i < list.size(); ++i)
        keys[i] = descendingKey(list[i].score);
    const std::vector<uint32_t> order = orderByKey(keys);
    std::vector<Survivor> sorted(most > 0 ? std::min(list.size(), static_cast<size_t>(most)) : list.size());
    for (size_t i = 0; i < sorted.size(); ++i)
        sorted[i] = list[order[i]];
    return sorted;
}

/// Weighted mean of ends around a segment.
class Vote {
public:
    Vote(const std::vector<Segment>& segments, const SuppressionOptions& options)
        : m_segments(segments)
        , m_members(finiteMembers(segments, false))
        , m_options(options)
        , m_index(segments, m_members)
        , m_memberOf(m_members.size())
    {
        for (size_t place = 0; place < m_members.size(); ++place)
            m_memberOf[m_index.slots()[place]] = m_members[place];
    }

    void move(Segment& segment) const
    {
        double sum = 0;
        double start = 0;
        double end = 0;
        m_index.overlapping(segment.start, segment.end, [&](uint32_t slot) {
            const Segment& other = m_segments[m_memberOf[slot]];
            const float shared = std::min(segment.end, other.end) - std::max(segment.start, other.start);
            const float overlap = shared / (segment.length() + other.length() - shared);
            if (!(overlap >= m_options.votingOverlap))
                return;
            const float weight
                = m_options.voting == SegmentVoting::Score ? other.score : other.score * overlap;
            sum += weight;
            start += static_cast<double>(weight) * other.start;
            end += static_cast<double>(weight) * other.end;
        });
        if (sum <= 0)
            return;
        segment.start = static_cast<float>(start / sum);
        segment.end = static_cast<float>(end / sum);
    }

private:
    const std::vector<Segment>& m_segments;
    std::vector<uint32_t> m_members;
    const SuppressionOptions& m_options;
    OverlapIndex m_index;
    std::vector<uint32_t> m_memberOf; ///< by slot
};

/// Members in runs of one class.
std::vector<std::span<const uint32_t>> classRuns(
    const std::vector<Segment>& segments, const std::vector<uint32_t>& members)
{
    std::vector<std::span<const uint32_t>> runs;
    for (size_t first = 0; first < members.size();) {
        size_t last = first + 1;
        while (last < members.size() && segments[members[last]].label == segments[members[first]].label)
            ++last;
        runs.push_back(std::span(members).subspan(first, last - first));
        first = last;
    }
    return runs;
}

void append(SuppressionGroup& group, std::vector<Survivor>& list)
{
    while (const auto survivor = group.next())
        list.push_back(*survivor);
}

/// The best of several groups whose scores fall: no group goes on for longer than it is needed.
std::vector<Survivor> bestOfGroups(const std::vector<std::unique_ptr<SuppressionGroup>>& groups, size_t most)
{
    struct Front {
        uint32_t key; ///< of the score
        uint32_t group;
        Survivor survivor;
        bool operator<(const Front& other) const
        {
            return key != other.key ? key < other.key : group > other.group;
        }
    };
    std::priority_queue<Front> fronts;
    const auto enter = [&](uint32_t group) {
        if (const auto survivor = groups[group]->next())
            fronts.push({ascendingKey(survivor->score), group, *survivor});
    };
    for (uint32_t group = 0; group < groups.size(); ++group)
        enter(group);
    std::vector<Survivor> best;
    while (!fronts.empty() && best.size() < most) {
        const Front front = fronts.top();
        fronts.pop();
        best.push_back(front.survivor);
        if (best.size() < most)
            enter(front.group);
    }
    return best;
}

} // namespace

std::vector<Survivor> survivors(const std::vector<Segment>& segments, const SuppressionOptions& options)
{
    const std::vector<uint32_t> members = finiteMembers(segments, options.perClass);
    std::vector<Survivor> all;
    if (!options.perClass) {
        if (!members.empty())
            append(*makeGroup(segments, members, options), all);
        return all;
    }
    const auto runs = classRuns(segments, members);
    const bool fall = std::none_of(
        members.begin(), members.end(), [&](uint32_t member) { return segments[member].score < 0; });
    if (options.most > 0 && fall) {
        std::vector<std::unique_ptr<SuppressionGroup>> groups;
        groups.reserve(runs.size());
        for (const auto& run : runs)
            groups.push_back(makeGroup(segments, run, options));
        return bestOfGroups(groups, static_cast<size_t>(options.most));
    }
    for (const auto& run : runs)
        append(*makeGroup(segments, run, options), all);
    return bestFirst(all, options.most);
}

std::vector<Segment> suppressed(const std::vector<Segment>& segments, const SuppressionOptions& options)
{
    const std::vector<Survivor> left = survivors(segments, options);
    std::vector<Segment> result;
    result.reserve(left.size());
    for (const Survivor& survivor : left) {
        result.push_back(segments[survivor.index]);
        result.back().score = survivor.score;
    }
    if (options.perClass || options.voting == SegmentVoting::None || options.votingOverlap <= 0)
        return result;
    const Vote vote(segments, options);
    for (Segment& segment : result)
        vote.move(segment);
    return result;
}

} // namespace telltale
