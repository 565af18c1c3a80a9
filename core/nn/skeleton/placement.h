// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/skeletongraph.h"
#include <vector>

namespace telltale {

/// Points gathered to fewer places: where learned mixtures of points begin.
struct Gathering {
    std::vector<int> placeOf; ///< of each point
    SkeletonGraph graph; ///< of the places: linked where their points are
};

/// Spreads `places` over the graph, each as far from the others as can be, and gives each point to the
/// nearest. `places` from 1 to the number of points. The graph must be sound (adjacencyStack()).
Gathering gathered(const SkeletonGraph& graph, int places);

} // namespace telltale
