// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The format is in SQLite's documentation: "WAL-mode File Format".
#include "data/safety/walfile.h"
#include <array>
#include <fstream>
#include <span>
#include <vector>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr size_t kHeaderBytes = 32;
constexpr size_t kFrameHeaderBytes = 24;
constexpr uint32_t kMagic = 0x377f0682; ///< the lowest bit says in which order checksums read their words

uint32_t bigEndian(std::span<const uint8_t> bytes, size_t at)
{
    return uint32_t{bytes[at]} << 24 | uint32_t{bytes[at + 1]} << 16 | uint32_t{bytes[at + 2]} << 8
        | uint32_t{bytes[at + 3]};
}

uint32_t littleEndian(std::span<const uint8_t> bytes, size_t at)
{
    return uint32_t{bytes[at + 3]} << 24 | uint32_t{bytes[at + 2]} << 16 | uint32_t{bytes[at + 1]} << 8
        | uint32_t{bytes[at]};
}

struct Checksum {
    uint32_t first = 0;
    uint32_t second = 0;
    bool operator==(const Checksum&) const = default;

    void add(std::span<const uint8_t> bytes, bool bigEndianWords)
    {
        const auto word = bigEndianWords ? bigEndian : littleEndian;
        for (size_t i = 0; i + 8 <= bytes.size(); i += 8) {
            first += word(bytes, i) + second;
            second += word(bytes, i + 4) + first;
        }
    }
};

Checksum storedAt(std::span<const uint8_t> bytes, size_t at)
{
    return {bigEndian(bytes, at), bigEndian(bytes, at + 4)};
}

bool readExactly(std::ifstream& in, std::vector<uint8_t>& bytes)
{
    in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return in.gcount() == static_cast<std::streamsize>(bytes.size());
}

/// Walks through the frames as SQLite's recovery does, and on where it stops.
class Walker {
public:
    explicit Walker(std::span<const uint8_t> header)
        : m_bigEndian((bigEndian(header, 0) & 1) != 0)
        , m_salt{bigEndian(header, 16), bigEndian(header, 20)}
    {
        m_sum.add(header.first(24), m_bigEndian);
        m_headerFits = (bigEndian(header, 0) & ~1U) == kMagic && m_sum == storedAt(header, 24);
    }
    bool headerFits() const { return m_headerFits; }

    void frame(std::span<const uint8_t> bytes)
    {
        const uint32_t page = bigEndian(bytes, 0);
        const uint32_t pageCount = bigEndian(bytes, 4); // 0 except in the last frame of a transaction
        const bool ofThisRound = Checksum{bigEndian(bytes, 8), bigEndian(bytes, 12)} == m_salt;
        if (m_intact) {
            Checksum sum = m_sum;
            sum.add(bytes.first(8), m_bigEndian);
            sum.add(bytes.subspan(kFrameHeaderBytes), m_bigEndian);
            m_intact = ofThisRound && page != 0 && sum == storedAt(bytes, 16);
            m_sum = sum;
        }
        if (!m_intact) {
            // A damaged salt hides one transaction at most: those behind it tell.
            m_content.lostCommits += ofThisRound && pageCount != 0 ? 1 : 0;
            return;
        }
        m_pending.insert(page);
        if (pageCount == 0)
            return;
        ++m_content.commits;
        m_content.pageCount = pageCount;
        m_content.pages.merge(m_pending);
        m_pending.clear();
    }

    WalContent take() { return std::move(m_content); }

private:
    bool m_bigEndian;
    Checksum m_salt;
    Checksum m_sum;
    bool m_headerFits = false;
    bool m_intact = true;
    std::set<uint32_t> m_pending; ///< pages of the transaction that has not ended yet
    WalContent m_content;
};

} // namespace

Result<WalContent> readWal(const fs::path& file)
{
    std::error_code ec;
    WalContent content;
    const auto size = fs::file_size(file, ec);
    if (ec || size == 0)
        return content;
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return Error{ErrorCode::Io, file.string() + ": cannot be read, check its permissions"};
    std::vector<uint8_t> header(kHeaderBytes);
    content.there = true;
    if (!readExactly(in, header))
        return content; // torn while it was begun: nothing was ever in it
    Walker walker(header);
    const uint32_t pageSize = bigEndian(header, 8);
    const bool sizeFits = pageSize >= 512 && pageSize <= 65536 && (pageSize & (pageSize - 1)) == 0;
    if (!walker.headerFits() || !sizeFits) {
        content.headerDamaged = size > kHeaderBytes;
        return content;
    }
    std::vector<uint8_t> frame(kFrameHeaderBytes + pageSize);
    while (readExactly(in, frame))
        walker.frame(frame);
    if (in.bad())
        return Error{ErrorCode::Io, file.string() + ": cannot be read, check the disk"};
    content = walker.take();
    content.there = true;
    return content;
}

} // namespace telltale
