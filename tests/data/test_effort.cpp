// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What an edit cost its person goes into the log with it, and logs from before that stay what they are.
#include "checkedproject.h"
#include "data/effort.h"
#include "data/projectlocation.h"
#include "data/safety/logsalvage.h"
#include "data/safety/projectcheck.h"
#include "data/store/database.h"
#include "data/store/editjournal.h"
#include "data/store/pendingedit.h"
#include "data/store/transfer.h"
#include "teamclient.h"
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QUndoStack>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

const EditEffort kLook{{1840, 1, 0}, {}, EffortMode::Gain};
const EditEffort kSearched{{500, 2, 3}, {7000, 1, 4}, EffortMode::Timeline};

EditRecord someRecord()
{
    EditRecord record;
    record.sequence = 1;
    record.time = "2026-01-02T03:04:05.000Z";
    record.annotator = "anna";
    record.kind = "do";
    record.command = "relabel";
    record.before = record.after = "[]";
    record.token = "t-1";
    record.step = "s";
    return record;
}

void meddle(const fs::path& project, const std::vector<const char*>& statements)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("older"));
        database.setDatabaseName(QString::fromStdString((project / "project.db").string()));
        ASSERT_TRUE(database.open());
        for (const char* statement : statements)
            ASSERT_TRUE(QSqlQuery(database).exec(QString::fromLatin1(statement))) << statement;
        database.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("older"));
}

/// As a program of schema 4 leaves it.
void makeOlder(const fs::path& project)
{
    meddle(project,
        {"DROP TABLE withholdings", "ALTER TABLE edits DROP COLUMN effort", "PRAGMA user_version = 4"});
}

std::vector<EffortEntry> entriesOf(const Document& document, int64_t after = 0, int64_t most = 1000)
{
    const auto read = document.effortLog(after, most);
    EXPECT_TRUE(read.ok()) << (read ? "" : read.error().message);
    return read ? *read : std::vector<EffortEntry>();
}

class EffortLogTest : public testing::Test {
protected:
    fs::path project() const { return m_scratch / "p"; }

    ScratchFolder m_scratch;
};

} // namespace

TEST(EffortText, ComesBackAsItWas)
{
    EXPECT_EQ(formatEffort(kLook), R"({"clicks":0,"keys":1,"mode":"gain","ms":1840})");
    EXPECT_EQ(parseEffort(formatEffort(kLook)), kLook);
    EXPECT_EQ(parseEffort(formatEffort(kSearched)), kSearched);
    EXPECT_EQ(formatEffort({}), "");
    for (int mode = 0; mode < kEffortModes; ++mode) {
        const EditEffort one{{1, 1, 1}, {}, static_cast<EffortMode>(mode)};
        EXPECT_EQ(parseEffort(formatEffort(one)), one) << mode;
    }
}

TEST(EffortText, WhatALaterVersionWritesOrDamageDoesIsReadAsFarAsItCanBe)
{
    const EditEffort odd{{12, 0, 3}, {}, EffortMode::Other};
    EXPECT_EQ(parseEffort(R"({"ms":12,"keys":-4,"clicks":3,"mode":"by voice","gaze":[1,2]})"), odd);
    EXPECT_EQ(parseEffort(R"({"ms":12,"keys":"many","clicks":3})"), odd);
    for (const char* text : {"", "[]", "7", "{\"ms\":", "null"})
        EXPECT_FALSE(parseEffort(text)) << text;
}

TEST(EffortHash, IsInTheHashWhereThereIsOneAndOlderEntriesKeepTheirs)
{
    // Both from Python's hashlib over the parts with their lengths before them.
    EditRecord record = someRecord();
    EXPECT_EQ(hashOf(record, {}), "a300a138412b3643de444c60cc997724455d4de3dc76dac495679c53509d700e");
    record.effort = R"({"ms":5})";
    EXPECT_EQ(hashOf(record, {}), "bd41ba7a09c5871cf0b514c0083fc8612735d07044f4bab5ed970aaf0eced7e4");
}

