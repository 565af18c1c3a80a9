// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "features/cache/featurecache.h"
#include "features/crops/croppath.h"
#include "media/framesource.h"
#include "pose/posetrack.h"
#include <span>
#include <vector>

namespace telltale {

/// What made the crops that a project keeps; to be raised with every change of videoCrops().
inline constexpr const char* kCropRecipe = "pose and motion, version 1";

/// Where each person moves (CropKind::Motion), inside the paths of CropKind::Person among `paths`; without
/// any, one path of person 0 for what moves in the whole picture. Reads the video once, on all cores, unless
/// the cache (may be null) has the answer; the result is the same to the bit. Errors of ParallelReader;
/// Cancelled.
Result<std::vector<CropPath>> motionCropPaths(
    const VideoInfo& info, std::span<const CropPath> paths, FeatureCache* cache, ProgressSink& progress);

/// All crops of a video as models see them first, before people correct them: those of the track (may be
/// null), and what moves. Errors as above.
Result<std::vector<CropPath>> videoCrops(
    const VideoInfo& info, const PoseTrack* track68, FeatureCache* cache, ProgressSink& progress);

} // namespace telltale
