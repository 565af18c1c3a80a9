// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/liveemitter.h"
#include <algorithm>
#include <limits>

namespace telltale {

namespace {

constexpr int64_t kNothingYet = std::numeric_limits<int64_t>::min() / 2;

double overlapOf(const ScoredSpan& a, const LiveSpan& b)
{
    const double common = std::min(a.end, b.end) - std::max(a.start, b.start);
    const double all = std::max(a.end, b.end) - std::min(a.start, b.start);
    return common > 0 ? common / all : 0;
}

} // namespace

std::vector<ScoredSpan> liveCandidates(const std::vector<Segment>& found, const SpanDecision& decision)
{
    SpanDecision all = decision;
    all.threshold = 0;
    all.perClass.clear();
    return decided(spansOf({}, found), all);
}

LiveEmitter::LiveEmitter(SpanDecision decision, const LiveTiming& timing, int64_t memory)
    : m_decision(std::move(decision))
    , m_timing(timing)
    , m_memory(memory)
    , m_settled(kNothingYet)
{
}

void LiveEmitter::restart()
{
    m_settled = kNothingYet;
    m_told.clear();
}

bool LiveEmitter::isKnown(const ScoredSpan& span) const
{
    return std::any_of(m_told.begin(), m_told.end(), [&](const LiveSpan& told) {
        return overlapOf(span, told)
            >= (told.label == span.classId ? m_decision.sameClassOverlap : m_decision.otherClassOverlap);
    });
}

std::vector<LiveSpan> LiveEmitter::take(const std::vector<ScoredSpan>& candidates, int64_t seen, bool last)
{
    const auto oldest = static_cast<double>(m_settled - m_timing.late);
    const auto newest = static_cast<double>(last ? seen : seen - m_timing.settle);
    m_settled = seen - m_timing.settle;
    std::vector<ScoredSpan> ready;
    std::copy_if(
        candidates.begin(), candidates.end(), std::back_inserter(ready), [&](const ScoredSpan& span) {
            return span.score >= m_decision.thresholdOf(span.classId) && span.end > oldest
                && span.end <= newest && span.end > span.start;
        });
    // The better of two that look like one is told.
    std::stable_sort(ready.begin(), ready.end(),
        [](const ScoredSpan& a, const ScoredSpan& b) { return a.score > b.score; });
    std::vector<LiveSpan> told;
    for (const ScoredSpan& span : ready) {
        if (isKnown(span))
            continue;
        told.push_back({span.classId, span.start, span.end, span.score, seen});
        m_told.push_back(told.back());
    }
    std::erase_if(
        m_told, [&](const LiveSpan& span) { return span.end < static_cast<double>(seen - m_memory); });
    std::stable_sort(
        told.begin(), told.end(), [](const LiveSpan& a, const LiveSpan& b) { return a.end < b.end; });
    return told;
}

} // namespace telltale
