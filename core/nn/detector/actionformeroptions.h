// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>

namespace telltale {

/// ActionFormer as AdaTAD uses it (arXiv 2202.07925; OpenTAD, projections/actionformer_proj.py,
/// necks/fpn.py and dense_heads/anchor_free_head.py). Defaults are AdaTAD's.
struct ActionFormerOptions {
    int64_t inputs = 0; ///< numbers of a feature; must be set
    int64_t classes = 0; ///< must be set
    int64_t width = 512;
    int64_t convolutions = 2; ///< before the transformer
    int64_t stem = 2; ///< blocks at full rate
    int64_t branches = 5; ///< blocks that halve the rate: levels() - 1
    int64_t heads = 4;
    int64_t window = -1; ///< positions that attention sees, the centre included; below 1: all
    int64_t kernel = 3; ///< of the convolutions, odd
    int64_t widening = 4; ///< of the blocks' two-layer networks
    int64_t headConvolutions = 2;
    double dropPath = 0.1; ///< share of videos for which a branch is left out while training
    double layerScale = 1e-4; ///< what blocks add is multiplied with at first
    double prior = 0.01; ///< probability of a class at first

    int64_t levels() const { return branches + 1; }
    /// Positions of the input from one of `level` to the next.
    static int64_t stride(int64_t level) { return int64_t{1} << level; }
};

} // namespace telltale
