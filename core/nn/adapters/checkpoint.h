// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <functional>
#include <torch/types.h>
#include <vector>

namespace telltale {

/// What is computed from one tensor and some parameters.
using CheckpointedWork = std::function<torch::Tensor(const torch::Tensor&)>;

/// work(input), of which only `input` is kept until the way back; there it is computed again, in the
/// precision of the first time (Chen et al. 2016, arXiv 1604.06174). Gradients go to `input` and to
/// `parameters`, which must be all that `work` learns, and are those of work(input) to the bit. `draws`: it
/// uses LibTorch's random numbers, which are drawn again. `work` may be called from another thread and must
/// live on its own: it keeps what it refers to alive. Where nothing learns it is called, no more.
torch::Tensor checkpointed(CheckpointedWork work, const torch::Tensor& input,
    const std::vector<torch::Tensor>& parameters = {}, bool draws = false);

} // namespace telltale
