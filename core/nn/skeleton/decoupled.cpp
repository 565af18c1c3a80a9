// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Activations are [channels, frames, clips, points]: so each operator, over channels, points or frames, is
// one matrix product over memory as it lies.
#include "nn/skeleton/graphblocks.h"
#include "nn/skeleton/placement.h"
#include <algorithm>

namespace telltale {

namespace {

using torch::Tensor;

constexpr int64_t kMostHops = 3; ///< how different the groups' first matrices are; ours

/// Each row of the batch of activations normalised over everything but its channel.
Tensor normalized(torch::nn::BatchNorm1d& norm, const Tensor& x)
{
    return norm(x.reshape({1, x.size(0), -1})).reshape(x.sizes());
}

/// Mean of a point and its neighbours: columns add up to 1.
Tensor neighbourhood(const SkeletonGraph& graph)
{
    auto links = torch::eye(graph.points);
    for (const auto& [child, parent] : graph.inward) {
        links[child][parent] = 1;
        links[parent][child] = 1;
    }
    return links / links.sum(0, true);
}

/// [points, places]: means over the points of each place.
Tensor gatheringMatrix(const Gathering& gathering)
{
    auto matrix = torch::zeros({static_cast<int64_t>(gathering.placeOf.size()), gathering.graph.points});
    for (size_t i = 0; i < gathering.placeOf.size(); ++i)
        matrix[static_cast<int64_t>(i)][gathering.placeOf[i]] = 1;
    return matrix / matrix.sum(0, true);
}

struct BlockShape {
    int64_t in = 1;
    int64_t out = 1;
    int64_t stride = 1;
    int64_t groups = 1;
    int64_t kernel = 5;
    std::vector<int64_t> dilations;
    Tensor neighbours; ///< [points, points]
    Tensor gather; ///< [points, places]; undefined where the points stay
};

class DecoupledSpanBlockImpl : public torch::nn::Module {
public:
    explicit DecoupledSpanBlockImpl(const BlockShape& shape)
        : m_groups(shape.groups)
        , m_stride(shape.stride)
        , m_in(register_module("in", matrix(shape.in, shape.out)))
        , m_mixNorm(register_module("mix_norm", torch::nn::BatchNorm1d(shape.out)))
        , m_timeNorm(register_module("time_norm", torch::nn::BatchNorm1d(shape.out)))
        , m_out(register_module("out", matrix(shape.out, shape.out)))
        , m_outNorm(register_module("out_norm", torch::nn::BatchNorm1d(shape.out)))
    {
        std::vector<int64_t> offsets;
        for (const int64_t dilation : shape.dilations)
            for (int64_t i = 0; i < shape.kernel; ++i)
                offsets.push_back((i - shape.kernel / 2) * dilation);
        m_offsets = register_buffer("offsets", torch::tensor(offsets, torch::kLong));
        m_time = register_parameter(
            "time_weight", torch::zeros({shape.out, static_cast<int64_t>(offsets.size())}));
        m_mix = register_parameter("mix", startingMix(shape));
        if (shape.gather.defined())
            m_places = register_parameter("shortcut_mix", shape.gather.clone());
        if (shape.in == shape.out && shape.stride == 1 && !shape.gather.defined())
            return;
        m_shortcut = register_module("shortcut", matrix(shape.in, shape.out));
        m_shortcutNorm = register_module("shortcut_norm", torch::nn::BatchNorm1d(shape.out));
    }

    Tensor forward(const Tensor& x)
    {
        const auto mixed = normalized(m_mixNorm, overPoints(overChannels(m_in, x))).relu_();
        const auto moved = normalized(m_timeNorm, overFrames(mixed)).relu_();
        auto y = normalized(m_outNorm, overChannels(m_out, moved));
        return y.add_(m_shortcut ? shortcut(x) : x).relu_();
    }

private:
    static torch::nn::Linear matrix(int64_t in, int64_t out)
    {
        return torch::nn::Linear(torch::nn::LinearOptions(in, out).bias(false));
    }

    /// Groups begin by looking at a point alone, its neighbours, their neighbours, in turn.
    static Tensor startingMix(const BlockShape& shape)
    {
        std::vector<Tensor> groups;
        for (int64_t group = 0; group < shape.groups; ++group) {
            auto reach = torch::eye(shape.neighbours.size(0));
            for (int64_t hop = 0; hop < group % kMostHops; ++hop)
                reach = reach.mm(shape.neighbours);
            groups.push_back(shape.gather.defined() ? reach.mm(shape.gather) : reach);
        }
        return torch::stack(groups);
    }

