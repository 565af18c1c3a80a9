// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "data/types.h"
#include "pose/posetrack.h"
#include <filesystem>
#include <string>
#include <vector>

namespace telltale {

/// Skeleton files, parts of one track, as 68 points in pixels and frames of the video. `notes` gets what is
/// to be known of it. The errors of readSkeletonFiles() and checkTrack(); Conflict where the size of the
/// picture would have to be known and is not; BadFormat where nobody is seen.
Result<PoseTrack> readTrackFor(const VideoEntry& video, const std::vector<std::filesystem::path>& files,
    std::vector<std::string>& notes);

/// Where the project keeps the track, relative to its folder: another name for other points or frames.
std::filesystem::path trackFileOf(const VideoEntry& video, const PoseTrack& track);

} // namespace telltale
