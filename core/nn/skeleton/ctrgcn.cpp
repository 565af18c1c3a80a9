// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/skeleton/graphblocks.h"

namespace telltale {

namespace {

using torch::Tensor;

constexpr double kQuietNorm = 1e-6; ///< first weights of the graph unit's normalisation, as in the reference

int64_t relationChannels(int64_t in, bool original)
{
    const bool few = original ? in == 3 || in == 9 : in <= 16;
    return few ? 8 : std::max<int64_t>(in / 8, 1);
}

/// Channel-wise topology refinement: each channel's own graph from how pairs of points differ.
class RefinedGraphImpl : public torch::nn::Module {
public:
    RefinedGraphImpl(int64_t in, int64_t out, bool original)
        : m_original(original)
        , m_to(register_module("conv1", pointwiseConvolution(in, relationChannels(in, original))))
        , m_from(register_module("conv2", pointwiseConvolution(in, relationChannels(in, original))))
        , m_values(register_module("conv3", pointwiseConvolution(in, out)))
        , m_relation(register_module("conv4", pointwiseConvolution(relationChannels(in, original), out)))
    {
    }

    Tensor forward(const Tensor& x, const Tensor& adjacency, const Tensor& alpha)
    {
        // The mean over frames goes before the convolution, which is linear: the same numbers for less work.
        const auto still = x.mean(2, true);
        const auto to = m_to(still).transpose(2, 3);
        const auto from = m_from(still);
        const auto graph = m_relation(torch::tanh(to - from)) * alpha + adjacency;
        return torch::matmul(m_values(x), m_original ? graph.transpose(2, 3) : graph);
    }

private:
    bool m_original;
    torch::nn::Conv2d m_to;
    torch::nn::Conv2d m_from;
    torch::nn::Conv2d m_values;
    torch::nn::Conv2d m_relation;
};
TORCH_MODULE(RefinedGraph);

class RefinedGraphUnitImpl : public torch::nn::Module {
public:
    RefinedGraphUnitImpl(int64_t in, int64_t out, const Tensor& adjacency, bool original)
        : m_norm(register_module("bn", torch::nn::BatchNorm2d(out)))
    {
        m_adjacency = register_parameter(original ? "PA" : "A", adjacency.clone());
        m_alpha = register_parameter("alpha", torch::zeros({1}));
        register_module("convs", m_slices);
        for (int64_t i = 0; i < adjacency.size(0); ++i)
            m_slices->push_back(RefinedGraph(in, out, original));
        if (in != out)
            m_down = register_module("down", NormedPointwise(in, out));
        const torch::NoGradGuard guard;
        m_norm->weight.fill_(kQuietNorm);
    }

    Tensor forward(const Tensor& x)
    {
        Tensor sum;
        for (size_t i = 0; i < m_slices->size(); ++i) {
            const auto slice
                = m_slices->at<RefinedGraphImpl>(i).forward(x, m_adjacency[static_cast<int64_t>(i)], m_alpha);
            sum = sum.defined() ? sum + slice : slice;
        }
        return m_norm(sum).add_(m_down ? m_down(x) : x).relu_();
    }

private:
    torch::nn::BatchNorm2d m_norm;
    Tensor m_adjacency;
    Tensor m_alpha;
    torch::nn::ModuleList m_slices;
    NormedPointwise m_down{nullptr};
};
TORCH_MODULE(RefinedGraphUnit);

/// Dilated convolutions, the greatest of three, and the points as they are, side by side.
class ScaledTimeImpl : public torch::nn::Module {
public:
    ScaledTimeImpl(int64_t channels, int64_t stride, const CtrGcnOptions& options)
        : m_original(options.original)
    {
        const auto branches = static_cast<int64_t>(options.dilations.size()) + 2;
        const int64_t width = channels / branches;
        TORCH_CHECK(width > 0 && width * branches == channels, channels, " channels cannot be shared by ",
            branches, " temporal branches");
        register_module("branches", m_branches);
        for (const int64_t dilation : options.dilations)
            m_branches->push_back(TemporalBranch(
                BranchShape{channels, {width, width, options.kernel, stride, dilation}, true}));
        m_branches->push_back(TemporalBranch(BranchShape{channels, {width, width, 0, stride, 1}, true}));
        m_branches->push_back(NormedPointwise(channels, width, stride));
    }

