// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "data/safety/snapshots.h"
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

enum class ProjectHealth {
    Sound, ///< nothing is wrong with the file; whether state and log agree is another question
    NoFolder,
    NotAProject, ///< no project.db, or some other kind of file
    TeamProject, ///< lies on a server; the folder only holds what belongs to this computer
    Empty, ///< project.db has no bytes
    Truncated, ///< pages are missing at its end
    Damaged, ///< bytes are not what was written
    Torn, ///< the last transaction in the write-ahead file is incomplete
    Interrupted, ///< a restore was stopped half-way
    NewerSchema,
    Unreadable, ///< permissions, disk, or no room to examine it
    Cancelled,
};
std::string_view nameOf(ProjectHealth health); ///< "sound", "no folder", ...

/// What was found in a project's folder.
struct Diagnosis {
    ProjectHealth health = ProjectHealth::Sound;
    std::string sentence; ///< the file, what is the matter with it, and what to do; empty if sound
    std::string remedy; ///< the last part of the sentence alone
    std::vector<std::string> problems; ///< in detail, as far as there are any
    int64_t schema = 0; ///< of the tables; 0: not known
    int64_t lastSequence = 0; ///< of the log; 0: not known
    int64_t fileBytes = 0;
    int64_t expectedBytes = 0; ///< pages times their size; 0: not known
    std::optional<SnapshotInfo> snapshot; ///< the newest good one, looked for when something is wrong
};

/// Examines a project without changing a byte in it or leaving a file behind, also where nothing may be
/// written, and while others work in it. Where edits lie in a write-ahead file, a copy in the temporary
/// folder is examined. Any thread.
Diagnosis diagnoseProject(const std::filesystem::path& folder, ProgressSink& progress);

} // namespace telltale
