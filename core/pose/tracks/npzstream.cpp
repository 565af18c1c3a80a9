// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/npzstream.h"
#include "base/npy.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>
#include <zlib.h>

namespace telltale {
namespace {

// Signatures and field orders of PKWARE's APPNOTE 6.3.
constexpr uint32_t kLocalHeader = 0x04034b50;
constexpr uint32_t kDirectoryHeader = 0x02014b50;
constexpr uint32_t kDirectoryEnd = 0x06054b50;
constexpr uint32_t kWideEnd = 0x06064b50;
constexpr uint32_t kWideLocator = 0x07064b50;
constexpr size_t kWideEndRest = 44; ///< size of the wide end record behind its own size field
constexpr uint64_t kWideField = 1;
constexpr uint64_t kOurField = 0x5454; ///< "TT"
constexpr uint64_t kInWideField = 0xffffffff;
constexpr int kWideVersion = 45;
constexpr uint32_t kNameIsUtf8 = 0x800;
constexpr uint16_t kFirstDay = 0x0021; ///< 1980-01-01
constexpr size_t kAlignment = 64;
constexpr size_t kBuffer = size_t{1} << 20;
constexpr size_t kLongestMark = 64;

void put(std::string& out, uint64_t value, int size)
{
    for (int i = 0; i < size; ++i)
        out += static_cast<char>(value >> (8 * i) & 0xff);
}

void putField(std::string& out, uint64_t id, std::string_view content)
{
    put(out, id, 2);
    put(out, content.size(), 2);
    out += content;
}

uint32_t addToChecksum(uint32_t crc, std::string_view bytes)
{
    return static_cast<uint32_t>(
        crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<z_size_t>(bytes.size())));
}

/// What the local header and the directory row share: method, time, checksum, sizes, length of the name.
std::string commonHeader(uint32_t crc, uint64_t sizes, size_t nameLength)
{
    std::string out;
    put(out, kWideVersion, 2);
    put(out, kNameIsUtf8, 2);
    put(out, 0, 2); // stored
    put(out, 0, 2);
    put(out, kFirstDay, 2);
    put(out, crc, 4);
    put(out, sizes, 4);
    put(out, sizes, 4);
    put(out, nameLength, 2);
    return out;
}

/// The sizes always stand in the wide field, as NumPy writes them; `padding` brings the content to its place.
std::string localHeader(const std::string& name, uint64_t size, uint32_t crc, size_t padding)
{
    std::string wide;
    put(wide, size, 8);
    put(wide, size, 8);
    std::string extra;
    putField(extra, kWideField, wide);
    putField(extra, kOurField, std::string(padding, '\0'));
    std::string out;
    put(out, kLocalHeader, 4);
    out += commonHeader(crc, kInWideField, name.size());
    put(out, extra.size(), 2);
    return out + name + extra;
}

} // namespace

std::string_view markOf(std::string_view extra)
{
    const auto shortAt = [&](size_t at) {
        return static_cast<size_t>(static_cast<uint8_t>(extra[at]))
            | static_cast<size_t>(static_cast<uint8_t>(extra[at + 1])) << 8;
    };
    for (size_t at = 0; at + 4 <= extra.size(); at += 4 + shortAt(at + 2))
        if (shortAt(at) == kOurField)
            return extra.substr(at + 4, shortAt(at + 2));
    return {};
}

NpzStream::NpzStream(std::filesystem::path file)
    : m_file(std::move(file))
    , m_temporary(m_file.string() + ".part" + std::to_string(::getpid()))
{
    m_descriptor = Descriptor(m_temporary, O_RDWR | O_CREAT | O_TRUNC);
}

NpzStream::NpzStream(NpzStream&& other) noexcept
    : m_file(std::move(other.m_file))
    , m_temporary(std::exchange(other.m_temporary, {}))
    , m_descriptor(std::move(other.m_descriptor))
    , m_buffer(std::move(other.m_buffer))
    , m_written(other.m_written)
    , m_entries(std::move(other.m_entries))
    , m_expected(other.m_expected)
{
}

NpzStream::~NpzStream()
{
    if (!m_temporary.empty())
        ::unlink(m_temporary.c_str());
}

Status NpzStream::failed() const
{
    return Error{ErrorCode::Io,
        m_file.string() + ": could not be written completely, nothing was changed (" + std::strerror(errno)
            + ")"};
}

Result<NpzStream> NpzStream::create(const std::filesystem::path& file)
{
    NpzStream stream(file);
    if (!stream.m_descriptor.ok())
        return Error{ErrorCode::Io,
            file.string() + ": cannot be written, choose another folder (" + std::strerror(errno) + ")"};
    return stream;
}

