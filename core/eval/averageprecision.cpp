// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/averageprecision.h"
#include "eval/spangroups.h"
#include <algorithm>

namespace telltale {
namespace {

/// How many of the truths one of the first `limit` candidates overlaps enough.
int64_t found(const std::vector<ScoredSpan>& truth, const std::vector<size_t>& wanted,
    const std::vector<ScoredSpan>& predicted, const std::vector<size_t>& candidates, size_t limit,
    double tiou)
{
    const auto last = candidates.begin() + static_cast<std::ptrdiff_t>(std::min(limit, candidates.size()));
    return std::ranges::count_if(wanted, [&](size_t index) {
        return std::any_of(candidates.begin(), last, [&](size_t candidate) {
            const double overlap = temporalOverlap(truth[index], predicted[candidate]);
            return overlap > 0 && overlap >= tiou;
        });
    });
}

/// Indices of the predictions of each group, best score first.
SpanGroups rankedGroups(const std::vector<ScoredSpan>& predicted, bool byClass)
{
    SpanGroups groups;
    for (const size_t index : rankedByScore(predicted))
        groups[{predicted[index].video, byClass ? predicted[index].classId : 0}].push_back(index);
    return groups;
}

} // namespace

double averagePrecision(const std::vector<bool>& hits, const std::vector<int>& weights, int64_t positives)
{
    if (positives <= 0)
        return 0;
    const auto weight = [&](size_t i) { return weights.empty() ? 1.0 : static_cast<double>(weights[i]); };
    std::vector<double> precision(hits.size(), 0);
    double correct = 0;
    double seen = 0;
    for (size_t i = 0; i < hits.size(); ++i) {
        correct += hits[i] ? weight(i) : 0;
        seen += weight(i);
        precision[i] = seen > 0 ? correct / seen : 0;
    }
    double area = 0;
    double highest = 0;
    for (size_t i = hits.size(); i-- > 0;) {
        highest = std::max(highest, precision[i]);
        if (hits[i])
            area += weight(i) * highest / static_cast<double>(positives);
    }
    return area;
}

std::map<int, double> topKxRecall(
    const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted, double tiou, int k)
{
    const SpanGroups candidates = rankedGroups(predicted, true);
    std::map<int, int64_t> truths;
    std::map<int, int64_t> hits;
    for (const auto& [key, wanted] : groupedSpans(truth)) {
        const size_t limit = wanted.size() * static_cast<size_t>(std::max(k, 0));
        truths[key.classId] += static_cast<int64_t>(wanted.size());
        hits[key.classId]
            += found(truth, wanted, predicted, spansLike(candidates, truth[wanted.front()]), limit, tiou);
    }
    std::map<int, double> recall;
    for (const auto& [classId, count] : truths)
        recall[classId] = static_cast<double>(hits[classId]) / static_cast<double>(count);
    return recall;
}

double proposalRecall(
    const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted, double tiou, int k)
{
    if (truth.empty())
        return 0;
    const SpanGroups candidates = rankedGroups(predicted, false);
    std::map<std::string_view, std::vector<size_t>> wanted;
    for (size_t i = 0; i < truth.size(); ++i)
        wanted[truth[i].video].push_back(i);
    int64_t hits = 0;
    for (const auto& [video, indices] : wanted)
        if (const auto group = candidates.find({video, 0}); group != candidates.end())
            hits
                += found(truth, indices, predicted, group->second, static_cast<size_t>(std::max(k, 0)), tiou);
    return static_cast<double>(hits) / static_cast<double>(truth.size());
}

} // namespace telltale
