// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/safety/snapshots.h"
#include "base/descriptor.h"
#include "base/files.h"
#include "data/store/diskfiles.h"
#include "data/store/sqlitefile.h"
#include <QStandardPaths>
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <fcntl.h>
#include <set>
#include <sqlite3.h>
#include <unistd.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::sys_seconds;

constexpr int kPagesAStep = 64; ///< 256 KiB: a question whether to stop every few milliseconds
constexpr int kStepsAFlush = 32; ///< 8 MiB: the project's own writes wait no longer than for these
constexpr int64_t kRoomToLeave = 32 << 20; ///< a snapshot must not be what fills the disk
constexpr std::string_view kDigestSuffix = ".sha256";
constexpr std::string_view kUnfinished = ".taking-";
constexpr auto kForgottenAfter = std::chrono::hours(1);

/// How many snapshots rotation keeps, one for each stretch of time of this length.
struct Keep {
    std::chrono::seconds stretch; ///< 0: every snapshot is one of its own
    size_t count;
};
constexpr std::array kKeep{
    Keep{std::chrono::seconds(0), 10},
    Keep{days(1), 7},
    Keep{days(7), 4},
};
/// Days are counted from a Thursday; weeks shall begin on Mondays.
constexpr auto kMonday = days(3);

std::string stamp(sys_seconds time, const char* form)
{
    const auto day = std::chrono::floor<days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    std::array<char, 80> text{};
    std::snprintf(text.data(), text.size(), form, static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()));
    return text.data();
}

constexpr const char* kNameForm = "%04d%02u%02uT%02d%02d%02dZ";

sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

