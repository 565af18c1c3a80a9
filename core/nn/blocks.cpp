// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/blocks.h"
#include "base/random.h"

namespace telltale {

namespace {

torch::nn::Conv3dOptions kernel(
    int64_t in, int64_t out, torch::ExpandingArray<3> size, torch::ExpandingArray<3> stride)
{
    const torch::ExpandingArray<3> padding{(*size)[0] / 2, (*size)[1] / 2, (*size)[2] / 2};
    return torch::nn::Conv3dOptions(in, out, size).stride(stride).padding(padding).bias(false);
}

} // namespace

EmbeddingHeadImpl::EmbeddingHeadImpl(int64_t inputs)
    : m_linear(torch::nn::LinearOptions(inputs, kEmbedding).bias(false))
    , m_norm(kEmbedding)
{
    register_module("linear", m_linear);
    register_module("norm", m_norm);
}

torch::Tensor EmbeddingHeadImpl::forward(const torch::Tensor& pooled)
{
    return torch::relu(m_norm(m_linear(pooled)));
}

SpaceTimeBlockImpl::SpaceTimeBlockImpl(int64_t in, int64_t out, SpaceTimeStride stride)
    : m_space(kernel(in, out, {1, 3, 3}, {1, stride.space, stride.space}))
    , m_spaceNorm(out)
    , m_time(kernel(out, out, {3, 1, 1}, {stride.time, 1, 1}))
    , m_timeNorm(out)
{
    register_module("space", m_space);
    register_module("space_norm", m_spaceNorm);
    register_module("time", m_time);
    register_module("time_norm", m_timeNorm);
    if (in == out && stride.time == 1 && stride.space == 1)
        return;
    m_shortcut = register_module(
        "shortcut", torch::nn::Conv3d(kernel(in, out, {1, 1, 1}, {stride.time, stride.space, stride.space})));
    m_shortcutNorm = register_module("shortcut_norm", torch::nn::BatchNorm3d(out));
}

torch::Tensor SpaceTimeBlockImpl::forward(const torch::Tensor& x)
{
    const auto inner = torch::relu(m_spaceNorm(m_space(x)));
    const auto moved = m_timeNorm(m_time(inner));
    return torch::relu(moved + (m_shortcut ? m_shortcutNorm(m_shortcut(x)) : x));
}

void ClipNetwork::drawWeights(uint64_t seed) { initialize(*this, seed); }

void initialize(torch::nn::Module& module, uint64_t seed)
{
    const torch::NoGradGuard guard;
    Random random(seed);
    for (auto& item : module.named_parameters()) {
        torch::Tensor& parameter = item.value();
        const bool kernel = item.key().ends_with("weight") && parameter.dim() >= 2;
        if (item.key().ends_with("bias"))
            parameter.zero_();
        if (!kernel)
            continue;
        const double fanIn = static_cast<double>(parameter.numel()) / static_cast<double>(parameter.size(0));
        const double deviation = std::sqrt(2.0 / fanIn);
        auto* values = parameter.data_ptr<float>();
        for (int64_t i = 0; i < parameter.numel(); ++i)
            values[i] = static_cast<float>(deviation * random.normal());
    }
}

} // namespace telltale
