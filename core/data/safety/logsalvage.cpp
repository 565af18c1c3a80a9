// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The formats are in SQLite's documentation: "Database File Format" and "WAL-mode File Format".
#include "data/safety/logsalvage.h"
#include "base/files.h"
#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string_view>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr size_t kFileHeader = 100; ///< before the first page's own
constexpr size_t kWalHeader = 32;
constexpr size_t kFrameHeader = 24;
constexpr size_t kUsualPage = 4096;
constexpr uint8_t kLeafOfTable = 0x0d;
constexpr size_t kColumns = 12;
constexpr size_t kColumnsBeforeEffort = 11; ///< of entries that were written before schema 5
constexpr size_t kHashDigits = 64;

uint64_t bigEndian(std::string_view bytes, size_t at, size_t count)
{
    uint64_t value = 0;
    for (size_t i = 0; i < count; ++i)
        value = value << 8 | static_cast<uint8_t>(bytes[at + i]);
    return value;
}

/// Reads one after another and fails for good at the end of the bytes.
class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) { }
    bool failed() const { return m_failed; }
    std::string_view rest() const { return m_bytes; }

    uint64_t varint()
    {
        uint64_t value = 0;
        for (int i = 0; i < 9; ++i) {
            const std::string_view byte = take(1);
            if (m_failed)
                return 0;
            const auto bits = static_cast<uint8_t>(byte[0]);
            if (i == 8)
                return value << 8 | bits;
            value = value << 7 | (bits & 0x7f);
            if (bits < 0x80)
                return value;
        }
        return value;
    }
    std::string_view take(uint64_t count)
    {
        m_failed = m_failed || count > m_bytes.size();
        if (m_failed)
            return {};
        const std::string_view part = m_bytes.substr(0, count);
        m_bytes.remove_prefix(count);
        return part;
    }

private:
    std::string_view m_bytes;
    bool m_failed = false;
};

/// A column of a record by its serial type: a text, or a whole number.
struct Value {
    bool isText = false;
    std::string_view text;
    int64_t number = 0;
};

std::optional<Value> readValue(uint64_t type, Reader& body)
{
    constexpr std::array<uint64_t, 7> kBytes{0, 1, 2, 3, 4, 6, 8};
    if (type >= 12) { // a text, or by one flipped bit a blob of the same bytes
        const std::string_view text = body.take((type - 12) / 2);
        return body.failed() ? std::nullopt : std::optional(Value{true, text, 0});
    }
    if (type == 8 || type == 9)
        return Value{false, {}, type == 9 ? 1 : 0};
    if (type >= kBytes.size())
        return {};
    const std::string_view bytes = body.take(kBytes.at(type));
    if (body.failed())
        return {};
    return Value{false, {}, static_cast<int64_t>(bigEndian(bytes, 0, bytes.size()))};
}

/// An entry of the log, if the record can be one.
std::optional<EditRecord> readEntry(int64_t sequence, std::string_view payload)
{
    Reader record(payload);
    const uint64_t headerBytes = record.varint();
    const size_t used = payload.size() - record.rest().size();
    if (record.failed() || headerBytes < used || headerBytes > payload.size())
        return {};
    Reader types(record.take(headerBytes - used));
    Reader body(payload.substr(headerBytes));
    std::vector<Value> columns;
    while (!types.rest().empty()) {
        const uint64_t type = types.varint();
        const auto value = types.failed() ? std::nullopt : readValue(type, body);
        if (!value || columns.size() == kColumns)
            return {};
        columns.push_back(*value);
    }
    if (columns.size() != kColumns && columns.size() != kColumnsBeforeEffort)
        return {};
    for (size_t i = 1; i < columns.size(); ++i)
        if (columns[i].isText == (i == 7))
            return {};
    const auto text = [&](size_t column) { return std::string(columns[column].text); };
    if (columns[10].text.size() != kHashDigits || sequence < 1)
        return {};
    return EditRecord{sequence, text(1), text(2), text(3), text(4), text(5), text(6), columns[7].number,
        text(8), text(9), text(10), columns.size() == kColumns ? text(11) : std::string()};
}

