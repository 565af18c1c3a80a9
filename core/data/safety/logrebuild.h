// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/safety/logsalvage.h"
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace telltale {

/// Rows by name of the table and id.
using StateRows = std::map<std::pair<std::string, int64_t>, nlohmann::json>;

/// A whole log, and the state that it gives.
struct RebuiltLog {
    std::vector<EditRecord> entries; ///< gapless, with hashes
    int64_t misfit = 0; ///< sequence of the first entry that finds other rows than it says; 0: there is none
    StateRows rows;
    std::map<std::string, int64_t> nextIds; ///< behind every id that the log names
};

/// Makes a log without gaps. In the place of lost entries stand entries `repair`: the first of a gap does to
/// the rows what must have happened in it, as far as later entries say how they found them or `present` (rows
/// of tables that can be read to the end) has them; rows that others point to and that nobody knows any more
/// get empty ones in their place. Hashes are made anew from the first gap on.
RebuiltLog rebuildLog(const ProvenLog& log, const StateRows& present);

} // namespace telltale
