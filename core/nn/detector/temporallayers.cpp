// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/detector/temporallayers.h"
#include "nn/timekernels.h"

namespace telltale {

using torch::Tensor;

torch::nn::LayerNorm channelNorm(int64_t channels, double epsilon)
{
    return torch::nn::LayerNorm(torch::nn::LayerNormOptions({channels}).eps(epsilon));
}

Tensor strided(const Tensor& mask, int64_t stride)
{
    return stride == 1 ? mask : mask.slice(1, 0, c10::nullopt, stride);
}

Tensor convolved(const Tensor& sequence, const torch::nn::Conv1d& layer)
{
    const auto& options = layer->options;
    return convolvedOverTime(
        sequence.unsqueeze(2), layer->weight, layer->bias, {options.stride()->at(0), options.groups()})
        .squeeze(2);
}

ConvUnitImpl::ConvUnitImpl(int64_t in, int64_t out, int64_t kernel)
    : m_convolution(torch::nn::Conv1dOptions(in, out, kernel).bias(false))
    , m_norm(channelNorm(out, kPyramidNormEpsilon))
{
    register_module("conv", m_convolution);
    register_module("norm", m_norm);
}

Tensor ConvUnitImpl::forward(const MaskedSequence& x)
{
    return torch::relu(m_norm(convolved(x.values, m_convolution) * x.mask)) * x.mask;
}

torch::nn::ModuleList convUnits(int64_t in, int64_t width, int64_t kernel, int64_t count)
{
    torch::nn::ModuleList units;
    for (int64_t i = 0; i < count; ++i)
        units->push_back(ConvUnit(i == 0 ? in : width, width, kernel));
    return units;
}

Tensor throughUnits(const torch::nn::ModuleList& units, const MaskedSequence& x)
{
    auto values = x.values;
    for (const auto& unit : *units)
        values = unit->as<ConvUnit>()->forward({values, x.mask});
    return values;
}

} // namespace telltale
