// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/adapters/adapter.h"
#include "nn/timekernels.h"
#include "nn/volumes/kernels.h"
#include <cmath>
#include <torch/nn/functional/linear.h>

namespace telltale {

namespace {

using torch::Tensor;

constexpr double kDownDeviation = 0.02; ///< OpenTAD
constexpr double kGain = 2; ///< OpenTAD: variance of a kernel's numbers times what it sums

int64_t innerWidth(int64_t width, const AdapterOptions& options)
{
    TORCH_CHECK(options.temporalKernel > 0 && options.temporalKernel % 2 == 1 && options.spatialKernel > 0
            && options.spatialKernel % 2 == 1,
        "kernels of an adapter have an odd number of taps, not ", options.temporalKernel, " and ",
        options.spatialKernel);
    const auto inner = static_cast<int64_t>(static_cast<double>(width) * options.ratio);
    TORCH_CHECK(
        inner > 0, "an adapter's bottleneck of ", options.ratio, " leaves nothing of ", width, " channels");
    return inner;
}

bool twoBranches(const AdapterOptions& options) { return options.temporal && options.spatial; }

int64_t upInputs(int64_t inner, const AdapterOptions& options)
{
    return twoBranches(options) && options.fuse == AdapterFuse::Concat ? 2 * inner : inner;
}

torch::nn::Conv1dOptions timeKernel(int64_t channels, int64_t taps)
{
    return torch::nn::Conv1dOptions(channels, channels, taps).groups(channels);
}

Tensor mixed(const Tensor& tokens, const Tensor& kernel, const Tensor& bias)
{
    return torch::nn::functional::linear(tokens, kernel.flatten(1), bias);
}

void drawKernel(const Tensor& kernel, Random& random)
{
    const double summed = static_cast<double>(kernel.numel()) / static_cast<double>(kernel.size(0));
    fillNormal(kernel, std::sqrt(kGain / summed), random);
}

} // namespace

AdapterImpl::AdapterImpl(int64_t width, const AdapterOptions& options)
    : m_options(options)
    , m_inner(innerWidth(width, options))
    , m_gamma(register_parameter("gamma", torch::ones({1})))
    , m_down(width, m_inner)
    , m_up(upInputs(m_inner, options), width)
{
    if (options.temporal)
        m_temporal
            = register_module("dwconv", torch::nn::Conv1d(timeKernel(m_inner, options.temporalKernel)));
    if (options.temporal && options.temporalPointwise)
        m_temporalMix
            = register_module("conv", torch::nn::Conv1d(torch::nn::Conv1dOptions(m_inner, m_inner, 1)));
    if (options.spatial)
        m_spatial = register_module("spatial_dwconv",
            torch::nn::Conv2d(
                torch::nn::Conv2dOptions(m_inner, m_inner, options.spatialKernel).groups(m_inner)));
    if (options.spatial && options.spatialPointwise)
        m_spatialMix = register_module(
            "spatial_conv", torch::nn::Conv2d(torch::nn::Conv2dOptions(m_inner, m_inner, 1)));
    if (twoBranches(options) && options.fuse == AdapterFuse::Sum)
        m_scale = register_parameter("scale", torch::ones({2}));
    if (twoBranches(options) && options.fuse == AdapterFuse::Gated)
        m_gate = register_module("gate", torch::nn::Linear(m_inner, 2 * m_inner));
    register_module("down_proj", m_down);
    register_module("up_proj", m_up);
}

Tensor AdapterImpl::joined(const Tensor& h, const Tensor& temporal, const Tensor& spatial)
{
    if (!twoBranches(m_options)) {
        const Tensor& only = m_options.temporal ? temporal : spatial;
        return only.defined() ? h + only : h;
    }
    if (m_options.fuse == AdapterFuse::Sum)
        return h + temporal * m_scale[0] + spatial * m_scale[1];
    if (m_options.fuse == AdapterFuse::Concat)
        return torch::cat({h + temporal, h + spatial}, 3);
    const auto gates = torch::sigmoid(m_gate(h.mean(2, true))).mul(2).chunk(2, 3);
    return h + temporal * gates[0] + spatial * gates[1];
}

Tensor AdapterImpl::forward(const Tensor& tokens, const TokenGrid& grid)
{
    const int64_t places = grid.rows * grid.columns;
    const auto h = torch::gelu(m_down(tokens)).reshape({-1, grid.moments, places, m_inner});
    Tensor temporal;
    Tensor spatial;
    if (m_options.temporal) {
        temporal = convolvedOverTime(h, m_temporal->weight, m_temporal->bias, {1, m_inner});
        if (m_temporalMix)
            temporal = mixed(temporal, m_temporalMix->weight, m_temporalMix->bias);
    }
    if (m_options.spatial) {
        const bool after = m_options.temporal && m_options.order == AdapterOrder::TemporalThenSpatial;
        const auto pictures = (after ? h + temporal : h).view({-1, grid.rows, grid.columns, m_inner});
        spatial = convolvedOverPlaces(pictures, m_spatial->weight, m_spatial->bias);
        if (m_spatialMix)
            spatial = mixed(spatial, m_spatialMix->weight, m_spatialMix->bias);
        spatial = spatial.view(h.sizes());
    }
    const auto change = m_up(joined(h, temporal, spatial));
    return tokens + (change * m_gamma).view(tokens.sizes());
}

void AdapterImpl::drawWeights(Random& random)
{
    const torch::NoGradGuard guard;
    for (auto& item : named_parameters()) {
        if (item.key().ends_with("bias") || item.key().starts_with("up_proj")
            || item.key().starts_with("gate"))
            item.value().zero_();
        else if (item.key() == "gamma" || item.key() == "scale")
            item.value().fill_(1);
        else if (item.key() == "down_proj.weight")
            fillNormal(item.value(), kDownDeviation, random);
        else
            drawKernel(item.value(), random);
    }
}

} // namespace telltale
