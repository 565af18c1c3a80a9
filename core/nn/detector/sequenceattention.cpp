// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/detector/sequenceattention.h"
#include <algorithm>
#include <torch/types.h>

namespace telltale {

namespace {

using torch::Tensor;

/// Far below any score. Finite, so that a row of nothing else gives no NaN, neither forward nor in gradients,
/// and within the halves that cards compute in. Ours.
constexpr double kNever = -3e4;
constexpr int64_t kLeastBlock = 16; ///< positions whose neighbourhoods are taken together; ours

/// [N, heads, T, d] with zeros before and behind.
Tensor extended(const Tensor& x, int64_t before, int64_t behind)
{
    return torch::constant_pad_nd(x, {0, 0, before, behind});
}

} // namespace

Tensor globalAttention(const AttentionParts& parts, const Tensor& mask)
{
    const auto inside = mask.unsqueeze(1); // [N, 1, T, 1]
    const auto scores = torch::matmul(parts.query, parts.key.transpose(2, 3));
    const auto shares = torch::softmax(scores.masked_fill(inside.transpose(2, 3) == 0, kNever), -1);
    return torch::matmul(shares, parts.value * inside);
}

Tensor localAttention(const AttentionParts& parts, const Tensor& mask, int64_t window)
{
    const int64_t reach = window / 2;
    const int64_t length = parts.query.size(2);
    const int64_t block = std::max(kLeastBlock, 2 * reach);
    const int64_t blocks = (length + block - 1) / block;
    const int64_t rest = blocks * block - length;
    const int64_t seen = block + 2 * reach;
    const auto neighbours
        = [&](const Tensor& x) { return extended(x, reach, rest + reach).unfold(2, seen, block); };

    const auto query = extended(parts.query, 0, rest).unflatten(2, {blocks, block});
    auto scores = torch::matmul(query, neighbours(parts.key)); // [N, heads, blocks, block, seen]
    const auto distance = torch::arange(seen, mask.options()).unsqueeze(0)
        - torch::arange(block, mask.options()).unsqueeze(1) - reach;
    const auto inside = mask.unsqueeze(1); // [N, 1, T, 1]
    const auto hidden = (neighbours(inside) == 0).logical_or(distance.abs() > reach);
    const auto shares = torch::softmax(scores.masked_fill(hidden, kNever), -1);
    const auto values = neighbours(parts.value * inside).transpose(3, 4);
    return torch::matmul(shares, values).flatten(2, 3).narrow(2, 0, length);
}

} // namespace telltale
