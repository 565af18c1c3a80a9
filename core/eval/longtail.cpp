// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/longtail.h"
#include "eval/tailshape.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace telltale {
namespace {

double meanF1(const ClipReport& report, const std::vector<int>& classes)
{
    double sum = 0;
    int present = 0;
    for (const int label : classes) {
        const auto index = static_cast<size_t>(label);
        if (index >= report.perClass.size() || report.perClass[index].truth == 0)
            continue;
        sum += report.perClass[index].f1;
        ++present;
    }
    return present > 0 ? sum / present : std::numeric_limits<double>::quiet_NaN();
}

/// `share` of `classes`, as a whole number of them.
size_t wholeShare(double share, size_t classes)
{
    const double exact = std::clamp(share, 0.0, 1.0) * static_cast<double>(classes);
    return static_cast<size_t>(std::lround(exact));
}

} // namespace

std::vector<double> effectiveNumberWeights(const std::vector<int64_t>& counts, double beta)
{
    std::vector<double> weights(counts.size(), 0.0);
    const std::vector<double> effective = effectiveNumbers(counts, beta);
    double sum = 0;
    int present = 0;
    for (size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] <= 0)
            continue;
        weights[i] = 1 / effective[i];
        sum += weights[i];
        ++present;
    }
    for (double& weight : weights)
        weight = sum > 0 ? weight * present / sum : 0;
    return weights;
}

LongTailGroups longTailGroups(const std::vector<int64_t>& trainingCounts, const LongTailRule& rule)
{
    LongTailGroups groups;
    std::vector<int> seen;
    for (size_t i = 0; i < trainingCounts.size(); ++i)
        (trainingCounts[i] > 0 ? seen : groups.unseen).push_back(static_cast<int>(i));
    std::ranges::stable_sort(seen, [&](int a, int b) {
        return trainingCounts[static_cast<size_t>(a)] > trainingCounts[static_cast<size_t>(b)];
    });
    const size_t headSize = wholeShare(rule.headShare, seen.size());
    const size_t tailSize = std::min(wholeShare(rule.tailShare, seen.size()), seen.size() - headSize);
    for (size_t rank = 0; rank < seen.size(); ++rank) {
        const int64_t count = trainingCounts[static_cast<size_t>(seen[rank])];
        const bool head = rule.headAbove > 0 ? count > rule.headAbove : rank < headSize;
        const bool tail = rule.tailBelow > 0 ? count < rule.tailBelow : rank >= seen.size() - tailSize;
        (head ? groups.head : tail ? groups.tail : groups.medium).push_back(seen[rank]);
    }
    for (auto* group : {&groups.head, &groups.medium, &groups.tail})
        std::ranges::sort(*group);
    return groups;
}

LongTailF1 longTailF1(const ClipReport& report, const LongTailGroups& groups)
{
    return {meanF1(report, groups.head), meanF1(report, groups.medium), meanF1(report, groups.tail)};
}

} // namespace telltale
