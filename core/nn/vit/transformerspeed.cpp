// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/vit/transformerspeed.h"
#include "nn/adapters/adaptedtransformer.h"
#include "nn/threadcount.h"
#include <torch/types.h>

namespace telltale {

namespace {

using torch::Tensor;

constexpr int64_t kProductSide = 2048;

Result<std::shared_ptr<VisionTransformer>> transformerFor(const TransformerWork& work)
{
    const auto options = visionTransformerOfSize(work.size);
    if (!options)
        return options.error();
    if (work.side < options->patch || work.side > 1024 || work.chunks < 1 || work.chunks > 1024
        || work.threads < 1)
        return Error{ErrorCode::InvalidArgument, "there is nothing to measure with such sizes"};
    auto network = std::make_shared<VisionTransformer>(*options);
    network->drawWeights(1);
    network->eval();
    return network;
}

double operationsOf(const VisionTransformerOptions& options, const Sizes3& clip)
{
    const double tokens = static_cast<double>(clip[0] / options.tubelet)
        * static_cast<double>(clip[1] / options.patch) * static_cast<double>(clip[2] / options.patch);
    const auto width = static_cast<double>(options.width);
    const auto depth = static_cast<double>(options.depth);
    const auto pixels
        = static_cast<double>(options.channels * options.tubelet * options.patch * options.patch);
    constexpr double kProjections = 4; // queries, keys, values, and behind attention
    return tokens * width * pixels
        + depth * tokens * width * (kProjections * width + 2 * tokens + 2 * width * options.mlpRatio);
}

class Speed : public TransformerSpeed {
public:
    Speed(const TransformerWork& work, std::shared_ptr<VisionTransformer> network)
        : m_work(work)
        , m_network(std::move(network))
        , m_clip{m_network->options().clip[0], work.side, work.side}
        , m_clips(torch::rand({work.chunks, 3, m_clip[0], m_clip[1], m_clip[2]}))
        , m_a(torch::rand({kProductSide, kProductSide}))
        , m_b(torch::rand({kProductSide, kProductSide}))
        , m_c(torch::empty({kProductSide, kProductSide}))
    {
    }

    void infer() override { inferred(); }
    void layers() override { layered(); }
    void product() override
    {
        const ThreadCount threads(m_work.threads);
        at::mm_out(m_c, m_a, m_b);
    }
    double operations() const override
    {
        return static_cast<double>(m_work.chunks) * operationsOf(m_network->options(), m_clip);
    }
    double productOperations() const override
    {
        return static_cast<double>(kProductSide * kProductSide) * kProductSide;
    }
    double worstDifference() override
    {
        const auto wanted = layered();
        return (inferred() - wanted).abs().max().item<double>() / wanted.abs().max().item<double>();
    }

private:
    Tensor inferred()
    {
        const ThreadCount threads(m_work.threads);
        const torch::NoGradGuard guard;
        return m_network->tokens(m_clips);
    }
    Tensor layered()
    {
        const ThreadCount threads(m_work.threads);
        const torch::NoGradGuard guard;
        auto x = m_network->embedded(m_clips);
        for (int64_t block = 0; block < m_network->options().depth; ++block)
            x = m_network->block(block)->forward(x);
        return x;
    }

    TransformerWork m_work;
    std::shared_ptr<VisionTransformer> m_network;
    Sizes3 m_clip;
    Tensor m_clips;
    Tensor m_a;
    Tensor m_b;
    Tensor m_c;
};

} // namespace

Result<std::unique_ptr<TransformerSpeed>> TransformerSpeed::create(const TransformerWork& work)
{
    auto network = transformerFor(work);
    if (!network)
        return network.error();
    return std::unique_ptr<TransformerSpeed>(std::make_unique<Speed>(work, *std::move(network)));
}

Status trainTransformerOnce(const TransformerWork& work, bool checkpointing)
{
    const auto trunk = transformerFor(work);
    if (!trunk)
        return trunk.error();
    const ThreadCount threads(work.threads);
    AdaptedTransformerOptions options;
    options.checkpointing = checkpointing;
    AdaptedTransformer network(*trunk, options);
    const auto windows = torch::randint(
        256, {1, 3, work.chunks * network.chunkFrames(), work.side, work.side}, torch::kByte);
    network.forward(windows).square().mean().backward();
    return {};
}

} // namespace telltale
