// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "exchange/encoding.h"
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

struct CsvRow {
    int64_t line = 0; ///< 1-based, of its first character
    std::vector<std::string> fields; ///< without quotes and outer spaces
};

/// Reads comma separated values (RFC 4180: quotes, line ends of any system, a byte order mark; UTF-16 with a
/// mark becomes UTF-8). Blank lines are left out. BadFormat with file and line.
Result<std::vector<CsvRow>> readCsv(const std::filesystem::path& file);
Result<std::vector<CsvRow>> parseCsv(std::string_view text, const std::string& origin, char delimiter = ',');

/// What separates the fields of a text: that one of `candidates` which the first line that is not blank has
/// most often outside of quotes; the first candidate if it has none of them.
char csvDelimiter(std::string_view text, std::string_view candidates = ",;\t");

/// A field with quotes where it needs them.
std::string csvField(const std::string& text, char delimiter = ',');

/// The whole text as a number; empty if it is none or not finite.
std::optional<int64_t> wholeNumber(std::string_view text);
std::optional<double> decimalNumber(std::string_view text);
/// The same of text whose fractions stand behind `point`, or behind a point.
std::optional<double> decimalNumber(std::string_view text, char point);

/// A number of a frame, class or person. Some tools write whole numbers with a decimal point: 12.0 is 12.
/// Empty where it is not whole, and beyond a million million, which is damage and would overflow sums.
std::optional<int64_t> frameNumber(std::string_view text);

/// One name that headers have for a column.
struct CsvColumnName {
    const char* name; ///< small letters
    int column;
};

/// Where the columns of a table stand.
class CsvColumns {
public:
    /// No columns at all.
    CsvColumns() = default;
    /// As the header calls them, in capitals or not. Of several names of one column the first in the list
    /// counts, of several columns of one name the first in the header.
    CsvColumns(const CsvRow& header, std::span<const CsvColumnName> names);
    /// Columns 0, 1, ... of a table without a header, by what they are.
    explicit CsvColumns(std::span<const int> order);

    bool has(int column) const { return place(column) >= 0; }
    /// Counted from 0; -1: nowhere.
    int place(int column) const;
    /// Empty where the table or the row lacks it.
    const std::string& field(const CsvRow& row, int column) const;
    /// Fields of the header; 0: there is none.
    size_t width() const { return m_width; }

private:
    void put(int column, size_t place);

    std::vector<int> m_at; ///< place by column
    size_t m_width = 0;
};

} // namespace telltale
