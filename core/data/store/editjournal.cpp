// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/store/editjournal.h"
#include "data/store/digest.h"
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <iterator>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".edits";
constexpr int64_t kFirstReserve = int64_t{1} << 20; ///< bytes
constexpr int64_t kStep = 8; ///< bytes: records start at multiples of it
constexpr size_t kLongestName = 200;

/// Stands at the beginning of the file, little-endian. Records of other generations do not count.
struct FileHead {
    std::array<char, 8> magic = {'T', 'T', 'E', 'D', 'I', 'T', 'S', '\n'};
    uint64_t version = 1;
    uint64_t generation = 0;
    uint64_t checksum = 0; ///< of what stands above

    uint64_t expectedChecksum() const
    {
        return checksum64(bytesOf(*this).substr(0, sizeof(FileHead) - sizeof checksum));
    }
    bool known() const
    {
        const FileHead good;
        return magic == good.magic && version == good.version && checksum == expectedChecksum();
    }
};

/// Stands before each record.
struct RecordHead {
    static constexpr uint32_t kMagic = 0x54494445; ///< "EDIT"
    uint32_t magic = kMagic;
    uint32_t bytes = 0;
    uint64_t generation = 0;
    uint64_t number = 0; ///< in its generation, from 0
    uint64_t checksum = 0; ///< of what stands above and of the content

    uint64_t expectedChecksum(std::string_view content) const
    {
        const std::string_view above = bytesOf(*this).substr(0, sizeof(RecordHead) - sizeof checksum);
        return checksum64(content, checksum64(above));
    }
};

int64_t nextPlace(int64_t offset, size_t bytes)
{
    const int64_t end = offset + static_cast<int64_t>(sizeof(RecordHead) + bytes);
    return (end + kStep - 1) / kStep * kStep;
}

/// False unless a whole record of this generation lies there.
bool readRecord(const Descriptor& file, int64_t size, int64_t offset, uint64_t generation, RecordHead& head,
    std::string& content)
{
    constexpr auto kHeadBytes = static_cast<int64_t>(sizeof head);
    if (size - offset < kHeadBytes || !file.readAt(offset, &head, sizeof head))
        return false;
    if (head.magic != RecordHead::kMagic || head.generation != generation
        || head.bytes > EditJournal::kMostBytes || head.bytes > size - offset - kHeadBytes)
        return false;
    content.resize(head.bytes);
    return file.readAt(offset + kHeadBytes, content.data(), content.size())
        && head.checksum == head.expectedChecksum(content);
}

/// Whether a later record of the generation can still be found, although the one at `offset` is unreadable.
bool moreFollow(const Descriptor& file, int64_t size, int64_t offset, uint64_t generation, uint64_t number)
{
    std::string chunk;
    std::string content;
    for (int64_t from = offset + kStep; from < size; from += static_cast<int64_t>(chunk.size())) {
        chunk.resize(static_cast<size_t>(std::min(size - from, kFirstReserve)));
        if (!file.readAt(from, chunk.data(), chunk.size()))
            return false;
        for (size_t at = 0; at + sizeof(uint32_t) <= chunk.size(); at += kStep) {
            RecordHead head;
            uint32_t magic = 0;
            std::memcpy(&magic, chunk.data() + at, sizeof magic);
            if (magic == RecordHead::kMagic
                && readRecord(file, size, from + static_cast<int64_t>(at), generation, head, content)
                && head.number > number)
                return true;
        }
    }
    return false;
}

struct Contents {
    std::vector<std::string> records;
    bool damaged = false; ///< something is there that was acknowledged once and cannot be read
};

Contents readContents(const Descriptor& file)
{
    Contents read;
    const int64_t size = file.size();
    FileHead head;
    const bool whole = file.readAt(0, &head, sizeof head);
    if (!whole || !head.known()) {
        const std::string_view bytes = bytesOf(head);
        read.damaged = whole && std::ranges::any_of(bytes, [](char byte) { return byte != 0; });
        return read;
    }
    int64_t offset = sizeof head;
    RecordHead record;
    std::string content;
    while (readRecord(file, size, offset, head.generation, record, content)
        && record.number == read.records.size()) {
        offset = nextPlace(offset, content.size());
        read.records.push_back(std::move(content));
        content = {};
    }
    read.damaged = moreFollow(file, size, offset, head.generation, read.records.size());
    return read;
}

