// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/blocks.h"

namespace telltale {

namespace {

using torch::Tensor;

Tensor meanAndMax(const Tensor& x) { return torch::cat({x.mean({2, 3, 4}), x.amax({2, 3, 4})}, 1); }

/// A strided stem and residual blocks over [N, C, T, H, W].
class VolumeNetwork : public ClipNetwork {
public:
    struct Stage {
        int64_t out;
        SpaceTimeStride stride;
    };

    VolumeNetwork(const torch::nn::Conv3dOptions& stem, const std::vector<Stage>& stages)
        : m_stem(stem)
        , m_stemNorm(stem.out_channels())
        , m_embedding(2 * stages.back().out)
    {
        register_module("stem", m_stem);
        register_module("stem_norm", m_stemNorm);
        register_module("blocks", m_blocks);
        int64_t channels = stem.out_channels();
        for (const Stage& stage : stages) {
            m_blocks->push_back(SpaceTimeBlock(channels, stage.out, stage.stride));
            channels = stage.out;
        }
        register_module("embedding", m_embedding);
    }

    Tensor embed(const Tensor& clips) override
    {
        auto x = torch::relu(m_stemNorm(m_stem(clips)));
        for (const auto& block : *m_blocks)
            x = block->as<SpaceTimeBlock>()->forward(x);
        return m_embedding(meanAndMax(x));
    }

private:
    torch::nn::Conv3d m_stem;
    torch::nn::BatchNorm3d m_stemNorm;
    torch::nn::ModuleList m_blocks;
    EmbeddingHead m_embedding;
};

/// Puts the normalised picture and its change since the frame before in front of a volume network.
class RgbNetwork : public ClipNetwork {
public:
    RgbNetwork()
        : m_inputNorm(6)
        , m_volume(std::make_shared<VolumeNetwork>(
              torch::nn::Conv3dOptions(6, 16, {1, 3, 3}).stride({1, 2, 2}).padding({0, 1, 1}).bias(false),
              std::vector<VolumeNetwork::Stage>{{24, {1, 2}}, {32, {1, 1}}, {48, {2, 2}}, {64, {2, 2}}}))
    {
        register_module("input_norm", m_inputNorm);
        register_module("volume", m_volume);
    }

    Tensor embed(const Tensor& clips) override
    {
        const auto mean = clips.mean({2, 3, 4}, true);
        const auto centred = clips - mean;
        const auto deviation = centred.square().mean({1, 2, 3, 4}, true).add(1e-4).sqrt();
        const auto picture = centred / deviation;
        const int64_t steps = clips.size(2);
        const auto change = picture.narrow(2, 1, steps - 1) - picture.narrow(2, 0, steps - 1);
        const auto padded = torch::constant_pad_nd(change, {0, 0, 0, 0, 1, 0});
        return m_volume->embed(m_inputNorm(torch::cat({picture, padded}, 1)));
    }

private:
    torch::nn::BatchNorm3d m_inputNorm;
    std::shared_ptr<VolumeNetwork> m_volume;
};

} // namespace

std::shared_ptr<ClipNetwork> makeHeatmapNetwork(int64_t channels)
{
    return std::make_shared<VolumeNetwork>(
        torch::nn::Conv3dOptions(channels, 16, {1, 2, 2}).stride({1, 2, 2}).bias(false),
        std::vector<VolumeNetwork::Stage>{{32, {1, 2}}, {32, {1, 1}}, {64, {2, 2}}, {64, {2, 1}}});
}

std::shared_ptr<ClipNetwork> makeRgbNetwork() { return std::make_shared<RgbNetwork>(); }

} // namespace telltale
