// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/spans.h"
#include "eval/spangroups.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace telltale {
namespace {

bool isFinite(const ScoredSpan& span) { return std::isfinite(span.start) && std::isfinite(span.end); }

} // namespace

double temporalOverlap(const ScoredSpan& a, const ScoredSpan& b)
{
    const double shared = std::min(a.end, b.end) - std::max(a.start, b.start);
    if (!(shared > 0) || !isFinite(a) || !isFinite(b))
        return 0;
    return shared / ((a.end - a.start) + (b.end - b.start) - shared);
}

double starterOverlap(const ScoredSpan& a, const ScoredSpan& b)
{
    const double hull = std::max(a.end, b.end) - std::min(a.start, b.start);
    if (!(hull > 0) || !isFinite(a) || !isFinite(b))
        return 0;
    return (std::min(a.end, b.end) - std::max(a.start, b.start)) / hull;
}

std::vector<ScoredSpan> withoutDuplicates(const std::vector<ScoredSpan>& spans)
{
    constexpr double kSame = 1e-3;
    std::vector<ScoredSpan> kept;
    SpanGroups seen; // views into `spans`, which outlives them
    for (size_t i = 0; i < spans.size(); ++i) {
        const ScoredSpan& span = spans[i];
        std::vector<size_t>& others = seen[{span.video, span.classId}];
        const bool repeated = std::ranges::any_of(others, [&](size_t other) {
            return std::abs(spans[other].start - span.start) <= kSame
                && std::abs(spans[other].end - span.end) <= kSame;
        });
        if (repeated || !isFinite(span) || span.end <= span.start)
            continue;
        others.push_back(i);
        kept.push_back(span);
    }
    return kept;
}

std::vector<size_t> rankedByScore(const std::vector<ScoredSpan>& spans)
{
    constexpr double kLast = -std::numeric_limits<double>::infinity();
    const auto value = [&](size_t i) { return std::isnan(spans[i].score) ? kLast : spans[i].score; };
    std::vector<size_t> order(spans.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::ranges::sort(
        order, [&](size_t a, size_t b) { return value(a) != value(b) ? value(a) > value(b) : a > b; });
    return order;
}

SpanGroups groupedSpans(const std::vector<ScoredSpan>& spans)
{
    SpanGroups groups;
    for (size_t i = 0; i < spans.size(); ++i)
        groups[{spans[i].video, spans[i].classId}].push_back(i);
    return groups;
}

const std::vector<size_t>& spansLike(const SpanGroups& groups, const ScoredSpan& span)
{
    static const std::vector<size_t> kNone;
    const auto found = groups.find({span.video, span.classId});
    return found != groups.end() ? found->second : kNone;
}

} // namespace telltale
