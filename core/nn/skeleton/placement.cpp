// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/skeleton/placement.h"
#include <algorithm>
#include <deque>
#include <limits>
#include <set>

namespace telltale {

namespace {

constexpr int kUnreached = std::numeric_limits<int>::max();

std::vector<int> distancesFrom(const std::vector<std::vector<int>>& neighbours, int start)
{
    std::vector<int> distance(neighbours.size(), kUnreached);
    std::deque<int> next = {start};
    distance[static_cast<size_t>(start)] = 0;
    while (!next.empty()) {
        const auto here = static_cast<size_t>(next.front());
        next.pop_front();
        for (const int other : neighbours[here]) {
            if (distance[static_cast<size_t>(other)] != kUnreached)
                continue;
            distance[static_cast<size_t>(other)] = distance[here] + 1;
            next.push_back(other);
        }
    }
    return distance;
}

} // namespace

Gathering gathered(const SkeletonGraph& graph, int places)
{
    const auto points = static_cast<size_t>(graph.points);
    std::vector<std::vector<int>> neighbours(points);
    for (const auto& [child, parent] : graph.inward) {
        neighbours[static_cast<size_t>(child)].push_back(parent);
        neighbours[static_cast<size_t>(parent)].push_back(child);
    }
    Gathering result;
    result.placeOf.assign(points, 0);
    std::vector<int> nearest(points, kUnreached);
    int next = graph.centre;
    for (int place = 0; place < places; ++place) {
        const auto distance = distancesFrom(neighbours, next);
        for (size_t i = 0; i < points; ++i) {
            // A place always has the point that it was put on.
            if (distance[i] < nearest[i] || distance[i] == 0) {
                nearest[i] = distance[i];
                result.placeOf[i] = place;
            }
        }
        next = static_cast<int>(std::ranges::max_element(nearest) - nearest.begin());
    }
    result.graph.points = places;
    std::set<std::pair<int, int>> links;
    for (const auto& [child, parent] : graph.inward) {
        const int from = result.placeOf[static_cast<size_t>(child)];
        const int to = result.placeOf[static_cast<size_t>(parent)];
        if (from != to)
            links.emplace(from, to);
    }
    result.graph.inward.assign(links.begin(), links.end());
    return result;
}

} // namespace telltale
