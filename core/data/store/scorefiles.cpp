// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/store/scorefiles.h"
#include "base/descriptor.h"
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kLine = 64; ///< bytes: contents and headers start at multiples of it
constexpr std::string_view kPrefix = "scores-";
constexpr std::string_view kSuffix = ".bin";
constexpr std::array<char, 8> kMagic = {'T', 'T', 'S', 'C', 'O', 'R', 'E', '\n'};
constexpr uint32_t kVersion = 1;

/// Stands before each block, little-endian.
struct Header {
    std::array<char, 8> magic = kMagic;
    uint32_t version = kVersion;
    uint32_t headerBytes = kLine;
    uint64_t bytes = 0;
    Sha256 digest{};
    uint64_t checksum = 0; ///< of what stands above

    uint64_t expectedChecksum() const
    {
        return checksum64({reinterpret_cast<const char*>(this), sizeof(Header) - sizeof checksum});
    }
    bool known() const
    {
        return magic == kMagic && version == kVersion && headerBytes == kLine
            && bytes <= static_cast<uint64_t>(INT64_MAX / 2) && checksum == expectedChecksum();
    }
};
static_assert(sizeof(Header) == kLine);

int64_t aligned(int64_t bytes) { return (bytes + kLine - 1) / kLine * kLine; }

std::string nameOfFile(int number)
{
    std::string digits = std::to_string(number);
    digits.insert(0, digits.size() < 4 ? 4 - digits.size() : 0, '0');
    return std::string(kPrefix) + digits + std::string(kSuffix);
}

/// Nothing unless the name is one that nameOfFile() gives: rows of an index must not lead out of the folder.
std::optional<int> numberOfFile(const std::string& name)
{
    if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix))
        return {};
    const char* const end = name.data() + name.size() - kSuffix.size();
    int number = 0;
    const auto [stop, error] = std::from_chars(name.data() + kPrefix.size(), end, number);
    if (error != std::errc() || stop != end || number < 1 || nameOfFile(number) != name)
        return {};
    return number;
}

/// Ascending; empty if there is no such folder.
std::vector<int> numbersIn(const fs::path& folder)
{
    std::vector<int> numbers;
    std::error_code ec;
    for (fs::directory_iterator entry(folder, ec), end; !ec && entry != end; entry.increment(ec))
        if (const auto number = numberOfFile(entry->path().filename().string()))
            numbers.push_back(*number);
    std::ranges::sort(numbers);
    return numbers;
}

/// Where the next header of a block stands, at `from` or later; `size` if there is none.
int64_t findHeader(const Descriptor& file, int64_t from, int64_t size)
{
    std::string chunk;
    while (from + kLine <= size) {
        const int64_t wanted = std::min<int64_t>(int64_t{1} << 20, (size - from) / kLine * kLine);
        chunk.resize(static_cast<size_t>(wanted));
        if (!file.readAt(from, chunk.data(), chunk.size()))
            return size;
        for (int64_t at = 0; at < wanted; at += kLine) {
            Header header;
            std::memcpy(&header, chunk.data() + at, sizeof header);
            if (header.magic == kMagic && header.known())
                return from + at;
        }
        from += wanted;
    }
    return size;
}

/// What lies in a file from some place on.
struct Walk {
    std::vector<ScoreSegment> segments;
    std::vector<Sha256> digests;
    int64_t end = 0; ///< of the last whole block, rounded up to a line
    bool clean = true; ///< no bytes between the blocks that are none
    bool torn = false; ///< behind `end` is the beginning of a block that a killed program was writing
};

Walk walk(const Descriptor& file, const std::string& name, int64_t from, int64_t size)
{
    Walk found;
    found.end = from;
    int64_t at = from;
    while (at + kLine <= size) {
        Header header;
        if (!file.readAt(at, &header, sizeof header) || !header.known()) {
            found.clean = false;
            at = findHeader(file, at + kLine, size);
            continue;
        }
        const auto bytes = static_cast<int64_t>(header.bytes);
        if (bytes > size - at - kLine) {
            found.torn = true;
            return found;
        }
        found.segments.push_back({name, at + kLine, bytes, hexOf(header.digest)});
        found.digests.push_back(header.digest);
        at = aligned(at + kLine + bytes);
        found.end = at;
    }
    found.torn = found.clean && at < size;
    return found;
}

} // namespace

MappedBytes MappedBytes::of(std::string bytes)
{
    const auto owner = std::make_shared<const std::string>(std::move(bytes));
    return {*owner, owner};
}

struct ScoreFiles::Mapping {
    Mapping(char* start, size_t bytes, dev_t onDevice, ino_t number)
        : address(start)
        , length(bytes)
        , device(onDevice)
        , inode(number)
    {
    }
    ~Mapping() { ::munmap(address, length); }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;

