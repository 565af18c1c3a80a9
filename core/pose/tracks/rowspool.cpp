// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/rowspool.h"
#include "base/bytestream.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>
#include <zlib.h>

namespace telltale {
namespace {

constexpr std::string_view kMagic = "TELLTALE ROWS 1\n";
constexpr uint32_t kRowMark = 0x31574f52; ///< "ROW1"
constexpr uint32_t kMostPeople = 4096;
constexpr size_t kPiece = size_t{1} << 20;

uint32_t checksum(std::string_view bytes)
{
    return static_cast<uint32_t>(
        crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<z_size_t>(bytes.size())));
}

std::string headerOf(const TrackIdentity& identity)
{
    ByteWriter out;
    out.text(identity.source);
    out.text(identity.layout);
    out.value(identity.pointCount);
    ByteWriter framed;
    framed.text(out.bytes());
    framed.value(checksum(out.bytes()));
    return std::string(kMagic) + framed.bytes();
}

std::string recordOf(int64_t frame, std::span<const PersonRow> people)
{
    ByteWriter row;
    row.value(frame);
    row.value(static_cast<uint32_t>(people.size()));
    std::string payload = row.bytes();
    for (const PersonRow& person : people) {
        ByteWriter number;
        number.value(person.identity);
        payload += number.bytes();
        payload.append(
            reinterpret_cast<const char*>(person.points.data()), person.points.size() * sizeof(PosePoint));
    }
    ByteWriter head;
    head.value(kRowMark);
    head.value(static_cast<uint32_t>(payload.size()));
    ByteWriter tail;
    tail.value(checksum(payload));
    return head.bytes() + payload + tail.bytes();
}

/// False if the payload is not a row of people with that many points.
bool parseRow(std::string_view payload, int pointCount, int64_t& frame, std::vector<PersonRow>& people)
{
    ByteReader in(payload);
    frame = in.value<int64_t>();
    const auto count = in.value<uint32_t>();
    const size_t points = static_cast<size_t>(pointCount) * sizeof(PosePoint);
    const size_t head = sizeof frame + sizeof count;
    if (!in.ok() || count > kMostPeople || payload.size() != head + count * (sizeof(int) + points))
        return false;
    people.resize(count);
    const char* at = payload.data() + head;
    for (PersonRow& person : people) {
        std::memcpy(&person.identity, at, sizeof(int));
        person.points.resize(static_cast<size_t>(pointCount));
        std::memcpy(static_cast<void*>(person.points.data()), at + sizeof(int), points);
        at += sizeof(int) + points;
    }
    return true;
}

/// Reads a file from front to back in large pieces.
class PieceReader {
public:
    PieceReader(int fd, uint64_t start, uint64_t end) : m_fd(fd), m_at(start), m_end(end) { }
    /// The next bytes, which stay until the next call; empty where the file ends before them.
    std::string_view take(size_t bytes)
    {
        if (m_buffer.size() - m_used < bytes) {
            m_buffer.erase(0, m_used);
            m_used = 0;
            while (m_buffer.size() < bytes && readOn()) { }
        }
        if (m_buffer.size() - m_used < bytes)
            return {};
        m_used += bytes;
        return std::string_view(m_buffer).substr(m_used - bytes, bytes);
    }

private:
    bool readOn()
    {
        const size_t old = m_buffer.size();
        const size_t wanted = static_cast<size_t>(std::min<uint64_t>(kPiece, m_end - m_at));
        m_buffer.resize(old + wanted);
        ssize_t n = 0;
        do
            n = wanted > 0 ? ::pread(m_fd, m_buffer.data() + old, wanted, static_cast<off_t>(m_at)) : 0;
        while (n < 0 && errno == EINTR);
        const size_t got = n > 0 ? static_cast<size_t>(n) : 0;
        m_buffer.resize(old + got);
        m_at += got;
        return got > 0;
    }

    int m_fd;
    uint64_t m_at;
    uint64_t m_end;
    std::string m_buffer;
    size_t m_used = 0;
};

} // namespace

RowSpool::RowSpool(std::filesystem::path file) : m_descriptor(file, O_RDWR | O_CREAT), m_file(std::move(file))
{
}

