// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "media/framesource.h"
#include "pose/posetrack.h"
#include <filesystem>
#include <string>

namespace telltale {

/// Where the track of a video by a pose model lies, relative to the project: named by the content of both.
Result<std::string> poseTrackPath(
    const std::string& videoFingerprint, const std::filesystem::path& poseModel);

/// Runs the model over every picture (every `stride`-th one) and gives the 68-point track. A picture that
/// cannot be decoded has no row. Errors of openPoseModel; Cancelled.
Result<PoseTrack> estimateTrack(
    FrameSource& source, const std::filesystem::path& poseModel, ProgressSink& progress, int64_t stride = 1);

} // namespace telltale