/// As part of a file's name: letters, digits and a few signs stay.
std::string fileNameOf(const std::string& client)
{
    std::string name = client;
    std::ranges::replace_if(
        name,
        [](char c) {
            const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            return !letter && c != '-' && c != '_' && c != '.' && c != '@';
        },
        '_');
    return name + std::string(kSuffix);
}

/// Opens and locks the journal at `path`, which may exist. Without a lock: Conflict, somebody uses it.
Result<Descriptor> openLocked(const fs::path& path)
{
    // A program that looks for abandoned journals may take the new file before it is locked: then again.
    for (int attempt = 0; attempt < 100; ++attempt) {
        Descriptor file(path, O_RDWR | O_CREAT | O_EXCL, 0600);
        const bool made = file.ok();
        if (!made && errno == EEXIST)
            file = Descriptor(path, O_RDWR, 0600);
        if (!file.ok() && errno == ENOENT && fs::is_directory(path.parent_path()))
            continue;
        if (!file.ok())
            break;
        const bool locked = file.lock(made);
        if (!locked && errno == EWOULDBLOCK)
            return Error{ErrorCode::Conflict,
                path.string() + ": another window or program keeps its edits there, close it first"};
        if (!locked)
            break;
        if (file.liesAt(path))
            return file;
    }
    return ioError(path, "edits cannot be kept there until they are saved, check the folder's permissions");
}

/// Sorted; Io if the folder cannot be listed, none if it is not there.
Result<std::vector<fs::path>> journalsIn(const fs::path& folder)
{
    std::vector<fs::path> paths;
    std::error_code ec;
    if (!fs::exists(folder, ec))
        return paths;
    for (fs::directory_iterator entry(folder, ec), end; !ec && entry != end; entry.increment(ec))
        if (entry->path().extension() == kSuffix)
            paths.push_back(entry->path());
    if (ec)
        return Error{ErrorCode::Io,
            folder.string() + ": cannot be listed (" + ec.message() + "), check its permissions"};
    std::ranges::sort(paths);
    return paths;
}

} // namespace

Status RecoveredJournal::remove()
{
    if (m_trouble.empty()) {
        if (::unlink(m_path.c_str()) != 0 && errno != ENOENT)
            return ioError(m_path, "cannot be deleted, check the folder's permissions");
        return {};
    }
    if (::rename(m_path.c_str(), (m_path.string() + ".damaged").c_str()) != 0)
        return ioError(m_path, "cannot be renamed, check the folder's permissions");
    return {};
}

EditJournal::EditJournal(Descriptor file, fs::path path)
    : m_file(std::move(file))
    , m_path(std::move(path)) { }

EditJournal::~EditJournal()
{
    if (m_pending == 0)
        ::unlink(m_path.c_str());
}

Result<std::unique_ptr<EditJournal>> EditJournal::open(const fs::path& folder, const std::string& clientName)
{
    if (clientName.empty() || clientName.size() > kLongestName)
        return Error{
            ErrorCode::InvalidArgument, "the name of a journal of edits must have 1 to 200 characters"};
    std::error_code ec;
    fs::create_directories(folder, ec);
    const fs::path path = folder / fileNameOf(clientName);
    auto file = openLocked(path);
    if (!file)
        return file.error();
    if (const Contents old = readContents(*file); !old.records.empty() || old.damaged)
        return Error{ErrorCode::Conflict,
            path.string()
                + ": holds edits that are not in the project yet, open the project again to take them over"};
    std::unique_ptr<EditJournal> journal(new EditJournal(std::move(*file), path));
    if (::ftruncate(journal->m_file.get(), 0) != 0)
        return ioError(path, "edits cannot be kept there until they are saved");
    if (Status reserved = journal->reserve(kFirstReserve); !reserved)
        return reserved.error();
    if (!journal->writeHeader(journal->m_generation))
        return ioError(path, "edits cannot be kept there until they are saved");
    journal->m_end = sizeof(FileHead);
    return journal;
}

