// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <map>
#include <string>
#include <torch/types.h>
#include <vector>

namespace telltale {

inline constexpr double kNormEpsilon = 1e-5; ///< of LibTorch's normalisation layers
inline constexpr int64_t kTimeTaps = 3; ///< frames of each dilated kernel
inline constexpr int64_t kDilatedBranches = 4; ///< with dilations 1 to 4
inline constexpr int64_t kTimePadding = 4; ///< frames of zeros on either side: the widest kernel's reach

/// Weights of a stage of ST-GCN++ with its normalisations folded in. Matrices are [to, from].
struct FastBlock {
    int64_t in = 0;
    int64_t out = 0;
    int64_t stride = 1;
    bool residual = true;
    std::vector<torch::Tensor> graphs; ///< [points from, points to] of each slice
    /// [out, slices * in], and as one more slice the graph unit's shortcut where it has a kernel.
    torch::Tensor mix;
    torch::Tensor mixBias; ///< [out, points]
    bool mixShortcut = false;
    torch::Tensor branches; ///< [out, out], the first convolutions of all six
    torch::Tensor branchBias; ///< [out]
    int64_t firstWidth = 0; ///< channels of the first branch
    int64_t width = 0; ///< and of each other one
    std::vector<torch::Tensor> taps; ///< [width, width], by branch, then frame
    torch::Tensor timeScale; ///< [out]: before the rectifier between branches and transform
    torch::Tensor timeBias;
    torch::Tensor transform; ///< [out, out]
    torch::Tensor transformBias; ///< [out]
    torch::Tensor shortcut; ///< [out, in]; undefined where the input is added as it is

    int64_t branchWidth(int64_t branch) const { return branch == 0 ? firstWidth : width; }
    /// Multiplications of matrix products for so many frames.
    int64_t products(int64_t frames) const;
};

/// Tensors of a network by their names.
using NamedTensors = std::map<std::string, torch::Tensor>;
/// The stage with the names that begin with `prefix`. c10::Error where one is missing.
FastBlock foldedBlock(const NamedTensors& tensors, const std::string& prefix, int64_t stride, bool residual);

/// Memory that a thread works in; grows as needed.
class FastScratch {
public:
    /// So many numbers, which may hold anything; valid until the same place is asked for again.
    torch::Tensor take(size_t place, std::vector<int64_t> shape);

private:
    std::vector<torch::Tensor> m_places;
};

/// Rectified maps [out, frames after the stride, points] of maps [in, frames, points], which lie in
/// `scratch` at place 0 or 1 (`side`); the result lies at the other.
torch::Tensor runBlock(const FastBlock& block, const torch::Tensor& x, size_t side, FastScratch& scratch);

} // namespace telltale
