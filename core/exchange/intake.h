// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/importplan.h"
#include "exchange/spans.h"

namespace telltale {

/// What a reader has parsed, in terms of this project: opens the videos that are there, makes offline entries
/// for the others, names the classes, turns times into frames and skeletons into tracks. `source` goes into
/// the provenance of proposals; `format` is the name of the format, for originals that are kept. What does
/// not fit goes to the problems of the report, which starts as `report`.
Result<ImportPlan> planImport(const Document& document, std::vector<IntakeVideo> videos,
    const std::string& source, const std::string& format, const ImportOptions& options,
    ProgressSink& progress, ImportReport report = {});

/// Times of a project video: from its file; nominal, long enough for all its spans, if it is offline. A file
/// that has gone since counts as offline, which `notes` then says.
Result<FrameTimes> timesOf(const Document& document, const VideoEntry& video, ProgressSink* progress,
    std::vector<std::string>* notes = nullptr);

/// Where the project keeps the original of a video that was imported from such a format.
std::filesystem::path originalOf(
    const Document& document, const std::string& format, const std::string& video);

} // namespace telltale