    static Tensor overChannels(torch::nn::Linear& weights, const Tensor& x)
    {
        return weights->weight.mm(x.reshape({x.size(0), -1})).view({-1, x.size(1), x.size(2), x.size(3)});
    }

    Tensor overPoints(const Tensor& x) const
    {
        return x.view({m_groups, -1, x.size(3)})
            .bmm(m_mix)
            .view({x.size(0), x.size(1), x.size(2), m_mix.size(2)});
    }

    /// All kernels of a channel are one matrix from frames to frames.
    Tensor overFrames(const Tensor& x) const
    {
        const int64_t frames = x.size(1);
        const int64_t fewer = (frames + m_stride - 1) / m_stride;
        const auto to = torch::arange(fewer, m_offsets.options()).view({1, -1, 1}) * m_stride;
        const auto from = torch::arange(frames, m_offsets.options()).view({1, 1, -1});
        const auto taps = (to + m_offsets.view({-1, 1, 1})).eq(from).to(x.dtype());
        const auto matrices = m_time.mm(taps.view({m_offsets.size(0), -1})).view({-1, fewer, frames});
        return matrices.bmm(x.view({x.size(0), frames, -1})).view({x.size(0), fewer, x.size(2), x.size(3)});
    }

    Tensor shortcut(const Tensor& x)
    {
        auto y = m_stride > 1 ? x.slice(1, 0, x.size(1), m_stride).contiguous() : x;
        if (m_places.defined())
            y = y.matmul(m_places);
        return normalized(m_shortcutNorm, overChannels(m_shortcut, y));
    }

    int64_t m_groups;
    int64_t m_stride;
    torch::nn::Linear m_in;
    torch::nn::BatchNorm1d m_mixNorm;
    torch::nn::BatchNorm1d m_timeNorm;
    torch::nn::Linear m_out;
    torch::nn::BatchNorm1d m_outNorm;
    torch::nn::Linear m_shortcut{nullptr};
    torch::nn::BatchNorm1d m_shortcutNorm{nullptr};
    Tensor m_offsets;
    Tensor m_time;
    Tensor m_mix;
    Tensor m_places;
};
TORCH_MODULE(DecoupledSpanBlock);

int64_t inputChannels(const DecoupledOptions& options)
{
    const int64_t axes = options.channels - 1;
    return options.channels + (options.motion ? axes : 0) + (options.bones ? axes : 0);
}

class DecoupledNetwork : public SkeletonNetwork {
public:
    DecoupledNetwork(const SkeletonGraph& graph, const DecoupledOptions& options)
        : m_options(options)
        , m_points(graph.points)
        , m_norm(register_module("input_norm", torch::nn::BatchNorm1d(inputChannels(options) * m_points)))
    {
        std::vector<int64_t> inner(static_cast<size_t>(m_points));
        for (size_t i = 0; i < inner.size(); ++i)
            inner[i] = static_cast<int64_t>(i);
        for (const auto& [child, parent] : graph.inward)
            inner[static_cast<size_t>(child)] = parent;
        m_inner = register_buffer("inner", torch::tensor(inner, torch::kLong));
        register_module("blocks", m_blocks);
        SkeletonGraph level = graph;
        int64_t in = inputChannels(options);
        for (size_t i = 0; i < options.widths.size(); ++i) {
            BlockShape shape{in, options.widths[i], options.strides[i], options.groups, options.kernel,
                options.dilations, neighbourhood(level), {}};
            const auto places = static_cast<int>(options.places[i]);
            if (places > 0 && places != level.points) {
                const Gathering gathering = gathered(level, places);
                shape.gather = gatheringMatrix(gathering);
                level = gathering.graph;
            }
            m_blocks->push_back(DecoupledSpanBlock(shape));
            in = options.widths[i];
        }
        keepStart();
    }

    Tensor maps(const Tensor& clips) override
    {
        const auto x = activations(clips);
        return x.view({x.size(0), x.size(1), clips.size(0), clips.size(1), x.size(3)})
            .permute({2, 3, 0, 1, 4});
    }