    char* address;
    size_t length;
    dev_t device;
    ino_t inode;
};

ScoreFiles::ScoreFiles(fs::path folder, int64_t rotateAt) : m_folder(std::move(folder)), m_rotateAt(rotateAt)
{
}

Result<ScoreSegment> ScoreFiles::append(std::string_view bytes)
{
    const Sha256 digest = sha256(bytes);
    const std::lock_guard guard(m_writing);
    std::error_code ec;
    fs::create_directories(m_folder, ec);
    const Descriptor lock(m_folder / "lock", O_RDWR | O_CREAT);
    if (!lock.ok() || !lock.lock(true))
        return ioError(m_folder, "scores cannot be written there, check the folder's permissions");
    if (const Status learnt = learn(); !learnt)
        return learnt.error();
    if (auto found = existing(bytes, digest))
        return found;
    return write(bytes, digest);
}

Status ScoreFiles::learn()
{
    const std::vector<int> numbers = numbersIn(m_folder);
    std::erase_if(
        m_known, [&](const auto& entry) { return !std::ranges::binary_search(numbers, entry.first); });
    for (const int number : numbers) {
        const bool newest = number == numbers.back();
        if (Status learnt = learnFile(number, newest); !learnt && newest)
            return learnt;
    }
    return {};
}

Status ScoreFiles::learnFile(int number, bool newest)
{
    const std::string name = nameOfFile(number);
    struct stat info { };
    if (::stat((m_folder / name).c_str(), &info) != 0)
        return ioError(m_folder / name, "cannot be read, check its permissions");
    Known& known = m_known[number];
    if (known.end == aligned(info.st_size) || !known.clean)
        return {};
    if (info.st_size < known.end)
        known.end = 0; // somebody put another file there
    const Descriptor file(m_folder / name, newest ? O_RDWR : O_RDONLY);
    if (!file.ok())
        return ioError(m_folder / name, "cannot be opened, check its permissions");
    const Walk found = walk(file, name, known.end, info.st_size);
    for (size_t i = 0; i < found.segments.size(); ++i)
        m_index[found.digests[i]] = found.segments[i];
    known.end = found.end;
    known.clean = found.clean && (newest || !found.torn);
    if (found.torn && found.clean && newest && ::ftruncate(file.get(), found.end) != 0)
        return ioError(m_folder / name, "a block that was not written completely cannot be cut off");
    return {};
}

Result<ScoreSegment> ScoreFiles::existing(std::string_view bytes, const Sha256& digest) const
{
    const Error none{ErrorCode::NotFound, "the block is new"};
    const auto entry = m_index.find(digest);
    if (entry == m_index.end())
        return none;
    const auto there = map(entry->second);
    if (!there || there->view() != bytes)
        return none;
    // Whoever wrote it may have been killed before it was on the disk.
    const Descriptor file(m_folder / entry->second.file, O_RDONLY);
    if (!file.ok() || ::fdatasync(file.get()) != 0)
        return none;
    return entry->second;
}

Result<ScoreSegment> ScoreFiles::write(std::string_view bytes, const Sha256& digest)
{
    int number = m_known.empty() ? 1 : m_known.rbegin()->first;
    if (const auto known = m_known.find(number); known != m_known.end()) {
        const int64_t end = known->second.end;
        const int64_t after = end + kLine + static_cast<int64_t>(bytes.size());
        if (!known->second.clean || (end > 0 && after > m_rotateAt))
            ++number;
    }
    return writeAt(number, bytes, digest);
}

Result<ScoreSegment> ScoreFiles::writeAt(int number, std::string_view bytes, const Sha256& digest)
{
    Known& known = m_known[number];
    const std::string name = nameOfFile(number);
    const Descriptor file(m_folder / name, O_RDWR | O_CREAT);
    if (!file.ok())
        return ioError(m_folder / name, "scores cannot be written, check the folder's permissions");
    Header header;
    header.bytes = bytes.size();
    header.digest = digest;
    header.checksum = header.expectedChecksum();
    const std::array<char, kLine> zeros{};
    const int64_t offset = known.end + kLine;
    const int64_t end = offset + static_cast<int64_t>(bytes.size());
    const std::string_view padding(zeros.data(), static_cast<size_t>(aligned(end) - end));
    const bool written
        = file.writeAt(known.end, {bytesOf(header), bytes, padding}) && ::fdatasync(file.get()) == 0;
    if (!written) {
        const Error error = ioError(
            m_folder / name, "the scores could not be written, make room on the disk; nothing was changed");
        if (::ftruncate(file.get(), known.end) != 0)
            known.clean = false;
        return error;
    }
    if (known.end == 0) // a new file is only there after a power cut if its folder knows of it
        if (const Descriptor folder(m_folder, O_RDONLY | O_DIRECTORY); folder.ok())
            ::fsync(folder.get());
    known.end = aligned(end);
    ScoreSegment segment{name, offset, static_cast<int64_t>(bytes.size()), hexOf(digest)};
    m_index[digest] = segment;
    return segment;
}

