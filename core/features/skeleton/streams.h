// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include <span>
#include <utility>

namespace telltale {

/// The streams of skeleton networks on [persons, frames, points, (x, y, score)], as PYSKL makes them
/// (pose_related.py, GenSkeFeat). The joint stream is the points themselves. Pure functions; an array of
/// another shape gives an empty one. Points that are missing are zeros and are computed with as such, as in
/// the reference.

/// PreNormalize2D: the middle of the picture becomes (0, 0), its edges -1 and 1; points with at most
/// `threshold` become (0, 0) and keep their score.
NdArray normalizeToPicture(const NdArray& points, int height, int width, float threshold = 0.01f);

/// JointToBone: bone[first] = point[first] - point[second] over the pairs, with the mean of both scores;
/// points that are no pair's first are zeros. Pairs of points that are not there are left out. For a layout:
/// its `bones`.
NdArray boneStream(const NdArray& points, std::span<const std::pair<int, int>> pairs);

/// ToMotion of either stream: what changes to the next frame, with the mean of both scores; the last frame is
/// zeros. The reference computes it before frames are sampled.
NdArray motionStream(const NdArray& stream);

} // namespace telltale
