// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "damage.h"
#include "data/safety/snapshotkeeper.h"
#include "data/safety/snapshots.h"
#include "editstream.h"
#include "smalldisk.h"
#include <QSqlDatabase>
#include <QSqlQuery>
#include <cstdlib>
#include <fcntl.h>
#include <future>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace telltale;
namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

ProgressSink quiet;

/// Calls a function at every report.
class OnReport : public CancelFlag {
public:
    explicit OnReport(std::function<void()> call) : m_call(std::move(call)) { }
    void report(int64_t, int64_t, std::string_view) override { m_call(); }

private:
    std::function<void()> m_call;
};

std::unique_ptr<Document> makeEditedProject(const fs::path& folder, int edits)
{
    auto document = makeSmallProject(folder);
    Random random(11);
    for (int i = 0; i < edits; ++i)
        EXPECT_TRUE(randomEdit(*document, random).ok());
    return document;
}

std::string stateOf(const fs::path& project)
{
    const auto document = Document::open(project);
    return document ? describe(**document) : document.error().message;
}

/// Whether another process finds SQLite's lock of this one on the file.
bool lockIsHeld(const fs::path& database)
{
    const pid_t child = ::fork();
    if (child == 0) {
        const int fd = ::open(database.c_str(), O_RDWR);
        struct flock lock = {};
        lock.l_type = F_WRLCK;
        lock.l_start = 0x40000002;
        lock.l_len = 510;
        ::_exit(fd >= 0 && ::fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? 7 : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 7;
}

SnapshotInfo at(const std::string& day, int hour)
{
    int year = 0;
    unsigned month = 0;
    unsigned date = 0;
    std::sscanf(day.c_str(), "%d-%u-%u", &year, &month, &date);
    const std::chrono::year_month_day ymd{
        std::chrono::year(year), std::chrono::month(month), std::chrono::day(date)};
    return {day + "/" + std::to_string(hour), std::chrono::sys_days(ymd) + std::chrono::hours(hour), 1, 0};
}

std::vector<std::string> namesOf(const std::vector<SnapshotInfo>& snapshots)
{
    std::vector<std::string> names;
    names.reserve(snapshots.size());
    for (const SnapshotInfo& one : snapshots)
        names.push_back(one.file.string());
    return names;
}

/// What a keeper told, in order; its thread writes, the test waits.
class Told {
public:
    void add(const std::string& what)
    {
        const std::lock_guard lock(m_mutex);
        m_all.push_back(what);
        m_more.notify_all();
    }
    /// All, when there are so many; or what there is when nothing more comes.
    std::vector<std::string> waitFor(size_t count)
    {
        std::unique_lock lock(m_mutex);
        m_more.wait_for(lock, std::chrono::minutes(1), [&] { return m_all.size() >= count; });
        return m_all;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_more;
    std::vector<std::string> m_all;
};

SnapshotKeeper::Plan planFor(const fs::path& project, const fs::path& folder, Told& told)
{
    SnapshotKeeper::Plan plan;
    plan.projectDb = project / "project.db";
    plan.folder = folder;
    plan.every = std::chrono::hours(1);
    plan.taken = [&told](const SnapshotInfo& one) { told.add("seq" + std::to_string(one.sequence)); };
    plan.failed = [&told](const Error& error) { told.add(error.message); };
    return plan;
}

std::string sequenceOf(const Document& document) { return "seq" + std::to_string(document.summary().edits); }

} // namespace

TEST(Snapshots, ASnapshotOfAnOpenProjectHoldsEveryEditUpToItsNumber)
{
    const ScratchFolder scratch;
    const auto document = makeEditedProject(scratch / "p", 100);
    const auto snapshot = takeSnapshot(scratch / "p/project.db", scratch / "s", quiet);
    ASSERT_TRUE(snapshot.ok()) << snapshot.error().message;
    EXPECT_EQ(snapshot->sequence, document->summary().edits);
    EXPECT_THAT(listSnapshots(scratch / "s"), SizeIs(1));
    EXPECT_EQ(listSnapshots(scratch / "s").front().sequence, snapshot->sequence);
    ASSERT_TRUE(restoreSnapshot(snapshot->file, scratch / "other", quiet).ok());
    EXPECT_EQ(stateOf(scratch / "other"), describe(*document));
}

TEST(Snapshots, EditsGoOnWhileASnapshotIsTakenAndAreNotHalfInIt)
{
    const ScratchFolder scratch;
    const auto document = makeEditedProject(scratch / "p", 1500);
    const std::string before = describe(*document);
    const int64_t sequence = document->summary().edits;
    int edits = 0;
    OnReport editing([&] {
        // A copy that begins anew at each edit would never end.
        if (edits++ < 1000) {
            EXPECT_TRUE(document->addAnnotation(makeSpan(1, {1, 5}, 1)).ok());
        }
    });
    const auto snapshot = takeSnapshot(scratch / "p/project.db", scratch / "s", editing);
    ASSERT_TRUE(snapshot.ok()) << snapshot.error().message;
    EXPECT_GT(edits, 2) << "the project is too small for this test";
    EXPECT_EQ(snapshot->sequence, sequence);
    EXPECT_LT(edits, 1000) << "the copy was begun anew";
    EXPECT_EQ(document->summary().edits, sequence + edits);
    ASSERT_TRUE(restoreSnapshot(snapshot->file, scratch / "other", quiet).ok());
    EXPECT_EQ(stateOf(scratch / "other"), before);
}

TEST(Snapshots, TakingOneKeepsTheLocksOfTheOpenProject)
{
    const ScratchFolder scratch;
    const auto document = makeEditedProject(scratch / "p", 5);
    ASSERT_TRUE(lockIsHeld(scratch / "p/project.db"));
    ASSERT_TRUE(takeSnapshot(scratch / "p/project.db", scratch / "s", quiet).ok());
    EXPECT_TRUE(lockIsHeld(scratch / "p/project.db"));
}

TEST(Snapshots, ASnapshotThatIsStoppedLeavesNothingBehind)
{
    const ScratchFolder scratch;
    makeEditedProject(scratch / "p", 20);
    OnReport stopping([&] { stopping.cancel(); });
    const auto snapshot = takeSnapshot(scratch / "p/project.db", scratch / "s", stopping);
    ASSERT_FALSE(snapshot.ok());
    EXPECT_EQ(snapshot.error().code, ErrorCode::Cancelled);
    EXPECT_THAT(everythingIn(scratch / "s"), IsEmpty());
}

TEST(Snapshots, AFullDiskIsASentenceAndKeepsTheSnapshotsThereAre)
{
    const SmallDisk disk(48 << 20);
    if (disk.ranElsewhere())
        return;
    if (!disk.ok())
        GTEST_SKIP() << disk.reason();
    const ScratchFolder scratch;
    makeEditedProject(scratch / "p", 20);
    ASSERT_TRUE(takeSnapshot(scratch / "p/project.db", disk / "s", quiet).ok());
    const auto before = everythingIn(disk / "s");
    // Full before it is begun, and full on the way.
    disk.fill(1 << 20);
    const auto early = takeSnapshot(scratch / "p/project.db", disk / "s", quiet);
    ASSERT_FALSE(early.ok());
    EXPECT_THAT(early.error().message, HasSubstr("make room"));
    disk.makeRoom();
    OnReport filling([&] { disk.fill(); });
    const auto late = takeSnapshot(scratch / "p/project.db", disk / "s", filling);
    ASSERT_FALSE(late.ok());
    EXPECT_EQ(late.error().code, ErrorCode::Io);
    EXPECT_EQ(everythingIn(disk / "s"), before);
    disk.makeRoom();
    EXPECT_TRUE(takeSnapshot(scratch / "p/project.db", disk / "s", quiet).ok());
}

TEST(Snapshots, ADamagedProjectGivesNoSnapshot)
{
    const ScratchFolder scratch;
    makeEditedProject(scratch / "p", 200);
    const auto good = takeSnapshot(scratch / "p/project.db", scratch / "s", quiet);
    ASSERT_TRUE(good.ok());
    const auto size = static_cast<int64_t>(fs::file_size(scratch / "p/project.db"));
    overwriteFile(scratch / "p/project.db", size / 4096 / 2 * 4096, std::string(4096, '\x5a'));
    const auto snapshot = takeSnapshot(scratch / "p/project.db", scratch / "s", quiet);
    ASSERT_FALSE(snapshot.ok());
    EXPECT_EQ(snapshot.error().code, ErrorCode::BadFormat);
    EXPECT_THAT(snapshot.error().message, HasSubstr("p/project.db"));
    EXPECT_THAT(namesOf(listSnapshots(scratch / "s")), testing::ElementsAre(good->file.string()));
}

TEST(Snapshots, AProjectOfAnySchemaCanBeKept)
{
    const ScratchFolder scratch;
    makeEditedProject(scratch / "p", 5);
    overwriteFile(scratch / "p/project.db", 60, std::string("\0\0\0\x63", 4));
    EXPECT_EQ(Document::open(scratch / "p").error().code, ErrorCode::NewerSchema);
    EXPECT_TRUE(takeSnapshot(scratch / "p/project.db", scratch / "s", quiet).ok());
}

TEST(Snapshots, TheProjectsOwnFolderAndOtherFilesAreRefused)
{
    const ScratchFolder scratch;
    makeEditedProject(scratch / "p", 1);
    EXPECT_EQ(takeSnapshot(scratch / "p/project.db", scratch / "p", quiet).error().code,
        ErrorCode::InvalidArgument);
    EXPECT_EQ(takeSnapshot(scratch / "none.db", scratch / "s", quiet).error().code, ErrorCode::NotFound);
    ASSERT_TRUE(writeFileAtomically(scratch / "text.db", std::string(5000, 'x')).ok());
    EXPECT_EQ(takeSnapshot(scratch / "text.db", scratch / "s", quiet).error().code, ErrorCode::BadFormat);
    EXPECT_THAT(everythingIn(scratch / "s"), IsEmpty());
}

TEST(Snapshots, EveryFlippedBitInASnapshotIsFound)
{
    const ScratchFolder scratch;
    makeEditedProject(scratch / "p", 60);
    const auto snapshot = takeSnapshot(scratch / "p/project.db", scratch / "s", quiet);
    ASSERT_TRUE(snapshot.ok());
    ASSERT_TRUE(verifySnapshot(snapshot->file, quiet).ok());
    Random random(5);
    for (int i = 0; i < 200; ++i) {
        const int64_t bit = random.below(snapshot->bytes * 8);
        flipBit(snapshot->file, bit);
        EXPECT_FALSE(verifySnapshot(snapshot->file, quiet).ok()) << "bit " << bit;
        flipBit(snapshot->file, bit);
    }
    EXPECT_TRUE(verifySnapshot(snapshot->file, quiet).ok());
}

TEST(Snapshots, TheNewestThatIsNotDamagedIsChosen)
{
    const ScratchFolder scratch;
    const auto document = makeEditedProject(scratch / "p", 10);
    const auto first = takeSnapshot(scratch / "p/project.db", scratch / "s", quiet);
    ASSERT_TRUE(document->addAnnotation(makeSpan(1, {1, 5}, 1)).ok());
    const auto second = takeSnapshot(scratch / "p/project.db", scratch / "s", quiet);
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(newestGoodSnapshot(scratch / "s", quiet)->file, second->file);
    truncateFile(second->file, 9000);
    EXPECT_EQ(newestGoodSnapshot(scratch / "s", quiet)->file, first->file);
    EXPECT_FALSE(newestGoodSnapshot(scratch / "none", quiet).has_value());
}

TEST(Snapshots, RotationKeepsTheLastTenAndTheLastOfSevenDaysAndFourWeeks)
{
    std::vector<SnapshotInfo> all;
    for (int hour = 0; hour < 12; ++hour)
        all.push_back(at("2026-03-31", hour)); // a Tuesday
    for (const char* day : {"2026-03-30", "2026-03-29", "2026-03-28", "2026-03-20", "2026-03-19",
             "2026-03-16", "2026-03-15", "2026-03-09", "2026-03-08", "2026-03-01"}) {
        all.push_back(at(day, 9));
        all.push_back(at(day, 17));
    }
    auto expired = namesOf(expiredSnapshots(all));
    // Ten of the 31st; the last of the 30th, 29th, 28th, 20th, 19th and 16th; of the weeks that begin on
    // March 30 and 23 those days' last ones already, of the 16th the 20th, of the 9th the 15th.
    EXPECT_THAT(expired,
        testing::UnorderedElementsAre("2026-03-31/0", "2026-03-31/1", "2026-03-30/9", "2026-03-29/9",
            "2026-03-28/9", "2026-03-20/9", "2026-03-19/9", "2026-03-16/9", "2026-03-15/9", "2026-03-09/9",
            "2026-03-09/17", "2026-03-08/9", "2026-03-08/17", "2026-03-01/9", "2026-03-01/17"));
    EXPECT_THAT(expiredSnapshots({}), IsEmpty());
}

TEST(Snapshots, OnlySnapshotsAreListedAndRotated)
{
    const ScratchFolder scratch;
    makeEditedProject(scratch / "p", 1);
    fs::create_directories(scratch / "s");
    const std::vector<std::string> foreign{
        "notes.txt", "20260101T000000Z-seq5.db.bak", "20261301T000000Z-seq5.db", "x20260101T000000Z-seq5.db"};
    for (const std::string& name : foreign)
        ASSERT_TRUE(writeFileAtomically(scratch / ("s/" + name), "x").ok());
    for (int i = 10; i < 40; ++i)
        ASSERT_TRUE(writeFileAtomically(
            scratch / ("s/20260101T0000" + std::to_string(i) + "Z-seq" + std::to_string(i) + ".db"), "old")
                        .ok());
    ASSERT_THAT(listSnapshots(scratch / "s"), SizeIs(30));
    EXPECT_EQ(listSnapshots(scratch / "s").front().sequence, 39);
    ASSERT_TRUE(takeSnapshot(scratch / "p/project.db", scratch / "s", quiet).ok());
    EXPECT_THAT(listSnapshots(scratch / "s"), SizeIs(10));
    for (const std::string& name : foreign)
        EXPECT_TRUE(fs::exists(scratch / ("s/" + name))) << name;
}

TEST(Snapshots, EveryProjectHasAFolderOfItsOwn)
{
    const ScratchFolder scratch;
    setenv("TELLTALE_SNAPSHOTS", (scratch / "all").c_str(), 1);
    const fs::path one = defaultSnapshotFolder(scratch / "a/p");
    EXPECT_EQ(one.parent_path(), scratch / "all");
    EXPECT_THAT(one.filename().string(), testing::StartsWith("p-"));
    EXPECT_NE(one, defaultSnapshotFolder(scratch / "b/p"));
    EXPECT_EQ(one, defaultSnapshotFolder(scratch / "a/b/../p/"));
    unsetenv("TELLTALE_SNAPSHOTS");
    EXPECT_THAT(defaultSnapshotFolder(scratch / "p").string(), HasSubstr("Telltale/snapshots/p-"));
}

TEST(Restoring, PutsThePresentFileAsideWithItsLastEdits)
{
    const ScratchFolder scratch;
    auto document = makeEditedProject(scratch / "p", 10);
    const std::string early = describe(*document);
    const auto snapshot = takeSnapshot(scratch / "p/project.db", scratch / "s", quiet);
    ASSERT_TRUE(snapshot.ok());
    ASSERT_TRUE(document->addAnnotation(makeSpan(1, {1, 5}, 1)).ok());
    const std::string late = describe(*document);
    // As a crash leaves it: with the last edits in the write-ahead file.
    fs::create_directories(scratch / "crashed");
    for (const char* suffix : {"", "-wal"})
        fs::copy_file(
            (scratch / "p/project.db").string() + suffix, (scratch / "crashed/project.db").string() + suffix);
    document.reset();
    const auto restored = restoreSnapshot(snapshot->file, scratch / "crashed", quiet);
    ASSERT_TRUE(restored.ok()) << restored.error().message;
    EXPECT_EQ(stateOf(scratch / "crashed"), early);
    EXPECT_EQ(restored->former.parent_path(), scratch / "crashed");
    EXPECT_THAT(restored->former.filename().string(), testing::StartsWith("project.db.before-restore-"));
    fs::create_directories(scratch / "former");
    for (const char* suffix : {"", "-wal"})
        fs::rename(restored->former.string() + suffix, (scratch / "former/project.db").string() + suffix);
    EXPECT_EQ(stateOf(scratch / "former"), late);
}

TEST(Restoring, TwiceInASecondKeepsBothFormerFiles)
{
    const ScratchFolder scratch;
    makeEditedProject(scratch / "p", 10);
    const auto snapshot = takeSnapshot(scratch / "p/project.db", scratch / "s", quiet);
    ASSERT_TRUE(snapshot.ok());
    const auto one = restoreSnapshot(snapshot->file, scratch / "p", quiet);
    const auto two = restoreSnapshot(snapshot->file, scratch / "p", quiet);
    ASSERT_TRUE(one.ok() && two.ok());
    EXPECT_NE(one->former, two->former);
    EXPECT_TRUE(fs::exists(one->former) && fs::exists(two->former));
}

TEST(Restoring, IsRefusedWhileTheProjectIsOpenOrTheSnapshotDamaged)
{
    const ScratchFolder scratch;
    auto document = makeEditedProject(scratch / "p", 10);
    const auto snapshot = takeSnapshot(scratch / "p/project.db", scratch / "s", quiet);
    ASSERT_TRUE(snapshot.ok());
    EXPECT_EQ(restoreSnapshot(snapshot->file, scratch / "p", quiet).error().code, ErrorCode::Conflict);
    EXPECT_TRUE(lockIsHeld(scratch / "p/project.db"));
    document.reset();
    flipBit(snapshot->file, snapshot->bytes * 4);
    const auto before = everythingIn(scratch / "p");
    EXPECT_EQ(restoreSnapshot(snapshot->file, scratch / "p", quiet).error().code, ErrorCode::BadFormat);
    EXPECT_EQ(everythingIn(scratch / "p"), before);
}

TEST(SnapshotKeeper, TakesOneAtTheBeginningWhenEditedAndAtTheEnd)
{
    const ScratchFolder scratch;
    Told told;
    const auto document = makeEditedProject(scratch / "p", 5);
    const std::string first = sequenceOf(*document);
    std::string second;
    std::string third;
    {
        SnapshotKeeper keeper(planFor(scratch / "p", scratch / "s", told));
        told.waitFor(1);
        ASSERT_TRUE(document->addAnnotation(makeSpan(1, {1, 5}, 1)).ok());
        second = sequenceOf(*document);
        keeper.takeSoon();
        told.waitFor(2);
        ASSERT_TRUE(document->addAnnotation(makeSpan(1, {1, 5}, 1)).ok());
        third = sequenceOf(*document);
    }
    EXPECT_THAT(told.waitFor(3), testing::ElementsAre(first, second, third));
    { // Nothing happened since.
        SnapshotKeeper keeper(planFor(scratch / "p", scratch / "s", told));
        keeper.takeSoon();
    }
    EXPECT_THAT(told.waitFor(3), SizeIs(3));
}

TEST(SnapshotKeeper, TakesOneNowAndThenWithoutBeingAsked)
{
    const ScratchFolder scratch;
    Told told;
    const auto document = makeEditedProject(scratch / "p", 1);
    auto plan = planFor(scratch / "p", scratch / "s", told);
    plan.every = std::chrono::milliseconds(1);
    const SnapshotKeeper keeper(std::move(plan));
    for (size_t count = 1; count < 4; ++count) {
        EXPECT_EQ(told.waitFor(count).back(), sequenceOf(*document));
        ASSERT_TRUE(document->addAnnotation(makeSpan(1, {1, 5}, 1)).ok());
    }
}

TEST(SnapshotKeeper, KeepsAnotherHistoryThatReachedTheSameNumber)
{
    const ScratchFolder scratch;
    Told told;
    auto document = makeEditedProject(scratch / "p", 3);
    const auto early = takeSnapshot(scratch / "p/project.db", scratch / "early", quiet);
    ASSERT_TRUE(document->addAnnotation(makeSpan(1, {1, 5}, 1)).ok());
    {
        const SnapshotKeeper keeper(planFor(scratch / "p", scratch / "s", told));
    }
    document.reset();
    ASSERT_TRUE(early.ok() && restoreSnapshot(early->file, scratch / "p", quiet).ok());
    document = *Document::open(scratch / "p");
    ASSERT_TRUE(document->addAnnotation(makeSpan(1, {7, 9}, 2)).ok());
    {
        const SnapshotKeeper keeper(planFor(scratch / "p", scratch / "s", told));
    }
    EXPECT_THAT(told.waitFor(2), testing::ElementsAre(sequenceOf(*document), sequenceOf(*document)));
    EXPECT_THAT(listSnapshots(scratch / "s"), SizeIs(2));
}

TEST(SnapshotKeeper, TellsTheSameFailureOnce)
{
    const ScratchFolder scratch;
    Told told;
    makeEditedProject(scratch / "p", 1);
    ASSERT_TRUE(writeFileAtomically(scratch / "file", "x").ok());
    {
        SnapshotKeeper keeper(planFor(scratch / "p", scratch / "file", told));
        told.waitFor(1);
        keeper.takeSoon();
    }
    EXPECT_THAT(told.waitFor(1), testing::ElementsAre(HasSubstr("file")));
}

TEST(SnapshotKeeper, TakesNoneAtTheEndWhenItIsAbandoned)
{
    const ScratchFolder scratch;
    Told told;
    const auto document = makeEditedProject(scratch / "p", 1);
    {
        SnapshotKeeper keeper(planFor(scratch / "p", scratch / "s", told));
        told.waitFor(1);
        ASSERT_TRUE(document->addAnnotation(makeSpan(1, {1, 5}, 1)).ok());
        keeper.abandon();
    }
    EXPECT_THAT(told.waitFor(1), SizeIs(1));
}
