// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/skeleton/graphblocks.h"
#include <algorithm>

namespace telltale {

using torch::Tensor;

torch::nn::Conv2d temporalConvolution(const TemporalKernel& kernel)
{
    const int64_t padding = kernel.dilation * (kernel.kernel - 1) / 2;
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(kernel.in, kernel.out, {kernel.kernel, 1})
                                 .stride({kernel.stride, 1})
                                 .padding({padding, 0})
                                 .dilation({kernel.dilation, 1}));
}

torch::nn::Conv2d pointwiseConvolution(int64_t in, int64_t out, int64_t stride)
{
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 1).stride({stride, 1}));
}

TemporalUnitImpl::TemporalUnitImpl(const TemporalKernel& kernel, bool norm)
    : m_conv(register_module("conv", temporalConvolution(kernel)))
{
    if (norm)
        m_norm = register_module("bn", torch::nn::BatchNorm2d(kernel.out));
}

Tensor TemporalUnitImpl::forward(const Tensor& x)
{
    const auto convolved = m_conv(x);
    return m_norm ? m_norm(convolved) : convolved;
}

NormedPointwiseImpl::NormedPointwiseImpl(int64_t in, int64_t out, int64_t stride)
    : m_conv(register_module("0", pointwiseConvolution(in, out, stride)))
    , m_norm(register_module("1", torch::nn::BatchNorm2d(out)))
{
}

Tensor NormedPointwiseImpl::forward(const Tensor& x) { return m_norm(m_conv(x)); }

TemporalBranchImpl::TemporalBranchImpl(const BranchShape& shape)
    : m_stride(shape.time.stride)
    , m_in(register_module("0", pointwiseConvolution(shape.in, shape.time.in)))
    , m_inNorm(register_module("1", torch::nn::BatchNorm2d(shape.time.in)))
{
    if (shape.time.kernel > 0)
        m_time = register_module("3", TemporalUnit(shape.time, shape.norm));
    else if (shape.norm)
        m_poolNorm = register_module("4", torch::nn::BatchNorm2d(shape.time.out));
}

Tensor TemporalBranchImpl::forward(const Tensor& x)
{
    const auto inner = m_inNorm(m_in(x)).relu_();
    if (m_time)
        return m_time(inner);
    const auto greatest = greatestOfThree(inner, m_stride);
    return m_poolNorm ? m_poolNorm(greatest) : greatest;
}

Tensor greatestOfThree(const Tensor& x, int64_t stride)
{
    return torch::max_pool2d(x, {3, 1}, {stride, 1}, {1, 0});
}

Tensor normalizedInput(const Tensor& clips, torch::nn::BatchNorm1d& norm, InputNorm over)
{
    const auto sizes = clips.sizes().vec();
    const auto sound = clips.nan_to_num(0, 0, 0).permute({0, 1, 3, 4, 2}).contiguous();
    const int64_t rows = over == InputNorm::PersonsPointsAndChannels ? sizes[0] : sizes[0] * sizes[1];
    const auto flat = sound.view({rows, sound.numel() / std::max<int64_t>(rows * sizes[2], 1), sizes[2]});
    const auto normed = norm ? norm(flat) : flat;
    return normed.reshape({sizes[0] * sizes[1], sizes[3], sizes[4], sizes[2]})
        .permute({0, 2, 3, 1})
        .contiguous();
}

Result<std::vector<Stage>> stagesOf(const GraphStages& stages)
{
    const auto refused = [](const char* what) {
        return Error{ErrorCode::InvalidArgument, std::string("a graph network has ") + what};
    };
    if (stages.channels < 1 || stages.channels > 64)
        return refused("1 to 64 channels of a point");
    if (stages.baseChannels < 6 || stages.baseChannels > 4096)
        return refused("6 to 4096 base channels");
    if (stages.count < 1 || stages.count > 64)
        return refused("1 to 64 stages");
    const auto isIn
        = [](const std::vector<int64_t>& list, int64_t i) { return std::ranges::count(list, i) > 0; };
    std::vector<Stage> result = {{stages.channels, stages.baseChannels, 1}};
    for (int64_t i = 2; i <= stages.count; ++i) {
        const int64_t in = result.back().out;
        const int64_t out = in * (isIn(stages.inflate, i) ? 2 : 1);
        if (out > 65536)
            return refused("at most 65536 channels; the list of stages that double them is too long");
        result.push_back({in, out, isIn(stages.down, i) ? 2 : 1});
    }
    return result;
}

Tensor adjacencyTensor(const AdjacencyStack& stack)
{
    return torch::tensor(stack.values, torch::kDouble)
        .view({stack.slices, stack.points, stack.points})
        .to(torch::kFloat);
}

void checkClips(const Tensor& clips, int64_t points, int64_t channels)
{
    TORCH_CHECK(clips.dim() == 5 && clips.size(3) == points && clips.size(4) == channels,
        "a skeleton network wants clips [N, persons, frames, ", points, " points, ", channels,
        " channels], and was given ", clips.sizes());
    TORCH_CHECK(clips.size(0) > 0 && clips.size(1) > 0 && clips.size(2) > 0,
        "a skeleton network wants at least one clip, person and frame, and was given ", clips.sizes());
}

Tensor SkeletonNetwork::embed(const Tensor& clips) { return maps(clips).mean({3, 4}).mean(1); }

void SkeletonNetwork::keepStart()
{
    for (const auto& item : named_parameters())
        if (!item.key().ends_with("bias") && (!item.key().ends_with("weight") || item.value().dim() < 2))
            m_start.emplace_back(item.value(), item.value().detach().clone());
    for (const auto& buffer : buffers())
        m_start.emplace_back(buffer, buffer.detach().clone());
}

void SkeletonNetwork::drawWeights(uint64_t seed)
{
    initialize(*this, seed);
    const torch::NoGradGuard guard;
    for (auto& [tensor, start] : m_start)
        tensor.copy_(start);
}

} // namespace telltale
