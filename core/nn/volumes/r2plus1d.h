// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/networks.h"
#include "nn/volumes/kernels.h"

namespace telltale {

/// R(2+1)D (Tran et al., arXiv 1711.11248) as torchvision builds its 18-layer one (models/video/resnet.py).
struct R2Plus1dOptions {
    int64_t channels = 3;
    int64_t width = 64; ///< channels of the first stage; each later one has twice as many
    std::vector<int64_t> blocks{2, 2, 2, 2};
    /// Of torchvision's weights from Kinetics-400.
    ColourScale colours{{0.43216, 0.394666, 0.37645}, {0.22803, 0.22145, 0.216989}};

    int64_t features() const { return width << (blocks.size() - 1); }
};

/// Pictures in 0..1 [N, channels, T, H, W] (made for 3 x 16 x 112 x 112, any size from 1 x 1 x 1 up) to
/// features [N, options.features()]. Parameters have torchvision's names, without "fc".
class R2Plus1d : public ClipNetwork {
public:
    explicit R2Plus1d(const R2Plus1dOptions& options);

    torch::Tensor embed(const torch::Tensor& clips) override;
    int64_t features() const override { return m_options.features(); }
    void drawWeights(uint64_t seed) override;

private:
    R2Plus1dOptions m_options;
    torch::nn::Sequential m_stem;
    std::vector<torch::nn::ModuleList> m_stages;
};

} // namespace telltale
