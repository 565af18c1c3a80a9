// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <span>
#include <vector>

namespace telltale {

/// For each of `rows` the column it is assigned to, or -1 where there are fewer columns than rows: the least
/// sum of `costs` (row-major, finite). Kuhn 1955, in the shortest augmenting path form of Jonker and
/// Volgenant 1987; cubic time. Ties go to the lower column.
std::vector<int> cheapestAssignment(std::span<const double> costs, int rows, int columns);

} // namespace telltale
