// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/decimate.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace telltale {
namespace {

constexpr size_t kPerColumn = 4;
constexpr size_t kNone = SIZE_MAX;

/// What is kept of the points of one column.
class Column {
public:
    void add(size_t index, double y)
    {
        if (!std::isfinite(y)) {
            if (m_gap == kNone)
                m_gap = index;
            return;
        }
        if (m_first == kNone) {
            m_first = m_lowest = m_highest = index;
            m_low = m_high = y;
        }
        if (y < m_low) {
            m_low = y;
            m_lowest = index;
        }
        if (y > m_high) {
            m_high = y;
            m_highest = index;
        }
        m_last = index;
    }
    void moveTo(std::vector<size_t>& kept)
    {
        std::array<size_t, kPerColumn + 1> all{m_first, m_lowest, m_highest, m_last, m_gap};
        std::ranges::sort(all);
        for (size_t i = 0; i < all.size() && all[i] != kNone; ++i)
            if (i == 0 || all[i] != all[i - 1])
                kept.push_back(all[i]);
        *this = {};
    }

private:
    size_t m_first = kNone;
    size_t m_lowest = kNone;
    size_t m_highest = kNone;
    size_t m_last = kNone;
    size_t m_gap = kNone;
    double m_low = 0;
    double m_high = 0;
};

} // namespace

std::vector<size_t> decimated(
    std::span<const double> x, std::span<const double> y, double first, double last, int columns)
{
    std::vector<size_t> kept;
    const size_t count = std::min(x.size(), y.size());
    if (count == 0 || !(last > first))
        return kept;
    auto begin = static_cast<size_t>(std::ranges::lower_bound(x.first(count), first) - x.begin());
    auto end = static_cast<size_t>(std::ranges::upper_bound(x.first(count), last) - x.begin());
    begin -= begin > 0 ? 1 : 0;
    end += end < count ? 1 : 0;
    const auto wide = static_cast<size_t>(std::max(columns, 1));
    if (end - begin <= kPerColumn * wide) {
        for (size_t i = begin; i < end; ++i)
            kept.push_back(i);
        return kept;
    }
    kept.reserve(kPerColumn * wide + 2);
    const double scale = static_cast<double>(wide) / (last - first);
    Column column;
    double border = first; // of the next column; what is left of sight is a column of its own
    for (size_t i = begin; i < end; ++i) {
        if (x[i] >= border) {
            column.moveTo(kept);
            border = first + (std::floor((x[i] - first) * scale) + 1) / scale;
        }
        column.add(i, y[i]);
    }
    column.moveTo(kept);
    return kept;
}

} // namespace telltale
