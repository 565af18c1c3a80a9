// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/adapters/adaptedtransformer.h"
#include "nn/adapters/checkpoint.h"
#include <torch/nn/functional/upsampling.h>

namespace telltale {

namespace {

using torch::Tensor;

constexpr double kMostOfByte = 255;
constexpr const char* kAdapterName = "adapter";

/// Runs `work` on groups of at most `most` rows and puts the results below each other.
template <typename Work> Tensor inGroups(const Tensor& rows, int64_t most, const Work& work)
{
    if (most <= 0 || rows.size(0) <= most)
        return work(rows);
    std::vector<Tensor> results;
    results.reserve(static_cast<size_t>((rows.size(0) + most - 1) / most));
    for (const Tensor& group : rows.split(most))
        results.push_back(work(group));
    return torch::cat(results);
}

} // namespace

bool isAdapterParameter(const std::string& name)
{
    return name.find(std::string(".") + kAdapterName + ".") != std::string::npos;
}

AdaptedTransformer::AdaptedTransformer(
    std::shared_ptr<VisionTransformer> trunk, const AdaptedTransformerOptions& options, uint64_t seed)
    : m_options(options)
    , m_trunk(std::move(trunk))
{
    const auto adapted = adaptedBlocks(options.adapters, m_trunk->options().depth);
    TORCH_CHECK(adapted, adapted ? std::string() : adapted.error().message);
    for (Tensor& parameter : m_trunk->parameters())
        parameter.set_requires_grad(false);
    for (const auto& part : m_trunk->named_children())
        register_module(part.key(), part.value());
    Random random(seed);
    for (size_t i = 0; i < adapted->size(); ++i) {
        Adapter adapter{nullptr};
        if ((*adapted)[i]) {
            adapter = Adapter(width(), options.adapters);
            adapter->drawWeights(random);
            m_trunk->block(static_cast<int64_t>(i))->register_module(kAdapterName, adapter);
        }
        m_adapters.push_back(std::move(adapter));
    }
    AdaptedTransformer::train(true);
}

void AdaptedTransformer::train(bool on)
{
    Module::train(on);
    if (m_trunk->options().dropPath <= 0)
        m_trunk->eval();
}

Tensor AdaptedTransformer::embedded(const Tensor& windows, TokenGrid& grid, bool normalize)
{
    const auto& trunk = m_trunk->options();
    checkVolumes(windows, trunk.channels, {chunkFrames(), trunk.patch, trunk.patch});
    const int64_t frames = windows.size(2);
    TORCH_CHECK(frames % chunkFrames() == 0, "windows are cut into chunks of ", chunkFrames(),
        " frames; these have ", frames);
    grid = {frames / trunk.tubelet, windows.size(3) / trunk.patch, windows.size(4) / trunk.patch};
    const torch::NoGradGuard guard;
    std::vector<Tensor> tokens;
    for (int64_t window = 0; window < windows.size(0); ++window) {
        const auto chunks = windows[window].unflatten(1, {-1, chunkFrames()}).transpose(0, 1);
        tokens.push_back(inGroups(chunks, m_options.chunksAtOnce, [&](const Tensor& group) {
            auto pictures = group;
            if (group.scalar_type() == torch::kByte)
                pictures = group.to(torch::kFloat).div_(kMostOfByte);
            if (normalize)
                pictures = normalized(pictures, trunk.colours);
            return m_trunk->embedded(pictures.contiguous());
        }));
    }
    return torch::cat(tokens);
}

Tensor AdaptedTransformer::adapted(const Tensor& windows, TokenGrid& grid, bool normalize)
{
    auto x = embedded(windows, grid, normalize);
    const bool draws = is_training() && m_trunk->options().dropPath > 0;
    for (size_t i = 0; i < m_adapters.size(); ++i) {
        auto block = m_trunk->block(static_cast<int64_t>(i));
        const bool learning = torch::GradMode::is_enabled() && x.requires_grad();
        x = inGroups(x, m_options.chunksAtOnce, [&](const Tensor& group) {
            if (!learning)
                return block->inferred(group);
            const auto work = [block](const Tensor& tokens) mutable { return block->forward(tokens); };
            return m_options.checkpointing ? checkpointed(work, group, {}, draws) : block->forward(group);
        });
        Adapter adapter = m_adapters[i];
        if (!adapter)
            continue;
        const auto work
            = [adapter, grid](const Tensor& tokens) mutable { return adapter->forward(tokens, grid); };
        x = m_options.checkpointing ? checkpointed(work, x, adapter->parameters())
                                    : adapter->forward(x, grid);
    }
    return x.view({windows.size(0), grid.moments, grid.rows, grid.columns, width()});
}

Tensor AdaptedTransformer::pooled(const Tensor& windows, int64_t steps, bool normalize)
{
    namespace F = torch::nn::functional;
    TokenGrid grid;
    const auto features = adapted(windows, grid, normalize).mean({2, 3}).transpose(1, 2);
    if (steps <= 0 || steps == grid.moments)
        return features;
    return F::interpolate(features,
        F::InterpolateFuncOptions()
            .size(std::vector<int64_t>{steps})
            .mode(torch::kLinear)
            .align_corners(false));
}

Tensor AdaptedTransformer::forward(const Tensor& windows, int64_t steps)
{
    return pooled(windows, steps, true);
}

Tensor AdaptedTransformer::ofNormalized(const Tensor& windows, int64_t steps)
{
    return pooled(windows, steps, false);
}

Tensor AdaptedTransformer::featureMap(const Tensor& windows)
{
    TokenGrid grid;
    return adapted(windows, grid, false).permute({0, 4, 1, 2, 3});
}

std::vector<AdaptedTransformer::NamedTensor> AdaptedTransformer::parametersOf(bool adapters) const
{
    std::vector<NamedTensor> found;
    for (const auto& item : named_parameters())
        if (isAdapterParameter(item.key()) == adapters)
            found.emplace_back(item.key(), item.value());
    return found;
}

} // namespace telltale