    /// Mean and maximum over frames and places, then the mean over the persons who are there.
    Tensor embed(const Tensor& clips) override
    {
        const auto x = activations(clips);
        const auto pooled = torch::cat({x.mean({1, 3}), x.amax({1, 3})}, 0)
                                .view({features(), clips.size(0), clips.size(1)});
        const auto there = clips.select(4, m_options.channels - 1).gt(0).flatten(2).any(2).to(pooled.dtype());
        return ((pooled * there).sum(2) / there.sum(1).clamp_min(1)).t().contiguous();
    }
    int64_t features() const override { return 2 * m_options.widths.back(); }

private:
    /// [features, frames, clips * persons, places]
    Tensor activations(const Tensor& clips)
    {
        checkClips(clips, m_points, m_options.channels);
        auto x = input(clips.nan_to_num(0, 0, 0).flatten(0, 1));
        for (const auto& block : *m_blocks)
            x = block->as<DecoupledSpanBlock>()->forward(x);
        return x;
    }

    /// [channels, frames, clips, points] from [clips, frames, points, channels], normalised by point.
    Tensor input(const Tensor& clips)
    {
        const int64_t axes = m_options.channels - 1;
        const auto there = clips.narrow(3, axes, 1).gt(0).to(clips.dtype());
        const auto places = clips.narrow(3, 0, axes);
        std::vector<Tensor> parts = {clips};
        if (m_options.motion) {
            const int64_t frames = clips.size(1);
            const auto both = there.narrow(1, 1, frames - 1) * there.narrow(1, 0, frames - 1);
            const auto moved = (places.narrow(1, 1, frames - 1) - places.narrow(1, 0, frames - 1)) * both;
            parts.push_back(torch::constant_pad_nd(moved, {0, 0, 0, 0, 0, 1}));
        }
        if (m_options.bones)
            parts.push_back((places - places.index_select(2, m_inner)) * there.index_select(2, m_inner));
        const auto all = torch::cat(parts, 3);
        const auto flat = all.permute({0, 3, 2, 1}).reshape({all.size(0), -1, all.size(1)});
        const auto normed = m_norm(flat).view({all.size(0), all.size(3), all.size(2), all.size(1)});
        return (normed.permute({1, 3, 0, 2}) * there.permute({3, 1, 0, 2})).contiguous();
    }

    DecoupledOptions m_options;
    int64_t m_points;
    torch::nn::BatchNorm1d m_norm;
    Tensor m_inner;
    torch::nn::ModuleList m_blocks;
};

bool allWithin(const std::vector<int64_t>& values, int64_t least, int64_t most)
{
    return std::ranges::all_of(values, [&](int64_t value) { return value >= least && value <= most; });
}

/// What does not fit together; empty if everything does.
std::string problemOf(const DecoupledOptions& options, int points)
{
    if (options.channels < 2 || options.channels > 64)
        return "a point has 2 to 64 channels";
    if (options.widths.empty() || options.widths.size() > 64 || !allWithin(options.widths, 1, 65536))
        return "\"widths\" lists 1 to 64 blocks of 1 to 65536 channels";
    if (options.strides.size() != options.widths.size() || !allWithin(options.strides, 1, 16))
        return "\"strides\" lists a number from 1 to 16 for each of \"widths\"";
    if (options.places.size() != options.widths.size() || !allWithin(options.places, 0, points))
        return "\"places\" lists for each of \"widths\" a number up to that of the points, "
            + std::to_string(points);
    int64_t places = points;
    for (const int64_t fewer : options.places) {
        if (fewer > places)
            return "\"places\" never grows from block to block";
        places = fewer > 0 ? fewer : places;
    }
    if (options.groups < 1
        || std::ranges::any_of(options.widths, [&](int64_t width) { return width % options.groups != 0; }))
        return "each of \"widths\" is a multiple of \"groups\"";
    if (options.kernel < 1 || options.kernel > 99 || options.kernel % 2 == 0)
        return "\"kernel\" is an odd number up to 99";
    if (options.dilations.empty() || options.dilations.size() > 16 || !allWithin(options.dilations, 1, 64))
        return "\"dilations\" lists 1 to 16 numbers from 1 to 64";
    return {};
}

} // namespace

Result<std::shared_ptr<ClipNetwork>> makeDecoupled(
    const SkeletonGraph& graph, const DecoupledOptions& options)
{
    const auto sound = adjacencyStack(graph, GraphMode::BinaryAdj);
    if (!sound)
        return sound.error();
    if (const std::string problem = problemOf(options, graph.points); !problem.empty())
        return Error{ErrorCode::InvalidArgument, "The decoupled network cannot be built: " + problem + "."};
    return std::shared_ptr<ClipNetwork>(std::make_shared<DecoupledNetwork>(graph, options));
}

} // namespace telltale
