// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "pose/readers/zipfile.h"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Rows of numbers, all of the same length. `lines` holds the line (1-based) that each row came from.
struct NumberTable {
    int64_t columns = 0;
    std::vector<float> values;
    std::vector<int64_t> lines;

    int64_t rows() const { return static_cast<int64_t>(lines.size()); }
    const float* row(int64_t i) const { return values.data() + i * columns; }
};

/// Text with comma, semicolon, tab or blanks between the numbers; empty lines are skipped. BadFormat names
/// the line and column of a cell that is no number, is NaN, or makes its row longer or shorter than the
/// first. Infinite values stay.
Result<NumberTable> parseNumberText(std::string_view text, const std::string& name);

/// First sheet of an .xlsx workbook (numbers, inline or shared strings). Same errors.
Result<NumberTable> readWorkbook(const ZipReader& zip, const std::string& name);

} // namespace telltale
