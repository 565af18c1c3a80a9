// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace telltale {

/// Nothing known: an empty field, never a zero and never "nan".
using TableCell = std::variant<std::monostate, std::string, int64_t, double>;

/// A figure as a cell; what is not finite is nothing known.
TableCell cellOf(double value);

struct TableColumn {
    std::string key; ///< lower_case, first line of the csv
    std::string title; ///< for people, with the unit
    int digits = 3; ///< behind the point, for people; csv has all of them
    bool percent = false; ///< shares are shown times 100 to people; csv keeps the share
};

/// Figures in rows, for people and for other programs. A value; const functions from any thread.
struct Table {
    std::string key; ///< name of its file: "confusion_pairs"
    std::string title;
    std::string note; ///< what it rests on: rule, numbers, what was left out; may be empty
    std::vector<TableColumn> columns;
    std::vector<std::vector<TableCell>> rows; ///< as long as `columns`
};

/// A cell as people read it in this column.
std::string cellText(const TableCell& cell, const TableColumn& column);
/// Whether a column holds figures alone, so that it is set flush right.
bool isNumeric(const Table& table, size_t column);

/// RFC 4180 with LF, keys first; numbers with all digits and a point, whatever the locale.
std::string tableCsv(const Table& table);
/// Columns padded with blanks, for a mail or a terminal. Widths are of code points.
std::string tableText(const Table& table);
/// A `tabular` with booktabs rules, special characters escaped.
std::string tableLatex(const Table& table);

} // namespace telltale
