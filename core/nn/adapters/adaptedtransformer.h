// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/adapters/adapter.h"
#include "nn/vit/visiontransformer.h"
#include <string>
#include <utility>

namespace telltale {

struct AdaptedTransformerOptions {
    AdapterOptions adapters;
    /// While learning, blocks keep their input alone and are computed again on the way back: the same
    /// gradients to the bit, a fraction of the memory, a third more time.
    bool checkpointing = true;
    /// Chunks that go through a frozen block together: memory for the attention maps. 0: all. A change
    /// may change last bits.
    int64_t chunksAtOnce = 4;
};

/// A frozen VideoMAE transformer with adapters behind its blocks (AdaTAD; OpenTAD, VisionTransformerAdapter
/// and its backbone wrapper). A window is cut into chunks of as many frames as the transformer was made for;
/// attention stays within a chunk, adapters mix along the whole window. Only adapters learn; the trunk is in
/// eval mode, always. Parameters have the released names, adapters "blocks.N.adapter."; "fc_norm" is carried
/// and not applied. One thread at a time; errors are c10::Error with a sentence.
class AdaptedTransformer : public torch::nn::Module {
public:
    /// Takes `trunk` over, with the weights that it has. Adapters are drawn from `seed`.
    AdaptedTransformer(std::shared_ptr<VisionTransformer> trunk, const AdaptedTransformerOptions& options,
        uint64_t seed = 1);

    /// Windows [N, channels, T, H, W] of pictures in 0..1 (float) or 0..255 (bytes), T a multiple of
    /// chunkFrames(), to features [N, width, T / tubelet]: the mean over each moment's tokens, without a
    /// final norm. `steps` above 0: linearly resized to so many moments (OpenTAD: T).
    torch::Tensor forward(const torch::Tensor& windows, int64_t steps = 0);
    /// The same of pictures that are normalised already.
    torch::Tensor ofNormalized(const torch::Tensor& windows, int64_t steps = 0);
    /// Tokens of normalised windows after the last block, [N, width, T / tubelet, rows, columns].
    torch::Tensor featureMap(const torch::Tensor& windows);

    int64_t width() const { return m_trunk->options().width; }
    int64_t chunkFrames() const { return m_trunk->options().clip[0]; }
    /// Frames from one moment of the features to the next.
    int64_t momentFrames() const { return m_trunk->options().tubelet; }

    /// What learns, by its name in this module.
    using NamedTensor = std::pair<std::string, torch::Tensor>;
    std::vector<NamedTensor> adapterParameters() const { return parametersOf(true); }
    /// What is frozen.
    std::vector<NamedTensor> trunkParameters() const { return parametersOf(false); }
    /// The trunk stays in eval mode (its drop path, where it has one, follows `on`, as in OpenTAD).
    void train(bool on = true) override;
    void setCheckpointing(bool on) { m_options.checkpointing = on; }

private:
    /// Tokens of all chunks [N * chunks, tokens, width], window after window.
    torch::Tensor embedded(const torch::Tensor& windows, TokenGrid& grid, bool normalize);
    /// [N, moments, rows, columns, width] after the last block.
    torch::Tensor adapted(const torch::Tensor& windows, TokenGrid& grid, bool normalize);
    torch::Tensor pooled(const torch::Tensor& windows, int64_t steps, bool normalize);
    std::vector<NamedTensor> parametersOf(bool adapters) const;

    AdaptedTransformerOptions m_options;
    std::shared_ptr<VisionTransformer> m_trunk;
    std::vector<Adapter> m_adapters; ///< null where the block has none
};

/// Whether a parameter of that name is an adapter's.
bool isAdapterParameter(const std::string& name);

} // namespace telltale
