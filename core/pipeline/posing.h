// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "pose/estimator.h"
#include <cstdint>
#include <filesystem>
#include <string>

namespace telltale {

/// Where the track of a video by a pose model lies, relative to the project: named by the content of the
/// video, the model and its card.
Result<std::string> poseTrackPath(
    const std::string& videoFingerprint, const std::filesystem::path& poseModel);

struct PosingOptions {
    PoseModelOptions model;
    int64_t stride = 1; ///< every n-th picture
    int workers = 0; ///< networks side by side, one thread each; 0: one for each core
    std::string layout = "telltale68"; ///< of the track; "native": the model's own
    bool restart = false; ///< leave what an earlier, cancelled extraction of the same found
};

struct PosingResult {
    int64_t rows = 0;
    int64_t resumedRows = 0; ///< of which an earlier extraction had made these
    int64_t damaged = 0; ///< pictures that could not be decoded and have no row
    int persons = 0;
    int personsLeftOut = 0; ///< seen too seldom to be among those a track keeps
    std::string layout;
    std::string model; ///< name from its card
    std::string backend;
    int workers = 0; ///< that were used: one where the model follows people from picture to picture
    double seconds = 0; ///< from the first picture to the written file
};

/// Finds people in the pictures of a video and writes them as a TRACK file. Memory does not depend on the
/// length of the video. The rows found so far lie in an unfinished file beside `track` (TrackWriter): after
/// Cancelled, an error, or the end of the program the same call goes on behind them. The result is the same
/// to the bit whatever the number of workers, and for a model that does not follow people also whether it was
/// made in one go. Several people get identities over time (PersonTracker). Any thread; blocks. Cancelled
/// comes as soon as the pictures that networks are working on are done. Errors of openPoseModel and
/// openVideo; BadFormat where no picture could be decoded.
Result<PosingResult> extractPoses(const std::filesystem::path& video, const std::filesystem::path& poseModel,
    const std::filesystem::path& track, const PosingOptions& options, ProgressSink& progress);

} // namespace telltale
