// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/spans/segment.h"
#include <cstdint>
#include <torch/types.h>
#include <vector>

namespace telltale {

/// A position of the pyramid that a segment can be found from. Units: positions of the feature grid.
struct PyramidPoint {
    float at = 0;
    float shortest = 0; ///< the farther end of a segment lies at least so far from here
    float longest = 0; ///< and at most so far
    float stride = 1;
};

/// Which distances a level is for, both ends inclusive: a distance on the border belongs to two levels.
struct ReachOfLevel {
    float shortest = 0;
    float longest = 0;
};
/// (0, 4), (4, 8), ... doubling, the last to 10,000 (ActionFormer, OpenTAD).
std::vector<ReachOfLevel> defaultReach(int64_t levels);

/// Points of all levels, finest first: ceil(positions / 2^l) each, i * 2^l (ActionFormer's PointGenerator).
std::vector<PyramidPoint> pyramidPoints(int64_t positions, const std::vector<ReachOfLevel>& reach);

struct TargetOptions {
    double centreRadius
        = 1.5; ///< strides around a segment's centre that points may lie in; 0 or less: anywhere inside
    /// The class target holds the segments as short as the shortest (within 1e-3); else all that a point is
    /// for.
    bool onlyShortest = true;
};

/// What the detector should say at each point.
struct DetectionTargets {
    torch::Tensor classes; ///< [points, classes], float32, 0 or 1
    torch::Tensor offsets; ///< [points, 2], float32: to start and end in strides; where positive
    torch::Tensor positive; ///< [points], bool
    torch::Tensor segment; ///< [points], int64: which truth the offsets point to; -1 where not positive
};

/// Of one window: `truth` in positions of its grid, scores ignored. The shortest of the segments that a point
/// is for gives the offsets, of equal ones the first. Truths of labels outside [0, classes), without length
/// or with a number that is not finite count for nothing; any number of truths may overlap (ActionFormer,
/// label_points_single_video; OpenTAD, AnchorFreeHead.prepare_targets).
DetectionTargets targetsOf(const std::vector<PyramidPoint>& points, const std::vector<Segment>& truth,
    int classes, const TargetOptions& options = {});
/// [windows, points, ...] of several.
DetectionTargets stackedTargets(const std::vector<DetectionTargets>& windows);

} // namespace telltale
