// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// What a repair has done.
struct RepairReport {
    bool needed = false; ///< false: nothing was wrong with the database, nothing was changed
    std::filesystem::path former; ///< the damaged database, kept beside the project
    std::optional<std::filesystem::path> snapshot; ///< that entries were taken from
    int64_t edits = 0; ///< entries of the log that are in the project now, without what the repair added
    int64_t fromSnapshot = 0; ///< of these, found in the snapshot alone
    int64_t lostEdits = 0; ///< entries that are known to have been there and could not be read
    int64_t firstLost = 0; ///< sequence of the first of them, 0 if none is lost
    std::string lostSince; ///< time of the last edit before it
    std::vector<std::string> done; ///< sentences, in order
};

/// Makes a project anew from every entry of its log that can still be read, in the damaged files and in a
/// snapshot (`snapshot`, or the newest good one), and puts it in the place of the damaged one once it is
/// found sound; that one stays beside it as project.db.damaged-TIME. What lost entries did to rows that later
/// ones name is brought back from these, as entries `repair`. Conflict if a program has the project open,
/// NotFound if nothing can be saved; the diagnosis as an error if a repair is not what helps. Then nothing
/// was changed.
Result<RepairReport> repairProject(const std::filesystem::path& folder,
    const std::optional<std::filesystem::path>& snapshot, ProgressSink& progress);

} // namespace telltale
