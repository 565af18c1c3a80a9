// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/volumes/slowonly.h"
#include "nn/volumes/kernels.h"
#include <torch/nn.h>

namespace telltale {

namespace {

using torch::Tensor;

struct BlockShape {
    int64_t in;
    int64_t planes;
    bool inflate;
    int64_t timeStride = 1;
    int64_t spaceStride = 1;

    int64_t out() const { return planes * SlowOnlyOptions::kExpansion; }
};

/// Bottleneck of 1 or 3 x 1 x 1, 1 x 3 x 3 (with the strides) and 1 x 1 x 1.
class BottleneckImpl : public torch::nn::Module {
public:
    explicit BottleneckImpl(const BlockShape& shape)
        : m_stride{shape.timeStride, shape.spaceStride}
        , m_first(volumeKernel(shape.in, shape.planes, {shape.inflate ? 3 : 1, 1, 1}))
        , m_second(volumeKernel(shape.planes, shape.planes, {1, 3, 3},
              {shape.timeStride, shape.spaceStride, shape.spaceStride}))
        , m_third(volumeKernel(shape.planes, shape.out(), {1, 1, 1}))
    {
        register_module("conv1", m_first);
        register_module("conv2", m_second);
        register_module("conv3", m_third);
        if (shape.in != shape.out() || shape.timeStride != 1 || shape.spaceStride != 1)
            m_downsample
                = register_module("downsample", ConvNorm(volumeKernel(shape.in, shape.out(), {1, 1, 1})));
    }

    Tensor forward(const Tensor& x)
    {
        const auto inner = m_second(m_first(x).relu_()).relu_();
        return m_third(inner).add_(m_downsample ? m_downsample(strided(x)) : x).relu_();
    }

    void beginAsNothing() { m_third->norm()->weight.zero_(); }

private:
    /// What a strided 1 x 1 x 1 kernel would look at: taking it out first is several times faster.
    Tensor strided(const Tensor& x) const
    {
        const auto frames = m_stride[0] == 1 ? x : x.slice(2, 0, c10::nullopt, m_stride[0]);
        if (m_stride[1] == 1)
            return frames;
        return frames.slice(3, 0, c10::nullopt, m_stride[1]).slice(4, 0, c10::nullopt, m_stride[1]);
    }

    std::array<int64_t, 2> m_stride;
    ConvNorm m_first;
    ConvNorm m_second;
    ConvNorm m_third;
    ConvNorm m_downsample{nullptr};
};
TORCH_MODULE(Bottleneck);

ConvNorm makeStem(const SlowOnlyOptions& options)
{
    TORCH_CHECK(options.channels > 0 && options.base > 0 && !options.blocks.empty(),
        "it needs channels, a base width and stages");
    const auto space = options.stemStride[1];
    return ConvNorm(
        volumeKernel(options.channels, options.base, {1, 7, 7}, {options.stemStride[0], space, space}));
}

void checkStages(const SlowOnlyOptions& options)
{
    for (const auto* list : {&options.inflate, &options.spaceStrides, &options.timeStrides})
        TORCH_CHECK(static_cast<int64_t>(list->size()) == options.stages(), "\"stage_blocks\" names ",
            options.stages(),
            " stages, \"inflate\", \"spatial_strides\" and \"temporal_strides\" have to name ", "as many");
    for (const auto* list : {&options.blocks, &options.spaceStrides, &options.timeStrides})
        for (const int64_t value : *list)
            TORCH_CHECK(value > 0, "numbers of blocks and strides are at least 1");
    for (const auto& strides : {options.stemStride, options.poolStride})
        TORCH_CHECK(strides[0] > 0 && strides[1] > 0, "strides are at least 1");
}

} // namespace

ConvNormImpl::ConvNormImpl(const torch::nn::Conv3dOptions& options)
    : m_conv(options)
    , m_norm(options.out_channels())
{
    register_module("conv", m_conv);
    register_module("bn", m_norm);
}

Tensor ConvNormImpl::forward(const Tensor& x) { return m_norm(m_conv(x)); }

SlowOnly::SlowOnly(const SlowOnlyOptions& options) : m_options(options), m_stem(makeStem(options))
{
    checkStages(options);
    register_module("conv1", m_stem);
    m_stages.reserve(options.blocks.size());
    int64_t channels = options.base;
    for (int64_t stage = 0; stage < options.stages(); ++stage) {
        const auto at = static_cast<size_t>(stage);
        torch::nn::ModuleList blocks;
        for (int64_t block = 0; block < options.blocks[at]; ++block) {
            BlockShape shape{channels, options.planes(stage), options.inflate[at] != 0};
            if (block == 0) {
                shape.timeStride = options.timeStrides[at];
                shape.spaceStride = options.spaceStrides[at];
            }
            blocks->push_back(Bottleneck(shape));
            channels = shape.out();
        }
        m_stages.push_back(register_module("layer" + std::to_string(stage + 1), blocks));
    }
}

Tensor SlowOnly::featureMap(const Tensor& clips)
{
    checkVolumes(clips, m_options.channels, {1, 1, 1});
    auto x = framePool(
        m_stem(clips).relu_(), {m_options.poolStride[0], m_options.poolStride[1], m_options.poolStride[1]});
    for (const auto& stage : m_stages)
        for (const auto& block : *stage)
            x = block->as<Bottleneck>()->forward(x);
    return x;
}

Tensor SlowOnly::embed(const Tensor& clips) { return featureMap(clips).mean({2, 3, 4}); }

void SlowOnly::drawWeights(uint64_t seed)
{
    Random random(seed);
    drawConvolutions(*this, random);
    const torch::NoGradGuard guard;
    for (const auto& stage : m_stages)
        for (const auto& block : *stage)
            block->as<Bottleneck>()->beginAsNothing();
}

} // namespace telltale
