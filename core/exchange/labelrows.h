// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "exchange/csv.h"
#include "exchange/problems.h"
#include <array>
#include <filesystem>

namespace telltale {

/// One row `class,start,end` of the label files of SMG and iMiGUE, as it stands.
struct LabelRow {
    ImportPlace place; ///< file and line
    int64_t id = 0;
    int64_t start = 0;
    int64_t end = 0;
};

/// BadFormat with file and line where a row is not three whole numbers; a header line is left out.
Result<std::vector<LabelRow>> readLabelRows(const std::filesystem::path& file);
/// A video file of the folder whose name holds none of `without`, preferring one that holds a word of `with`;
/// empty if there is none.
std::filesystem::path findVideo(const std::filesystem::path& folder, const std::vector<std::string>& with,
    const std::vector<std::string>& without);
/// Entries of a folder in order of name; empty if it cannot be read.
std::vector<std::filesystem::path> sortedEntries(const std::filesystem::path& folder);

} // namespace telltale
