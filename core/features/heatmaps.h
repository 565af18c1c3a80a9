// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "pose/posetrack.h"
#include <span>
#include <utility>
#include <vector>

namespace telltale {

/// One channel of one frame, drawn into with maximum. Formulas and cut-offs: PYSKL GeneratePoseTarget.
struct HeatmapCanvas {
    float* values; ///< height * width, row-major
    int height;
    int width;
    double sigma; ///< in pixels of the map
};

/// Gaussian of `point`, cut off at the square box of 3 sigma; nothing below a score of 1e-3.
void drawPoint(const HeatmapCanvas& canvas, const PosePoint& point);
/// Gaussian of the distance to the segment, weighted with the lower score; shorter than a pixel: the first
/// point.
void drawLimb(const HeatmapCanvas& canvas, const PosePoint& a, const PosePoint& b);

/// Box around all present points that is grown by `padding` and made square, on whole pixels (PoseCompact
/// with hw_ratio 1 and padding of the picture allowed). `compacted` is false, and the box empty, when the
/// points span less than 10 pixels.
struct CompactBox {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    bool compacted = false;
};
CompactBox compactBox(std::span<const PosePoint> points, double padding);

} // namespace telltale
