// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/safety/diagnosis.h"
#include "data/safety/stillcopy.h"
#include "data/safety/walfile.h"
#include "data/store/database.h"
#include "data/store/sqlitefile.h"
#include <algorithm>
#include <array>
#include <bit>
#include <span>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr int64_t kHeaderBytes = 100;
constexpr uint32_t kApplicationId = 0x54454c4c; ///< "TELL"
constexpr int kFewWrongBytes = 4; ///< of the magic: the file was one of ours
constexpr int kFewWrongBits = 4; ///< of the application's id
constexpr int64_t kNoVersion = kSchemaVersion + 1000; ///< so many schemas there will not be
constexpr int kAttempts = 5;

/// A whole number in the header (big-endian), and what Telltale's databases have there.
struct HeaderField {
    size_t offset;
    int bytes;
    uint32_t low;
    uint32_t high;
    const char* name;
};
constexpr std::array kFields{
    HeaderField{18, 1, 1, 2, "write version"},
    HeaderField{19, 1, 1, 2, "read version"},
    HeaderField{20, 1, 0, 0, "reserved bytes of a page"},
    HeaderField{21, 1, 64, 64, "largest payload fraction"},
    HeaderField{22, 1, 32, 32, "smallest payload fraction"},
    HeaderField{23, 1, 32, 32, "leaf payload fraction"},
    HeaderField{44, 4, 4, 4, "schema format"},
    HeaderField{48, 4, 0, 0, "suggested cache size"},
    HeaderField{52, 4, 0, 0, "largest root page"},
    HeaderField{56, 4, 1, 1, "text encoding"},
    HeaderField{64, 4, 0, 0, "incremental vacuum"},
    HeaderField{72, 4, 0, 0, "reserved space"},
    HeaderField{76, 4, 0, 0, "reserved space"},
    HeaderField{80, 4, 0, 0, "reserved space"},
    HeaderField{84, 4, 0, 0, "reserved space"},
    HeaderField{88, 4, 0, 0, "reserved space"},
    HeaderField{96, 4, 3'000'000, 3'999'999, "SQLite's version"},
};

/// What a schema brought: the number in the header must fit what is there.
struct SchemaMark {
    int64_t since;
    const char* table;
    const char* column;
};
constexpr std::array kMarks{
    SchemaMark{2, "syncs", "offset_us"},
    SchemaMark{3, "edits", "token"},
    SchemaMark{5, "edits", "effort"},
};

struct HealthRow {
    ProjectHealth health;
    std::string_view name;
    const char* what; ///< behind the file's or folder's name
    const char* remedy;
    bool wantsSnapshot; ///< a snapshot would help
};
constexpr const char* kRepair = "'telltale-cli project repair' brings back what can be saved, on a copy";
constexpr std::array kHealth{
    HealthRow{ProjectHealth::Sound, "sound", "", "", false},
    HealthRow{ProjectHealth::NoFolder, "no folder", "there is no such folder",
        "check the path, and whether its disk is connected", false},
    HealthRow{ProjectHealth::NotAProject, "not a project", "is not a Telltale project",
        "choose the folder that holds project.db, or make a project with 'telltale-cli project new'", false},
    HealthRow{ProjectHealth::TeamProject, "team project", "is a team's project, its data is on the server",
        "check it there", false},
    HealthRow{ProjectHealth::Empty, "empty", "has no content (0 bytes)", kRepair, true},
    HealthRow{ProjectHealth::Truncated, "truncated", "is cut short", kRepair, true},
    HealthRow{ProjectHealth::Damaged, "damaged", "is damaged", kRepair, true},
    HealthRow{ProjectHealth::Torn, "torn",
        "the last edit in its write-ahead file is incomplete: the power failed while it was written, or the "
        "file was damaged",
        "open the project, everything before that edit is there", false},
    HealthRow{ProjectHealth::Interrupted, "interrupted restore",
        "has no project.db, but one that a restore or repair has put aside: it was stopped half-way", kRepair,
        true},
    HealthRow{ProjectHealth::NewerSchema, "newer schema", "was written by a newer Telltale",
        "update Telltale; nothing was changed", false},
    HealthRow{ProjectHealth::Unreadable, "unreadable", "cannot be read", "check the permissions and the disk",
        false},
    HealthRow{ProjectHealth::Cancelled, "cancelled", "was not examined to the end", "do it again", false},
};