/// What a file's name says; nothing if it is no snapshot.
std::optional<SnapshotInfo> parseName(const fs::path& file)
{
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    std::array<int, 3> clock{};
    long long sequence = 0;
    int end = 0;
    const std::string name = file.filename().string();
    if (std::sscanf(name.c_str(), "%4d%2u%2uT%2d%2d%2dZ-seq%lld.db%n", &year, &month, &day, clock.data(),
            &clock[1], &clock[2], &sequence, &end)
            != 7
        || end != static_cast<int>(name.size()))
        return {};
    const std::chrono::year_month_day date{
        std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (!date.ok())
        return {};
    return SnapshotInfo{file,
        std::chrono::sys_days(date) + std::chrono::hours(clock[0]) + std::chrono::minutes(clock[1])
            + std::chrono::seconds(clock[2]),
        sequence, 0};
}

fs::path digestFile(const fs::path& snapshot) { return snapshot.string() + std::string(kDigestSuffix); }

/// Removes what was begun but has no name yet, unless it is let go.
class Unfinished {
public:
    explicit Unfinished(fs::path file) : m_file(std::move(file)) { }
    ~Unfinished()
    {
        std::error_code ec;
        if (!m_file.empty())
            fs::remove(m_file, ec);
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    const fs::path& path() const { return m_file; }
    void release() { m_file.clear(); }

private:
    fs::path m_file;
};

fs::path unfinishedIn(const fs::path& folder)
{
    static std::atomic<int> serial = 0;
    return folder
        / (std::string(kUnfinished) + std::to_string(::getpid()) + "-" + std::to_string(++serial) + ".part");
}

/// What programs that were killed have left.
void removeForgotten(const fs::path& folder)
{
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(folder, ec)) {
        const auto age = fs::file_time_type::clock::now() - entry.last_write_time(ec);
        if (!ec && entry.path().filename().string().starts_with(kUnfinished) && age > kForgottenAfter)
            fs::remove(entry.path(), ec);
    }
}

Status copyPages(SqliteFile& from, SqliteFile& to, const fs::path& copy, ProgressSink& progress)
{
    sqlite3_backup* const backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
    if (!backup)
        return to.failure(sqlite3_errcode(to.handle()));
    const Descriptor written(copy, O_RDWR);
    int code = SQLITE_OK;
    for (int step = 1; code == SQLITE_OK && !progress.cancelled(); ++step) {
        code = sqlite3_backup_step(backup, kPagesAStep);
        if (step % kStepsAFlush == 0)
            ::fdatasync(written.get());
        const int total = sqlite3_backup_pagecount(backup);
        progress.report(total - sqlite3_backup_remaining(backup), total, "copying the project");
    }
    sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE)
        return {};
    if (code == SQLITE_OK)
        return Error{ErrorCode::Cancelled, "the snapshot was stopped"};
    // What fails for the data's sake fails in the project, what fails for the disk's sake in the copy.
    const bool damaged = (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
    return damaged ? from.failure(code) : to.failure(code);
}

Status checkStructure(SqliteFile& file, const fs::path& named)
{
    const auto found = file.texts("PRAGMA integrity_check(1)");
    if (!found)
        return found.error();
    if (found->size() == 1 && found->front() == "ok")
        return {};
    return Error{
        ErrorCode::BadFormat, named.string() + ": is damaged: " + (found->empty() ? "" : found->front())};
}

/// What is known of a copy that was found good.
struct Verified {
    int64_t sequence;
    std::string digest;
};

Result<Verified> copyProject(const fs::path& projectDb, const fs::path& copy, ProgressSink& progress)
{
    auto source = SqliteFile::open(projectDb, SqliteFile::Mode::Live, &progress);
    if (!source)
        return source.error();
    // One read transaction over all steps: in WAL mode it holds no writer up, and the copy is of one moment.
    if (auto status = source->run("BEGIN"); !status)
        return status.error();
    const auto end = source->logEnd();
    if (!end)
        return end.error();
    {
        auto target = SqliteFile::open(copy, SqliteFile::Mode::New);
        if (!target)
            return target.error();
        if (auto status = copyPages(*source, *target, copy, progress); !status)
            return status.error();
    }
    if (auto status = flushToDisk(copy); !status)
        return status.error();
    // First from end to end: the check jumps about.
    auto digest = fileDigest(copy, progress);
    if (!digest)
        return digest.error();
    auto written = SqliteFile::open(copy, SqliteFile::Mode::Immutable, &progress);
    if (!written)
        return written.error();
    progress.report(0, 0, "checking the copy");
    if (auto status = checkStructure(*written, projectDb); !status)
        return Error{status.error().code,
            status.error().message + "; no snapshot was kept of it, run 'telltale-cli project check'"};
    const auto copied = written->logEnd();
    if (!copied)
        return copied.error();
    if (*copied != *end)
        return Error{ErrorCode::Io,
            copy.string() + ": the copy is not what was written, it was not kept; check the disk"};
    return Verified{end->sequence, std::move(*digest)};
}

/// Of now, or of the next second that has none with this number: it may be another history's.
SnapshotInfo unusedName(const fs::path& folder, int64_t sequence)
{
    SnapshotInfo snapshot;
    snapshot.sequence = sequence;
    snapshot.time = now();
    std::error_code ec;
    for (;; snapshot.time += std::chrono::seconds(1)) {
        snapshot.file
            = folder / (stamp(snapshot.time, kNameForm) + "-seq" + std::to_string(sequence) + ".db");
        if (!fs::exists(snapshot.file, ec))
            return snapshot;
    }
}

Status leaveRoom(const fs::path& projectDb, const fs::path& folder)
{
    std::error_code ec;
    const auto space = fs::space(folder, ec);
    if (ec)
        return {};
    int64_t need = kRoomToLeave;
    for (const char* suffix : {"", "-wal"})
        if (const auto size = fs::file_size(projectDb.string() + suffix, ec); !ec)
            need += static_cast<int64_t>(size);
    if (static_cast<int64_t>(space.available) >= need)
        return {};
    return Error{ErrorCode::Io,
        folder.string() + ": no snapshot was taken, it takes " + std::to_string(need >> 20)
            + " MiB and the disk has " + std::to_string(space.available >> 20)
            + "; make room or choose another folder with TELLTALE_SNAPSHOTS"};
}

void removeExpired(const fs::path& folder)
{
    for (const SnapshotInfo& old : expiredSnapshots(listSnapshots(folder))) {
        std::error_code ec;
        fs::remove(old.file, ec);
        fs::remove(digestFile(old.file), ec);
    }
}

} // namespace

