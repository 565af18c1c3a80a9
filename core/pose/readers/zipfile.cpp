// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/zipfile.h"
#include "base/files.h"
#include "base/mappedfile.h"
#include <algorithm>
#include <limits>
#include <zlib.h>

namespace telltale {
namespace {

// Signatures, sizes and field offsets of PKWARE's APPNOTE 6.3.
constexpr uint32_t kLocalHeader = 0x04034b50;
constexpr uint32_t kDirectoryHeader = 0x02014b50;
constexpr uint32_t kDirectoryEnd = 0x06054b50;
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
constexpr uint32_t kStored = 0;
constexpr uint32_t kDeflated = 8;
constexpr uint32_t kEncryptedFlag = 1;
constexpr uint32_t kNameIsUtf8 = 0x800;
constexpr uint16_t kFirstDay = 0x0021; ///< 1980-01-01
constexpr uint64_t kLargestArchive = std::numeric_limits<uint32_t>::max();
/// Deflate cannot pack better than 1032 to 1, so a larger claim is a lie.
constexpr uint64_t kBestRatio = 1032;
constexpr uint64_t kLargestEntry = uint64_t{8} << 30;

uint64_t wideNumber(std::string_view bytes, size_t at, int size)
{
    uint64_t value = 0;
    for (int i = size - 1; i >= 0; --i)
        value = value << 8 | static_cast<uint8_t>(bytes[at + static_cast<size_t>(i)]);
    return value;
}

uint32_t number(std::string_view bytes, size_t at, int size)
{
    return static_cast<uint32_t>(wideNumber(bytes, at, size));
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
        *one = wideNumber(wide, 0, 8);
        wide.remove_prefix(8);
    }
    return true;
}

struct Directory {
    uint64_t entries = 0;
    uint64_t start = 0;
};

/// Of the end record at `end`, or of the wide one that the locator before it points to.
Directory directoryAt(std::string_view bytes, size_t end)
{
    const Directory plain{number(bytes, end + 10, 2), number(bytes, end + 16, 4)};
    if (end < kWideLocatorSize || number(bytes, end - kWideLocatorSize, 4) != kWideLocator)
        return plain;
    const uint64_t wide = wideNumber(bytes, end - kWideLocatorSize + 8, 8);
    if (wide > end || end - wide < kWideEndSize || number(bytes, wide, 4) != kWideEnd)
        return plain;
    return {wideNumber(bytes, wide + 32, 8), wideNumber(bytes, wide + 48, 8)};
}

void put(std::string& out, uint64_t value, int size)
{
    for (int i = 0; i < size; ++i)
        out += static_cast<char>(value >> (8 * i) & 0xff);
}

uint32_t checksum(std::string_view content)
{
    uLong crc = crc32(0, nullptr, 0);
    while (!content.empty()) {
        const size_t n = std::min<size_t>(content.size(), size_t{1} << 30);
        crc = crc32(crc, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(n));
        content.remove_prefix(n);
    }
    return static_cast<uint32_t>(crc);
}

/// Feeds zlib in pieces that its 32-bit counters can hold. False when the data is damaged.
bool inflateRaw(std::string_view packed, std::string& out)
{
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return false;
    constexpr size_t kPiece = size_t{1} << 30;
    size_t read = 0;
    size_t written = 0;
    int state = Z_OK;
    while (state == Z_OK) {
        const size_t in = std::min(packed.size() - read, kPiece);
        const size_t space = std::min(out.size() - written, kPiece);
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data() + read));
        stream.avail_in = static_cast<uInt>(in);
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + written);
        stream.avail_out = static_cast<uInt>(space);
        state = inflate(&stream, Z_NO_FLUSH);
        read += in - stream.avail_in;
        written += space - stream.avail_out;
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END && written == out.size();
}

