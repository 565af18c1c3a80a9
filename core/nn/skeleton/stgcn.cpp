// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/skeleton/stgcn.h"

namespace telltale {

namespace {

using torch::Tensor;

constexpr int64_t kBranches = 6;
constexpr int64_t kPlainKernel = 9; ///< frames, of the temporal kernel of ST-GCN

/// One child that holds what a Sequential's would: its tensors at "0" and "2".
class TransformImpl : public torch::nn::Module {
public:
    TransformImpl(const torch::nn::BatchNorm2d& norm, const torch::nn::Conv2d& conv)
    {
        register_module("0", norm);
        register_module("2", conv);
    }
};
TORCH_MODULE(Transform);

class StGcnBlockImpl : public torch::nn::Module {
public:
    StGcnBlockImpl(const Stage& stage, bool residual, const Tensor& adjacency, const StGcnOptions& options)
        : m_residual(residual)
        , m_graph(register_module("gcn", GraphUnit(stage.in, stage.out, adjacency, options)))
    {
        if (options.multiScale)
            m_scales = register_module("tcn", MultiScaleTime(stage.out, stage.stride));
        else
            m_time = register_module(
                "tcn", TemporalUnit(TemporalKernel{stage.out, stage.out, kPlainKernel, stage.stride, 1}));
        if (residual && (stage.in != stage.out || stage.stride != 1))
            m_shortcut = register_module(
                "residual", TemporalUnit(TemporalKernel{stage.in, stage.out, 1, stage.stride, 1}));
    }

    Tensor forward(const Tensor& x)
    {
        const auto mixed = m_graph(x);
        auto moved = m_scales ? m_scales(mixed) : m_time(mixed);
        if (m_residual)
            moved = moved.add_(m_shortcut ? m_shortcut(x) : x);
        return moved.relu_();
    }

private:
    bool m_residual;
    GraphUnit m_graph;
    MultiScaleTime m_scales{nullptr};
    TemporalUnit m_time{nullptr};
    TemporalUnit m_shortcut{nullptr};
};
TORCH_MODULE(StGcnBlock);

class StGcn : public SkeletonNetwork {
public:
    StGcn(const Tensor& adjacency, const std::vector<Stage>& stages, const StGcnOptions& options)
        : m_options(options)
        , m_points(adjacency.size(1))
        , m_features(stages.back().out)
    {
        const bool persons = options.norm == InputNorm::PersonsPointsAndChannels;
        if (options.norm != InputNorm::None)
            m_norm = register_module("data_bn",
                torch::nn::BatchNorm1d(m_points * options.stages.channels * (persons ? options.persons : 1)));
        register_module("gcn", m_blocks);
        for (const Stage& stage : stages)
            m_blocks->push_back(StGcnBlock(stage, !m_blocks->is_empty(), adjacency, options));
        keepStart();
    }

