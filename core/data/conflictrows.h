// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "data/types.h"
#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// A row that a conflict is about, in both versions.
struct ConflictRow {
    struct Column {
        std::string name;
        std::string mine;
        std::string theirs;
    };
    std::string table; ///< "annotations", "videos", ...
    int64_t id = 0;
    std::string name; ///< of what the row stands for, where it has one
    bool mineThere = false; ///< false: the refused edit removed it
    bool theirsThere = false; ///< false: somebody else has removed it
    std::optional<Annotation> mine; ///< of spans only
    std::optional<Annotation> theirs;
    std::vector<Column> columns; ///< of other rows that are there in both: what differs
};

/// BadFormat if the conflict cannot be read.
Result<std::vector<ConflictRow>> rowsOfConflict(const EditConflict& conflict);

} // namespace telltale
