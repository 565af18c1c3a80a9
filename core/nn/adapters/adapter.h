// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/random.h"
#include "nn/adapters/adapteroptions.h"
#include <torch/nn/module.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/pimpl.h>

namespace telltale {

/// Where the tokens of windows lie: [windows * moments, ...] as moments follow each other in a window.
struct TokenGrid {
    int64_t moments = 1; ///< token times of a whole window
    int64_t rows = 1;
    int64_t columns = 1;
};

/// x + gamma * up(join(h, temporal(h), spatial(h))) with h = gelu(down(x)); see AdapterOptions. The up
/// projection begins with zeros: a new adapter changes nothing. Parameters have OpenTAD's names ("gamma",
/// "down_proj", "up_proj", "dwconv", "conv"); those of the spatial branch are "spatial_dwconv" and
/// "spatial_conv", those of joining "scale" and "gate". Errors are c10::Error.
class AdapterImpl : public torch::nn::Module {
public:
    AdapterImpl(int64_t width, const AdapterOptions& options);
    /// Tokens of whole windows, one window after the other, any shape that holds [windows, moments, rows,
    /// columns, width]; as many come out. Padding is zeros, at the ends of windows and pictures alone.
    torch::Tensor forward(const torch::Tensor& tokens, const TokenGrid& grid);
    /// As OpenTAD draws them: down projection normal with deviation 0.02, depthwise kernels
    /// N(0, sqrt(2 / taps)), mixing N(0, sqrt(2 / channels)), up projection and biases 0.
    void drawWeights(Random& random);

    /// Channels of the bottleneck.
    int64_t inner() const { return m_inner; }

private:
    torch::Tensor joined(const torch::Tensor& h, const torch::Tensor& temporal, const torch::Tensor& spatial);

    AdapterOptions m_options;
    int64_t m_inner;
    torch::Tensor m_gamma;
    torch::Tensor m_scale; ///< of both branches
    torch::nn::Conv1d m_temporal{nullptr};
    torch::nn::Conv1d m_temporalMix{nullptr};
    torch::nn::Conv2d m_spatial{nullptr};
    torch::nn::Conv2d m_spatialMix{nullptr};
    torch::nn::Linear m_gate{nullptr};
    torch::nn::Linear m_down;
    torch::nn::Linear m_up;
};
TORCH_MODULE(Adapter);

} // namespace telltale
