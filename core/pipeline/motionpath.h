// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "features/cache/featurecache.h"
#include "media/framesource.h"
#include "pipeline/analyzerecipe.h"
#include <vector>

namespace telltale {

/// Frame-difference energy of a video without poses, [0, 1] per row of the detector's grid
/// (pipeline/sequence.h): 0 is the video's own stillness. Single jumps (camera cuts) do not count. Cancelled.
/// With a cache, the energy of a video is made from its pictures once, and the result is the same to the bit.
Result<std::vector<float>> motionRows(
    FrameSource& source, const AnalyzeRecipe& recipe, ProgressSink& progress, FeatureCache* cache = nullptr);

/// Luma of a picture, one byte a pixel, (b + 2 g + r) / 4.
std::vector<uint8_t> grayOf(const Picture& picture);

/// From raw energy (grey levels) to that curve: jumps out, smoothed, between two quantiles. Pure.
std::vector<float> motionCurve(std::vector<float> energy, double background, double strong);

} // namespace telltale
