// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/random.h"
#include <array>
#include <torch/nn/modules/conv.h>
#include <vector>

namespace telltale {

/// What the volume and picture networks share. Errors are c10::Error.

/// Time, height, width.
using Sizes3 = std::array<int64_t, 3>;

/// A convolution without bias, padded so that a stride of 1 keeps the size (odd kernels).
torch::nn::Conv3dOptions volumeKernel(int64_t in, int64_t out, Sizes3 size, Sizes3 stride = {1, 1, 1});

/// max_pool3d with a kernel of 1 x 3 x 3 and padding 1, of [N, C, T, H, W], several times faster than
/// LibTorch's own on a processor: the frames are taken for channels of pictures.
torch::Tensor framePool(const torch::Tensor& volume, Sizes3 stride);

/// Draws every convolution below `module` from N(0, 2 / fan-out) and resets every batch normalisation: scale
/// 1, shift 0, statistics of nothing seen (He et al. 2015; the default of PYSKL and torchvision).
void drawConvolutions(torch::nn::Module& module, Random& random);

/// Fills `tensor`, on any device, with normal numbers of that deviation; those beyond `most` deviations are
/// drawn again.
void fillNormal(torch::Tensor tensor, double deviation, Random& random, double most = 1e9);

/// Throws a sentence unless `clips` is [N, channels, T, H, W] of at least `least`.
void checkVolumes(const torch::Tensor& clips, int64_t channels, Sizes3 least);

/// Mean and deviation by which pictures in 0..1 are normalised, per colour; empty: they stay as they are.
struct ColourScale {
    std::vector<double> mean;
    std::vector<double> deviation;
};
torch::Tensor normalized(const torch::Tensor& pictures, const ColourScale& scale);

} // namespace telltale
