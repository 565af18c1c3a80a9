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

class Database;
class ScoreFiles;

/// What `telltale-cli project check` found.
struct CheckReport {
    int64_t edits = 0;
    int64_t rows = 0; ///< rows of the state that were compared with the log
    int64_t blocks = 0; ///< blocks of numbers whose digests were compared
    int64_t waiting = 0; ///< edits of programs that died; whoever opens the project next enters them
    std::string stateHash; ///< SHA-256 over every row of the state
    std::string replayHash; ///< the same of the state that the log gives; equal if the project is sound
    std::vector<std::string> problems; ///< sentences; empty: the project is sound
    bool stateSound = true; ///< false: some of the problems are not of the numbers alone
};

/// Reads the whole project: the database's own checks, the chain of hashes of the log, whether replaying the
/// log from nothing gives the state, and the numbers of predictions. Changes nothing. The errors of
/// Document::open, and Cancelled.
Result<CheckReport> checkProject(const std::filesystem::path& project, ProgressSink& progress);
/// The same for an open database. `scores` null: the numbers are those in the database.
Result<CheckReport> checkDatabase(Database& database, ScoreFiles* scores, ProgressSink& progress);

} // namespace telltale
