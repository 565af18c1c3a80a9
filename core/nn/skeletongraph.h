// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale {

/// Links between the points of a skeleton, as graph networks see them.
struct SkeletonGraph {
    int points = 0;
    std::vector<std::pair<int, int>> inward; ///< (child, parent): from the limbs' ends to the centre
    int centre = 0;
};

/// How a graph becomes a stack of adjacency matrices (kennymckormick/pyskl, utils/graph.py).
enum class GraphMode {
    Spatial, ///< 3 slices: itself (not normalised), inward, outward (ST-GCN++, CTR-GCN)
    StgcnSpatial, ///< 2 * hops + 1 slices: itself; per hop not nearer to the centre, then nearer (ST-GCN)
    BinaryAdj, ///< 1 slice: 1 for linked points, in both directions, no self link
};

/// "spatial", "stgcn_spatial", "binary_adj", the reference's names. NotFound lists them.
Result<GraphMode> graphModeNamed(std::string_view name);

/// values[(slice * points + to) * points + from].
struct AdjacencyStack {
    int slices = 0;
    int points = 0;
    std::vector<double> values;

    double at(int slice, int to, int from) const
    {
        return values[(static_cast<size_t>(slice) * static_cast<size_t>(points) + static_cast<size_t>(to))
                * static_cast<size_t>(points)
            + static_cast<size_t>(from)];
    }
};

/// A[to, from] = 1 for a link, columns divided by their sum (an empty column stays 0). For StgcnSpatial
/// distances are counted up to `hops` only, as the reference does: what is further away is infinitely far,
/// and of two infinities neither is nearer. `hops` (1 to 16) means nothing to the other modes. A link may
/// stand in the list more than once. InvalidArgument where a point or the centre is out of range.
Result<AdjacencyStack> adjacencyStack(const SkeletonGraph& graph, GraphMode mode, int hops = 1);

} // namespace telltale
