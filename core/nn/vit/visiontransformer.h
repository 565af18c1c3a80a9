// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "nn/networks.h"
#include "nn/volumes/kernels.h"

namespace telltale {

/// The video transformer of VideoMAE and VideoMAEv2 (models/modeling_finetune.py; arXiv 2203.12602,
/// 2303.16727).
struct VisionTransformerOptions {
    int64_t width = 384; ///< numbers per token
    int64_t depth = 12;
    int64_t heads = 6;
    double mlpRatio = 4;
    int64_t patch = 16; ///< pixels on a side of a token
    int64_t tubelet = 2; ///< frames of a token
    int64_t channels = 3;
    Sizes3 clip{16, 224, 224}; ///< that the position table is made for; others get it resized
    double dropPath = 0; ///< share of clips for which the last block is left out while training; less before
    /// Of ImageNet, as the released weights were trained with.
    ColourScale colours{{0.485, 0.456, 0.406}, {0.229, 0.224, 0.225}};
};

/// The published sizes by their letter: S, B, L, H, g. InvalidArgument lists them.
Result<VisionTransformerOptions> visionTransformerOfSize(const std::string& letter);

/// The fixed table [positions, width]: sine in even columns, cosine in odd ones.
torch::Tensor sinusoidTable(int64_t positions, int64_t width);
/// A table for tokens [time * height * width, D] for another number of tokens: bicubic in each time slice,
/// then linear over time.
torch::Tensor resizedTable(const torch::Tensor& table, Sizes3 from, Sizes3 to);

/// LayerNorm, attention, LayerNorm, two-layer network, each added to what came in.
class TransformerBlockImpl : public torch::nn::Module {
public:
    TransformerBlockImpl(const VisionTransformerOptions& options, double dropPath);
    /// Tokens [N, tokens, width] to as many.
    torch::Tensor forward(const torch::Tensor& tokens);
    /// The same within rounding, without anything to learn from. Float32 on a processor goes a faster way
    /// that keeps the attention maps in the cache.
    torch::Tensor inferred(const torch::Tensor& tokens);

private:
    torch::Tensor inputBias() const;
    torch::Tensor attended(const torch::Tensor& tokens);
    torch::Tensor dropped(const torch::Tensor& change) const;

    int64_t m_heads;
    double m_dropPath;
    torch::nn::LayerNorm m_norm1;
    torch::nn::LayerNorm m_norm2;
    torch::Tensor m_queryBias;
    torch::Tensor m_valueBias;
    torch::nn::Linear m_queryKeyValue;
    torch::nn::Linear m_projection;
    torch::nn::Linear m_widen;
    torch::nn::Linear m_narrow;
};
TORCH_MODULE(TransformerBlock);

/// Pictures in 0..1 [N, channels, T, H, W] to features [N, width]: mean over tokens, then "fc_norm".
/// Frames, rows and columns that fill no token are not seen (floor); clips smaller than one are refused.
/// Parameters have the names of the released files, without "head".
class VisionTransformer : public ClipNetwork {
public:
    explicit VisionTransformer(const VisionTransformerOptions& options);

    torch::Tensor embed(const torch::Tensor& clips) override;
    int64_t features() const override { return m_options.width; }
    /// As VideoMAE: normal with deviation 0.02 (the patches too: ours), biases 0, scales 1.
    void drawWeights(uint64_t seed) override;

    /// What embed() does with pictures that are normalised already.
    torch::Tensor embedNormalized(const torch::Tensor& clips);
    /// Tokens after the last block [N, tokens, width], ordered by time, row, column.
    torch::Tensor tokens(const torch::Tensor& clips);
    /// Tokens before the first block: patches, with their place added.
    torch::Tensor embedded(const torch::Tensor& clips);
    TransformerBlock block(int64_t index) const;
    const VisionTransformerOptions& options() const { return m_options; }

private:
    void check(const torch::Tensor& clips) const;
    torch::Tensor positions(Sizes3 grid, const torch::Tensor& like);

    VisionTransformerOptions m_options;
    torch::nn::Conv3d m_patches;
    torch::nn::ModuleList m_blocks;
    torch::nn::LayerNorm m_norm;
    Sizes3 m_grid{}; ///< of m_positions
    torch::Tensor m_positions;
};

} // namespace telltale