Status EditJournal::reserve(int64_t end)
{
    int64_t target = std::max(m_reserved, kFirstReserve);
    while (target < end)
        target *= 2;
    int failure = EINTR;
    while (failure == EINTR)
        failure = ::posix_fallocate(m_file.get(), 0, target);
    if (failure != 0 && target > end) {
        target = end;
        failure = ::posix_fallocate(m_file.get(), 0, target);
    }
    if (failure == 0) {
        m_reserved = target;
        return {};
    }
    errno = failure;
    return ioError(m_path, "there is no room for the edits that are not saved yet, make room on the disk");
}

bool EditJournal::writeHeader(uint64_t generation)
{
    FileHead head;
    head.generation = generation;
    head.checksum = head.expectedChecksum();
    return m_file.writeAt(0, {bytesOf(head)});
}

Status EditJournal::append(std::string_view record)
{
    if (record.size() > kMostBytes)
        return Error{ErrorCode::InvalidArgument,
            m_path.string() + ": an edit of " + std::to_string(record.size() >> 20)
                + " MiB is too big to be kept until it is saved"};
    const int64_t next = nextPlace(m_end, record.size());
    if (next > m_reserved)
        if (Status reserved = reserve(next); !reserved)
            return reserved;
    RecordHead head;
    head.bytes = static_cast<uint32_t>(record.size());
    head.generation = m_generation;
    head.number = m_number;
    head.checksum = head.expectedChecksum(record);
    if (!m_file.writeAt(m_end, {bytesOf(head), record}))
        return ioError(m_path, "an edit could not be kept until it is saved");
    m_end = next;
    ++m_number;
    ++m_pending;
    return {};
}

void EditJournal::clear()
{
    if (m_pending == 0)
        return;
    m_pending = 0;
    // If the new generation cannot be written, the old one goes on: better twice than never.
    if (!writeHeader(m_generation + 1))
        return;
    ++m_generation;
    m_number = 0;
    m_end = sizeof(FileHead);
}

Result<std::vector<RecoveredJournal>> EditJournal::abandoned(const fs::path& folder)
{
    std::vector<RecoveredJournal> found;
    const auto paths = journalsIn(folder);
    if (!paths)
        return paths.error();
    for (const fs::path& path : *paths) {
        RecoveredJournal journal;
        journal.m_file = Descriptor(path, O_RDWR);
        if (!journal.m_file.ok())
            journal.m_file = Descriptor(path, O_RDONLY);
        if (!journal.m_file.ok() || !journal.m_file.lock(false) || !journal.m_file.liesAt(path))
            continue;
        Contents contents = readContents(journal.m_file);
        if (contents.records.empty() && !contents.damaged) {
            ::unlink(path.c_str());
            continue;
        }
        journal.m_path = path;
        journal.m_client = path.stem().string();
        journal.m_records = std::move(contents.records);
        if (contents.damaged)
            journal.m_trouble = path.string() + ": damaged behind edit "
                + std::to_string(journal.m_records.size())
                + ", later edits in it cannot be read; the file is kept beside it as .damaged";
        found.push_back(std::move(journal));
    }
    return found;
}

Result<std::vector<std::string>> EditJournal::waiting(const fs::path& folder)
{
    const auto paths = journalsIn(folder);
    if (!paths)
        return paths.error();
    std::vector<std::string> all;
    for (const fs::path& path : *paths) {
        const Descriptor file(path, O_RDONLY);
        // A journal that is locked belongs to a program that runs and enters its edits itself.
        if (file.ok() && ::flock(file.get(), LOCK_SH | LOCK_NB) == 0)
            std::ranges::move(readContents(file).records, std::back_inserter(all));
    }
    return all;
}

} // namespace telltale
