// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What the check says of projects that are not as they should be, and what a repair brings back.
#include "base/files.h"
#include "damage.h"
#include "data/safety/projectrepair.h"
#include "data/safety/verdict.h"
#include "data/store/database.h"
#include "data/store/editjournal.h"
#include "data/store/pendingedit.h"
#include "editstream.h"
#include "smalldisk.h"
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <cstdlib>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

using namespace telltale;
namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

ProgressSink quiet;

class Repairing : public testing::Test {
protected:
    void SetUp() override { setenv("TELLTALE_SNAPSHOTS", (m_scratch / "snapshots").c_str(), 1); }
    void TearDown() override { unsetenv("TELLTALE_SNAPSHOTS"); }

    fs::path project() const { return m_scratch / "p"; }
    fs::path database() const { return project() / "project.db"; }

    void makeProject(int edits)
    {
        fs::remove_all(project());
        Random random(7);
        const auto document = makeSmallProject(project());
        edit(*document, random, edits);
    }
    void editMore(int edits)
    {
        Random random(8);
        const auto document = Document::open(project());
        ASSERT_TRUE(document.ok());
        edit(**document, random, edits);
    }
    static void edit(Document& document, Random& random, int edits)
    {
        for (int i = 0; i < edits; ++i)
            EXPECT_TRUE(randomEdit(document, random).ok());
    }

    const ScratchFolder m_scratch;
};

/// The verdict, and that it has changed nothing.
ProjectVerdict judge(const fs::path& folder)
{
    const bool there = fs::exists(folder);
    const auto before = there ? everythingIn(folder) : std::map<std::string, std::string>();
    const auto verdict = judgeProject(folder.string(), quiet);
    EXPECT_TRUE(verdict.ok());
    if (there) {
        EXPECT_TRUE(everythingIn(folder) == before) << "the check changed the project";
    }
    return verdict ? *verdict : ProjectVerdict();
}

std::vector<EditRecord> logOf(const fs::path& folder)
{
    std::vector<EditRecord> all;
    const auto database = Database::open(folder / "project.db", Database::Access::Read);
    if (!database) {
        ADD_FAILURE() << database.error().message;
        return all;
    }
    const Status read
        = (*database)->forEachEdit(0, [&all](EditRecord one) { all.push_back(std::move(one)); });
    EXPECT_TRUE(read.ok());
    return all;
}

/// Without what a repair may have to make anew.
std::string contentOf(EditRecord entry)
{
    entry.hash.clear();
    return hashOf(entry, {});
}

std::string stateOf(const fs::path& folder)
{
    const auto document = Document::open(folder);
    EXPECT_TRUE(document.ok()) << (document ? "" : document.error().message);
    return document ? describe(**document) : std::string();
}

void execute(const fs::path& database, const QStringList& statements)
{
    {
        auto connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("meddler"));
        connection.setDatabaseName(QString::fromStdString(database.string()));
        EXPECT_TRUE(connection.open());
        for (const QString& statement : statements) {
            QSqlQuery query(connection);
            EXPECT_TRUE(query.exec(statement));
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("meddler"));
}

/// Entries that SQLite itself still reads as they were written, one by one.
std::set<int64_t> readableEntries(const fs::path& database, const std::vector<EditRecord>& original)
{
    std::set<int64_t> readable;
    {
        auto connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("reader"));
        connection.setDatabaseName(QStringLiteral("file:") + QString::fromStdString(database.string())
            + QStringLiteral("?immutable=1"));
        connection.setConnectOptions(QStringLiteral("QSQLITE_OPEN_URI;QSQLITE_OPEN_READONLY"));
        connection.open();
        for (const EditRecord& entry : original) {
            QSqlQuery query(connection);
            const bool there
                = query.exec(QStringLiteral("SELECT time, annotator, kind, command, before, after, "
                                            "token, step, hash, undo_of FROM edits WHERE sequence = %1")
                                 .arg(entry.sequence))
                && query.next();
            bool same = there;
            int column = 0;
            for (const std::string* text : {&entry.time, &entry.annotator, &entry.kind, &entry.command,
                     &entry.before, &entry.after, &entry.token, &entry.step, &entry.hash})
                same = same && query.value(column++).toString().toStdString() == *text;
            if (same && query.value(column).toLongLong() == entry.undoOf)
                readable.insert(entry.sequence);
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("reader"));
    return readable;
}

