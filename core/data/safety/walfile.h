// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <set>

namespace telltale {

/// What a SQLite write-ahead file holds. SQLite itself ignores what does not fit its checksums without a
/// word, and with it the edits in there: here it is counted.
struct WalContent {
    bool there = false; ///< false: no file, or an empty one
    bool headerDamaged = false; ///< everything in it is lost to SQLite
    int64_t commits = 0; ///< transactions that SQLite will see
    /// Transactions of the same generation behind the first frame that is not what its checksum says. One may
    /// be the torn end of a power failure and was then never acknowledged; more is damage.
    int64_t lostCommits = 0;
    int64_t pageCount = 0; ///< of the database after the last transaction
    std::set<uint32_t> pages{}; ///< that the transactions hold
};
/// Reads the file alone. Io.
Result<WalContent> readWal(const std::filesystem::path& file);

} // namespace telltale
