// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/networks.h"

namespace telltale {

/// Pooled features [N, inputs] to the embedding.
class EmbeddingHeadImpl : public torch::nn::Module {
public:
    explicit EmbeddingHeadImpl(int64_t inputs);
    torch::Tensor forward(const torch::Tensor& pooled);

private:
    torch::nn::Linear m_linear;
    torch::nn::BatchNorm1d m_norm;
};
TORCH_MODULE(EmbeddingHead);

struct SpaceTimeStride {
    int64_t time = 1;
    int64_t space = 1;
};

/// Residual block of a 1x3x3 and a 3x1x1 convolution over [N, C, T, H, W].
class SpaceTimeBlockImpl : public torch::nn::Module {
public:
    SpaceTimeBlockImpl(int64_t in, int64_t out, SpaceTimeStride stride);
    torch::Tensor forward(const torch::Tensor& x);

private:
    torch::nn::Conv3d m_space;
    torch::nn::BatchNorm3d m_spaceNorm;
    torch::nn::Conv3d m_time;
    torch::nn::BatchNorm3d m_timeNorm;
    torch::nn::Conv3d m_shortcut{nullptr};
    torch::nn::BatchNorm3d m_shortcutNorm{nullptr};
};
TORCH_MODULE(SpaceTimeBlock);

} // namespace telltale