/// $TELLTALE_DAMAGES, or few enough for every day.
int damagesWanted()
{
    const char* wanted = std::getenv("TELLTALE_DAMAGES");
    return wanted ? std::atoi(wanted) : 40;
}

} // namespace

TEST_F(Repairing, TheCheckSaysWhatIsWrongAndWhatToDoAndChangesNothing)
{
    struct Case {
        const char* kind;
        std::function<void(const fs::path&)> inflict;
        const char* remedy;
    };
    const std::vector<Case> cases{
        {"sound", [](const fs::path&) {}, ""},
        {"truncated", [](const fs::path& p) { truncateFile(p / "project.db", 9000); }, "project repair"},
        {"damaged", [](const fs::path& p) { overwriteFile(p / "project.db", 8192, std::string(4096, 'x')); },
            "project repair"},
        {"newer-schema",
            [](const fs::path& p) { overwriteFile(p / "project.db", 60, std::string("\0\0\0\x63", 4)); },
            "update Telltale"},
        {"not-a-project",
            [](const fs::path& p) {
                ASSERT_TRUE(writeFileAtomically(p / "project.db", std::string(9000, 'x')).ok());
            },
            "project new"},
        {"not-a-project",
            [](const fs::path& p) {
                fs::remove_all(p);
                fs::create_directories(p);
            },
            "project new"},
        {"no-folder", [](const fs::path& p) { fs::remove_all(p); }, "check the path"},
        {"inconsistent",
            [](const fs::path& p) {
                execute(p / "project.db", {QStringLiteral("UPDATE annotations SET class_id = class_id + 1")});
            },
            "project repair"},
        {"numbers-missing", [](const fs::path& p) { fs::remove_all(p / "scores"); }, "analyse"},
    };
    for (const Case& one : cases) {
        makeProject(120);
        one.inflict(project());
        const ProjectVerdict verdict = judge(project());
        EXPECT_EQ(verdict.kind, one.kind) << verdict.message;
        EXPECT_EQ(verdict.sound, std::string(one.kind) == "sound");
        EXPECT_THAT(verdict.remedy, HasSubstr(one.remedy)) << one.kind;
        EXPECT_FALSE(verdict.message.empty()) << one.kind;
    }
}

TEST_F(Repairing, TheCheckOfAProjectThatIsOpenChangesNothing)
{
    makeProject(20);
    DocumentOptions options;
    options.background = true;
    const auto document = Document::open(project(), options);
    ASSERT_TRUE((*document)->addAnnotation(makeSpan(1, {1, 5}, 1)).ok());
    ASSERT_TRUE((*document)->flush().ok());
    EXPECT_EQ(judge(project()).kind, "sound");
    EXPECT_EQ(judge(project()).report.edits, (*document)->summary().edits);
}

TEST_F(Repairing, TheCheckCountsEditsThatWaitInAJournalAndDoesNotEnterThem)
{
    makeProject(20);
    const int64_t edits = judge(project()).report.edits;
    PendingEdit edit;
    edit.record.time = "2026-11-21T12:00:00.000Z";
    edit.record.annotator = "anna";
    edit.record.kind = "do";
    edit.record.command = "add_note";
    edit.record.before = edit.record.after = "[]";
    edit.record.token = "gone-1";
    {
        auto journal = EditJournal::open(project() / "journal", "gone");
        ASSERT_TRUE(journal.ok());
        ASSERT_TRUE((*journal)->append(formatPending(edit, edits)).ok());
        EXPECT_EQ(judge(project()).report.waiting, 0) << "its program still runs";
    }
    EXPECT_EQ(judge(project()).report.waiting, 1);
    EXPECT_EQ(judge(project()).report.edits, edits);
    ASSERT_TRUE(Document::open(project()).ok());
    EXPECT_EQ(judge(project()).report.waiting, 0);
    EXPECT_EQ(judge(project()).report.edits, edits + 1);
}

