// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/timekernels.h"
#include <torch/types.h>

namespace telltale {

using torch::Tensor;

namespace {

/// With that view channels come second, and memory is what LibTorch calls channels-last.
Tensor channelsSecond(const Tensor& tokens) { return tokens.permute({0, 3, 1, 2}); }
Tensor channelsLast(const Tensor& maps) { return maps.permute({0, 2, 3, 1}).contiguous(); }

c10::optional<Tensor> given(const Tensor& bias)
{
    return bias.defined() ? c10::optional<Tensor>(bias) : c10::nullopt;
}

} // namespace

Tensor convolvedOverTime(const Tensor& tokens, const Tensor& kernel, const Tensor& bias, TimeStep step)
{
    return channelsLast(at::conv2d(channelsSecond(tokens), kernel.unsqueeze(3), given(bias), {step.stride, 1},
        {kernel.size(2) / 2, 0}, {1, 1}, step.groups));
}

Tensor convolvedOverPlaces(const Tensor& tokens, const Tensor& kernel, const Tensor& bias)
{
    return channelsLast(at::conv2d(channelsSecond(tokens), kernel, given(bias), {1, 1},
        {kernel.size(2) / 2, kernel.size(3) / 2}, {1, 1}, kernel.size(0)));
}

} // namespace telltale
