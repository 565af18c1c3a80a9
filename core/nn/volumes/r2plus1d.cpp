// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/volumes/r2plus1d.h"
#include <torch/nn.h>

namespace telltale {

namespace {

using torch::Tensor;
using torch::nn::BatchNorm3d;
using torch::nn::Conv3d;
using torch::nn::ReLU;
using torch::nn::Sequential;

/// Inner channels of torchvision's stem, whose outer ones are 64.
constexpr int64_t kStemInner = 45;
constexpr int64_t kStemOuter = 64;

ReLU inPlace() { return ReLU(torch::nn::ReLUOptions(true)); }

/// Channels between the two halves, so that they have as many parameters as a kernel of 3 x 3 x 3.
int64_t innerChannels(int64_t in, int64_t out) { return in * out * 27 / (in * 9 + 3 * out); }

/// 1 x 3 x 3 in space, then 3 x 1 x 1 in time.
class SplitKernelImpl : public torch::nn::Module {
public:
    SplitKernelImpl(int64_t in, int64_t inner, int64_t out, int64_t stride)
        : m_space(volumeKernel(in, inner, {1, 3, 3}, {1, stride, stride}))
        , m_norm(inner)
        , m_time(volumeKernel(inner, out, {3, 1, 1}, {stride, 1, 1}))
    {
        register_module("0", m_space);
        register_module("1", m_norm);
        register_module("3", m_time);
    }

    Tensor forward(const Tensor& x) { return m_time(m_norm(m_space(x)).relu_()); }

private:
    Conv3d m_space;
    BatchNorm3d m_norm;
    Conv3d m_time;
};
TORCH_MODULE(SplitKernel);

class BlockImpl : public torch::nn::Module {
public:
    BlockImpl(int64_t in, int64_t out, int64_t stride)
    {
        const int64_t inner = innerChannels(in, out);
        m_first = register_module(
            "conv1", Sequential(SplitKernel(in, inner, out, stride), BatchNorm3d(out), inPlace()));
        m_second = register_module("conv2", Sequential(SplitKernel(out, inner, out, 1), BatchNorm3d(out)));
        if (in != out || stride != 1)
            m_downsample = register_module("downsample",
                Sequential(
                    Conv3d(volumeKernel(in, out, {1, 1, 1}, {stride, stride, stride})), BatchNorm3d(out)));
    }

    Tensor forward(const Tensor& x)
    {
        const auto moved = m_second->forward(m_first->forward(x));
        return torch::relu(moved + (m_downsample ? m_downsample->forward(x) : x));
    }

private:
    Sequential m_first{nullptr};
    Sequential m_second{nullptr};
    Sequential m_downsample{nullptr};
};
TORCH_MODULE(Block);

} // namespace

R2Plus1d::R2Plus1d(const R2Plus1dOptions& options) : m_options(options)
{
    TORCH_CHECK(options.channels > 0 && options.width > 0 && !options.blocks.empty(),
        "it needs channels, a width and stages");
    const int64_t inner = std::max<int64_t>(1, options.width * kStemInner / kStemOuter);
    m_stem = register_module("stem",
        Sequential(Conv3d(volumeKernel(options.channels, inner, {1, 7, 7}, {1, 2, 2})), BatchNorm3d(inner),
            inPlace(), Conv3d(volumeKernel(inner, options.width, {3, 1, 1})), BatchNorm3d(options.width),
            inPlace()));
    m_stages.reserve(options.blocks.size());
    int64_t channels = options.width;
    for (size_t stage = 0; stage < options.blocks.size(); ++stage) {
        const int64_t out = options.width << stage;
        TORCH_CHECK(options.blocks[stage] > 0, "every stage has at least one block");
        torch::nn::ModuleList blocks;
        for (int64_t block = 0; block < options.blocks[stage]; ++block) {
            blocks->push_back(Block(channels, out, block == 0 && stage > 0 ? 2 : 1));
            channels = out;
        }
        m_stages.push_back(register_module("layer" + std::to_string(stage + 1), blocks));
    }
}

Tensor R2Plus1d::embed(const Tensor& clips)
{
    checkVolumes(clips, m_options.channels, {1, 1, 1});
    auto x = m_stem->forward(normalized(clips, m_options.colours));
    for (const auto& stage : m_stages)
        for (const auto& block : *stage)
            x = block->as<Block>()->forward(x);
    return x.mean({2, 3, 4});
}

void R2Plus1d::drawWeights(uint64_t seed)
{
    Random random(seed);
    drawConvolutions(*this, random);
}

} // namespace telltale