TEST_F(Repairing, TheCheckWorksWhereNothingMayBeWritten)
{
    const SmallDisk disk(8 << 20);
    if (disk.ranElsewhere())
        return;
    if (!disk.ok())
        GTEST_SKIP() << disk.reason();
    makeProject(20);
    fs::copy(project(), disk / "p", fs::copy_options::recursive);
    if (!disk.setReadOnly(true))
        GTEST_SKIP() << "the system makes nothing read-only";
    const ProjectVerdict verdict = judge(disk / "p");
    EXPECT_EQ(verdict.kind, "sound") << verdict.message;
}

TEST_F(Repairing, ASoundProjectIsLeftAlone)
{
    makeProject(30);
    const auto before = everythingIn(project());
    const auto report = repairProject(project(), {}, quiet);
    ASSERT_TRUE(report.ok());
    EXPECT_FALSE(report->needed);
    EXPECT_TRUE(everythingIn(project()) == before);
}

TEST_F(Repairing, AnOpenProjectIsNotRepaired)
{
    makeProject(30);
    execute(database(), {QStringLiteral("UPDATE annotations SET class_id = class_id + 1")});
    const auto document = Document::open(project());
    EXPECT_EQ(repairProject(project(), {}, quiet).error().code, ErrorCode::Conflict);
}

TEST_F(Repairing, AStateThatTheLogDoesNotExplainIsMadeAnewFromTheLog)
{
    makeProject(200);
    const std::string state = stateOf(project());
    const auto log = logOf(project());
    execute(database(),
        {QStringLiteral("UPDATE annotations SET class_id = class_id + 1"),
            QStringLiteral("DELETE FROM reviewed")});
    const auto report = repairProject(project(), {}, quiet);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_TRUE(report->needed);
    EXPECT_EQ(report->lostEdits, 0);
    EXPECT_TRUE(stateOf(project()) == state);
    EXPECT_EQ(judge(project()).kind, "sound");
    const auto repaired = logOf(project());
    ASSERT_EQ(repaired.size(), log.size() + 1);
    EXPECT_EQ(repaired.back().command, "repair");
    for (size_t i = 0; i < log.size(); ++i)
        EXPECT_EQ(repaired[i].hash, log[i].hash);
    EXPECT_TRUE(fs::exists(report->former)) << "the damaged database is kept";
}

TEST_F(Repairing, LostEntriesComeFromTheNewestSnapshot)
{
    makeProject(300);
    ASSERT_TRUE(takeSnapshot(database(), defaultSnapshotFolder(project()), quiet).ok());
    editMore(100);
    const std::string state = stateOf(project());
    const auto log = logOf(project());
    // The middle of the file is gone, where the log was when the snapshot was taken.
    const auto pages = static_cast<int64_t>(fs::file_size(database())) / 4096;
    overwriteFile(database(), pages / 3 * 4096, std::string(static_cast<size_t>(pages / 3 * 4096), 'x'));
    const auto report = repairProject(project(), {}, quiet);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->lostEdits, 0);
    EXPECT_GT(report->fromSnapshot, 0);
    EXPECT_EQ(report->edits, static_cast<int64_t>(log.size()));
    EXPECT_TRUE(stateOf(project()) == state);
    EXPECT_EQ(judge(project()).kind, "sound");
}

TEST_F(Repairing, WithoutASnapshotItSaysFromWhichEditOnSomethingIsLost)
{
    makeProject(300);
    const auto log = logOf(project());
    overwriteFile(database(), static_cast<int64_t>(fs::file_size(database())) / 2 / 4096 * 4096,
        std::string(3 * 4096, 'x'));
    const auto report = repairProject(project(), {}, quiet);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(judge(project()).kind, "sound");
    EXPECT_GE(report->edits + report->lostEdits, static_cast<int64_t>(log.size()) - 1);
    if (report->lostEdits > 0) {
        EXPECT_GT(report->firstLost, 0);
        EXPECT_THAT(report->done, testing::Contains(HasSubstr("lost")));
    }
}