RowSpool::RowSpool(RowSpool&&) noexcept = default;
RowSpool& RowSpool::operator=(RowSpool&&) noexcept = default;
RowSpool::~RowSpool() = default;

Error RowSpool::failed(const char* what) const { return ioError(m_file, what); }

Result<RowSpool> RowSpool::open(const std::filesystem::path& file)
{
    for (;;) {
        RowSpool spool(file);
        if (!spool.m_descriptor.ok())
            return spool.failed("cannot be written, choose another folder");
        if (!spool.m_descriptor.lock(false))
            return errno == EWOULDBLOCK ? Error{ErrorCode::Conflict,
                       file.string() + ": another program is finding these poses, wait for it or stop it"}
                                        : spool.failed("cannot be locked");
        if (spool.m_descriptor.liesAt(file)) // or else its last owner removed it in this moment
            return spool;
    }
}

Status RowSpool::takeUp(const TrackIdentity& identity, const Visitor& visit)
{
    const int fd = m_descriptor.get();
    const std::string header = headerOf(identity);
    m_pointCount = identity.pointCount;
    m_start = m_end = header.size();
    const auto size = static_cast<uint64_t>(m_descriptor.size());
    PieceReader reader(fd, 0, size);
    if (reader.take(header.size()) == header) {
        const auto end = scan(visit, size);
        if (!end)
            return end.error();
        m_end = *end;
    } else if (::ftruncate(fd, 0) != 0 || !m_descriptor.writeAt(0, {header})) {
        return failed("cannot be written, is the disk full?");
    }
    return m_end == size || ::ftruncate(fd, static_cast<off_t>(m_end)) == 0 ? Status()
                                                                            : failed("cannot be written");
}

Result<uint64_t> RowSpool::scan(const Visitor& visit, uint64_t end) const
{
    PieceReader reader(m_descriptor.get(), m_start, end);
    uint64_t complete = m_start;
    int64_t last = -1;
    std::vector<PersonRow> people;
    const size_t most = sizeof(int64_t) + sizeof(uint32_t)
        + kMostPeople * (sizeof(int) + static_cast<size_t>(m_pointCount) * sizeof(PosePoint));
    for (;;) {
        const std::string_view head = reader.take(2 * sizeof(uint32_t));
        if (head.empty())
            return complete;
        ByteReader in(head);
        const bool known = in.value<uint32_t>() == kRowMark;
        const auto bytes = in.value<uint32_t>();
        if (!known || bytes > most)
            return complete;
        const std::string_view record = reader.take(bytes + sizeof(uint32_t));
        if (record.empty())
            return complete;
        const std::string_view payload = record.substr(0, bytes);
        ByteReader tail(record.substr(bytes));
        int64_t frame = 0;
        if (tail.value<uint32_t>() != checksum(payload) || !parseRow(payload, m_pointCount, frame, people)
            || frame <= last)
            return complete;
        visit(frame, people);
        last = frame;
        complete += head.size() + bytes + sizeof(uint32_t);
    }
}

Status RowSpool::visit(const Visitor& visit) const
{
    const auto end = scan(visit, m_end);
    if (!end)
        return end.error();
    if (*end != m_end)
        return Error{ErrorCode::BadFormat,
            m_file.string() + ": was changed while it was written, start again to find the poses anew"};
    return {};
}

Status RowSpool::append(int64_t frame, std::span<const PersonRow> people)
{
    if (people.size() > kMostPeople)
        return Error{ErrorCode::InvalidArgument,
            m_file.string() + ": frame " + std::to_string(frame) + " has " + std::to_string(people.size())
                + " people, at most " + std::to_string(kMostPeople) + " are taken"};
    const std::string record = recordOf(frame, people);
    if (!m_descriptor.writeAt(static_cast<int64_t>(m_end), {record})) {
        const Error error = failed("cannot be written, is the disk full?");
        // What came half onto the disk is cut off, or overwritten by the next row.
        [[maybe_unused]] const int cut = ::ftruncate(m_descriptor.get(), static_cast<off_t>(m_end));
        return error;
    }
    m_end += record.size();
    return {};
}

void RowSpool::remove()
{
    ::unlink(m_file.c_str());
    m_descriptor = Descriptor();
}

} // namespace telltale
