// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace telltale {

/// Which points of a long curve have to be drawn so that it looks as if all were: in each pixel column the
/// first, the lowest, the highest and the last, so that lines from column to column start and end where they
/// do. One pass over what is in sight.
///
/// `x` ascends; `y` has as many values, where one that is not finite is a gap, and one of each column stays.
/// [first, last] is in sight and `columns` pixels wide (at least 1); the neighbours just outside are kept, so
/// that the line runs to both edges. Indices ascend. All of them where there are no more than four a column.
std::vector<size_t> decimated(
    std::span<const double> x, std::span<const double> y, double first, double last, int columns);

} // namespace telltale
