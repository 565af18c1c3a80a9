// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/clustering.h"
#include <algorithm>
#include <limits>

namespace telltale {

std::vector<ClusterStep> averageLinkage(const std::vector<std::vector<double>>& distances)
{
    const size_t things = distances.size();
    std::vector<std::vector<double>> distance(things, std::vector<double>(things, 0));
    for (size_t i = 0; i < things; ++i)
        for (size_t j = i + 1; j < things; ++j)
            distance[i][j] = distance[j][i] = distances[i].at(j);
    // A cluster stands where its smallest thing stands.
    std::vector<int> number(things);
    std::vector<int> size(things, 1);
    std::vector<bool> there(things, true);
    for (size_t i = 0; i < things; ++i)
        number[i] = static_cast<int>(i);
    std::vector<ClusterStep> steps;
    for (size_t step = 0; step + 1 < things; ++step) {
        size_t a = 0;
        size_t b = 0;
        double least = std::numeric_limits<double>::infinity();
        for (size_t i = 0; i < things; ++i)
            for (size_t j = i + 1; there[i] && j < things; ++j)
                if (there[j] && (distance[i][j] < least || a == b)) {
                    least = distance[i][j];
                    a = i;
                    b = j;
                }
        steps.push_back(
            {std::min(number[a], number[b]), std::max(number[a], number[b]), least, size[a] + size[b]});
        for (size_t k = 0; k < things; ++k)
            if (there[k] && k != a && k != b)
                distance[a][k] = distance[k][a]
                    = (distance[a][k] * size[a] + distance[b][k] * size[b]) / (size[a] + size[b]);
        there[b] = false;
        size[a] += size[b];
        number[a] = static_cast<int>(things + step);
    }
    return steps;
}

std::vector<int> leafOrder(const std::vector<ClusterStep>& steps, int things)
{
    std::vector<int> leaves;
    std::vector<int> waiting;
    if (things == 1)
        waiting.push_back(0);
    else if (!steps.empty())
        waiting.push_back(things + static_cast<int>(steps.size()) - 1);
    while (!waiting.empty()) {
        const int cluster = waiting.back();
        waiting.pop_back();
        if (cluster < things) {
            leaves.push_back(cluster);
            continue;
        }
        const ClusterStep& step = steps.at(static_cast<size_t>(cluster - things));
        waiting.push_back(step.second);
        waiting.push_back(step.first);
    }
    return leaves;
}

} // namespace telltale
