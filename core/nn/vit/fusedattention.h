// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <torch/types.h>

namespace telltale {

/// softmax(q k^T / sqrt(d)) v of float32 tokens on a processor, where nothing learns: blocks of rows go from
/// scores to sums while they lie in the cache, so that the maps (tokens x tokens for each head) never go
/// through memory, and queries, keys and values are read where the linear layer left them. `mixed`
/// [N, tokens, 3 * width] holds the queries, keys and values of all heads; contiguous. To [N, tokens, width].
torch::Tensor fusedAttention(const torch::Tensor& mixed, int64_t heads);

} // namespace telltale
