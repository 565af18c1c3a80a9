// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <torch/types.h>

namespace telltale {

/// Convolutions of tokens as they lie in memory, channels last, without a copy to the order that LibTorch's
/// layers read. Errors are c10::Error.

/// How a kernel over time is applied: padded with zeros so that a stride of 1 keeps the length.
struct TimeStep {
    int64_t stride = 1;
    int64_t groups = 1; ///< as many as channels: depthwise
};

/// Tokens [N, moments, places, channels] by a kernel [out, channels / groups, taps] along the moments; every
/// place by itself. `bias` may be undefined.
torch::Tensor convolvedOverTime(
    const torch::Tensor& tokens, const torch::Tensor& kernel, const torch::Tensor& bias, TimeStep step = {});

/// Tokens [N, rows, columns, channels] by a depthwise kernel [channels, 1, taps, taps].
torch::Tensor convolvedOverPlaces(
    const torch::Tensor& tokens, const torch::Tensor& kernel, const torch::Tensor& bias);

} // namespace telltale
