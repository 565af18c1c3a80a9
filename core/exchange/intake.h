// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/timebase.h"
#include "exchange/format.h"
#include "pose/posetrack.h"
#include <map>
#include <optional>

namespace telltale {

/// A span as a file has it, before anything is known of the project.
struct IntakeSpan {
    std::string place; ///< file and line or element, for messages
    std::string label; ///< empty: no name
    int classId = -1; ///< used when there is no label
    bool inSeconds = false;
    FrameSpan frames; ///< half-open
    double start = 0; ///< seconds
    double end = 0;
    int person = 0;
    SpanState state = SpanState::Accepted;
    std::optional<double> score; ///< only of proposals
};

struct IntakeVideo {
    std::string name;
    std::filesystem::path file; ///< empty: only named
    std::string subject;
    std::optional<SubjectRole> role;
    double fps = 0; ///< 0: the file does not say
    int64_t frameCount = 0;
    double seconds = 0;
    std::vector<std::filesystem::path> skeletons; ///< empty: none; several are parts of one track
    bool replaceTrack = false; ///< also where the video has a track already
    std::vector<IntakeSpan> spans;
    /// Seconds, from and to: where no span means no gesture. Nothing: the file does not say.
    std::optional<std::vector<std::pair<double, double>>> reviewed;
};

/// What a reader has parsed, in terms of this project: opens the videos that are there, makes offline entries
/// for the others, names the classes, turns times into frames and skeletons into tracks. `source` goes into
/// the provenance of proposals.
Result<ImportPlan> planImport(const Document& document, std::vector<IntakeVideo> videos,
    const std::string& source, const ImportOptions& options, ProgressSink& progress);

/// Times of a project video: from its file; nominal, long enough for all its spans, if it is offline. A file
/// that has gone since counts as offline, which `notes` then says.
Result<FrameTimes> timesOf(const Document& document, const VideoEntry& video, ProgressSink* progress,
    std::vector<std::string>* notes = nullptr);

} // namespace telltale