bool deflateRaw(std::string_view content, std::string& out)
{
    z_stream stream{};
    // Level 4: within 10 % of the default's size for numbers, twice as fast.
    if (deflateInit2(&stream, 4, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    out.resize(deflateBound(&stream, static_cast<uLong>(content.size())));
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const bool done = out.size() <= kLargestArchive && deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(out.size() - stream.avail_out);
    deflateEnd(&stream);
    return done;
}

} // namespace

Error ZipReader::bad(const std::string& what) const
{
    return {ErrorCode::BadFormat, m_name + ": " + what + "; the file is damaged or not a zip container"};
}

Result<ZipReader> ZipReader::open(const std::filesystem::path& file)
{
    auto bytes = readFile(file);
    return bytes ? parse(std::move(*bytes), file.string()) : Result<ZipReader>(bytes.error());
}

Result<ZipReader> ZipReader::map(const std::filesystem::path& file)
{
    auto mapped = MappedFile::open(file);
    if (!mapped)
        return mapped.error();
    ZipReader reader;
    reader.m_bytes = (*mapped)->bytes();
    reader.m_keeper = std::move(*mapped);
    reader.m_name = file.string();
    if (const Status status = reader.readDirectory(); !status)
        return status.error();
    return reader;
}

Result<ZipReader> ZipReader::parse(std::string bytes, std::string name)
{
    ZipReader reader;
    auto kept = std::make_shared<const std::string>(std::move(bytes));
    reader.m_bytes = *kept;
    reader.m_keeper = std::move(kept);
    reader.m_name = std::move(name);
    if (const Status status = reader.readDirectory(); !status)
        return status.error();
    return reader;
}

Status ZipReader::readDirectory()
{
    const std::string_view bytes = m_bytes;
    if (bytes.size() < kDirectoryEndSize)
        return bad("it is too short");
    size_t end = bytes.size() - kDirectoryEndSize;
    const size_t lowest = end > kLongestComment ? end - kLongestComment : 0;
    while (number(bytes, end, 4) != kDirectoryEnd) {
        if (end == lowest)
            return bad("it has no directory at its end");
        --end;
    }
    const Directory directory = directoryAt(bytes, end);
    size_t at = directory.start;
    for (uint64_t i = 0; i < directory.entries; ++i) {
        if (at > bytes.size() || bytes.size() - at < kDirectoryHeaderSize
            || number(bytes, at, 4) != kDirectoryHeader)
            return bad("row " + std::to_string(i + 1) + " of its directory is not readable");
        Entry entry;
        entry.flags = number(bytes, at + 8, 2);
        entry.method = number(bytes, at + 10, 2);
        entry.crc = number(bytes, at + 16, 4);
        entry.packedSize = number(bytes, at + 20, 4);
        entry.size = number(bytes, at + 24, 4);
        entry.headerOffset = number(bytes, at + 42, 4);
        const size_t nameLength = number(bytes, at + 28, 2);
        const size_t extraLength = number(bytes, at + 30, 2);
        const size_t rest = nameLength + extraLength + number(bytes, at + 32, 2);
        if (bytes.size() - at - kDirectoryHeaderSize < rest)
            return bad("row " + std::to_string(i + 1) + " of its directory is cut short");
        entry.name = bytes.substr(at + kDirectoryHeaderSize, nameLength);
        entry.extra = bytes.substr(at + kDirectoryHeaderSize + nameLength, extraLength);
        if (!widen(entry.extra, {&entry.size, &entry.packedSize, &entry.headerOffset}))
            return bad("the size of its entry " + entry.name + " is missing");
        m_entries.push_back(std::move(entry));
        at += kDirectoryHeaderSize + rest;
    }
    return {};
}

std::vector<std::string> ZipReader::names() const
{
    std::vector<std::string> all;
    for (const Entry& entry : m_entries)
        all.push_back(entry.name);
    return all;
}

bool ZipReader::contains(std::string_view entry) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry& e) { return e.name == entry; });
}

Result<std::string_view> ZipReader::packedBytes(const Entry& entry) const
{
    const std::string_view bytes = m_bytes;
    const size_t at = entry.headerOffset;
    if (at > bytes.size() || bytes.size() - at < kLocalHeaderSize || number(bytes, at, 4) != kLocalHeader)
        return bad("its entry " + entry.name + " does not start where the directory says");
    const size_t start = at + kLocalHeaderSize + number(bytes, at + 26, 2) + number(bytes, at + 28, 2);
    if (start > bytes.size() || bytes.size() - start < entry.packedSize)
        return bad("its entry " + entry.name + " is cut short");
    return bytes.substr(start, entry.packedSize);
}

