// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "data/tables.h"
#include <filesystem>
#include <map>
#include <set>
#include <vector>

namespace telltale {

/// What looks like an entry of the log, by sequence. Of some there are several versions; which of them is
/// genuine the chain of hashes says.
using LogCandidates = std::map<int64_t, std::vector<EditRecord>>;

/// Looks through every page of a database and of its write-ahead file, in whatever state they are, for
/// entries of the log; trees, headers and checksums may be damaged. Changes nothing. The database is open
/// nowhere. NotFound, Io, Cancelled.
Result<LogCandidates> salvageLog(const std::filesystem::path& database, ProgressSink& progress);

/// The genuine entries among the candidates: those that the chain of hashes proves from the beginning or,
/// behind entries that are lost, from a neighbour. `lost`: sequences that are missing up to the last one that
/// is known to have been there.
struct ProvenLog {
    std::map<int64_t, EditRecord> entries;
    std::vector<int64_t> lost; ///< ascending
    /// The first ones behind gaps of which only the hash is proven, not what it stands for.
    std::set<int64_t> doubtful;
    /// Takes an entry for lost after all.
    void giveUp(int64_t sequence);
};
ProvenLog proveLog(const LogCandidates& candidates);

} // namespace telltale
