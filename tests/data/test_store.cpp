// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "data/document.h"
#include "data/rows.h"
#include "data/safety/projectcheck.h"
#include "editstream.h"
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUndoStack>
#include <array>
#include <chrono>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

using namespace telltale;
namespace fs = std::filesystem;
using testing::HasSubstr;

namespace {

/// Runs statements on the database behind the program's back.
bool meddle(const fs::path& project, const QStringList& statements)
{
    const QString name = QStringLiteral("meddler");
    bool done = true;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(QString::fromStdString((project / "project.db").string()));
        done = database.open();
        for (const QString& statement : statements) {
            QSqlQuery query(database);
            done = query.exec(statement) && done;
        }
    }
    QSqlDatabase::removeDatabase(name);
    return done;
}

Error openError(const fs::path& folder)
{
    const auto document = Document::open(folder);
    return document ? Error{ErrorCode::Internal, "it opened"} : document.error();
}

/// The folder's files and what is in them.
std::map<std::string, std::string> contents(const fs::path& folder)
{
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            all[entry.path().string()] = *readFile(entry.path());
    return all;
}

/// Kills the victim some microseconds after it has acknowledged `lines` edits, so that every moment of an
/// edit is hit; returns all that it acknowledged.
std::string killAfter(const Victim& victim, int64_t lines, int64_t microseconds)
{
    std::string text;
    std::array<char, 256> buffer{};
    bool killed = false;
    for (ssize_t n = 0; (n = ::read(victim.output, buffer.data(), buffer.size())) > 0;) {
        text.append(buffer.data(), static_cast<size_t>(n));
        if (killed || std::ranges::count(text, '\n') < lines)
            continue;
        const auto moment = std::chrono::steady_clock::now() + std::chrono::microseconds(microseconds);
        while (std::chrono::steady_clock::now() < moment)
            continue;
        killed = ::kill(victim.process, SIGKILL) == 0;
    }
    ::close(victim.output);
    ::waitpid(victim.process, nullptr, 0);
    return text;
}

/// What the victim acknowledged must be in the project, and the project must be sound.
void expectNothingLost(const fs::path& project, const std::string& text)
{
    const auto acknowledged = acknowledgedIn(text);
    ASSERT_FALSE(acknowledged.empty());
    const auto document = Document::open(project);
    ASSERT_TRUE(document.ok()) << document.error().message;
    const int64_t edits = (*document)->summary().edits;
    const auto& [lastAcknowledged, digest] = *acknowledged.rbegin();
    // One more may have been made but not told before the kill.
    ASSERT_GE(edits, lastAcknowledged);
    ASSERT_LE(edits, lastAcknowledged + 1);
    if (edits == lastAcknowledged) {
        EXPECT_EQ(contentDigest(describe(**document)), digest);
    }
    ProgressSink quiet;
    const auto report = checkProject(project, quiet);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_THAT(report->problems, testing::IsEmpty());
    EXPECT_EQ(report->stateHash, report->replayHash);
}

/// $TELLTALE_KILLS, or few enough for every day.
int killsWanted()
{
    const char* wanted = std::getenv("TELLTALE_KILLS");
    return wanted ? std::atoi(wanted) : 16;
}

} // namespace

TEST(Store, KillingTheProgramLosesNoAcknowledgedEdit)
{
    const ScratchFolder scratch;
    Random random(2026);
    constexpr int kKillsOfOneProject = 50;
    fs::path project;
    for (int round = 0; round < killsWanted(); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        if (round % kKillsOfOneProject == 0) {
            project = scratch / ("p" + std::to_string(round));
            makeSmallProject(project).reset();
        }
        const Victim victim = startEditStream(project, random.next(), round % 2 == 0 ? "background" : "wait");
        expectNothingLost(project, killAfter(victim, 1 + random.below(60), random.below(2000)));
        ASSERT_FALSE(testing::Test::HasFatalFailure());
    }
}