TEST_F(EffortLogTest, EveryEditUndoAndRedoByHandHasItsEffort)
{
    const auto document = makeSmallProject(project());
    std::vector<std::string> asked;
    document->setEffortSource([&asked](const std::string& command) {
        asked.push_back(command);
        return asked.size() == 2 ? std::string() : formatEffort(kLook);
    });
    const auto first = document->addAnnotation(makeSpan(1, {10, 20}, 1));
    ASSERT_TRUE(first.ok());
    ASSERT_TRUE(document->relabel(*first, 3).ok()); // not measured
    PredictionRun run;
    run.videoId = 1;
    ASSERT_TRUE(document->importRun(run, {}).ok()); // nobody did this
    document->undoStack()->setIndex(2);
    ASSERT_TRUE(document->removeAnnotation(*first).ok());
    EXPECT_THAT(asked, ElementsAre("add_annotation", "relabel", "relabel", "remove_annotation"));
    document->setEffortSource({});
    ASSERT_TRUE(document->addAnnotation(makeSpan(1, {30, 40}, 2)).ok());

    std::vector<EffortEntry> entries = entriesOf(*document);
    std::erase_if(entries, [](const EffortEntry& one) { return !worksOnSpans(one.command); });
    ASSERT_EQ(entries.size(), 5U);
    EXPECT_EQ(entries[0].effort, kLook);
    EXPECT_THAT(entries[0].spans, ElementsAre(EffortEntry::Span{*first, 1}));
    EXPECT_FALSE(entries[1].effort);
    EXPECT_THAT(entries[1].spans, IsEmpty());
    EXPECT_EQ(entries[2].kind, "undo");
    EXPECT_EQ(entries[2].undoOf, entries[1].sequence);
    EXPECT_EQ(entries[2].effort, kLook);
    EXPECT_THAT(entries[3].spans, ElementsAre(EffortEntry::Span{*first, 1})) << "as it was before it went";
    EXPECT_FALSE(entries[4].effort);
    const auto later = entriesOf(*document, entries[1].sequence, 2);
    ASSERT_EQ(later.size(), 2U) << "no more than were asked for";
    EXPECT_EQ(later.front().sequence, entries[1].sequence + 1);
    checked(project());
}

TEST_F(EffortLogTest, AProjectOfTheSchemaBeforeIsCheckedAsItIsAndGoesOnWithItsHashes)
{
    std::string lastHash;
    {
        const auto document = makeSmallProject(project());
        ASSERT_TRUE(document->addAnnotation(makeSpan(1, {10, 20}, 1)).ok());
    }
    makeOlder(project());
    const int64_t before = checked(project()).edits;
    {
        const auto file = Database::open(project() / "project.db", Database::Access::Read);
        ASSERT_TRUE(file.ok());
        const auto last = (*file)->lastEdit();
        ASSERT_TRUE(last.ok());
        lastHash = last->hash;
        int64_t seen = 0;
        ASSERT_TRUE((*file)
                        ->forEachEffort(0, 1000,
                            [&seen](const EditRecord& one) {
                                ++seen;
                                EXPECT_EQ(one.effort, "");
                            })
                        .ok());
        EXPECT_EQ(seen, before);
    }
    {
        auto document = Document::open(project());
        ASSERT_TRUE(document.ok()) << document.error().message;
        (*document)->setEffortSource([](const std::string&) { return formatEffort(kSearched); });
        ASSERT_TRUE((*document)->undoStack()->canUndo());
        (*document)->undoStack()->undo();
        const auto entries = entriesOf(**document);
        ASSERT_EQ(static_cast<int64_t>(entries.size()), before + 1);
        EXPECT_EQ(entries.back().effort, kSearched);
        EXPECT_FALSE(entries[entries.size() - 2].effort) << "what was not recorded is not zero";
    }
    EXPECT_EQ(checked(project()).edits, before + 1);
    const auto file = Database::open(project() / "project.db", Database::Access::Read);
    ASSERT_TRUE(file.ok());
    EXPECT_EQ((*file)->edit(before)->hash, lastHash);
    // A program of the time before that has the project open still writes as it always did.
    EditRecord old = someRecord();
    old.sequence = before + 2;
    old.hash = hashOf(old, (*file)->edit(before + 1)->hash);
    meddle(project(),
        {("INSERT INTO edits(sequence, time, annotator, kind, command, before, after, undo_of, token, step,"
          " hash) VALUES("
            + std::to_string(old.sequence) + ", '" + old.time + "', 'anna', 'do', 'relabel', '[]', '[]', 0,"
            + " 't-1', 's', '" + old.hash + "')")
                .c_str()});
    EXPECT_EQ(checked(project()).edits, before + 2);
}

TEST_F(EffortLogTest, WhatIsTamperedWithIsFound)
{
    {
        const auto document = makeSmallProject(project());
        document->setEffortSource([](const std::string&) { return formatEffort(kLook); });
        ASSERT_TRUE(document->addAnnotation(makeSpan(1, {10, 20}, 1)).ok());
    }
    meddle(project(), {"DROP TRIGGER edits_stay", "UPDATE edits SET effort = '' WHERE effort <> ''"});
    ProgressSink quiet;
    const auto report = checkProject(project(), quiet);
    ASSERT_TRUE(report.ok());
    ASSERT_EQ(report->problems.size(), 1U);
    EXPECT_THAT(report->problems.front(), testing::HasSubstr("its hash does not fit"));
}

