// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <array>
#include <cstdint>
#include <vector>

namespace telltale {

/// The SlowOnly network of PoseConv3D (PYSKL, resnet3d_slowonly.py; arXiv 2104.13586); the defaults are the
/// published SlowOnly-R50 for heat maps. The last four lists of `stages()` entries.
struct SlowOnlyOptions {
    int64_t channels = 17; ///< of the volume: points or limbs
    int64_t base = 32; ///< channels of the stem; each stage has twice as many as the one before
    std::array<int64_t, 2> stemStride{1, 1}; ///< in time and in space
    std::array<int64_t, 2> poolStride{1, 1};
    std::vector<int64_t> blocks{4, 6, 3};
    std::vector<int64_t> inflate{0, 1, 1}; ///< 1: the first kernel of a block sees three frames
    std::vector<int64_t> spaceStrides{2, 2, 2}; ///< of a stage's first block
    std::vector<int64_t> timeStrides{1, 1, 2};

    static constexpr int64_t kExpansion = 4; ///< a block's outputs per inner channel
    int64_t stages() const { return static_cast<int64_t>(blocks.size()); }
    int64_t planes(int64_t stage) const { return base << stage; }
    int64_t features() const { return planes(stages() - 1) * kExpansion; }
};

} // namespace telltale