Status NpzStream::begin(const std::string& name, const std::string& dtype, const std::vector<int64_t>& shape,
    std::string_view mark)
{
    const std::string header = formatNpy({dtype, shape, {}});
    uint64_t bytes = std::stoull(dtype.substr(dtype.find_first_of("0123456789")));
    for (const int64_t dim : shape)
        bytes *= static_cast<uint64_t>(dim);
    Entry entry;
    entry.name = name + ".npy";
    entry.offset = m_written + m_buffer.size();
    entry.size = header.size() + bytes;
    if (!mark.empty())
        putField(entry.extra, kOurField, mark.substr(0, kLongestMark));
    const size_t bare = localHeader(entry.name, 0, 0, 0).size();
    const size_t padding = (kAlignment - (entry.offset + bare) % kAlignment) % kAlignment;
    m_buffer += localHeader(entry.name, entry.size, 0, padding);
    m_entries.push_back(std::move(entry));
    m_expected = bytes + header.size();
    return append(header);
}

Status NpzStream::append(std::string_view bytes)
{
    if (m_entries.empty() || bytes.size() > m_expected)
        return Error{ErrorCode::Internal, m_file.string() + ": more numbers than the array has room for"};
    m_expected -= bytes.size();
    m_entries.back().crc = addToChecksum(m_entries.back().crc, bytes);
    if (m_buffer.size() + bytes.size() < kBuffer) {
        m_buffer += bytes;
        return {};
    }
    if (Status flushed = flush(); !flushed)
        return flushed;
    if (!m_descriptor.writeAt(static_cast<int64_t>(m_written), {bytes}))
        return failed();
    m_written += bytes.size();
    return {};
}

Status NpzStream::flush()
{
    if (!m_descriptor.writeAt(static_cast<int64_t>(m_written), {m_buffer}))
        return failed();
    m_written += m_buffer.size();
    m_buffer.clear();
    return {};
}

Status NpzStream::end()
{
    if (m_expected != 0)
        return Error{ErrorCode::Internal, m_file.string() + ": fewer numbers than the array has room for"};
    if (Status flushed = flush(); !flushed)
        return flushed;
    constexpr size_t kChecksumPlace = 14; // in the local header
    std::string crc;
    put(crc, m_entries.back().crc, 4);
    const auto place = static_cast<int64_t>(m_entries.back().offset + kChecksumPlace);
    return m_descriptor.writeAt(place, {crc}) ? Status() : failed();
}

Status NpzStream::add(const std::string& name, const std::string& dtype, const std::vector<int64_t>& shape,
    std::string_view bytes)
{
    Status status = begin(name, dtype, shape);
    if (status)
        status = append(bytes);
    return status ? end() : status;
}

std::string NpzStream::directory() const
{
    std::string out;
    for (const Entry& entry : m_entries) {
        const bool wide = std::max(entry.size, entry.offset) >= kInWideField;
        std::string extra;
        if (wide) {
            std::string numbers;
            put(numbers, entry.size, 8);
            put(numbers, entry.size, 8);
            put(numbers, entry.offset, 8);
            putField(extra, kWideField, numbers);
        }
        extra += entry.extra;
        put(out, kDirectoryHeader, 4);
        put(out, kWideVersion, 2);
        out += commonHeader(entry.crc, wide ? kInWideField : entry.size, entry.name.size());
        put(out, extra.size(), 2);
        put(out, 0, 2); // comment, disk, attributes
        put(out, 0, 2);
        put(out, 0, 2);
        put(out, 0, 4);
        put(out, wide ? kInWideField : entry.offset, 4);
        out += entry.name + extra;
    }
    return out;
}

Status NpzStream::finish()
{
    std::string tail = directory();
    const uint64_t start = m_written + m_buffer.size();
    const uint64_t size = tail.size();
    const bool wide = start >= kInWideField;
    if (wide) {
        put(tail, kWideEnd, 4);
        put(tail, kWideEndRest, 8);
        put(tail, kWideVersion, 2);
        put(tail, kWideVersion, 2);
        put(tail, 0, 8); // disk numbers
        put(tail, m_entries.size(), 8);
        put(tail, m_entries.size(), 8);
        put(tail, size, 8);
        put(tail, start, 8);
        put(tail, kWideLocator, 4);
        put(tail, 0, 4);
        put(tail, start + size, 8);
        put(tail, 1, 4);
    }
    put(tail, kDirectoryEnd, 4);
    put(tail, 0, 4); // disk numbers
    put(tail, m_entries.size(), 2);
    put(tail, m_entries.size(), 2);
    put(tail, size, 4);
    put(tail, wide ? kInWideField : start, 4);
    put(tail, 0, 2);
    m_buffer += tail;
    if (Status flushed = flush(); !flushed)
        return flushed;
    if (::fsync(m_descriptor.get()) != 0 || ::rename(m_temporary.c_str(), m_file.c_str()) != 0)
        return failed();
    m_temporary.clear();
    return {};
}

} // namespace telltale