const HealthRow& rowOf(ProjectHealth health)
{
    return *std::ranges::find_if(kHealth, [&](const HealthRow& row) { return row.health == health; });
}

/// The first bytes of a database.
class Header {
public:
    explicit Header(std::string bytes) : m_bytes(std::move(bytes)) { }
    bool whole() const { return static_cast<int64_t>(m_bytes.size()) == kHeaderBytes; }
    uint32_t number(size_t offset, int bytes) const
    {
        uint32_t value = 0;
        for (int i = 0; i < bytes; ++i)
            value = value << 8 | static_cast<uint8_t>(m_bytes[offset + static_cast<size_t>(i)]);
        return value;
    }
    int wrongMagicBytes() const
    {
        int wrong = 0;
        for (size_t i = 0; i < std::min(kMagic.size(), m_bytes.size()); ++i)
            wrong += m_bytes[i] != kMagic[i] ? 1 : 0;
        return wrong;
    }
    int wrongIdBits() const { return std::popcount(number(68, 4) ^ kApplicationId); }
    int64_t version() const { return number(60, 4); }
    /// 0: not a size that a page can have.
    int64_t pageSize() const
    {
        const uint32_t stored = number(16, 2);
        const uint32_t size = stored == 1 ? 65536 : stored;
        return size >= 512 && std::has_single_bit(size) ? size : 0;
    }
    int64_t pageCount() const { return number(28, 4); }
    bool countersAgree() const { return number(24, 4) == number(92, 4); }

private:
    std::string m_bytes;
};

class Examiner {
public:
    Examiner(fs::path database, ProgressSink& progress)
        : m_database(std::move(database))
        , m_progress(progress)
    {
    }

    /// `live`: through SQLite's locks, beside a program that writes all the time.
    Diagnosis run(bool live)
    {
        const auto original = SqliteFile::open(m_database, SqliteFile::Mode::Immutable, &m_progress);
        if (!original)
            return refuse(original.error());
        const auto size = original->size();
        if (!size)
            return refuse(size.error());
        m_found.fileBytes = *size;
        if (*size == 0)
            return conclude(ProjectHealth::Empty);
        const Header first = headerOf(*original);
        if (!first.whole())
            return conclude(
                first.wrongMagicBytes() == 0 ? ProjectHealth::Truncated : ProjectHealth::NotAProject);
        if (live) {
            const auto beside = SqliteFile::open(m_database, SqliteFile::Mode::Reading, &m_progress);
            return beside ? examine(*beside, first) : refuse(beside.error());
        }
        auto wal = readWal(m_database.string() + "-wal");
        if (!wal)
            return refuse(wal.error());
        m_wal = std::move(*wal);
        return m_wal.commits == 0 ? examine(*original, first) : examineMerged(*original, first);
    }

private:
    Diagnosis conclude(ProjectHealth health)
    {
        m_found.health = health;
        return m_found;
    }

    Diagnosis damaged(std::string problem)
    {
        m_found.problems.push_back(std::move(problem));
        return conclude(ProjectHealth::Damaged);
    }

    Diagnosis refuse(const Error& error)
    {
        if (error.code == ErrorCode::Cancelled)
            return conclude(ProjectHealth::Cancelled);
        m_found.problems.push_back(error.message);
        return conclude(
            error.code == ErrorCode::BadFormat ? ProjectHealth::Damaged : ProjectHealth::Unreadable);
    }

    static Header headerOf(const SqliteFile& file)
    {
        std::string bytes(kHeaderBytes, '\0');
        const auto count = file.read(0, bytes);
        bytes.resize(count ? *count : 0);
        return Header(std::move(bytes));
    }

