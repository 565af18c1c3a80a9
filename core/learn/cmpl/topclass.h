// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <algorithm>
#include <vector>

namespace telltale {

/// The class with the highest probability, the first of equal ones; -1 of an empty row.
inline int topOf(const std::vector<double>& row)
{
    return row.empty() ? -1 : static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin());
}

} // namespace telltale
