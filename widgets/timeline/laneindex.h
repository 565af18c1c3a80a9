// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace telltale {

/// Spans of one lane, laid out in rows so that no two of a row overlap: each takes the first row that is
/// free, in the order of their starts. Within a row both starts and ends ascend, so a binary search finds
/// what is in view. Build O(n log n); a span that comes or goes lays out anew only what overlaps it, directly
/// or through others. A value type.
class LaneIndex {
public:
    struct Entry {
        FrameSpan span; ///< at least one frame long
        int64_t key = 0; ///< orders spans with the same boundaries; unique
        int item = 0; ///< position in the vector that built the index
        uint32_t mark = 0; ///< as MarkedSpan::mark
    };
    using Row = std::vector<Entry>;
    /// What an entry did; row -1: it is not in the index.
    struct Change {
        Entry entry;
        int from = -1;
        int to = -1;
    };

    void build(const std::vector<FrameSpan>& spans);
    /// Items 0, 1, 2 ... each once.
    void buildFrom(std::vector<Entry> entries);
    const std::vector<Row>& rows() const { return m_rows; }
    int rowOf(int item) const { return m_rowOfItem[static_cast<size_t>(item)]; }
    /// The boundary nearest to `position` and at most `tolerance` frames away, of items other than `except`.
    std::optional<int64_t> nearestBoundary(double position, double tolerance, int except) const;

    /// The result is what buildFrom() would make of the same entries. `item` is free: new, or taken out
    /// before.
    std::vector<Change> insert(Entry entry);
    std::vector<Change> remove(int item, int64_t firstFrame);
    /// The entry of `item` has the number `to` from now on; the number `item` is dropped, it is the highest.
    void renumber(int item, int64_t firstFrame, int to);

    /// Calls `visit` with the entries of a row that are at least `length` frames long and touch [from, to].
    template <typename Visit>
    void visitLong(int row, double from, double to, int64_t length, const Visit& visit) const;

private:
    static constexpr size_t kBlock = 256;
    Row::iterator locate(int item, int64_t firstFrame);
    std::vector<Change> layOutFrom(const Entry& changed, int removedFrom);
    void apply(const std::vector<Change>& changes, int64_t first, int64_t until);
    void measure(size_t row, size_t fromEntry);

    std::vector<Row> m_rows;
    std::vector<std::vector<int64_t>> m_longest; ///< of each block of a row
    std::vector<int> m_rowOfItem;
};

/// First entry of `row` that ends after `frame`.
LaneIndex::Row::const_iterator firstEndingAfter(const LaneIndex::Row& row, double frame);

template <typename Visit>
void LaneIndex::visitLong(int row, double from, double to, int64_t length, const Visit& visit) const
{
    const Row& entries = m_rows[static_cast<size_t>(row)];
    const std::vector<int64_t>& longest = m_longest[static_cast<size_t>(row)];
    auto i = static_cast<size_t>(firstEndingAfter(entries, from) - entries.begin());
    const auto end
        = static_cast<size_t>(std::partition_point(entries.begin(), entries.end(), [to](const Entry& entry) {
              return static_cast<double>(entry.span.first) <= to;
          }) - entries.begin());
    while (i < end) { // of blocks without a long one no entry is looked at: there are too many of them
        if (longest[i / kBlock] < length) {
            i = (i / kBlock + 1) * kBlock;
            continue;
        }
        if (entries[i].span.length() >= length)
            visit(entries[i]);
        ++i;
    }
}

} // namespace telltale