    /// Database and write-ahead file as one, in a copy.
    Diagnosis examineMerged(const SqliteFile& original, const Header& first)
    {
        if (const int64_t missing = missingPages(first.pageSize()); missing > 0)
            return cutShort(missing);
        std::error_code ec;
        const auto walBytes = static_cast<int64_t>(fs::file_size(m_database.string() + "-wal", ec));
        const auto bench = Workbench::make(m_found.fileBytes + 2 * walBytes);
        if (!bench)
            return refuse(bench.error());
        const fs::path copy = (*bench)->database();
        if (auto status = copyFiles(original, m_database, m_found.fileBytes, copy, m_progress); !status)
            return refuse(status.error());
        {
            auto merging = SqliteFile::open(copy, SqliteFile::Mode::Live, &m_progress);
            if (!merging)
                return refuse(merging.error());
            if (const auto done = merging->texts("PRAGMA wal_checkpoint(TRUNCATE)"); !done)
                return first.wrongMagicBytes() > 0 ? examine(original, first) : refuse(done.error());
        }
        auto merged = SqliteFile::open(copy, SqliteFile::Mode::Immutable, &m_progress);
        return merged ? examine(*merged, headerOf(*merged)) : refuse(merged.error());
    }

    /// Pages that neither the file nor the write-ahead file has.
    int64_t missingPages(int64_t pageSize) const
    {
        if (pageSize == 0)
            return 0;
        int64_t missing = 0;
        const int64_t present = m_found.fileBytes / pageSize;
        for (int64_t page = present + 1; page <= m_wal.pageCount; ++page)
            missing += m_wal.pages.count(static_cast<uint32_t>(page)) ? 0 : 1;
        return missing;
    }

    Diagnosis cutShort(int64_t missing)
    {
        m_found.problems.push_back(
            std::to_string(missing) + (missing == 1 ? " page is" : " pages are") + " missing at its end");
        return conclude(ProjectHealth::Truncated);
    }

    Diagnosis examine(const SqliteFile& file, const Header& header)
    {
        if (auto identity = examineIdentity(header))
            return *identity;
        const auto size = file.size();
        if (!size)
            return refuse(size.error());
        const int64_t pages = *size / header.pageSize();
        m_found.expectedBytes = header.pageCount() * header.pageSize();
        if (header.countersAgree() && header.pageCount() > pages)
            return cutShort(header.pageCount() - pages);
        m_found.schema = header.version();
        if (m_found.schema > kSchemaVersion && m_found.schema < kNoVersion)
            return conclude(ProjectHealth::NewerSchema);
        examineHeader(header, *size);
        return examineContent(file);
    }

    /// Whether the file is one of ours at all.
    std::optional<Diagnosis> examineIdentity(const Header& header)
    {
        const bool ours = header.wrongIdBits() == 0;
        if (const int wrong = header.wrongMagicBytes(); wrong > 0)
            return wrong <= kFewWrongBytes || ours ? damaged("its first 16 bytes are not a database's")
                                                   : conclude(ProjectHealth::NotAProject);
        if (!ours)
            return header.wrongIdBits() <= kFewWrongBits
                ? damaged("the mark of a Telltale project in its header is damaged")
                : conclude(ProjectHealth::NotAProject);
        if (header.pageSize() == 0)
            return damaged("the page size in its header is impossible");
        return {};
    }

    void problem(std::string sentence) { m_found.problems.push_back(std::move(sentence)); }

    void examineHeader(const Header& header, int64_t size)
    {
        for (const HeaderField& field : kFields) {
            const uint32_t value = header.number(field.offset, field.bytes);
            if (value < field.low || value > field.high)
                problem(std::string("the ") + field.name + " in its header is " + std::to_string(value));
        }
        if (header.version() < 1 || header.version() >= kNoVersion)
            problem("the schema's number in its header is " + std::to_string(header.version()));
        if (!header.countersAgree())
            problem("the two counters of changes in its header differ");
        else if (size != m_found.expectedBytes)
            problem("it is longer than its header says");
        if (m_wal.headerDamaged)
            problem("the header of its write-ahead file is damaged, the edits in there cannot be read");
        if (m_wal.lostCommits > 1)
            problem("its write-ahead file is damaged, the last " + std::to_string(m_wal.lostCommits)
                + " edits in there cannot be read");
    }

    Status examineMarks(const SqliteFile& file)
    {
        for (const SchemaMark& mark : kMarks) {
            const auto there = file.texts((std::string("SELECT 1 FROM pragma_table_info('") + mark.table
                + "') WHERE name = '" + mark.column + "'")
                                              .c_str());
            if (!there)
                return there.error();
            if (there->empty() == (m_found.schema >= mark.since))
                problem("the schema's number in its header is " + std::to_string(m_found.schema)
                    + ", but its tables are of another one");
        }
        return {};
    }

