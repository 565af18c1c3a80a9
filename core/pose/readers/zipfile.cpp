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

// Signatures of PKWARE's APPNOTE 6.3.
constexpr uint32_t kLocalHeader = 0x04034b50;
constexpr uint32_t kDirectoryHeader = 0x02014b50;
constexpr uint32_t kDirectoryEnd = 0x06054b50;
constexpr uint32_t kNameIsUtf8 = 0x800;
constexpr uint16_t kFirstDay = 0x0021; ///< 1980-01-01
constexpr uint64_t kLargestArchive = std::numeric_limits<uint32_t>::max();
/// Deflate cannot pack better than 1032 to 1, so a larger claim is a lie.
constexpr uint64_t kBestRatio = 1032;
constexpr uint64_t kLargestEntry = uint64_t{8} << 30;
/// Points and tables pack some 10 to 1. What is large only once it is unpacked was made to fill the memory.
constexpr uint64_t kUsualRatio = 100;
constexpr uint64_t kAlwaysFine = uint64_t{128} << 20;

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
    auto entries = readZipDirectory(m_bytes);
    if (!entries)
        return bad(entries.error().message);
    m_entries = std::move(*entries);
    return {};
}

std::vector<std::string> ZipReader::names() const
{
    std::vector<std::string> all;
    all.reserve(m_entries.size());
    for (const ZipEntry& entry : m_entries)
        all.emplace_back(entry.name);
    return all;
}

bool ZipReader::contains(std::string_view entry) const
{
    return std::any_of(
        m_entries.begin(), m_entries.end(), [&](const ZipEntry& e) { return e.name == entry; });
}

Result<std::string_view> ZipReader::packedBytes(const ZipEntry& entry) const
{
    const auto packed = packedZipBytes(m_bytes, entry);
    return packed ? packed : Result<std::string_view>(bad(packed.error().message));
}

Result<const ZipEntry*> ZipReader::entryOf(std::string_view name) const
{
    const auto found
        = std::find_if(m_entries.begin(), m_entries.end(), [&](const ZipEntry& e) { return e.name == name; });
    if (found == m_entries.end())
        return Error{ErrorCode::NotFound, m_name + ": has no entry " + std::string(name)};
    if (found->encrypted)
        return Error{ErrorCode::Unsupported, m_name + ": is encrypted, save it without a password"};
    if (found->method != ZipEntry::kStored && found->method != ZipEntry::kDeflated)
        return Error{ErrorCode::Unsupported,
            m_name + ": its entry " + std::string(found->name) + " is packed by method "
                + std::to_string(found->method) + ", save it stored or deflated"};
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
    if ((*entry)->method != ZipEntry::kStored)
        return Error{
            ErrorCode::Unsupported, m_name + ": its entry " + std::string((*entry)->name) + " is packed"};
    return packedBytes(**entry);
}

Result<std::string> ZipReader::read(std::string_view wanted) const
{
    std::string content;
    const auto there = read(wanted, content);
    if (!there)
        return there.error();
    return there->data() == content.data() ? std::move(content) : std::string(*there);
}

Result<std::string_view> ZipReader::read(std::string_view wanted, std::string& unpacked) const
{
    const auto found = entryOf(wanted);
    if (!found)
        return found.error();
    const ZipEntry& entry = **found;
    const auto packed = packedBytes(entry);
    if (!packed)
        return packed.error();
    const bool plausible = entry.method == ZipEntry::kStored
        ? entry.size == entry.packedSize
        : entry.size <= (entry.packedSize + 1) * kBestRatio;
    if (!plausible || entry.size > kLargestEntry)
        return bad("its entry " + std::string(entry.name) + " claims a size of " + std::to_string(entry.size)
            + " bytes");
    if (entry.size > kAlwaysFine && entry.size / (entry.packedSize + 1) > kUsualRatio)
        return Error{ErrorCode::BadFormat,
            m_name + ": its entry " + std::string(entry.name) + " claims " + std::to_string(entry.size)
                + " bytes in " + std::to_string(entry.packedSize)
                + ", which looks made to fill the memory; if it is right, save it without compression"};
    std::string_view content = *packed;
    if (entry.method != ZipEntry::kStored) {
        unpacked.resize(entry.size);
        if (!inflateRaw(*packed, unpacked))
            return bad("its entry " + std::string(entry.name) + " cannot be unpacked");
        content = unpacked;
    }
    if (checksum(content) != entry.crc)
        return bad("its entry " + std::string(entry.name) + " has a wrong checksum");
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
    put(common, method == Method::Deflate ? ZipEntry::kDeflated : ZipEntry::kStored, 2);
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
