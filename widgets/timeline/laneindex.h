// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include <cstdint>
#include <optional>
#include <vector>

namespace telltale {

/// Spans of one lane, laid out in rows so that no two of a row overlap. Within a row both starts and ends
/// ascend, so a binary search finds what is in view. Build O(n log n). A value type.
class LaneIndex {
public:
    struct Entry {
        FrameSpan span; ///< at least one frame long
        int item = 0; ///< position in the vector that built the index
    };
    using Row = std::vector<Entry>;

    void build(const std::vector<FrameSpan>& spans);
    const std::vector<Row>& rows() const { return m_rows; }
    int rowOf(int item) const { return m_rowOfItem[static_cast<size_t>(item)]; }
    /// The boundary nearest to `position` and at most `tolerance` frames away, of items other than `except`.
    std::optional<int64_t> nearestBoundary(double position, double tolerance, int except) const;

private:
    std::vector<Row> m_rows;
    std::vector<int> m_rowOfItem;
};

/// First entry of `row` that ends after `frame`.
LaneIndex::Row::const_iterator firstEndingAfter(const LaneIndex::Row& row, double frame);

} // namespace telltale
