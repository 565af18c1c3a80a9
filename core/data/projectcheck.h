// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace telltale {

/// What `telltale-cli project check` found.
struct CheckReport {
    int64_t edits = 0;
    int64_t rows = 0; ///< rows of the state that were compared with the log
    std::vector<std::string> problems; ///< sentences; empty: the project is sound
};

/// Reads the whole project: SQLite's own checks, and whether replaying the edit log from nothing gives the
/// state. Changes nothing. The errors of Document::open, and Cancelled.
Result<CheckReport> checkProject(const std::filesystem::path& folder, ProgressSink& progress);

} // namespace telltale
