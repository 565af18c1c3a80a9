// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstddef>
#include <vector>

namespace telltale {

/// Calls `visit(counts)` for every way to share `left` steps among counts[from..].
template <typename Visit> void eachShare(std::vector<int>& counts, size_t from, int left, const Visit& visit)
{
    if (from + 1 == counts.size()) {
        counts[from] = left;
        visit(counts);
        return;
    }
    for (int take = left; take >= 0; --take) {
        counts[from] = take;
        eachShare(counts, from + 1, left - take, visit);
    }
}

} // namespace telltale
