// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstddef>

namespace telltale {

/// One pass over memory where a tensor library takes ten. Pure functions; ranges of equal length.

struct AdamWStep {
    float gradientScale = 1; ///< every gradient is multiplied by this first
    float keep = 1; ///< 1 - learning rate x weight decay
    float beta1 = 0;
    float beta2 = 0;
    float size = 0; ///< learning rate / (1 - beta1^t)
    float rootCorrection = 1; ///< sqrt(1 - beta2^t)
    float epsilon = 1e-8f;
};
/// Loshchilov and Hutter 2019, as PyTorch computes it.
void adamwUpdate(
    const AdamWStep& step, float* weights, const float* gradients, float* first, float* second, size_t count);

struct SgdStep {
    float gradientScale = 1;
    float decay = 0; ///< times the weight is added to the gradient
    float momentum = 0;
    bool nesterov = false;
    float rate = 0;
};
/// As PyTorch computes it; `velocity` begins as 0 and is not touched without momentum.
void sgdUpdate(const SgdStep& step, float* weights, const float* gradients, float* velocity, size_t count);

/// In double precision.
double sumOfSquares(const float* values, size_t count);

} // namespace telltale
