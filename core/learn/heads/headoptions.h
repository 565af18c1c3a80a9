// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>

namespace telltale {

enum class HeadKind {
    Linear,
    Mlp, ///< one hidden layer with ReLU
};

/// Constants of a head's training. Defaults ours; what a project uses stands in models/recipes/retrain.json.
struct HeadOptions {
    HeadKind kind = HeadKind::Linear;
    int hidden = 64; ///< units of the Mlp
    int steps = 100; ///< of L-BFGS at most
    double tolerance
        = 1e-4; ///< ends when three steps together lower the loss by less than this share; 0: never
    double pull = 1e-2; ///< weight of half the squared distance to where it leads, beside a mean over rows
    int64_t fewestInputs = 256; ///< features of fewer numbers are standardised, not projected
    int64_t rank = 128; ///< of the projection to begin with
    int64_t largestRank = 512; ///< to which it grows while it retains less than `retained`
    double retained = 0.5; ///< share of the variance
    double rowGrowth = 0.1; ///< share of new rows from which on the projection is made anew
    /// Weight of the semantic loss beside cross-entropy, 0: none. On fixed features the embedding loss with
    /// fixed label vectors is linear least squares; with a branch of its own it could not reach the
    /// classifier at all. So both share the weights: the logits over `semanticScale`, as coordinates along
    /// the label vectors, shall give the vector of the row's class (ours).
    double semanticWeight = 0;
    double semanticScale = 8; ///< logit of a class whose vector is met exactly
    uint64_t seed = 1;
    int threads = 0; ///< 0: one a core; a head is repeatable for the same number
};

} // namespace telltale
