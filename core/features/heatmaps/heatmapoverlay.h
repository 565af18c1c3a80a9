// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "pose/layout.h"
#include "pose/posetrack.h"
#include <span>
#include <utility>
#include <vector>

namespace telltale {

/// One map over the whole picture: the maximum of the maps that the networks see.
struct OverlayMaps {
    int height = 0;
    int width = 0;
    double sigma = 2; ///< in pixels of the map
    std::vector<bool> shown{}; ///< by point; empty: all. A limb is shown with both of its ends.
    std::vector<std::pair<int, int>> limbs{}; ///< not empty: maps of limbs instead of points
};
/// [height, width] in [0, 1] of points in pixels of the picture; zeros where nothing makes sense.
NdArray heatmapOverlay(
    std::span<const PosePoint> points, int pictureWidth, int pictureHeight, const OverlayMaps& maps);

/// The limbs of a layout as maps have them: its table's, or where that says nothing the edges, from the
/// parent to the child, whose first point alone is drawn where a limb is shorter than a pixel.
std::vector<std::pair<int, int>> heatmapLimbs(const PoseLayout& layout);

/// For OverlayMaps::shown: the points of some body parts.
std::vector<bool> pointsOfParts(const PoseLayout& layout, std::span<const BodyPart> parts);

} // namespace telltale