Result<std::shared_ptr<const ScoreFiles::Mapping>> ScoreFiles::mapping(
    const std::string& file, int64_t end) const
{
    const fs::path path = m_folder / file;
    struct stat info { };
    if (::stat(path.c_str(), &info) != 0) {
        if (errno != ENOENT)
            return ioError(path, "cannot be read, check its permissions");
        return Error{ErrorCode::NotFound,
            path.string() + ": the file with the scores is missing, restore it or analyse the videos again"};
    }
    if (end > info.st_size)
        return Error{ErrorCode::BadFormat,
            path.string() + ": the file with the scores was cut short, it ends at byte "
                + std::to_string(info.st_size)
                + " before the block that is wanted; restore it or analyse the video again"};
    const std::lock_guard guard(m_mapping);
    std::shared_ptr<const Mapping>& current = m_mappings[file];
    if (current && current->device == info.st_dev && current->inode == info.st_ino
        && static_cast<int64_t>(current->length) >= end)
        return current;
    const Descriptor descriptor(path, O_RDONLY);
    if (!descriptor.ok())
        return ioError(path, "cannot be opened, check its permissions");
    // Room for what will be appended, so that one mapping serves the file as long as it grows.
    auto length = static_cast<size_t>(std::max<int64_t>(m_rotateAt, info.st_size));
    void* address = ::mmap(nullptr, length, PROT_READ, MAP_SHARED, descriptor.get(), 0);
    if (address == MAP_FAILED) { // where memory is rationed
        length = static_cast<size_t>(info.st_size);
        address = ::mmap(nullptr, length, PROT_READ, MAP_SHARED, descriptor.get(), 0);
    }
    if (address == MAP_FAILED)
        return ioError(path, "cannot be mapped into memory");
    current = std::make_shared<const Mapping>(static_cast<char*>(address), length, info.st_dev, info.st_ino);
    return current;
}

Result<MappedBytes> ScoreFiles::map(const ScoreSegment& segment) const
{
    const Error wrong{ErrorCode::BadFormat,
        (m_folder / segment.file).string() + ": the block at byte " + std::to_string(segment.offset)
            + " is not the one that the project names; restore the file or analyse the video again"};
    constexpr int64_t kMost = INT64_MAX / 2;
    if (!numberOfFile(segment.file) || segment.offset < kLine || segment.offset % kLine != 0
        || segment.offset > kMost || segment.bytes < 0 || segment.bytes > kMost)
        return wrong;
    const auto mapped = mapping(segment.file, segment.offset + segment.bytes);
    if (!mapped)
        return mapped.error();
    const char* const content = (*mapped)->address + segment.offset;
    Header header;
    std::memcpy(&header, content - kLine, sizeof header);
    if (!header.known() || header.bytes != static_cast<uint64_t>(segment.bytes)
        || hexOf(header.digest) != segment.digest)
        return wrong;
    return MappedBytes({content, static_cast<size_t>(segment.bytes)}, *mapped);
}

Result<ScoreSegment> ScoreFiles::find(const std::string& digest) const
{
    const std::lock_guard guard(m_finding);
    if (const auto seen = m_found.find(digest); seen != m_found.end() && map(seen->second))
        return seen->second;
    const auto all = scan();
    if (!all)
        return all.error();
    m_found.clear();
    for (const ScoreSegment& segment : *all)
        m_found[segment.digest] = segment;
    if (const auto seen = m_found.find(digest); seen != m_found.end())
        return seen->second;
    return Error{ErrorCode::NotFound,
        m_folder.string() + ": the scores with the digest " + digest.substr(0, 12)
            + " are not on this computer, copy them from the one that made them or analyse the video again"};
}

Result<std::vector<ScoreSegment>> ScoreFiles::scan() const
{
    std::vector<ScoreSegment> all;
    for (const int number : numbersIn(m_folder)) {
        const std::string name = nameOfFile(number);
        const Descriptor file(m_folder / name, O_RDONLY);
        if (!file.ok())
            return ioError(m_folder / name, "cannot be read, check its permissions");
        const Walk found = walk(file, name, 0, file.size());
        all.insert(all.end(), found.segments.begin(), found.segments.end());
    }
    return all;
}

Status ScoreFiles::verify(const ScoreSegment& segment) const
{
    const auto mapped = map(segment);
    if (!mapped)
        return mapped.error();
    if (hexOf(sha256(mapped->view())) != segment.digest)
        return Error{ErrorCode::BadFormat,
            (m_folder / segment.file).string() + ": the block at byte " + std::to_string(segment.offset)
                + " is damaged; restore the file or analyse the video again"};
    return {};
}

} // namespace telltale
