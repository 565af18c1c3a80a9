// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/blocks.h"

namespace telltale {

namespace {

using torch::Tensor;

torch::nn::Conv2dOptions pointwise(int64_t in, int64_t out, int64_t timeStride = 1)
{
    return torch::nn::Conv2dOptions(in, out, 1).stride({timeStride, 1}).bias(false);
}

torch::nn::Conv2dOptions temporal(int64_t channels, int64_t dilation, int64_t stride)
{
    return torch::nn::Conv2dOptions(channels, channels, {5, 1})
        .stride({stride, 1})
        .padding({2 * dilation, 0})
        .dilation({dilation, 1})
        .groups(channels)
        .bias(false);
}

Tensor startingAdjacency(const JointNetworkOptions& options)
{
    const std::vector<int64_t> square = {options.points, options.points};
    if (options.adjacency.shape != square)
        return torch::eye(options.points);
    return torch::tensor(options.adjacency.values).view(square);
}

class DecoupledBlockImpl : public torch::nn::Module {
public:
    DecoupledBlockImpl(const JointNetworkOptions& options, int64_t in, int64_t out, int64_t stride)
        : m_groups(options.groups)
        , m_stride(stride)
        , m_in(pointwise(in, out))
        , m_mixNorm(out)
        , m_near(temporal(out, 1, stride))
        , m_far(temporal(out, 2, stride))
        , m_timeNorm(out)
        , m_out(pointwise(out, out))
        , m_outNorm(out)
    {
        register_module("in", m_in);
        const auto start = startingAdjacency(options).unsqueeze(0).repeat({m_groups, 1, 1}).contiguous();
        m_adjacency = register_parameter("adjacency", start);
        register_module("mix_norm", m_mixNorm);
        register_module("near", m_near);
        register_module("far", m_far);
        register_module("time_norm", m_timeNorm);
        register_module("out", m_out);
        register_module("out_norm", m_outNorm);
        if (in == out && stride == 1)
            return;
        m_shortcut = register_module("shortcut", torch::nn::Conv2d(pointwise(in, out, stride)));
        m_shortcutNorm = register_module("shortcut_norm", torch::nn::BatchNorm2d(out));
    }

    Tensor forward(const Tensor& x)
    {
        const auto mixed = torch::relu(m_mixNorm(mix(m_in(x))));
        const auto longest = torch::max_pool2d(mixed, {3, 1}, {m_stride, 1}, {1, 0});
        const auto moved = torch::relu(m_timeNorm(m_near(mixed) + m_far(mixed) + longest));
        return torch::relu(m_outNorm(m_out(moved)) + (m_shortcut ? m_shortcutNorm(m_shortcut(x)) : x));
    }

private:
    /// Multiplies each group of channels with its own matrix over the points. Groups lead, so that all clips
    /// of a batch share one matrix product per group.
    Tensor mix(const Tensor& x) const
    {
        const int64_t clips = x.size(0);
        const int64_t channels = x.size(1);
        const int64_t steps = x.size(2);
        const int64_t points = x.size(3);
        const int64_t perGroup = channels / m_groups;
        const auto grouped = x.reshape({clips, m_groups, perGroup * steps, points})
                                 .transpose(0, 1)
                                 .reshape({m_groups, clips * perGroup * steps, points});
        return torch::bmm(grouped, m_adjacency)
            .view({m_groups, clips, perGroup * steps, points})
            .transpose(0, 1)
            .reshape({clips, channels, steps, points});
    }

    int64_t m_groups;
    int64_t m_stride;
    torch::nn::Conv2d m_in;
    Tensor m_adjacency;
    torch::nn::BatchNorm2d m_mixNorm;
    torch::nn::Conv2d m_near;
    torch::nn::Conv2d m_far;
    torch::nn::BatchNorm2d m_timeNorm;
    torch::nn::Conv2d m_out;
    torch::nn::BatchNorm2d m_outNorm;
    torch::nn::Conv2d m_shortcut{nullptr};
    torch::nn::BatchNorm2d m_shortcutNorm{nullptr};
};
TORCH_MODULE(DecoupledBlock);

class JointNetwork : public ClipNetwork {
public:
    explicit JointNetwork(const JointNetworkOptions& options)
        : m_scoreChannel(options.scoreChannel)
        , m_inputNorm(options.channels * options.points)
        , m_embedding(4 * options.width)
    {
        register_module("input_norm", m_inputNorm);
        register_module("blocks", m_blocks);
        const int64_t width = options.width;
        m_blocks->push_back(DecoupledBlock(options, options.channels, width, 2));
        m_blocks->push_back(DecoupledBlock(options, width, width, 1));
        m_blocks->push_back(DecoupledBlock(options, width, 2 * width, 2));
        m_blocks->push_back(DecoupledBlock(options, 2 * width, 2 * width, 1));
        register_module("embedding", m_embedding);
    }

    Tensor embed(const Tensor& clips) override
    {
        const auto present = clips.select(1, m_scoreChannel).gt(0).to(torch::kFloat).unsqueeze(1);
        const int64_t steps = clips.size(2);
        // Normalised per channel and point, so that each point is seen against its own usual place.
        const auto flat = clips.transpose(2, 3).reshape({clips.size(0), -1, steps});
        auto x = m_inputNorm(flat).view({clips.size(0), clips.size(1), -1, steps}).transpose(2, 3) * present;
        for (const auto& block : *m_blocks)
            x = block->as<DecoupledBlock>()->forward(x);
        const int64_t stride = steps / x.size(2);
        const auto mask = stride > 1 ? torch::max_pool2d(present, {stride, 1}) : present;
        const auto masked = x * mask.narrow(2, 0, x.size(2));
        const auto mean = masked.sum({2, 3}) / mask.sum({2, 3}).clamp_min(1);
        return m_embedding(torch::cat({mean, masked.amax({2, 3})}, 1));
    }

private:
    int64_t m_scoreChannel;
    torch::nn::BatchNorm1d m_inputNorm;
    torch::nn::ModuleList m_blocks;
    EmbeddingHead m_embedding;
};

} // namespace

std::shared_ptr<ClipNetwork> makeJointNetwork(const JointNetworkOptions& options)
{
    return std::make_shared<JointNetwork>(options);
}

} // namespace telltale
