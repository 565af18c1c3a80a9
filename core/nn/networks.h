// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include <cstdint>
#include <memory>
#include <torch/nn.h>

namespace telltale {

/// The small networks of the demo weights. Modules belong to one thread; errors are c10::Error.

inline constexpr int64_t kEmbedding = 64; ///< numbers per clip and modality that the linear heads see

/// A network that turns clips into embeddings [N, features()], before dropout and classifier. Forward only
/// reads the weights in eval mode.
class ClipNetwork : public torch::nn::Module {
public:
    virtual torch::Tensor embed(const torch::Tensor& clips) = 0;
    /// Numbers per clip that embed() gives.
    virtual int64_t features() const { return kEmbedding; }
    /// Draws all weights anew from `seed`, the same on every machine, as the network's authors do; here as
    /// initialize() does. A network that comes with weights keeps them.
    virtual void drawWeights(uint64_t seed);
};

struct JointNetworkOptions {
    int64_t channels = 9;
    int64_t points = 68;
    int64_t scoreChannel = 2; ///< point present where it is above 0
    int64_t groups = 8; ///< learned adjacencies per block
    int64_t width = 32; ///< channels of the first half; the second half has twice as many
    NdArray adjacency; ///< [points, points] to start from; empty: each point on its own
};

/// Joint coordinates [N, 9, T, 68]: blocks of learned spatial mixing followed by depthwise temporal
/// convolutions, which never share a kernel (after the name "Decoupled Spatial-Temporal CNN" in 2606.13030;
/// sizes ours).
std::shared_ptr<ClipNetwork> makeJointNetwork(const JointNetworkOptions& options = {});
/// Heatmap volumes [N, channels, T, H, W]: slow 3-D network, strided in space first (idea of PoseConv3D,
/// sizes ours).
std::shared_ptr<ClipNetwork> makeHeatmapNetwork(int64_t channels = 68);
/// RGB clips [N, 3, T, H, W] in 0..1: spatial then temporal kernels (idea of R(2+1)D, sizes ours). Each clip
/// is normalised by itself and its frame differences are a second input.
std::shared_ptr<ClipNetwork> makeRgbNetwork();

/// Sequence [N, C, rows] to gesture logits [N, rows]: dilated convolutions that see 63 rows.
class ActionDetector : public torch::nn::Module {
public:
    explicit ActionDetector(int64_t channels);
    torch::Tensor forward(const torch::Tensor& rows);
    int64_t channels() const { return m_channels; }

private:
    int64_t m_channels;
    torch::nn::BatchNorm1d m_norm;
    torch::nn::Sequential m_stem;
    torch::nn::ModuleList m_blocks;
    torch::nn::Conv1d m_out;
};

/// Draws all weights anew from `seed`, the same on every machine: He-normal kernels, biases 0.
void initialize(torch::nn::Module& module, uint64_t seed);

} // namespace telltale
