// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/vit/visiontransformer.h"
#include "nn/vit/fusedattention.h"
#include <cmath>
#include <torch/nn.h>
#include <torch/version.h>

namespace telltale {

namespace {

using torch::Tensor;

constexpr double kNormEpsilon = 1e-6;
constexpr double kInitialDeviation = 0.02;
constexpr double kMostDeviations = 2 / kInitialDeviation; ///< timm cuts at 2, which is far out
constexpr double kTableBase = 10000;

struct Published {
    const char* letter;
    int64_t width;
    int64_t depth;
    int64_t heads;
    double mlpRatio;
    int64_t patch;
};
constexpr std::array kPublished = {
    Published{"S", 384, 12, 6, 4, 16},
    Published{"B", 768, 12, 12, 4, 16},
    Published{"L", 1024, 24, 16, 4, 16},
    Published{"H", 1280, 32, 16, 4, 16},
    Published{"g", 1408, 40, 16, 48.0 / 11, 14},
};

torch::nn::LayerNorm makeNorm(int64_t width)
{
    return torch::nn::LayerNorm(torch::nn::LayerNormOptions({width}).eps(kNormEpsilon));
}

int64_t innerWidth(const VisionTransformerOptions& options)
{
    // The published ratio of 48 / 11 gives a whole number that rounding would take 1 from.
    return static_cast<int64_t>(static_cast<double>(options.width) * options.mlpRatio + 1e-6);
}

Sizes3 gridOf(const VisionTransformerOptions& options, const Sizes3& clip)
{
    return {clip[0] / options.tubelet, clip[1] / options.patch, clip[2] / options.patch};
}

torch::nn::Conv3dOptions patchKernel(const VisionTransformerOptions& options)
{
    TORCH_CHECK(options.width > 0 && options.depth > 0 && options.heads > 0 && options.channels > 0,
        "it needs a width, a depth, heads and channels");
    TORCH_CHECK(options.width % options.heads == 0, "a width of ", options.width, " cannot be shared by ",
        options.heads, " heads");
    TORCH_CHECK(options.patch > 0 && options.tubelet > 0, "patch and tubelet are at least 1");
    const Sizes3 grid = gridOf(options, options.clip);
    TORCH_CHECK(grid[0] > 0 && grid[1] > 0 && grid[2] > 0, "clips of ", options.clip[0], " x ",
        options.clip[1], " x ", options.clip[2], " hold no token of ", options.tubelet, " x ", options.patch,
        " x ", options.patch);
    const torch::ExpandingArray<3> size{options.tubelet, options.patch, options.patch};
    return torch::nn::Conv3dOptions(options.channels, options.width, size).stride(size);
}

/// softmax(q k^T / sqrt(d)) v of [N, heads, tokens, d].
Tensor attention(const Tensor& query, const Tensor& key, const Tensor& value)
{
#if TORCH_VERSION_MAJOR >= 2
    return at::scaled_dot_product_attention(query, key, value);
#else
    const double scale = 1 / std::sqrt(static_cast<double>(query.size(-1)));
    return torch::softmax(torch::matmul(query * scale, key.transpose(-2, -1)), -1).matmul(value);
#endif
}

} // namespace

Result<VisionTransformerOptions> visionTransformerOfSize(const std::string& letter)
{
    std::string letters;
    for (const Published& size : kPublished) {
        letters += (letters.empty() ? "" : ", ") + std::string(size.letter);
        if (letter != size.letter)
            continue;
        VisionTransformerOptions options;
        options.width = size.width;
        options.depth = size.depth;
        options.heads = size.heads;
        options.mlpRatio = size.mlpRatio;
        options.patch = size.patch;
        return options;
    }
    return Error{ErrorCode::InvalidArgument,
        "There is no VideoMAE of size \"" + letter + "\"; published are: " + letters + "."};
}

Tensor sinusoidTable(int64_t positions, int64_t width)
{
    const auto options = torch::TensorOptions(torch::kDouble);
    const auto column = torch::arange(width, options).div(2).floor();
    const auto rate = torch::pow(kTableBase, column * (2 / static_cast<double>(width)));
    const auto angle = torch::arange(positions, options).unsqueeze(1) / rate.unsqueeze(0);
    const auto odd = torch::arange(width).remainder(2).to(torch::kBool);
    return torch::where(odd, angle.cos(), angle.sin()).to(torch::kFloat);
}

Tensor resizedTable(const Tensor& table, Sizes3 from, Sizes3 to)
{
    namespace F = torch::nn::functional;
    const int64_t width = table.size(1);
    auto slices = table.view({from[0], from[1], from[2], width}).permute({0, 3, 1, 2});
    if (from[1] != to[1] || from[2] != to[2])
        slices = F::interpolate(slices,
            F::InterpolateFuncOptions()
                .size(std::vector<int64_t>{to[1], to[2]})
                .mode(torch::kBicubic)
                .align_corners(false));
    if (from[0] != to[0]) {
        const auto overTime = slices.permute({1, 2, 3, 0}).reshape({1, -1, from[0]});
        slices = F::interpolate(overTime,
            F::InterpolateFuncOptions()
                .size(std::vector<int64_t>{to[0]})
                .mode(torch::kLinear)
                .align_corners(false))
                     .view({width, to[1], to[2], to[0]})
                     .permute({3, 0, 1, 2});
    }
    return slices.permute({0, 2, 3, 1}).reshape({-1, width});
}

TransformerBlockImpl::TransformerBlockImpl(const VisionTransformerOptions& options, double dropPath)
    : m_heads(options.heads)
    , m_dropPath(dropPath)
    , m_norm1(makeNorm(options.width))
    , m_norm2(makeNorm(options.width))
    , m_queryKeyValue(torch::nn::LinearOptions(options.width, 3 * options.width).bias(false))
    , m_projection(options.width, options.width)
    , m_widen(options.width, innerWidth(options))
    , m_narrow(innerWidth(options), options.width)
{
    register_module("norm1", m_norm1);
    // The names of the released files: the parts of attention and network lie below these two.
    const auto attention = register_module("attn", std::make_shared<torch::nn::Module>());
    m_queryBias = attention->register_parameter("q_bias", torch::zeros({options.width}));
    m_valueBias = attention->register_parameter("v_bias", torch::zeros({options.width}));
    attention->register_module("qkv", m_queryKeyValue);
    attention->register_module("proj", m_projection);
    register_module("norm2", m_norm2);
    const auto network = register_module("mlp", std::make_shared<torch::nn::Module>());
    network->register_module("fc1", m_widen);
    network->register_module("fc2", m_narrow);
}

Tensor TransformerBlockImpl::inputBias() const
{
    return torch::cat({m_queryBias, torch::zeros_like(m_valueBias), m_valueBias});
}

Tensor TransformerBlockImpl::attended(const Tensor& tokens)
{
    const int64_t width = tokens.size(2);
    const auto parts = torch::nn::functional::linear(tokens, m_queryKeyValue->weight, inputBias())
                           .view({tokens.size(0), tokens.size(1), 3, m_heads, width / m_heads})
                           .permute({2, 0, 3, 1, 4});
    const auto mixed = attention(parts[0], parts[1], parts[2]);
    return m_projection(mixed.transpose(1, 2).reshape(tokens.sizes()));
}

Tensor TransformerBlockImpl::dropped(const Tensor& change) const
{
    if (!is_training() || m_dropPath <= 0)
        return change;
    const double kept = 1 - m_dropPath;
    const auto clips = torch::rand({change.size(0), 1, 1}, change.options()).add_(kept).floor_();
    return change * (clips / kept);
}

Tensor TransformerBlockImpl::forward(const Tensor& tokens)
{
    const auto mixed = tokens + dropped(attended(m_norm1(tokens)));
    return mixed + dropped(m_narrow(torch::gelu(m_widen(m_norm2(mixed)))));
}

Tensor TransformerBlockImpl::inferred(const Tensor& tokens)
{
    const torch::NoGradGuard guard;
    const auto plain = [](const Tensor& x) { return x.is_cpu() && x.scalar_type() == torch::kFloat; };
    if (!plain(tokens) || !plain(m_widen->weight) || (is_training() && m_dropPath > 0))
        return forward(tokens);
    const auto flat = tokens.reshape({-1, tokens.size(2)});
    const auto parts = torch::addmm(inputBias(), m_norm1(flat), m_queryKeyValue->weight.t());
    const auto seen = fusedAttention(parts.view({tokens.size(0), tokens.size(1), -1}), m_heads);
    const auto mixed
        = torch::addmm(flat, seen.view(flat.sizes()), m_projection->weight.t()).add_(m_projection->bias);
    auto inner = torch::addmm(m_widen->bias, m_norm2(mixed), m_widen->weight.t());
    torch::gelu_(inner);
    return torch::addmm(mixed, inner, m_narrow->weight.t()).add_(m_narrow->bias).view(tokens.sizes());
}

VisionTransformer::VisionTransformer(const VisionTransformerOptions& options)
    : m_options(options)
    , m_patches(patchKernel(options))
    , m_norm(makeNorm(options.width))
{
    register_module("patch_embed", std::make_shared<torch::nn::Module>())->register_module("proj", m_patches);
    register_module("blocks", m_blocks);
    const auto last = static_cast<double>(std::max<int64_t>(options.depth - 1, 1));
    for (int64_t block = 0; block < options.depth; ++block)
        m_blocks->push_back(TransformerBlock(options, options.dropPath * static_cast<double>(block) / last));
    register_module("fc_norm", m_norm);
}

Tensor VisionTransformer::positions(Sizes3 grid, const Tensor& like)
{
    if (!m_positions.defined() || m_grid != grid || m_positions.device() != like.device()) {
        const Sizes3 made = gridOf(m_options, m_options.clip);
        const auto table = sinusoidTable(made[0] * made[1] * made[2], m_options.width);
        m_positions = resizedTable(table, made, grid).to(like.device());
        m_grid = grid;
    }
    return m_positions.to(like.scalar_type());
}

void VisionTransformer::check(const Tensor& clips) const
{
    checkVolumes(clips, m_options.channels, {m_options.tubelet, m_options.patch, m_options.patch});
}

Tensor VisionTransformer::embedded(const Tensor& clips)
{
    check(clips);
    const auto patches = m_patches(clips);
    const Sizes3 grid{patches.size(2), patches.size(3), patches.size(4)};
    const auto x = patches.flatten(2).transpose(1, 2);
    return x + positions(grid, x);
}

TransformerBlock VisionTransformer::block(int64_t index) const
{
    return TransformerBlock(m_blocks->ptr<TransformerBlockImpl>(static_cast<size_t>(index)));
}

Tensor VisionTransformer::tokens(const Tensor& clips)
{
    const bool learning = torch::GradMode::is_enabled();
    auto x = embedded(clips);
    for (const auto& part : *m_blocks) {
        auto* const block = part->as<TransformerBlock>();
        x = learning ? block->forward(x) : block->inferred(x);
    }
    return x;
}

Tensor VisionTransformer::embedNormalized(const Tensor& clips) { return m_norm(tokens(clips).mean(1)); }

Tensor VisionTransformer::embed(const Tensor& clips)
{
    check(clips);
    return embedNormalized(normalized(clips, m_options.colours));
}

void VisionTransformer::drawWeights(uint64_t seed)
{
    const torch::NoGradGuard guard;
    Random random(seed);
    for (auto& item : named_parameters()) {
        Tensor& parameter = item.value();
        if (item.key().ends_with("bias"))
            parameter.zero_();
        else if (parameter.dim() == 1)
            parameter.fill_(1);
        else
            fillNormal(parameter, kInitialDeviation, random, kMostDeviations);
    }
}

} // namespace telltale