TEST_F(Repairing, EditsBehindDamageInTheWriteAheadFileAreSavedToo)
{
    makeProject(50);
    const fs::path crashed = m_scratch / "crashed";
    std::vector<EditRecord> log;
    {
        const auto document = Document::open(project());
        for (int i = 0; i < 60; ++i)
            ASSERT_TRUE((*document)->addAnnotation(makeSpan(1, {i, i + 5}, 1)).ok());
        fs::create_directories(crashed);
        for (const char* suffix : {"", "-wal"})
            fs::copy_file(database().string() + suffix, (crashed / "project.db").string() + suffix);
        log = logOf(project());
    }
    // In the middle: SQLite believes nothing of what follows.
    const fs::path wal = crashed / "project.db-wal";
    flipBit(wal, (32 + 4120 * (static_cast<int64_t>(fs::file_size(wal)) / 4120 / 2) + 20) * 8);
    fs::copy(project() / "scores", crashed / "scores");
    EXPECT_EQ(judge(crashed).kind, "damaged");
    const auto report = repairProject(crashed, {}, quiet);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->edits, static_cast<int64_t>(log.size()));
    EXPECT_EQ(report->lostEdits, 0);
    EXPECT_EQ(judge(crashed).kind, "sound");
    EXPECT_TRUE(stateOf(crashed) == stateOf(project()));
}

TEST_F(Repairing, NumbersAreFoundInFilesThatHaveAnotherName)
{
    makeProject(120);
    ASSERT_GT(judge(project()).report.blocks, 0);
    fs::rename(project() / "scores/scores-0001.bin", project() / "scores/scores-0007.bin");
    EXPECT_EQ(judge(project()).kind, "sound");
}

TEST_F(Repairing, ARestoreSetsEditsOfTheNewerHistoryAside)
{
    makeProject(20);
    const auto snapshot = takeSnapshot(database(), defaultSnapshotFolder(project()), quiet);
    ASSERT_TRUE(snapshot.ok());
    const std::string state = stateOf(project());
    editMore(20);
    {
        auto journal = EditJournal::open(project() / "journal", "gone");
        ASSERT_TRUE(journal.ok());
        ASSERT_TRUE((*journal)->append("an edit that waits").ok());
    }
    const auto restored = restoreSnapshot(snapshot->file, project(), quiet);
    ASSERT_TRUE(restored.ok()) << restored.error().message;
    EXPECT_TRUE(fs::exists(restored->journals / "gone.edits"));
    EXPECT_FALSE(fs::exists(project() / "journal/gone.edits"));
    EXPECT_TRUE(stateOf(project()) == state);
    EXPECT_EQ(judge(project()).kind, "sound");
}

TEST_F(Repairing, ARepairThatWasStoppedHalfWayCanBeRepeated)
{
    makeProject(100);
    const std::string state = stateOf(project());
    fs::rename(database(), database().string() + ".damaged-20261121T120000Z");
    EXPECT_EQ(judge(project()).kind, "interrupted-restore");
    const auto report = repairProject(project(), {}, quiet);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report->lostEdits, 0);
    EXPECT_TRUE(stateOf(project()) == state);
}

TEST_F(Repairing, ASnapshotOfAnotherHistoryIsRefused)
{
    makeProject(50);
    fs::create_directories(m_scratch / "other");
    fs::rename(project(), m_scratch / "other/p");
    makeProject(60);
    execute(database(), {QStringLiteral("UPDATE annotations SET class_id = class_id + 1")});
    const auto before = everythingIn(project());
    const auto report = repairProject(project(), m_scratch / "other/p/project.db", quiet);
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code, ErrorCode::Conflict);
    EXPECT_TRUE(everythingIn(project()) == before);
}

