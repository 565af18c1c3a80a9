// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/timebase.h"
#include "data/document.h"
#include <filesystem>
#include <memory>

namespace telltale {

/// Probes `file`, adds it to the project under `subject` and returns its id.
Result<int64_t> addVideoFile(Document& document, const std::filesystem::path& file,
    const std::string& subject, SubjectRole role, ProgressSink& progress);

/// Time stamps of a project video: from the file, nominal if it is offline. Blocks (indexes the file).
Result<FrameTimes> videoTimes(const Document& document, const VideoEntry& video);

} // namespace telltale
