// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/timebase.h"
#include "data/document.h"
#include "media/framesource.h"
#include <filesystem>
#include <memory>

namespace telltale {

/// What a project needs to know of a video file.
struct ProbedVideo {
    VideoEntry entry; ///< without id, name, subject and role
    FrameTimes times;
    VideoInfo info; ///< tells whether the file is whole
};
/// Indexes `file`. Blocks; touches no document, so that a window can run it on any thread.
Result<ProbedVideo> probeVideoFile(const std::filesystem::path& file, ProgressSink& progress);
/// Adds a probed file under `subject` and returns its id; an offline entry of that name is found again
/// instead.
Result<int64_t> addProbedVideo(
    Document& document, const ProbedVideo& probed, const std::string& subject, SubjectRole role);
/// The same for an offline entry whose file has another name: it keeps its own name, subject and role.
/// Conflict if it is not offline, or if the file ends before its spans.
Status findProbedVideo(Document& document, int64_t id, const ProbedVideo& probed);
/// Both in one go, for callers that may block.
Result<int64_t> addVideoFile(Document& document, const std::filesystem::path& file,
    const std::string& subject, SubjectRole role, ProgressSink& progress);

/// Time stamps of a project video: from the file, nominal if it is offline. Blocks (indexes the file).
Result<FrameTimes> videoTimes(const Document& document, const VideoEntry& video);

} // namespace telltale