TEST_F(Repairing, WhereNothingCanBeSavedNothingIsChanged)
{
    makeProject(10);
    truncateFile(database(), 0);
    const auto before = everythingIn(project());
    const auto report = repairProject(project(), {}, quiet);
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code, ErrorCode::NotFound);
    EXPECT_THAT(report.error().message, HasSubstr("nothing was changed"));
    EXPECT_TRUE(everythingIn(project()) == before);
}

TEST_F(Repairing, AfterDamageOfAnyKindTheProjectIsSoundAndHoldsWhatCouldBeRead)
{
    makeProject(250);
    const auto log = logOf(project());
    const std::string whole = *readFile(database());
    const auto pages = static_cast<int64_t>(whole.size()) / 4096;
    Random random(99);
    int64_t saved = 0;
    for (int round = 0; round < damagesWanted(); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        fs::remove_all(project());
        fs::create_directories(project());
        ASSERT_TRUE(writeFileAtomically(database(), whole).ok());
        for (int64_t hits = 1 + random.below(6); hits > 0; --hits) {
            const int64_t page = random.below(pages);
            if (random.chance(0.6))
                flipBit(database(), (page * 4096 + random.below(4096)) * 8 + random.below(8));
            else if (random.chance(0.7))
                overwriteFile(
                    database(), page * 4096, std::string(4096, static_cast<char>(random.below(256))));
            else
                overwriteFile(database(), page * 4096 + random.below(3000), std::string(700, '\0'));
        }
        if (random.chance(0.2))
            truncateFile(database(), static_cast<int64_t>(whole.size()) * (60 + random.below(40)) / 100);
        const auto readable = readableEntries(database(), log);
        const auto report = repairProject(project(), {}, quiet);
        if (!report) {
            // Damage of the mark in the header makes it some other program's file.
            EXPECT_THAT(
                report.error().message, testing::AnyOf(HasSubstr("not a Telltale"), HasSubstr("newer")));
            continue;
        }
        if (!report->needed)
            continue;
        const ProjectVerdict verdict = judge(project());
        EXPECT_TRUE(verdict.report.stateSound) << verdict.message;
        EXPECT_FALSE(stateOf(project()).empty());
        std::set<std::string> kept;
        for (const EditRecord& entry : logOf(project()))
            kept.insert(contentOf(entry));
        for (const int64_t sequence : readable) {
            const bool proven
                = sequence == 1 || readable.contains(sequence - 1) || readable.contains(sequence + 1);
            if (!proven)
                continue;
            ++saved;
            EXPECT_TRUE(kept.contains(contentOf(log[static_cast<size_t>(sequence) - 1])))
                << "edit " << sequence;
        }
    }
    EXPECT_GT(saved, 1000);
}

TEST_F(Repairing, EveryFlippedBitThatChangesWhatCanBeReadIsFound)
{
    makeProject(60);
    const std::string whole = *readFile(database());
    const auto rows = [&] {
        std::string text;
        const auto opened = Database::open(database(), Database::Access::Read);
        if (!opened)
            return std::string("unreadable");
        for (const TableInfo& info : tableInfos())
            if (!(*opened)->forEachRow(info.table, [&](int64_t id, const nlohmann::json& row) {
                    text += std::to_string(id)
                        + row.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
                }))
                return std::string("unreadable");
        if (!(*opened)->forEachEdit(
                0, [&](const EditRecord& entry) { text += entry.hash + contentOf(entry); }))
            return std::string("unreadable");
        return text;
    };
    const std::string sound = rows();
    Random random(5);
    int changed = 0;
    for (int64_t page = 0; page < static_cast<int64_t>(whole.size()) / 4096; ++page)
        for (int sample = 0; sample < 6; ++sample) {
            const int64_t bit = (page * 4096 + random.below(4096)) * 8 + random.below(8);
            flipBit(database(), bit);
            const bool found = !judge(project()).sound;
            if (rows() != sound) {
                ++changed;
                EXPECT_TRUE(found) << "bit " << bit;
            }
            for (const char* suffix : {"-wal", "-shm"})
                fs::remove(database().string() + suffix);
            ASSERT_TRUE(writeFileAtomically(database(), whole).ok());
        }
    EXPECT_GT(changed, 20);
}