TEST(Store, MissingFoldersAndForeignFilesAreNamed)
{
    const ScratchFolder scratch;
    EXPECT_EQ(openError(scratch / "none").code, ErrorCode::NotFound);
    fs::create_directories(scratch / "empty");
    EXPECT_EQ(openError(scratch / "empty").code, ErrorCode::BadFormat);
    ASSERT_TRUE(writeFileAtomically(scratch / "empty/project.db", "").ok());
    EXPECT_EQ(openError(scratch / "empty").code, ErrorCode::BadFormat);
    ASSERT_TRUE(writeFileAtomically(scratch / "empty/project.db", std::string(5000, 'x')).ok());
    EXPECT_EQ(openError(scratch / "empty").code, ErrorCode::BadFormat);
    fs::remove(scratch / "empty/project.db");
    ASSERT_TRUE(meddle(scratch / "empty", {QStringLiteral("CREATE TABLE t(x)")}));
    const auto before = contents(scratch / "empty");
    EXPECT_EQ(openError(scratch / "empty").code, ErrorCode::BadFormat);
    EXPECT_THAT(openError(scratch / "empty").message, HasSubstr("not a Telltale project"));
    EXPECT_EQ(contents(scratch / "empty"), before);
}

TEST(Store, ProjectsOfANewerSchemaStayUntouched)
{
    const ScratchFolder scratch;
    makeSmallProject(scratch / "p");
    ASSERT_TRUE(meddle(scratch / "p", {QStringLiteral("PRAGMA user_version = 7")}));
    const auto before = contents(scratch / "p");
    EXPECT_EQ(openError(scratch / "p").code, ErrorCode::NewerSchema);
    EXPECT_THAT(openError(scratch / "p").message, HasSubstr("update Telltale"));
    EXPECT_EQ(contents(scratch / "p"), before);
}

TEST(Store, TruncatedProjectsAreRefusedWithTheReason)
{
    const ScratchFolder scratch;
    auto document = makeSmallProject(scratch / "p");
    Random random(3);
    for (int i = 0; i < 200; ++i)
        ASSERT_TRUE(randomEdit(*document, random).ok());
    document.reset();
    const fs::path file = scratch / "p/project.db";
    for (const double part : {0.9, 0.5, 0.1}) {
        fs::resize_file(file, static_cast<uintmax_t>(static_cast<double>(fs::file_size(file)) * part));
        EXPECT_EQ(openError(scratch / "p").code, ErrorCode::BadFormat) << part;
        EXPECT_THAT(openError(scratch / "p").message, HasSubstr("project.db"));
        ProgressSink quiet;
        EXPECT_FALSE(checkProject(scratch / "p", quiet).ok());
    }
}

TEST(Store, CreatingOverAProjectOrWithoutPermissionIsRefused)
{
    const ScratchFolder scratch;
    makeSmallProject(scratch / "p");
    EXPECT_EQ(Document::create(scratch / "p", makeScheme("x", 1)).error().code, ErrorCode::Conflict);
    ASSERT_TRUE(writeFileAtomically(scratch / "file", "x").ok());
    EXPECT_EQ(Document::create(scratch / "file/p", makeScheme("x", 1)).error().code, ErrorCode::Io);
}

