// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/numpyrandom.h"
#include <cstdint>
#include <utility>
#include <vector>

namespace telltale {

/// Who draws: PYSKL takes a number for p_interval before each clip, MMAction2 does not, so that their indices
/// differ wherever anything is drawn.
enum class SamplingVariant { Pyskl, MmAction2 };

struct UniformSampling {
    int clipLength = 48;
    int clips = 1;
    SamplingVariant variant = SamplingVariant::Pyskl;
    /// Share of the video that a clip is taken from, drawn between these two; PYSKL only.
    std::pair<double, double> interval{1, 1};
};

/// The generator's seed in test mode.
inline constexpr uint32_t kTestSeed = 255;

/// UniformSampleFrames (PYSKL sampling.py; MMAction2 pose_transforms.py): a frame out of each of clipLength
/// equal parts of the video, for each clip, clip after clip; short videos are repeated. Indices in [0,
/// frames); nothing for no frames, clips or length. In training `random` goes on from call to call, for the
/// test it begins at kTestSeed.
std::vector<int64_t> sampleForTraining(int64_t frames, const UniformSampling& sampling, NumpyRandom& random);
std::vector<int64_t> sampleForTest(int64_t frames, const UniformSampling& sampling);

} // namespace telltale
