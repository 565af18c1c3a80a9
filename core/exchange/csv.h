// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

struct CsvRow {
    int64_t line = 0; ///< 1-based, of its first character
    std::vector<std::string> fields; ///< without quotes and outer spaces
};

/// Reads comma separated values (RFC 4180: quotes, line ends of any system, a byte order mark). Blank lines
/// are left out. BadFormat with file and line.
Result<std::vector<CsvRow>> readCsv(const std::filesystem::path& file);
Result<std::vector<CsvRow>> parseCsv(std::string_view text, const std::string& origin, char delimiter = ',');

/// What separates the fields of a text: that one of `candidates` which the first line that is not blank has
/// most often outside of quotes; the first candidate if it has none of them.
char csvDelimiter(std::string_view text, std::string_view candidates = ",;\t");

/// A field with quotes where it needs them.
std::string csvField(const std::string& text, char delimiter = ',');

/// True for text that everything else takes as a name. Files of other systems may hold any bytes.
bool isUtf8(std::string_view text);

/// The whole text as a number; empty if it is none or not finite.
std::optional<int64_t> wholeNumber(std::string_view text);
std::optional<double> decimalNumber(std::string_view text);

} // namespace telltale