std::string describeTime(const SnapshotInfo& snapshot)
{
    return stamp(snapshot.time, "%04d-%02u-%02u %02d:%02d:%02d UTC");
}

fs::path defaultSnapshotFolder(const fs::path& projectFolder)
{
    const char* const chosen = std::getenv("TELLTALE_SNAPSHOTS");
    const fs::path base = chosen && *chosen
        ? fs::path(chosen)
        : fs::path(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation).toStdString())
            / "Telltale" / "snapshots";
    std::error_code ec;
    fs::path real = fs::weakly_canonical(projectFolder, ec);
    if (ec)
        real = fs::absolute(projectFolder);
    if (!real.has_filename())
        real = real.parent_path();
    return base / (real.filename().string() + "-" + contentDigest(real.string()).substr(0, 8));
}

std::vector<SnapshotInfo> listSnapshots(const fs::path& folder)
{
    std::vector<SnapshotInfo> found;
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(folder, ec)) {
        auto snapshot = parseName(entry.path());
        if (!snapshot || !entry.is_regular_file(ec))
            continue;
        snapshot->bytes = static_cast<int64_t>(entry.file_size(ec));
        found.push_back(std::move(*snapshot));
    }
    std::ranges::sort(found, [](const SnapshotInfo& a, const SnapshotInfo& b) {
        return std::pair(a.time, a.sequence) > std::pair(b.time, b.sequence);
    });
    return found;
}

std::vector<SnapshotInfo> expiredSnapshots(std::vector<SnapshotInfo> snapshots)
{
    std::ranges::stable_sort(
        snapshots, [](const SnapshotInfo& a, const SnapshotInfo& b) { return a.time > b.time; });
    std::vector<bool> kept(snapshots.size(), false);
    for (const Keep& rule : kKeep) {
        std::set<int64_t> stretches;
        for (size_t i = 0; i < snapshots.size() && stretches.size() < rule.count; ++i) {
            const int64_t seconds
                = (snapshots[i].time.time_since_epoch() + kMonday) / std::chrono::seconds(1);
            const int64_t length = rule.stretch / std::chrono::seconds(1);
            if (stretches.insert(length > 0 ? seconds / length : static_cast<int64_t>(i)).second)
                kept[i] = true;
        }
    }
    std::vector<SnapshotInfo> expired;
    for (size_t i = 0; i < snapshots.size(); ++i)
        if (!kept[i])
            expired.push_back(std::move(snapshots[i]));
    return expired;
}

Result<SnapshotInfo> takeSnapshot(
    const fs::path& projectDb, const fs::path& snapshotFolder, ProgressSink& progress)
{
    if (auto status = ensureWritableFolder(snapshotFolder); !status)
        return status.error();
    std::error_code ec;
    if (fs::equivalent(snapshotFolder, fs::absolute(projectDb).parent_path(), ec))
        return Error{ErrorCode::InvalidArgument,
            snapshotFolder.string() + ": is the project's own folder, choose another one for snapshots"};
    removeForgotten(snapshotFolder);
    if (auto status = leaveRoom(projectDb, snapshotFolder); !status)
        return status.error();
    Unfinished copy(unfinishedIn(snapshotFolder));
    const auto verified = copyProject(projectDb, copy.path(), progress);
    if (!verified)
        return verified.error();
    SnapshotInfo snapshot = unusedName(snapshotFolder, verified->sequence);
    snapshot.bytes = static_cast<int64_t>(fs::file_size(copy.path(), ec));
    // In the form of sha256sum. First the digest: a copy without one is only half as sure.
    if (auto status = writeFileAtomically(
            digestFile(snapshot.file), verified->digest + "  " + snapshot.file.filename().string() + "\n");
        !status)
        return status.error();
    if (auto status = renameDurably(copy.path(), snapshot.file); !status)
        return status.error();
    copy.release();
    removeExpired(snapshotFolder);
    return snapshot;
}

