// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <vector>

namespace telltale {

class ByteReader;
class ByteWriter;

/// A long column of whole numbers, each near to where a straight line through its neighbours lies: time
/// stamps, places in a file, sizes. Takes 0 to 3 bytes a number for those, 8 at worst. Any number can be
/// stored; access takes constant time. A value type; const use is safe from any thread.
class PackedColumn {
public:
    void push_back(int64_t value);
    int64_t operator[](int64_t index) const;
    int64_t back() const { return (*this)[size() - 1]; }
    int64_t size() const
    {
        return static_cast<int64_t>(m_blocks.size()) * kBlock + static_cast<int64_t>(m_tail.size());
    }
    bool empty() const { return size() == 0; }
    /// Forgets everything from `size` on.
    void truncate(int64_t size);
    /// What it occupies in memory.
    int64_t bytes() const;
    /// Index of the first number that is not less than `value`; the column must ascend.
    int64_t lowerBound(int64_t value) const;

    void write(ByteWriter& out) const;
    /// False (and empty) if the bytes are not a column.
    bool read(ByteReader& in);

private:
    static constexpr int kBlock = 128; ///< numbers
    static constexpr int kSlack = 8; ///< bytes behind the last number, so that eight can be read at once

    /// Number i is base + i * slope + the `width` bytes at start + i * width.
    struct Block {
        int64_t base = 0;
        int64_t slope = 0;
        uint64_t start = 0;
        uint64_t width = 0;
    };
    void packTail();

    std::vector<Block> m_blocks;
    std::vector<uint8_t> m_bytes;
    std::vector<int64_t> m_tail; ///< fewer than kBlock
};

} // namespace telltale
