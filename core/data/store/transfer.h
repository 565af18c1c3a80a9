// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <cstdint>
#include <filesystem>

namespace telltale {

struct ProjectLocation;

/// What a push or pull has moved.
struct TransferReport {
    bool made = false; ///< the target was not there before
    bool targetAhead = false; ///< the target has entries that the source lacks; nothing was moved
    int64_t edits = 0; ///< entries of the log
    int64_t files = 0; ///< blocks of numbers, pose tracks, models
    int64_t bytes = 0; ///< of these files
};

/// Copies a project in a folder to a server: state, log with its numbers and hashes, numbers of predictions,
/// pose tracks and models; not the videos. A target that holds the beginning of the source's log gets what
/// it lacks; Conflict if both have edits that the other lacks. One transaction: if it fails or is cancelled
/// the target is as it was. Blocks; any thread.
Result<TransferReport> pushProject(
    const std::filesystem::path& project, const ProjectLocation& server, ProgressSink& progress);
/// The same from a server into a folder, which is made if need be.
Result<TransferReport> pullProject(
    const ProjectLocation& server, const std::filesystem::path& folder, ProgressSink& progress);

} // namespace telltale
