// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/confusedpairs.h"
#include <algorithm>
#include <tuple>

namespace telltale {
namespace {

ConfusedDirection directionOf(const ConfusionMatrix& matrix, int truth, int predicted, int64_t support)
{
    const int64_t count = matrix.at(truth, predicted);
    return {truth, predicted, count, support, wilsonInterval(count, support)};
}

/// Wilson's interval of nothing reaches from 0 on.
bool isStrong(const ConfusedDirection& direction, const PairLimits& limits)
{
    return direction.count > 0 && direction.share.low >= limits.strongShare;
}

PairSuggestion suggestionFor(const ConfusedPair& pair, const PairLimits& limits)
{
    const auto supports = static_cast<double>(pair.there.support + pair.back.support);
    if (pair.doubted >= limits.leastDoubted
        && static_cast<double>(pair.doubted) >= limits.doubtedShare * supports)
        return PairSuggestion::Guideline;
    if (pair.count() < limits.leastConfused)
        return PairSuggestion::None;
    const bool there = isStrong(pair.there, limits);
    const bool back = isStrong(pair.back, limits);
    if (there && back)
        return PairSuggestion::Merge;
    if (!there && !back)
        return PairSuggestion::None;
    const ConfusedDirection& strong = there ? pair.there : pair.back;
    const ConfusedDirection& weak = there ? pair.back : pair.there;
    const bool rare
        = static_cast<double>(strong.support) * limits.rareFactor <= static_cast<double>(weak.support);
    return rare ? PairSuggestion::Examples : PairSuggestion::OneSided;
}

} // namespace

std::vector<ConfusedPair> confusedPairs(
    const ConfusionMatrix& matrix, const DoubtedPairs& doubted, const PairLimits& limits)
{
    std::vector<int64_t> support;
    for (int c = 0; c < matrix.classes; ++c)
        support.push_back(matrix.rowSum(c));
    std::vector<ConfusedPair> pairs;
    for (int a = 0; a < matrix.classes; ++a)
        for (int b = a + 1; b < matrix.classes; ++b) {
            const auto doubts = doubted.find({a, b});
            const int64_t both = matrix.at(a, b) + matrix.at(b, a);
            if (both == 0 && doubts == doubted.end())
                continue;
            ConfusedPair pair;
            pair.there = directionOf(matrix, a, b, support[static_cast<size_t>(a)]);
            pair.back = directionOf(matrix, b, a, support[static_cast<size_t>(b)]);
            if (pair.back.count > pair.there.count)
                std::swap(pair.there, pair.back);
            pair.both = wilsonInterval(both, pair.there.support + pair.back.support);
            pair.doubted = doubts == doubted.end() ? 0 : doubts->second;
            pair.suggestion = suggestionFor(pair, limits);
            pairs.push_back(pair);
        }
    // What is doubted and never confused has a share of 0, or none at all, and comes last.
    const auto rank = [](const ConfusedPair& pair) {
        return std::tuple(-pair.count(), pair.both.clips > 0 ? -pair.both.precision : 0.0, -pair.doubted);
    };
    std::ranges::stable_sort(
        pairs, [&rank](const ConfusedPair& a, const ConfusedPair& b) { return rank(a) < rank(b); });
    return pairs;
}

std::vector<ConfusedDirection> confusedDirections(const ConfusionMatrix& matrix)
{
    std::vector<ConfusedDirection> all;
    for (int truth = 0; truth < matrix.side(); ++truth) {
        const int64_t support = matrix.rowSum(truth);
        for (int predicted = 0; predicted < matrix.side(); ++predicted)
            if (truth != predicted && matrix.at(truth, predicted) > 0)
                all.push_back(directionOf(matrix, truth, predicted, support));
    }
    std::ranges::stable_sort(
        all, [](const ConfusedDirection& a, const ConfusedDirection& b) { return a.count > b.count; });
    return all;
}

} // namespace telltale
