// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/packedcolumn.h"
#include "base/bytestream.h"
#include <algorithm>
#include <bit>
#include <cstring>

namespace telltale {
namespace {

static_assert(std::endian::native == std::endian::little, "the low bytes of a number come first");

/// Arithmetic modulo 2^64, so that no value overflows.
int64_t offLine(int64_t value, int64_t slope, size_t i)
{
    return static_cast<int64_t>(static_cast<uint64_t>(value) - static_cast<uint64_t>(slope) * i);
}

struct Fit {
    int64_t base = 0;
    uint64_t width = 0;
};

Fit fitOf(const std::vector<int64_t>& values, int64_t slope)
{
    int64_t low = values.front();
    int64_t high = low;
    for (size_t i = 0; i < values.size(); ++i) {
        const int64_t rest = offLine(values[i], slope, i);
        low = std::min(low, rest);
        high = std::max(high, rest);
    }
    const uint64_t range = static_cast<uint64_t>(high) - static_cast<uint64_t>(low);
    return {low, static_cast<uint64_t>(std::bit_width(range) + 7) / 8};
}

} // namespace

void PackedColumn::push_back(int64_t value)
{
    m_tail.push_back(value);
    if (m_tail.size() == kBlock)
        packTail();
}

void PackedColumn::packTail()
{
    const auto rise
        = static_cast<int64_t>(static_cast<uint64_t>(m_tail.back()) - static_cast<uint64_t>(m_tail.front()));
    Block block;
    Fit fit = fitOf(m_tail, 0);
    if (const Fit sloped = fitOf(m_tail, rise / (kBlock - 1)); sloped.width < fit.width) {
        fit = sloped;
        block.slope = rise / (kBlock - 1);
    }
    block.base = fit.base;
    block.width = fit.width;
    block.start = m_bytes.empty() ? 0 : m_bytes.size() - kSlack;
    m_bytes.resize(block.start + block.width * kBlock + kSlack);
    uint8_t* at = m_bytes.data() + block.start;
    for (size_t i = 0; i < m_tail.size(); ++i, at += block.width) {
        const uint64_t rest
            = static_cast<uint64_t>(offLine(m_tail[i], block.slope, i)) - static_cast<uint64_t>(block.base);
        std::memcpy(at, &rest, block.width);
    }
    m_blocks.push_back(block);
    m_tail.clear();
}

int64_t PackedColumn::operator[](int64_t index) const
{
    const auto number = static_cast<size_t>(index / kBlock);
    const auto i = static_cast<uint64_t>(index % kBlock);
    if (number >= m_blocks.size())
        return m_tail[i];
    const Block& block = m_blocks[number];
    uint64_t rest = 0;
    std::memcpy(&rest, m_bytes.data() + block.start + i * block.width, sizeof rest);
    if (block.width < sizeof rest)
        rest &= (uint64_t{1} << (8 * block.width)) - 1;
    return static_cast<int64_t>(
        static_cast<uint64_t>(block.base) + i * static_cast<uint64_t>(block.slope) + rest);
}

void PackedColumn::truncate(int64_t size)
{
    const auto whole = static_cast<size_t>(size / kBlock);
    std::vector<int64_t> tail;
    tail.reserve(kBlock);
    for (int64_t i = static_cast<int64_t>(whole) * kBlock; i < size; ++i)
        tail.push_back((*this)[i]);
    if (whole < m_blocks.size()) {
        m_bytes.resize(m_blocks[whole].start + kSlack);
        m_blocks.resize(whole);
    }
    m_tail = std::move(tail);
}

int64_t PackedColumn::bytes() const
{
    return static_cast<int64_t>(
        m_blocks.capacity() * sizeof(Block) + m_bytes.capacity() + m_tail.capacity() * sizeof(int64_t));
}

int64_t PackedColumn::lowerBound(int64_t value) const
{
    int64_t low = 0;
    int64_t high = size();
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if ((*this)[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void PackedColumn::write(ByteWriter& out) const
{
    out.list(m_blocks);
    out.list(m_bytes);
    out.list(m_tail);
}

bool PackedColumn::read(ByteReader& in)
{
    m_blocks = in.list<Block>();
    m_bytes = in.list<uint8_t>();
    m_tail = in.list<int64_t>();
    uint64_t end = 0;
    bool fits = in.ok() && m_tail.size() < kBlock;
    for (const Block& block : m_blocks) {
        fits = fits && block.start == end && block.width <= sizeof(uint64_t);
        end += fits ? block.width * kBlock : 0;
    }
    fits = fits && (m_blocks.empty() || m_bytes.size() == end + kSlack);
    if (!fits) {
        in.fail();
        *this = {};
    }
    return fits;
}

} // namespace telltale
