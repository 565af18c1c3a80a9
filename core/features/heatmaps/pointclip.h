// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/numpyrandom.h"
#include "base/result.h"
#include "pose/posetrack.h"
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace telltale {

/// The points of a sampled clip on their way into heatmaps, and the size of the picture whose pixels they are
/// in. The functions below are the pipeline steps of PYSKL (augmentations.py) and MMAction2
/// (pose_transforms.py) on points alone; they change the clip they are given. Values, any thread.
struct PointClip {
    int persons = 0;
    int64_t frames = 0;
    int pointCount = 0;
    int height = 0; ///< of the picture
    int width = 0;
    std::vector<PosePoint> points; ///< [persons][frames][pointCount]

    PosePoint* at(int person, int64_t frame)
    {
        return points.data() + (person * frames + frame) * pointCount;
    }
    const PosePoint* at(int person, int64_t frame) const
    {
        return points.data() + (person * frames + frame) * pointCount;
    }
    bool valid() const;
};

/// The rows of `track` that show `frames` (presentation indices; a frame without a row has no points, doubled
/// ones are there twice), of one person or, with -1, of all. A person who is not there gives a clip without
/// persons.
PointClip clipOfTrack(
    const PoseTrack& track, std::span<const int64_t> frames, int person, int height, int width);

/// Rectangle on whole pixels; right and bottom are exclusive. May reach outside the picture.
struct PixelBox {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    int width() const { return right - left; }
    int height() const { return bottom - top; }
    bool operator==(const PixelBox&) const = default;
};

struct CompactOptions {
    double padding = 0.25; ///< share of the box's half size that is added on each side
    double threshold = 10; ///< pixels; a narrower or lower body leaves the clip as it is
    /// Least height / width, then most height / width; {1, 1} makes a square. None: as the body is.
    std::optional<std::pair<double, double>> ratio = std::pair{1.0, 1.0};
    bool mayLeavePicture = true; ///< otherwise the box is cut at the picture's edges
};
/// PoseCompact: the box around all coordinates that are not 0 becomes the picture. NaN becomes 0. Nothing,
/// and no change, below the threshold.
std::optional<PixelBox> poseCompact(PointClip& clip, const CompactOptions& options);

/// poseCompact() for maps that are wanted in any case: of a body that is too small to be one, the square of
/// twice the threshold around its last seen point becomes the picture.
PixelBox compactForMaps(PointClip& clip, const CompactOptions& options);

/// Resize without keeping the ratio: every coordinate is multiplied with new / old size as float32.
void resizeClip(PointClip& clip, int height, int width);
/// Resize that keeps the ratio and makes the shorter side `side`.
void resizeShortSide(PointClip& clip, int side);
/// Flip: x becomes width - x where it is not 0, then the points of each (left, right) pair change places. One
/// pixel apart from the mirrored maps of HeatmapSpec::mirror, as in the reference.
void flipClip(PointClip& clip, std::span<const std::pair<int, int>> flipPairs);
/// The box becomes the picture. All coordinates move, those of missing points too.
void cropClip(PointClip& clip, const PixelBox& box);
/// CenterCrop: in the middle, at most as large as the picture.
PixelBox centreBox(const PointClip& clip, int height, int width);

struct RandomCropOptions {
    std::pair<double, double> area{0.56, 1.0}; ///< share of the picture
    std::pair<double, double> aspect{3.0 / 4, 4.0 / 3}; ///< width / height
};
/// RandomResizedCrop's box: the first of ten candidates that fits, otherwise the square in the middle.
/// Aspects and areas are drawn in the reference's order; its offsets come from Python's generator, ours from
/// `random` too.
PixelBox randomResizedBox(const PointClip& clip, const RandomCropOptions& options, NumpyRandom& random);

} // namespace telltale
