// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "features/crops/croppath.h"
#include "pose/posetrack.h"
#include <cstdint>
#include <vector>

namespace telltale {

struct CropOptions {
    double fps = 25; ///< frames a second of the video
    std::vector<CropKind> kinds{CropKind::Person, CropKind::LeftHand, CropKind::RightHand, CropKind::Face};
    std::vector<int64_t> cuts; ///< first frames of shots where they are known; others are found in the track
    float personPadding = 0.25f; ///< share of the side (PYSKL PoseCompact)
};

/// Where to look at each person of a 68-point track, as far as points tell: the person, the hands (without
/// hand points from wrist and forearm), the face (from nose, eyes and ears, else from head and neck). Squares
/// in pixels of the width x height picture (0 x 0: unknown), smoothed over time but not across camera cuts,
/// by person, then kind. Persons and kinds that are never seen have no path; points that are not numbers, or
/// far outside the picture, are not there. CropKind::Motion needs pictures: see MotionCrop. Pure; any size.
std::vector<CropPath> makeCropPaths(
    const PoseTrack& track68, int width, int height, const CropOptions& options);

/// First frames of shots: where the whole body jumps from one row to the next and stays there. Ascending.
std::vector<int64_t> cutsOfTrack(const PoseTrack& track68, int person);

} // namespace telltale