    Diagnosis examineContent(const SqliteFile& file)
    {
        m_progress.report(0, 0, "checking the file");
        const auto found = file.texts("PRAGMA integrity_check(20)");
        if (!found)
            return refuse(found.error());
        for (const std::string& line : *found)
            if (line != "ok")
                problem(line);
        const auto end = file.logEnd();
        if (!end)
            return refuse(end.error());
        if (auto status = examineMarks(file); !status)
            return refuse(status.error());
        m_found.lastSequence = end->sequence;
        if (!m_found.problems.empty())
            return conclude(ProjectHealth::Damaged);
        return conclude(m_wal.lostCommits > 0 ? ProjectHealth::Torn : ProjectHealth::Sound);
    }

    fs::path m_database;
    ProgressSink& m_progress;
    WalContent m_wal;
    Diagnosis m_found;
};

bool isPutAside(const std::string& name)
{
    return name.starts_with("project.db.before-restore-") || name.starts_with("project.db.damaged-");
}

/// Damage that others' writing at the same time can feign.
bool mayBeFeigned(const Diagnosis& found)
{
    return found.health != ProjectHealth::Sound && found.health != ProjectHealth::Cancelled;
}

Diagnosis examineDatabase(const fs::path& database, ProgressSink& progress)
{
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const Moment before = Moment::of(database);
        Diagnosis found = Examiner(database, progress).run(false);
        if (!mayBeFeigned(found))
            return found;
        // Found twice in files that did not change meanwhile: so it is.
        const Diagnosis again = Examiner(database, progress).run(false);
        if (again.health == found.health && Moment::of(database) == before)
            return found;
    }
    return Examiner(database, progress).run(true);
}

Diagnosis examineFolder(const fs::path& folder, ProgressSink& progress)
{
    const auto is = [](ProjectHealth health) {
        Diagnosis found;
        found.health = health;
        return found;
    };
    std::error_code ec;
    const auto status = fs::status(folder, ec);
    if (status.type() == fs::file_type::not_found)
        return is(ProjectHealth::NoFolder);
    if (ec)
        return is(ProjectHealth::Unreadable);
    if (!fs::is_directory(status))
        return is(ProjectHealth::NotAProject);
    const fs::path database = folder / "project.db";
    const auto file = fs::status(database, ec);
    if (file.type() == fs::file_type::regular)
        return examineDatabase(database, progress);
    if (file.type() != fs::file_type::not_found)
        return is(ec ? ProjectHealth::Unreadable : ProjectHealth::NotAProject);
    if (fs::exists(folder / "team.json", ec))
        return is(ProjectHealth::TeamProject);
    for (const auto& entry : fs::directory_iterator(folder, ec))
        if (isPutAside(entry.path().filename().string()))
            return is(ProjectHealth::Interrupted);
    return is(ec ? ProjectHealth::Unreadable : ProjectHealth::NotAProject);
}

} // namespace

std::string_view nameOf(ProjectHealth health) { return rowOf(health).name; }

Diagnosis diagnoseProject(const fs::path& folder, ProgressSink& progress)
{
    Diagnosis found = examineFolder(folder, progress);
    const HealthRow& row = rowOf(found.health);
    if (found.health == ProjectHealth::Sound)
        return found;
    std::error_code ec;
    const fs::path database = folder / "project.db";
    found.sentence = (fs::exists(database, ec) ? database : folder).string() + ": " + row.what;
    if (found.health == ProjectHealth::NewerSchema)
        found.sentence += " (schema " + std::to_string(found.schema) + ", this one reads up to "
            + std::to_string(kSchemaVersion) + ")";
    else if (!found.problems.empty())
        found.sentence += " (" + found.problems.front() + ")";
    if (row.wantsSnapshot)
        found.snapshot = newestGoodSnapshot(defaultSnapshotFolder(folder), progress);
    found.remedy = row.remedy;
    if (found.snapshot)
        found.remedy += "; the newest good snapshot is of " + describeTime(*found.snapshot) + ", edit "
            + std::to_string(found.snapshot->sequence);
    found.sentence += "; " + found.remedy;
    return found;
}

} // namespace telltale
