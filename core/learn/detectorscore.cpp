// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/detectorscore.h"
#include <algorithm>
#include <numeric>

namespace telltale {

DetectorScore detectorScore(const std::vector<float>& probability, const std::vector<float>& gesture)
{
    DetectorScore score;
    const size_t rows = std::min(probability.size(), gesture.size());
    score.rows = static_cast<int64_t>(rows);
    std::vector<size_t> order(rows);
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(
        order.begin(), order.end(), [&](size_t a, size_t b) { return probability[a] > probability[b]; });
    double hits = 0;
    double precisions = 0;
    double claimed = 0;
    double right = 0;
    for (size_t rank = 0; rank < rows; ++rank) {
        const bool truth = gesture[order[rank]] > 0.5f;
        if (truth)
            precisions += ++hits / static_cast<double>(rank + 1);
        if (probability[order[rank]] >= 0.5f) {
            ++claimed;
            right += truth ? 1 : 0;
        }
    }
    if (rows == 0 || hits == 0)
        return score;
    score.gestureShare = hits / static_cast<double>(rows);
    score.averagePrecision = precisions / hits;
    score.precision = claimed > 0 ? right / claimed : 0;
    score.recall = right / hits;
    score.f1 = claimed > 0 ? 2 * right / (claimed + hits) : 0;
    return score;
}

} // namespace telltale
