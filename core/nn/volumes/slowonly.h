// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/networks.h"
#include "nn/volumes/slowonlyoptions.h"

namespace telltale {

/// A convolution and its batch normalisation, named as in mmcv's ConvModule: "conv", "bn".
class ConvNormImpl : public torch::nn::Module {
public:
    explicit ConvNormImpl(const torch::nn::Conv3dOptions& options);
    torch::Tensor forward(const torch::Tensor& x);
    torch::nn::BatchNorm3d norm() const { return m_norm; }

private:
    torch::nn::Conv3d m_conv;
    torch::nn::BatchNorm3d m_norm;
};
TORCH_MODULE(ConvNorm);

/// Volumes [N, channels, T, H, W] to features [N, options.features()], the mean over the last feature map.
/// Any size from 1 x 1 x 1 up. Parameters have the names and shapes of PYSKL's checkpoints (without
/// "backbone.").
class SlowOnly : public ClipNetwork {
public:
    /// c10::Error for options that do not fit together.
    explicit SlowOnly(const SlowOnlyOptions& options);

    torch::Tensor embed(const torch::Tensor& clips) override;
    int64_t features() const override { return m_options.features(); }
    /// As PYSKL: normal by fan-out, and the last normalisation of each block 0 (a block begins as nothing).
    void drawWeights(uint64_t seed) override;

    /// The last feature map [N, features(), T', H', W'].
    torch::Tensor featureMap(const torch::Tensor& clips);
    const SlowOnlyOptions& options() const { return m_options; }

private:
    SlowOnlyOptions m_options;
    ConvNorm m_stem;
    std::vector<torch::nn::ModuleList> m_stages;
};

} // namespace telltale