class Salvage {
public:
    Salvage(std::string database, std::string wal, ProgressSink& progress)
        : m_database(std::move(database))
        , m_wal(std::move(wal))
        , m_progress(progress)
    {
        if (m_database.size() >= kFileHeader) {
            const auto size = static_cast<size_t>(bigEndian(m_database, 16, 2));
            m_page = size >= 512 && std::has_single_bit(size) ? size : kUsualPage;
        }
        for (size_t at = kWalHeader; at + kFrameHeader + m_page <= m_wal.size(); at += kFrameHeader + m_page)
            m_frames[bigEndian(m_wal, at, 4)] = std::string_view(m_wal).substr(at + kFrameHeader, m_page);
    }

    Result<LogCandidates> run()
    {
        const auto pages = static_cast<int64_t>(m_database.size() / m_page);
        for (int64_t page = 0; page < pages; ++page) {
            if (m_progress.cancelled())
                return Error{ErrorCode::Cancelled, "the repair was stopped"};
            if (page % 256 == 0)
                m_progress.report(page, pages, "looking for edits");
            leaf(std::string_view(m_database).substr(static_cast<size_t>(page) * m_page, m_page),
                page == 0 ? kFileHeader : 0);
        }
        // Frames of every age, also those that SQLite does not believe any more.
        for (size_t at = kWalHeader; at + kFrameHeader + m_page <= m_wal.size(); at += kFrameHeader + m_page)
            leaf(std::string_view(m_wal).substr(at + kFrameHeader, m_page),
                bigEndian(m_wal, at, 4) == 1 ? kFileHeader : 0);
        return std::move(m_found);
    }

private:
    void leaf(std::string_view page, size_t start)
    {
        if (static_cast<uint8_t>(page[start]) != kLeafOfTable)
            return;
        const size_t count = bigEndian(page, start + 3, 2);
        for (size_t i = 0; i < count && start + 10 + 2 * i <= page.size(); ++i)
            cell(page, bigEndian(page, start + 8 + 2 * i, 2));
    }

    void cell(std::string_view page, size_t at)
    {
        if (at >= page.size())
            return;
        Reader reader(page.substr(at));
        const uint64_t bytes = reader.varint();
        const auto sequence = static_cast<int64_t>(reader.varint());
        if (reader.failed() || bytes > m_database.size() + m_wal.size())
            return;
        // How much of a record lies in its page is SQLite's arithmetic.
        const size_t most = m_page - 35;
        const size_t least = (m_page - 12) * 32 / 255 - 23;
        const size_t wanted = least + (bytes - least) % (m_page - 4);
        const size_t local = bytes <= most ? bytes : wanted <= most ? wanted : least;
        const std::string_view here = reader.take(local);
        if (reader.failed())
            return;
        if (bytes <= most)
            return keep(readEntry(sequence, here));
        const std::string_view next = reader.take(4);
        if (reader.failed())
            return;
        for (const bool frames : {true, false})
            if (const auto payload = gather(here, bigEndian(next, 0, 4), bytes, frames))
                keep(readEntry(sequence, *payload));
    }

    /// The part in the page and what follows in others.
    std::optional<std::string> gather(std::string_view here, uint64_t next, uint64_t bytes, bool frames) const
    {
        std::string payload(here);
        while (payload.size() < bytes) {
            const std::string_view page = pageOf(next, frames);
            if (page.empty())
                return {};
            next = bigEndian(page, 0, 4);
            payload += page.substr(4, std::min<uint64_t>(m_page - 4, bytes - payload.size()));
        }
        return payload;
    }

