// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/safety/diagnosis.h"
#include "data/safety/projectcheck.h"

namespace telltale {

/// Everything that can be said about a project without changing it.
struct ProjectVerdict {
    bool sound = false;
    /// "sound", "truncated", "damaged", "newer-schema", "not-a-project", ...: one word for programs.
    std::string kind;
    std::string message; ///< what is the matter; what was compared if nothing is
    std::string remedy; ///< what to do; empty if sound
    CheckReport report; ///< empty if the project cannot be opened
    std::optional<SnapshotInfo> snapshot; ///< the newest good one, if something is wrong
};

/// Examines the file first and reads the project only if that makes sense. `project`: a folder or the URL of
/// a team's project. Cancelled is an error, everything else is a verdict. Any thread.
Result<ProjectVerdict> judgeProject(const std::string& project, ProgressSink& progress);

} // namespace telltale
