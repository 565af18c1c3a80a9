// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/models/bestclasses.h"
#include "data/labelscheme.h"
#include <algorithm>
#include <numeric>

namespace telltale {

std::vector<Candidate> bestClasses(const std::vector<float>& probabilities, size_t count)
{
    std::vector<int> order(probabilities.size());
    std::iota(order.begin(), order.end(), 0);
    const size_t kept = std::min(count, order.size());
    const auto before = [&probabilities](int a, int b) {
        const float one = probabilities[static_cast<size_t>(a)];
        const float other = probabilities[static_cast<size_t>(b)];
        return one != other ? one > other : a < b;
    };
    std::partial_sort(order.begin(), order.begin() + static_cast<ptrdiff_t>(kept), order.end(), before);
    std::vector<Candidate> best;
    for (size_t i = 0; i < kept; ++i)
        best.push_back({order[i], probabilities[static_cast<size_t>(order[i])]});
    return best;
}

void dropRetired(std::vector<Candidate>& candidates, const LabelScheme& scheme)
{
    std::erase_if(candidates, [&scheme](const Candidate& candidate) {
        return candidate.classId < 0
            || (candidate.classId < scheme.classCount()
                && scheme.classes[static_cast<size_t>(candidate.classId)].retired);
    });
}

} // namespace telltale
