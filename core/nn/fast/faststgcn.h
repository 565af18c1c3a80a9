// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "nn/skeleton/skeletonnetworks.h"
#include <memory>
#include <torch/types.h>

namespace telltale {

/// ST-GCN++ as it is computed fastest on a processor, with the numbers that makeStGcn()'s network gives in
/// evaluation: normalisation is folded into the kernels, the branches' first convolutions are one, graphs
/// come before the convolution (fewer channels where a stage widens), everything is matrix products over
/// memory as it lies, piece by piece so that it stays in the cache. Clips are shared out to threads. A copy
/// of the weights: immutable, any thread.
class FastStGcn {
public:
    /// Of a network made with the same options (ST-GCN++'s: adaptive graphs with their own shortcut, six
    /// branches) on a processor. Unsupported otherwise.
    static Result<std::shared_ptr<const FastStGcn>> create(
        const torch::nn::Module& network, const StGcnOptions& options);
    virtual ~FastStGcn() = default;

    /// As SkeletonNetwork::embed() and maps(), of clips on a processor. c10::Error for another shape.
    virtual torch::Tensor embed(const torch::Tensor& clips) const = 0;
    virtual torch::Tensor maps(const torch::Tensor& clips) const = 0;
    /// Multiplications for one person of so many frames, those of matrix products alone.
    virtual int64_t products(int64_t frames) const = 0;
};

} // namespace telltale