    std::string_view pageOf(uint64_t number, bool frames) const
    {
        const auto frame = m_frames.find(number);
        if (frames && frame != m_frames.end())
            return frame->second;
        if (number < 1 || number > m_database.size() / m_page)
            return {};
        return std::string_view(m_database).substr((number - 1) * m_page, m_page);
    }

    void keep(const std::optional<EditRecord>& entry)
    {
        if (!entry)
            return;
        std::vector<EditRecord>& versions = m_found[entry->sequence];
        const bool known = std::ranges::any_of(versions, [&](const EditRecord& one) {
            return one.hash == entry->hash && hashOf(one, {}) == hashOf(*entry, {});
        });
        if (!known)
            versions.push_back(*entry);
    }

    std::string m_database;
    std::string m_wal;
    ProgressSink& m_progress;
    size_t m_page = kUsualPage;
    std::map<uint64_t, std::string_view> m_frames; ///< the newest by page
    LogCandidates m_found;
};

const std::vector<EditRecord>& versionsOf(const LogCandidates& candidates, int64_t sequence)
{
    static const std::vector<EditRecord> none;
    const auto found = candidates.find(sequence);
    return found != candidates.end() ? found->second : none;
}

bool readable(const EditRecord& entry) { return parseNamedChanges(entry).ok(); }

/// Whether an entry behind a gap is what was written: it knows the hash of the one before.
bool provenByPrevious(const LogCandidates& candidates, const EditRecord& entry)
{
    return std::ranges::any_of(versionsOf(candidates, entry.sequence - 1),
        [&](const EditRecord& before) { return hashOf(entry, before.hash) == entry.hash; });
}

/// Whether the next one knows its hash.
bool isFollowed(const LogCandidates& candidates, const EditRecord& entry)
{
    return std::ranges::any_of(versionsOf(candidates, entry.sequence + 1),
        [&](const EditRecord& after) { return hashOf(after, entry.hash) == after.hash; });
}

} // namespace

Result<LogCandidates> salvageLog(const fs::path& database, ProgressSink& progress)
{
    std::error_code ec;
    auto bytes = readFile(database);
    if (!bytes)
        return bytes.error();
    const fs::path wal = database.string() + "-wal";
    auto frames = fs::exists(wal, ec) ? readFile(wal) : Result<std::string>(std::string());
    if (!frames)
        return frames.error();
    return Salvage(std::move(*bytes), std::move(*frames), progress).run();
}

void ProvenLog::giveUp(int64_t sequence)
{
    entries.erase(sequence);
    doubtful.erase(sequence);
    lost.insert(std::ranges::lower_bound(lost, sequence), sequence);
}

ProvenLog proveLog(const LogCandidates& candidates)
{
    ProvenLog log;
    const EditRecord* last = nullptr; // null at the beginning and behind a gap
    int64_t sequence = 0; // of the last one that is proven
    for (const auto& [number, versions] : candidates) {
        const bool follows = number == sequence + 1 && (last || sequence == 0);
        const EditRecord* chosen = nullptr;
        bool chosenFollowed = false;
        for (const EditRecord& entry : versions) {
            const bool followed = isFollowed(candidates, entry);
            const bool fits = follows ? hashOf(entry, last ? last->hash : std::string()) == entry.hash
                                      : followed || provenByPrevious(candidates, entry);
            if (!fits || !readable(entry) || (chosen && (chosenFollowed || !followed)))
                continue;
            chosen = &entry;
            chosenFollowed = followed;
        }
        if (!chosen) {
            last = nullptr;
            continue;
        }
        for (int64_t missing = sequence + 1; missing < number; ++missing)
            log.lost.push_back(missing);
        last = &(log.entries[number] = *chosen);
        if (!follows && !provenByPrevious(candidates, *chosen))
            log.doubtful.insert(number);
        sequence = number;
    }
    if (candidates.contains(sequence + 1))
        log.lost.push_back(sequence + 1);
    return log;
}

} // namespace telltale