    Tensor forward(const Tensor& x)
    {
        std::vector<Tensor> parts;
        parts.reserve(m_branches->size());
        for (size_t i = 0; i + 1 < m_branches->size(); ++i)
            parts.push_back(m_branches->at<TemporalBranchImpl>(i).forward(x));
        parts.push_back(m_branches->at<NormedPointwiseImpl>(m_branches->size() - 1).forward(x));
        auto together = torch::cat(parts, 1);
        return m_original ? together : together.relu_();
    }

private:
    bool m_original;
    torch::nn::ModuleList m_branches;
};
TORCH_MODULE(ScaledTime);

class CtrGcnBlockImpl : public torch::nn::Module {
public:
    CtrGcnBlockImpl(const CtrGcnUnit& unit, const Tensor& adjacency, const CtrGcnOptions& options)
        : m_residual(unit.residual)
        , m_graph(register_module("gcn1", RefinedGraphUnit(unit.in, unit.out, adjacency, options.original)))
        , m_time(register_module("tcn1", ScaledTime(unit.out, unit.stride, options)))
    {
        if (unit.residual && (unit.in != unit.out || unit.stride != 1))
            m_shortcut = register_module(
                "residual", TemporalUnit(TemporalKernel{unit.in, unit.out, 1, unit.stride, 1}));
    }

    Tensor forward(const Tensor& x)
    {
        const auto y = m_time(m_graph(x));
        return m_residual ? (y + (m_shortcut ? m_shortcut(x) : x)).relu_() : torch::relu(y);
    }

private:
    bool m_residual;
    RefinedGraphUnit m_graph;
    ScaledTime m_time;
    TemporalUnit m_shortcut{nullptr};
};
TORCH_MODULE(CtrGcnBlock);

class CtrGcn : public SkeletonNetwork {
public:
    CtrGcn(const Tensor& adjacency, const std::vector<Stage>& stages, const CtrGcnOptions& options)
        : m_options(options)
        , m_points(adjacency.size(1))
        , m_features(stages.back().out)
        , m_norm(register_module("data_bn",
              torch::nn::BatchNorm1d(options.persons * adjacency.size(1) * options.stages.channels)))
    {
        register_buffer("A", adjacency.clone()); // not computed with: the reference's files have it
        register_module("net", m_blocks);
        for (const Stage& stage : stages)
            m_blocks->push_back(CtrGcnBlock(
                CtrGcnUnit{stage.in, stage.out, stage.stride, !m_blocks->is_empty()}, adjacency, options));
        keepStart();
    }

    Tensor maps(const Tensor& clips) override
    {
        checkClips(clips, m_points, m_options.stages.channels);
        TORCH_CHECK(clips.size(1) <= m_options.persons, "the network was built for ", m_options.persons,
            " persons a clip, and was given ", clips.size(1));
        const int64_t missing = m_options.persons - clips.size(1);
        const auto all = missing > 0 ? torch::constant_pad_nd(clips, {0, 0, 0, 0, 0, 0, 0, missing}) : clips;
        auto x = normalizedInput(all, m_norm, InputNorm::PersonsPointsAndChannels);
        for (const auto& block : *m_blocks)
            x = block->as<CtrGcnBlock>()->forward(x);
        return x.reshape({all.size(0), all.size(1), x.size(1), x.size(2), x.size(3)});
    }
    int64_t features() const override { return m_features; }

private:
    CtrGcnOptions m_options;
    int64_t m_points;
    int64_t m_features;
    torch::nn::BatchNorm1d m_norm;
    torch::nn::ModuleList m_blocks;
};

Status checkOptions(const CtrGcnOptions& options)
{
    if (options.persons < 1 || options.persons > 64)
        return Error{ErrorCode::InvalidArgument, "CTR-GCN is for 1 to 64 persons"};
    if (options.kernel < 1 || options.kernel > 99 || options.kernel % 2 == 0)
        return Error{ErrorCode::InvalidArgument, "the temporal kernel of CTR-GCN is an odd number up to 99"};
    return {};
}

} // namespace

Result<std::shared_ptr<SkeletonNetwork>> makeCtrGcn(const SkeletonGraph& graph, const CtrGcnOptions& options)
{
    if (Status status = checkOptions(options); !status)
        return status.error();
    const auto adjacency = adjacencyStack(graph, GraphMode::Spatial);
    if (!adjacency)
        return adjacency.error();
    const auto stages = stagesOf(options.stages);
    if (!stages)
        return stages.error();
    return std::shared_ptr<SkeletonNetwork>(
        std::make_shared<CtrGcn>(adjacencyTensor(*adjacency), *stages, options));
}

Result<torch::nn::AnyModule> makeCtrGcnUnit(
    const SkeletonGraph& graph, const CtrGcnUnit& unit, const CtrGcnOptions& options)
{
    if (Status status = checkOptions(options); !status)
        return status.error();
    const auto adjacency = adjacencyStack(graph, GraphMode::Spatial);
    if (!adjacency)
        return adjacency.error();
    return torch::nn::AnyModule(CtrGcnBlock(unit, adjacencyTensor(*adjacency), options));
}

} // namespace telltale