Result<const ZipReader::Entry*> ZipReader::entryOf(std::string_view name) const
{
    const auto found
        = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& e) { return e.name == name; });
    if (found == m_entries.end())
        return Error{ErrorCode::NotFound, m_name + ": has no entry " + std::string(name)};
    if (found->flags & kEncryptedFlag)
        return Error{ErrorCode::Unsupported, m_name + ": is encrypted, save it without a password"};
    if (found->method != kStored && found->method != kDeflated)
        return Error{ErrorCode::Unsupported,
            m_name + ": its entry " + found->name + " is packed by method " + std::to_string(found->method)
                + ", save it stored or deflated"};
    return &*found;
}

std::string_view ZipReader::extraOf(std::string_view name) const
{
    const auto entry = entryOf(name);
    return entry ? (*entry)->extra : std::string_view();
}

Result<std::string_view> ZipReader::inPlace(std::string_view name) const
{
    const auto entry = entryOf(name);
    if (!entry)
        return entry.error();
    if ((*entry)->method != kStored)
        return Error{ErrorCode::Unsupported, m_name + ": its entry " + (*entry)->name + " is packed"};
    return packedBytes(**entry);
}

Result<std::string> ZipReader::read(std::string_view wanted) const
{
    const auto found = entryOf(wanted);
    if (!found)
        return found.error();
    const Entry& entry = **found;
    const auto packed = packedBytes(entry);
    if (!packed)
        return packed.error();
    const bool plausible = entry.method == kStored ? entry.size == entry.packedSize
                                                   : entry.size <= (entry.packedSize + 1) * kBestRatio;
    if (!plausible || entry.size > kLargestEntry)
        return bad("its entry " + entry.name + " claims a size of " + std::to_string(entry.size) + " bytes");
    std::string content;
    if (entry.method == kStored) {
        content = *packed;
    } else {
        content.resize(entry.size);
        if (!inflateRaw(*packed, content))
            return bad("its entry " + entry.name + " cannot be unpacked");
    }
    if (checksum(content) != entry.crc)
        return bad("its entry " + entry.name + " has a wrong checksum");
    return content;
}

Status ZipWriter::add(std::string_view entry, std::string_view content, Method method)
{
    std::string deflated;
    if (method == Method::Deflate && !deflateRaw(content, deflated))
        return Error{ErrorCode::Internal, std::string(entry) + ": could not be packed"};
    const std::string_view packed = method == Method::Deflate ? std::string_view(deflated) : content;
    if (content.size() > kLargestArchive
        || m_bytes.size() + m_directory.size() + packed.size() + 4096 > kLargestArchive || m_count == 0xffff)
        return Error{ErrorCode::InvalidArgument,
            std::string(entry) + ": more than 4 GiB do not fit in a zip container"};
    const uint64_t offset = m_bytes.size();
    std::string common; // what the local header and the directory row share
    put(common, 20, 2);
    put(common, kNameIsUtf8, 2);
    put(common, method == Method::Deflate ? kDeflated : kStored, 2);
    put(common, 0, 2);
    put(common, kFirstDay, 2);
    put(common, checksum(content), 4);
    put(common, packed.size(), 4);
    put(common, content.size(), 4);
    put(common, entry.size(), 2);
    put(common, 0, 2);
    put(m_bytes, kLocalHeader, 4);
    m_bytes += common;
    m_bytes += entry;
    m_bytes += packed;
    put(m_directory, kDirectoryHeader, 4);
    put(m_directory, 20, 2);
    m_directory += common;
    put(m_directory, 0, 2); // comment, disk, attributes
    put(m_directory, 0, 2);
    put(m_directory, 0, 2);
    put(m_directory, 0, 4);
    put(m_directory, offset, 4);
    m_directory += entry;
    ++m_count;
    return {};
}

std::string ZipWriter::finish()
{
    std::string out = std::move(m_bytes);
    const uint64_t start = out.size();
    out += m_directory;
    put(out, kDirectoryEnd, 4);
    put(out, 0, 4); // disk numbers
    put(out, m_count, 2);
    put(out, m_count, 2);
    put(out, m_directory.size(), 4);
    put(out, start, 4);
    put(out, 0, 2);
    return out;
}

} // namespace telltale