    Tensor maps(const Tensor& clips) override
    {
        checkClips(clips, m_points, m_options.stages.channels);
        TORCH_CHECK(
            m_options.norm != InputNorm::PersonsPointsAndChannels || clips.size(1) == m_options.persons,
            "the network was built for ", m_options.persons, " persons a clip, and was given ",
            clips.size(1));
        auto x = normalizedInput(clips, m_norm, m_options.norm);
        for (const auto& block : *m_blocks)
            x = block->as<StGcnBlock>()->forward(x);
        return x.reshape({clips.size(0), clips.size(1), x.size(1), x.size(2), x.size(3)});
    }
    int64_t features() const override { return m_features; }

private:
    StGcnOptions m_options;
    int64_t m_points;
    int64_t m_features;
    torch::nn::BatchNorm1d m_norm{nullptr};
    torch::nn::ModuleList m_blocks;
};

} // namespace

GraphUnitImpl::GraphUnitImpl(int64_t in, int64_t out, const Tensor& adjacency, const StGcnOptions& options)
    : m_residual(options.residualGraph)
    , m_learning(options.learning)
    , m_conv(register_module("conv", pointwiseConvolution(in, out * adjacency.size(0))))
    , m_norm(register_module("bn", torch::nn::BatchNorm2d(out)))
{
    if (m_learning == GraphLearning::Init)
        m_graph = register_parameter("A", adjacency.clone());
    else
        m_graph = register_buffer("A", adjacency.clone());
    if (m_learning == GraphLearning::Importance)
        m_learned = register_parameter("PA", torch::ones_like(adjacency));
    if (m_learning == GraphLearning::Offset)
        m_learned = register_parameter("PA", torch::zeros_like(adjacency));
    if (m_residual && in != out)
        m_down = register_module("down", NormedPointwise(in, out));
}

Tensor GraphUnitImpl::adjacency() const
{
    if (m_learning == GraphLearning::Importance)
        return m_graph * m_learned;
    return m_learning == GraphLearning::Offset ? m_graph + m_learned : m_graph;
}

Tensor GraphUnitImpl::forward(const Tensor& x)
{
    const auto graph = adjacency();
    const int64_t slices = graph.size(0);
    const auto sliced = m_conv(x).reshape({x.size(0), slices, -1, x.size(2), x.size(3)});
    // One product over the points of all slices side by side instead of a product for each and a sum.
    const auto beside = sliced.permute({0, 2, 3, 1, 4}).reshape({-1, slices * x.size(3)});
    const auto mixed = beside.mm(graph.reshape({-1, x.size(3)}));
    auto y = m_norm(mixed.view({x.size(0), -1, x.size(2), x.size(3)}));
    if (m_residual)
        y = y.add_(m_down ? m_down(x) : x);
    return y.relu_();
}

MultiScaleTimeImpl::MultiScaleTimeImpl(int64_t channels, int64_t stride)
    : m_transformNorm(channels)
    , m_transform(pointwiseConvolution(channels, channels))
    , m_norm(channels)
{
    const int64_t each = channels / kBranches;
    const int64_t first = channels - (kBranches - 1) * each;
    register_module("branches", m_branches);
    for (int64_t dilation = 1; dilation <= 4; ++dilation) {
        const int64_t width = dilation == 1 ? first : each;
        m_branches->push_back(TemporalBranch(BranchShape{channels, {width, width, 3, stride, dilation}}));
    }
    m_branches->push_back(TemporalBranch(BranchShape{channels, {each, each, 0, stride, 1}}));
    m_branches->push_back(pointwiseConvolution(channels, each, stride));
    register_module("transform", Transform(m_transformNorm, m_transform));
    register_module("bn", m_norm);
}

Tensor MultiScaleTimeImpl::forward(const Tensor& x)
{
    std::vector<Tensor> parts;
    parts.reserve(kBranches);
    for (size_t i = 0; i + 1 < m_branches->size(); ++i)
        parts.push_back(m_branches->at<TemporalBranchImpl>(i).forward(x));
    parts.push_back(m_branches->at<torch::nn::Conv2dImpl>(kBranches - 1).forward(x));
    return m_norm(m_transform(m_transformNorm(torch::cat(parts, 1)).relu_()));
}

StGcnOptions stGcnPlusPlus() { return {}; }

StGcnOptions stGcn()
{
    StGcnOptions options;
    options.mode = GraphMode::StgcnSpatial;
    options.learning = GraphLearning::Importance;
    options.residualGraph = false;
    options.multiScale = false;
    return options;
}

Result<std::shared_ptr<SkeletonNetwork>> makeStGcn(const SkeletonGraph& graph, const StGcnOptions& options)
{
    const auto adjacency = adjacencyStack(graph, options.mode);
    if (!adjacency)
        return adjacency.error();
    const auto stages = stagesOf(options.stages);
    if (!stages)
        return stages.error();
    if (options.persons < 1)
        return Error{ErrorCode::InvalidArgument, "a graph network is for at least one person"};
    return std::shared_ptr<SkeletonNetwork>(
        std::make_shared<StGcn>(adjacencyTensor(*adjacency), *stages, options));
}

} // namespace telltale
