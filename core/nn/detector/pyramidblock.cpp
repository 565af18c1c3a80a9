// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/detector/pyramidblock.h"
#include "nn/detector/sequenceattention.h"
#include <cmath>
#include <torch/nn/functional/linear.h>

namespace telltale {

namespace {

using torch::Tensor;

torch::nn::Conv1dOptions pointwise(int64_t in, int64_t out) { return torch::nn::Conv1dOptions(in, out, 1); }

/// A kernel of one tap is a matrix.
Tensor mixed(const Tensor& x, const torch::nn::Conv1d& layer)
{
    return torch::nn::functional::linear(x, layer->weight.squeeze(2), layer->bias);
}

constexpr int64_t kDepthwiseTaps = 3; ///< OpenTAD, of attention's kernels

} // namespace

ScaledPathImpl::ScaledPathImpl(int64_t channels, double first, double left)
    : m_scale(register_parameter("scale", torch::full({1, channels, 1}, first)))
    , m_left(left)
{
}

Tensor ScaledPathImpl::forward(const Tensor& change)
{
    const auto scaled = change * m_scale.view({1, 1, -1});
    if (!is_training() || m_left <= 0)
        return scaled;
    const double kept = 1 - m_left;
    return scaled / kept * torch::rand({change.size(0), 1, 1}, change.options()).add_(kept).floor_();
}

SequenceAttentionImpl::SequenceAttentionImpl(const ActionFormerOptions& options, int64_t stride)
    : m_stride(stride)
    , m_heads(options.heads)
    , m_window(options.window)
    , m_query(makeInput("query", options.width, stride))
    , m_key(makeInput("key", options.width, stride))
    , m_value(makeInput("value", options.width, stride))
    , m_projection(pointwise(options.width, options.width))
{
    register_module("proj", m_projection);
}

SequenceAttentionImpl::Input SequenceAttentionImpl::makeInput(
    const std::string& name, int64_t width, int64_t stride)
{
    Input input;
    input.kernel = torch::nn::Conv1d(
        torch::nn::Conv1dOptions(width, width, kDepthwiseTaps).stride(stride).groups(width).bias(false));
    input.norm = register_module(name + "_norm", channelNorm(width, kBlockNormEpsilon));
    input.mix = register_module(name, torch::nn::Conv1d(pointwise(width, width)));
    register_module(name + "_conv", std::make_shared<torch::nn::Module>())
        ->register_module("conv", input.kernel);
    return input;
}

Tensor SequenceAttentionImpl::heads(Input& input, const Tensor& x, const Tensor& mask)
{
    const auto all = mixed(input.norm(convolved(x, input.kernel) * mask), input.mix);
    return all.unflatten(2, {m_heads, all.size(2) / m_heads}).transpose(1, 2);
}

MaskedSequence SequenceAttentionImpl::forward(const MaskedSequence& x)
{
    const auto mask = strided(x.mask, m_stride);
    AttentionParts parts{
        heads(m_query, x.values, mask), heads(m_key, x.values, mask), heads(m_value, x.values, mask)};
    parts.query = parts.query / std::sqrt(static_cast<double>(parts.query.size(3)));
    const auto seen = m_window > 0 ? localAttention(parts, mask, m_window) : globalAttention(parts, mask);
    return {mixed(seen.transpose(1, 2).flatten(2), m_projection) * mask, mask};
}

PyramidBlockImpl::PyramidBlockImpl(const ActionFormerOptions& options, int64_t stride)
    : m_stride(stride)
    , m_norm1(channelNorm(options.width, kBlockNormEpsilon))
    , m_norm2(channelNorm(options.width, kBlockNormEpsilon))
    , m_attention(options, stride)
    , m_widen(pointwise(options.width, options.widening * options.width))
    , m_narrow(pointwise(options.widening * options.width, options.width))
    , m_attentionPath(options.width, options.layerScale, options.dropPath)
    , m_networkPath(options.width, options.layerScale, options.dropPath)
{
    register_module("ln1", m_norm1);
    register_module("ln2", m_norm2);
    register_module("attn", m_attention);
    // The names of the released files, which count activation and dropout too.
    const auto network = register_module("mlp", std::make_shared<torch::nn::Module>());
    network->register_module("0", m_widen);
    network->register_module("3", m_narrow);
    register_module("drop_path_attn", m_attentionPath);
    register_module("drop_path_mlp", m_networkPath);
}

MaskedSequence PyramidBlockImpl::forward(const MaskedSequence& x)
{
    const auto change = m_attention(MaskedSequence{m_norm1(x.values), x.mask});
    auto kept = x.values;
    if (m_stride > 1)
        kept = torch::max_pool1d(kept.transpose(1, 2), {m_stride + 1}, {m_stride}, {(m_stride + 1) / 2})
                   .transpose(1, 2);
    const auto mid = kept * change.mask + m_attentionPath(change.values);
    const auto network = mixed(torch::gelu(mixed(m_norm2(mid), m_widen)), m_narrow);
    return {mid + m_networkPath(network * change.mask), change.mask};
}

} // namespace telltale