Status verifySnapshot(const fs::path& file, ProgressSink& progress)
{
    if (const auto noted = readFile(digestFile(file))) {
        const auto digest = fileDigest(file, progress);
        if (!digest)
            return digest.error();
        if (!noted->starts_with(*digest))
            return Error{ErrorCode::BadFormat,
                file.string() + ": the snapshot is damaged, it is not what was written; take another one"};
    }
    auto snapshot = SqliteFile::open(file, SqliteFile::Mode::Immutable, &progress);
    if (!snapshot)
        return snapshot.error();
    if (auto status = checkStructure(*snapshot, file); !status)
        return status;
    const auto end = snapshot->logEnd();
    return end ? Status() : Status(end.error());
}

std::optional<SnapshotInfo> newestGoodSnapshot(const fs::path& folder, ProgressSink& progress)
{
    for (SnapshotInfo& snapshot : listSnapshots(folder))
        if (!progress.cancelled() && verifySnapshot(snapshot.file, progress))
            return std::move(snapshot);
    return {};
}

Status refuseIfOpen(const fs::path& projectDb)
{
    const int fd = ::open(projectDb.c_str(), O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return {};
    // SQLite's shared lock: 510 bytes behind its pending and reserved bytes at 1 GiB.
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = 0x40000002;
    lock.l_len = 510;
    const bool held = ::fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    // Closing the descriptor would end this process' own locks: then it stays open.
    if (!held || lock.l_pid != ::getpid())
        ::close(fd);
    if (!held)
        return {};
    return Error{
        ErrorCode::Conflict, projectDb.string() + ": the project is open, close it everywhere first"};
}

namespace {

/// PATH.WORD-TIME, or with a number behind it.
fs::path freeName(const fs::path& path, const std::string& word)
{
    const std::string aside = path.string() + "." + word + "-" + stamp(now(), kNameForm);
    fs::path free = aside;
    std::error_code ec;
    for (int i = 2; fs::exists(free, ec); ++i)
        free = aside + "-" + std::to_string(i);
    return free;
}

} // namespace

Result<fs::path> replaceDatabase(
    const fs::path& fresh, const fs::path& projectFolder, const std::string& word)
{
    const fs::path project = projectFolder / "project.db";
    const fs::path free = freeName(project, word);
    fs::path former;
    std::error_code ec;
    // The database goes first and comes back last: whatever stops this half-way leaves a folder without one
    // (which says so when it is opened), never a database beside another's write-ahead file.
    for (const char* suffix : {"", "-wal", "-shm"}) {
        const fs::path present = project.string() + suffix;
        if (!fs::exists(present, ec))
            continue;
        if (auto status = renameDurably(present, free.string() + suffix); !status)
            return status.error();
        if (*suffix == '\0')
            former = free;
    }
    if (auto status = renameDurably(fresh, project); !status)
        return status.error();
    return former;
}

Result<Restored> restoreSnapshot(
    const fs::path& snapshot, const fs::path& projectFolder, ProgressSink& progress)
{
    if (auto status = verifySnapshot(snapshot, progress); !status)
        return status.error();
    if (auto status = ensureWritableFolder(projectFolder); !status)
        return status.error();
    if (auto status = refuseIfOpen(projectFolder / "project.db"); !status)
        return status.error();
    Unfinished copy(unfinishedIn(projectFolder));
    if (auto status = copyDurably(snapshot, copy.path(), progress); !status)
        return status.error();
    Restored restored;
    std::error_code ec;
    // Before the database: an edit of the newer history must never be entered into the older one.
    if (const fs::path journals = projectFolder / "journal"; !fs::is_empty(journals, ec) && !ec) {
        restored.journals = freeName(journals, "before-restore");
        if (auto status = renameDurably(journals, restored.journals); !status)
            return status.error();
    }
    auto former = replaceDatabase(copy.path(), projectFolder, "before-restore");
    if (!former)
        return former.error();
    restored.former = std::move(*former);
    copy.release();
    return restored;
}

} // namespace telltale