TEST(Store, ReadOnlyFoldersAreASentence)
{
    if (::geteuid() == 0)
        GTEST_SKIP() << "the superuser may write everywhere";
    const ScratchFolder scratch;
    makeSmallProject(scratch / "p");
    fs::permissions(scratch / "p", fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_EQ(openError(scratch / "p").code, ErrorCode::Io);
    fs::permissions(scratch / "p", fs::perms::owner_all);
}

TEST(Store, CheckFindsStateThatTheLogDoesNotExplain)
{
    const ScratchFolder scratch;
    auto document = makeSmallProject(scratch / "p");
    ASSERT_TRUE(document->addAnnotation(makeSpan(1, {1, 5}, 1)).ok());
    document.reset();
    ASSERT_TRUE(meddle(scratch / "p", {QStringLiteral("UPDATE annotations SET class_id = 3")}));
    ProgressSink quiet;
    const auto report = checkProject(scratch / "p", quiet);
    ASSERT_TRUE(report.ok());
    EXPECT_THAT(report->problems, testing::ElementsAre(HasSubstr("row 1 of annotations")));
}

TEST(Store, TheLogCannotBeRewritten)
{
    const ScratchFolder scratch;
    makeSmallProject(scratch / "p");
    EXPECT_FALSE(meddle(scratch / "p", {QStringLiteral("UPDATE edits SET annotator = 'x'")}));
    EXPECT_FALSE(meddle(scratch / "p", {QStringLiteral("DELETE FROM edits")}));
}

TEST(Store, AnUndoThatCannotBeWrittenLeavesStateAndStackAsTheyWere)
{
    const ScratchFolder scratch;
    auto document = makeSmallProject(scratch / "p");
    ASSERT_TRUE(document->addAnnotation(makeSpan(1, {1, 5}, 1)).ok());
    ASSERT_TRUE(document->setStates({1}, SpanState::Flagged).ok());
    // A trigger stands in for a disk that fails.
    ASSERT_TRUE(meddle(scratch / "p",
        {QStringLiteral(
            "CREATE TRIGGER broken BEFORE INSERT ON edits BEGIN SELECT RAISE(ABORT, 'no'); END")}));
    const std::string before = describe(*document);
    const int index = document->undoStack()->index();
    int failures = 0;
    QObject::connect(document.get(), &Document::editFailed, [&] { ++failures; });
    document->undoStack()->undo();
    EXPECT_EQ(failures, 1);
    EXPECT_EQ(describe(*document), before);
    EXPECT_EQ(document->undoStack()->index(), index);
    EXPECT_FALSE(document->setStates({1}, SpanState::Skipped).ok());
    EXPECT_EQ(document->undoStack()->count(), index);
    ASSERT_TRUE(meddle(scratch / "p", {QStringLiteral("DROP TRIGGER broken")}));
    document->undoStack()->undo();
    EXPECT_EQ(document->annotation(1)->state, SpanState::Accepted);
}

TEST(LabelScheme, TheShippedSchemesHaveTheirClasses)
{
    const auto smg = loadLabelScheme("smg");
    ASSERT_TRUE(smg.ok()) << smg.error().message;
    EXPECT_EQ(smg->classCount(), 17);
    EXPECT_EQ(smg->find("Arms akimbo"), 8);
    const auto imigue = loadLabelScheme("imigue");
    ASSERT_TRUE(imigue.ok()) << imigue.error().message;
    EXPECT_EQ(imigue->classCount(), 32);
    EXPECT_EQ(imigue->find("touch NECK"), 11);
    EXPECT_EQ(imigue->find("Illustrative body language"), 31);
    for (const auto& scheme : {*smg, *imigue})
        for (const LabelClass& one : scheme.classes)
            EXPECT_FALSE(one.description.empty() || one.shortName.empty() || one.color.size() != 7
                || one.starts.empty() || one.ends.empty())
                << one.name;
    const auto own = loadLabelScheme("own");
    ASSERT_TRUE(own.ok());
    EXPECT_EQ(own->classCount(), 0);
    EXPECT_FALSE(own->fixed);
}

TEST(LabelScheme, WhenAClassStartsAndEndsGoesThroughFileAndProject)
{
    const ScratchFolder scratch;
    LabelScheme scheme;
    scheme.name = "mine";
    LabelClass ruled{"a", "a", "hand", "d", "#000000"};
    ruled.starts = "The hand leaves \"rest\".";
    ruled.ends = "The hand rests.";
    scheme.classes = {ruled, LabelClass{"b", "b", "hand", "d", "#ffffff"}};
    const std::string text = formatLabelScheme(scheme);
    EXPECT_EQ(text.find("starts"), text.rfind("starts")) << "what is not told is not written";
    const auto back = parseLabelScheme(text, "here");
    ASSERT_TRUE(back.ok()) << back.error().message;
    EXPECT_EQ(*back, scheme);
    {
        auto document = Document::create(scratch / "p", scheme);
        ASSERT_TRUE(document.ok());
        scheme.classes[1].ends = "It is over.";
        ASSERT_TRUE((*document)->setScheme(scheme).ok());
    }
    const auto reopened = Document::open(scratch / "p");
    ASSERT_TRUE(reopened.ok());
    EXPECT_EQ((*reopened)->scheme().classes[0].starts, "The hand leaves \"rest\".");
    EXPECT_EQ((*reopened)->scheme().classes[1].ends, "It is over.");
}

TEST(LabelScheme, BrokenFilesAreNamedWithThePlace)
{
    const ScratchFolder scratch;
    EXPECT_EQ(loadLabelScheme("nothing").error().code, ErrorCode::NotFound);
    const auto tell = [&](const std::string& text) {
        EXPECT_TRUE(writeFileAtomically(scratch / "s.json", text).ok());
        const auto scheme = loadLabelScheme((scratch / "s.json").string());
        return scheme ? std::string("fine") : scheme.error().message;
    };
    EXPECT_THAT(tell("{\n\"name\": }"), testing::AllOf(HasSubstr("s.json"), HasSubstr("line 2")));
    EXPECT_THAT(tell(R"({"name":"x"})"), HasSubstr("classes"));
    EXPECT_THAT(tell(R"({"name":"x","classes":[{"name":"a"},{"name":"A"}]})"), HasSubstr("class 1"));
    EXPECT_EQ(tell(R"({"name":"x","classes":[{"name":"a"}]})"), "fine");
}
