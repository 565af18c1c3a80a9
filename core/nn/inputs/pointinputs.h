// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <span>
#include <torch/types.h>
#include <utility>

namespace telltale {

/// What skeleton networks are fed with, made from batches of points [clips, frames, points, channels]: x, y,
/// score or x, y, z, score. All functions are pure, work on the device of their input, keep its shape, and
/// throw c10::Error with a sentence where the shape or an index does not fit. A point with a coordinate or
/// score that is no number counts as missing. Missing points are zeros with score 0. Persons of one clip are
/// clips of their own here.

/// Points that place and scale a body; -1: the layout has none.
struct BodyUnit {
    int origin = -1; ///< comes to lie at 0
    int from = -1; ///< the distance of these two is 1
    int to = -1;
    /// The origin is taken away from each frame; otherwise its median over the clip is, so that movements of
    /// the whole body stay.
    bool followOrigin = false;
};

/// PreNormalize2D of PYSKL (pose_related.py): the middle of the picture becomes 0, its edges -1 and 1; points
/// with at most `threshold` become (0, 0) and keep their score. Of x, y, score alone.
torch::Tensor normalizeToPicture(
    const torch::Tensor& points, double height, double width, double threshold = 0.01);
/// Body-centred coordinates: the origin's median over the clip at 0, the median distance of the unit points
/// 1 (papers 1.3 c: neck and shoulder width). Where these points are missing in the whole clip, the middle of
/// the box around all points and a fixed share of its greater side stand in. Points with a score below
/// `leastScore` become missing.
torch::Tensor normalizePoints(const torch::Tensor& points, const BodyUnit& body, double leastScore = 0.01);
/// Points with a score below `leastScore` between two sightings come to lie on the line between these, with a
/// score between theirs; before the first and after the last sighting nothing changes (papers 1.3 c).
torch::Tensor interpolateMissing(const torch::Tensor& points, double leastScore = 0.1);

/// JointToBone of PYSKL: bone[first] = point[first] - point[second] over the pairs, with the mean of both
/// scores; points that are no pair's first are zeros.
torch::Tensor boneStream(const torch::Tensor& points, std::span<const std::pair<int, int>> pairs);
/// ToMotion of PYSKL on either stream: what changes to the next frame, with the mean of both scores; the last
/// frame is zeros.
torch::Tensor motionStream(const torch::Tensor& stream);

/// How training clips are varied, in the units of normalizePoints(). Zeros: not at all.
struct PointAugmentation {
    double flip = 0; ///< chance that left and right change places (x to -x)
    double rotation = 0; ///< greatest angle in the picture, radians
    double turn = 0; ///< greatest angle around the vertical axis, radians; of points with z alone
    double scale = 0; ///< sizes between 1 / (1 + scale) and 1 + scale
    double shift = 0; ///< greatest, on each axis
    double noise = 0; ///< deviation of each coordinate of each point in each frame
    double drop = 0; ///< chance of each point to be missing in the whole clip
};

/// Varies each clip by its own seed: one seed gives one result, wherever in a batch the clip stands.
/// `flipPairs`: (left, right). Missing points stay missing.
torch::Tensor augmentPoints(const torch::Tensor& points, const PointAugmentation& how,
    std::span<const std::pair<int, int>> flipPairs, std::span<const uint64_t> seeds);

} // namespace telltale