TEST_F(EffortLogTest, ARepairFindsEntriesOfBothForms)
{
    {
        const auto document = makeSmallProject(project());
        ASSERT_TRUE(document->addAnnotation(makeSpan(1, {10, 20}, 1)).ok());
    }
    makeOlder(project());
    meddle(project(), {"VACUUM"}); // a row that was written by the old program has a column less
    {
        auto document = Document::open(project());
        ASSERT_TRUE(document.ok());
        (*document)->setEffortSource([](const std::string&) { return formatEffort(kSearched); });
        ASSERT_TRUE((*document)->addAnnotation(makeSpan(1, {30, 40}, 1)).ok());
    }
    const int64_t edits = checked(project()).edits;
    ProgressSink quiet;
    const auto found = salvageLog(project() / "project.db", quiet);
    ASSERT_TRUE(found.ok());
    const ProvenLog log = proveLog(*found);
    EXPECT_THAT(log.lost, IsEmpty());
    ASSERT_EQ(static_cast<int64_t>(log.entries.size()), edits);
    EXPECT_EQ(log.entries.at(edits).effort, formatEffort(kSearched));
    EXPECT_EQ(log.entries.at(edits - 1).effort, "");
}

TEST(EffortJournal, KeepsItAndReadsWhatOlderProgramsLeft)
{
    PendingEdit edit;
    edit.record = someRecord();
    edit.record.effort = formatEffort(kSearched);
    const auto read = parsePending(formatPending(edit, 7));
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(read->edit->record.effort, formatEffort(kSearched));
    const auto older
        = parsePending(R"({"known":7,"time":"t","annotator":"a","kind":"do","command":"relabel",)"
                       R"("before":"[]","after":"[]","token":"t-1","step":"","claims":{}})");
    ASSERT_TRUE(older.ok()) << older.error().message;
    EXPECT_EQ(older->edit->record.effort, "");
}

TEST_F(EffortLogTest, WhatADeadProgramLeftInItsJournalKeepsItsEffort)
{
    int64_t before = 0;
    {
        const auto document = makeSmallProject(project());
        before = document->summary().edits;
    }
    {
        PendingEdit edit;
        edit.record = someRecord();
        edit.record.effort = formatEffort(kLook);
        const auto journal = EditJournal::open(project() / "journal", "dead");
        ASSERT_TRUE(journal.ok());
        ASSERT_TRUE((*journal)->append(formatPending(edit, before)).ok());
    }
    const auto document = Document::open(project());
    ASSERT_TRUE(document.ok()) << document.error().message;
    const auto entries = entriesOf(**document, before);
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries.front().effort, kLook);
}

TEST(EffortOnAServer, GoesThereAndBackAndOlderProgramsCanStillWrite)
{
    TeamServer team;
    if (!team.server())
        GTEST_SKIP() << PostgresServer::whyMissing();
    team.create("effortless");
    ASSERT_TRUE(
        team.server()
            ->sql("SET search_path = effortless; DROP TABLE withholdings; ALTER TABLE edits DROP COLUMN "
                  "effort; DROP FUNCTION "
                  "commit_edit;"
                  " CREATE FUNCTION commit_edit(BIGINT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, BIGINT, TEXT,"
                  " TEXT, TEXT) RETURNS BIGINT LANGUAGE sql AS 'SELECT 1::BIGINT';"
                  " UPDATE info SET value = '4' WHERE key = 'schema'")
            .ok());
    {
        const auto document = team.client("effortless", "owner").open();
        ASSERT_TRUE(document);
        document->setEffortSource([](const std::string&) { return formatEffort(kSearched); });
        ASSERT_TRUE(document->addAnnotation(makeSpan(1, {10, 20}, 1)).ok());
        ASSERT_TRUE(document->flush().ok());
        EXPECT_EQ(entriesOf(*document).back().effort, kSearched);
    }
    // What a program of the time before sends, which is still connected.
    const auto sent = team.server()->sql("SET search_path = effortless; SELECT e_sequence > 0 FROM "
                                         "commit_edit(1000, '2026-01-02T03:04:05.000Z',"
                                         " 'owner', 'do', 'relabel', '[]', '[]', 0, 'old-1', '', '')");
    ASSERT_TRUE(sent.ok()) << sent.error().message;
    EXPECT_THAT(*sent, testing::HasSubstr("t"));
    team.expectSound("effortless");

    ProgressSink quiet;
    const auto server = ProjectLocation::parse(team.server()->url("effortless"));
    const fs::path copy = team / "copy";
    ASSERT_TRUE(pullProject(*server, copy, quiet).ok());
    checked(copy);
    {
        auto document = Document::open(copy);
        ASSERT_TRUE(document.ok());
        const auto entries = entriesOf(**document);
        EXPECT_EQ(entries[entries.size() - 2].effort, kSearched);
        (*document)->setEffortSource([](const std::string&) { return formatEffort(kLook); });
        ASSERT_TRUE((*document)->addAnnotation(makeSpan(1, {50, 60}, 1)).ok());
    }
    ASSERT_TRUE(pushProject(copy, *server, quiet).ok());
    team.expectSound("effortless");
    const auto document = team.client("effortless", "owner").open();
    ASSERT_TRUE(document);
    EXPECT_EQ(entriesOf(*document).back().effort, kLook);
}
