// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <torch/types.h>

namespace telltale {

/// What heads attend to, [N, heads, T, channels of a head].
struct AttentionParts {
    torch::Tensor query; ///< scaled
    torch::Tensor key;
    torch::Tensor value;
};

/// Every position sees all that the mask [N, T, 1] lets through; where it lets nothing through, zeros.
torch::Tensor globalAttention(const AttentionParts& parts, const torch::Tensor& mask);
/// Every position sees those at most window / 2 away that the mask lets through. The work grows with T, not
/// its square (as ActionFormer's sliding chunks; Longformer, arXiv 2004.05150).
torch::Tensor localAttention(const AttentionParts& parts, const torch::Tensor& mask, int64_t window);

} // namespace telltale
