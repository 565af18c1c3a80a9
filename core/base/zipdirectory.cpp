// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/zipdirectory.h"
#include <algorithm>
#include <initializer_list>

namespace telltale {
namespace {

// Signatures, sizes and field offsets of PKWARE's APPNOTE 6.3.
constexpr uint32_t kLocalHeader = 0x04034b50;
constexpr uint32_t kDirectoryHeader = 0x02014b50;
constexpr std::string_view kDirectoryEnd("PK\x05\x06", 4);
constexpr size_t kLocalHeaderSize = 30;
constexpr size_t kDirectoryHeaderSize = 46;
constexpr size_t kDirectoryEndSize = 22;
constexpr uint32_t kWideEnd = 0x06064b50;
constexpr uint32_t kWideLocator = 0x07064b50;
constexpr size_t kWideEndSize = 56;
constexpr size_t kWideLocatorSize = 20;
constexpr uint64_t kWideField = 1;
constexpr uint64_t kInWideField = 0xffffffff;
constexpr size_t kLongestComment = 0xffff;
constexpr uint64_t kEncryptedFlag = 1;

Error bad(std::string what) { return {ErrorCode::BadFormat, std::move(what)}; }

/// Little-endian; the caller knows that it lies inside the bytes.
uint64_t number(std::string_view bytes, size_t at, int size)
{
    uint64_t value = 0;
    for (int i = size - 1; i >= 0; --i)
        value = value << 8 | static_cast<uint8_t>(bytes[at + static_cast<size_t>(i)]);
    return value;
}

/// Takes from the extra field what the 32-bit numbers of an entry cannot hold. False if it is not there.
bool widen(std::string_view extra, std::initializer_list<uint64_t*> numbers)
{
    std::string_view wide;
    for (size_t at = 0; at + 4 <= extra.size(); at += 4 + number(extra, at + 2, 2))
        if (number(extra, at, 2) == kWideField)
            wide = extra.substr(at + 4, number(extra, at + 2, 2));
    for (uint64_t* one : numbers) {
        if (*one != kInWideField)
            continue;
        if (wide.size() < 8)
            return false;
        *one = number(wide, 0, 8);
        wide.remove_prefix(8);
    }
    return true;
}

struct Place {
    uint64_t entries = 0;
    uint64_t start = 0;
};

/// Of the end record, or of the wide one that the locator before it points to.
Result<Place> findDirectory(std::string_view bytes)
{
    // Behind the record there may be a comment.
    const size_t most = kDirectoryEndSize + kLongestComment;
    const size_t first = bytes.size() > most ? bytes.size() - most : 0;
    const size_t found = bytes.substr(first).rfind(kDirectoryEnd);
    if (found == std::string_view::npos || bytes.size() - first - found < kDirectoryEndSize)
        return bad("it ends before its directory");
    const size_t end = first + found;
    const Place plain{number(bytes, end + 10, 2), number(bytes, end + 16, 4)};
    if (end < kWideLocatorSize || number(bytes, end - kWideLocatorSize, 4) != kWideLocator)
        return plain;
    const uint64_t wide = number(bytes, end - kWideLocatorSize + 8, 8);
    if (wide > end || end - wide < kWideEndSize || number(bytes, wide, 4) != kWideEnd)
        return bad("its directory cannot be found");
    return Place{number(bytes, wide + 32, 8), number(bytes, wide + 48, 8)};
}

} // namespace

Result<std::vector<ZipEntry>> readZipDirectory(std::string_view bytes)
{
    const auto place = findDirectory(bytes);
    if (!place)
        return place.error();
    std::vector<ZipEntry> entries;
    uint64_t at = place->start;
    for (uint64_t i = 0; i < place->entries; ++i) {
        const std::string row = "row " + std::to_string(i + 1) + " of its directory ";
        if (at > bytes.size() || bytes.size() - at < kDirectoryHeaderSize
            || number(bytes, at, 4) != kDirectoryHeader)
            return bad(row + "is not readable");
        const std::string_view header = bytes.substr(at);
        const size_t nameLength = number(header, 28, 2);
        const size_t extraLength = number(header, 30, 2);
        const size_t length = kDirectoryHeaderSize + nameLength + extraLength + number(header, 32, 2);
        if (header.size() < length)
            return bad(row + "is cut short");
        ZipEntry entry;
        entry.encrypted = (number(header, 8, 2) & kEncryptedFlag) != 0;
        entry.method = static_cast<uint32_t>(number(header, 10, 2));
        entry.crc = static_cast<uint32_t>(number(header, 16, 4));
        entry.packedSize = number(header, 20, 4);
        entry.size = number(header, 24, 4);
        entry.headerOffset = number(header, 42, 4);
        entry.name = header.substr(kDirectoryHeaderSize, nameLength);
        entry.extra = header.substr(kDirectoryHeaderSize + nameLength, extraLength);
        if (!widen(entry.extra, {&entry.size, &entry.packedSize, &entry.headerOffset}))
            return bad(row + "has no size");
        entries.push_back(entry);
        at += length;
    }
    return entries;
}

Result<std::string_view> packedZipBytes(std::string_view bytes, const ZipEntry& entry)
{
    const uint64_t at = entry.headerOffset;
    if (at > bytes.size() || bytes.size() - at < kLocalHeaderSize || number(bytes, at, 4) != kLocalHeader)
        return bad("its entry " + std::string(entry.name) + " does not start where the directory says");
    const uint64_t start = at + kLocalHeaderSize + number(bytes, at + 26, 2) + number(bytes, at + 28, 2);
    if (start > bytes.size() || bytes.size() - start < entry.packedSize)
        return bad("its entry " + std::string(entry.name) + " is cut short");
    return bytes.substr(start, entry.packedSize);
}

} // namespace telltale
