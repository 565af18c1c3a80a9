// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// A project on a real PostgreSQL server: several people at once, lost connections, conflicts. Each test
// starts a server, so there are few and big ones.
#include "base/files.h"
#include "data/projectlocation.h"
#include "editstream.h"
#include "postgresserver.h"
#include "teamclient.h"
#include <QElapsedTimer>
#include <QUndoStack>
#include <algorithm>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iostream>
#include <set>
#include <thread>

using namespace telltale;
namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

int editsEach()
{
    const char* wanted = std::getenv("TELLTALE_TEAM_EDITS");
    return wanted ? std::atoi(wanted) : 300;
}

/// What one of several people who work at once has done.
struct Work {
    int made = 0; ///< edits that were acknowledged
    int64_t conflicts = 0;
    std::set<int64_t> added; ///< spans of his own
};

/// Adds spans of his own and now and then pulls at one that everybody pulls at.
Work workAtOnce(TeamClient& client, int edits, uint64_t seed)
{
    Work work;
    const auto document = client.open();
    if (!document)
        return work;
    QObject::connect(document.get(), &Document::conflictFound, [&](qint64) { ++work.conflicts; });
    Random random(seed);
    while (work.made < edits) {
        QCoreApplication::processEvents();
        if (document->health().pending > 64) { // a person is slower than the server
            waitUntil([&] { return document->health().pending < 16; });
            continue;
        }
        if (work.made % 10 == 9) {
            const int64_t first = random.below(9000);
            if (document->setSpan(1, {first, first + 10}))
                ++work.made;
            continue;
        }
        const int64_t first = random.below(9000);
        const auto id = document->addAnnotation(makeSpan(1, {first, first + 10}, 1));
        if (!id) {
            ADD_FAILURE() << id.error().message;
            return work;
        }
        work.added.insert(*id);
        ++work.made;
    }
    EXPECT_TRUE(waitUntil([&] { return document->health().pending == 0; }));
    return work;
}

} // namespace

TEST(Team, SeveralPeopleAtOnceLoseNothing)
{
    TeamServer team;
    if (!team.server())
        GTEST_SKIP() << PostgresServer::whyMissing();
    auto first = team.create("together");
    ASSERT_TRUE(first);
    ASSERT_TRUE(first->addAnnotation(makeSpan(1, {10, 20}, 1)).ok());
    first.reset();
    TeamClient anna = team.client("together", "anna");
    TeamClient bert = team.client("together", "bert");
    const int edits = editsEach();
    Work annas;
    Work berts;
    QElapsedTimer clock;
    clock.start();
    std::thread other([&] { berts = workAtOnce(bert, edits, 2); });
    annas = workAtOnce(anna, edits, 1);
    other.join();
    const auto took = clock.elapsed();
    EXPECT_EQ(annas.made, edits);
    EXPECT_EQ(berts.made, edits);
    const auto document = anna.open(false);
    ASSERT_TRUE(document);
    const auto history = document->history();
    ASSERT_TRUE(history.ok());
    // Everything that was acknowledged is an entry of the log, either itself or as a conflict.
    int64_t entries = 0;
    int64_t conflicts = 0;
    for (const HistoryEntry& entry : *history) {
        if (entry.annotator != "anna" && entry.annotator != "bert")
            continue;
        ++entries;
        conflicts += entry.command == "conflict" ? 1 : 0;
    }
    EXPECT_EQ(entries, 2 * edits);
    EXPECT_EQ(conflicts, annas.conflicts + berts.conflicts);
    EXPECT_EQ(static_cast<int64_t>(document->conflicts().size()), conflicts);
    for (const Work* work : {&annas, &berts})
        for (const int64_t id : work->added)
            EXPECT_TRUE(document->annotation(id)) << id;
    std::cout << 2 * edits << " edits, of them " << conflicts << " conflicts, in " << took << " ms\n";
    team.expectSound("together");
}

TEST(Team, AnythingAtRandomIsWhatTheLogSays)
{
    TeamServer team;
    if (!team.server())
        GTEST_SKIP() << PostgresServer::whyMissing();
    ASSERT_TRUE(team.create("random"));
    const TeamClient anna = team.client("random", "anna");
    for (const uint64_t seed : {1U, 2U}) {
        auto document = anna.open();
        ASSERT_TRUE(document);
        const int undone = document->undoStack()->index();
        Random random(seed);
        for (int i = 0; i < 400; ++i)
            ASSERT_TRUE(randomEdit(*document, random).ok());
        const std::string before = describe(*document);
        document.reset();
        document = anna.open();
        EXPECT_TRUE(describe(*document) == before);
        EXPECT_GT(document->undoStack()->index(), undone);
        document->undoStack()->undo();
        document->undoStack()->redo();
        EXPECT_TRUE(describe(*document) == before);
        document.reset();
        team.expectSound("random");
    }
}

TEST(Team, OthersSeeEditsAtOnceAndAConflictKeepsBothVersions)
{
    TeamServer team;
    if (!team.server())
        GTEST_SKIP() << PostgresServer::whyMissing();
    ASSERT_TRUE(team.create("both"));
    const auto anna = team.client("both", "anna").open();
    const auto bert = team.client("both", "bert").open();
    ASSERT_TRUE(anna && bert);
    const auto id = anna->addAnnotation(makeSpan(1, {10, 20}, 0));
    ASSERT_TRUE(id.ok());
    ASSERT_TRUE(waitUntil([&] { return bert->annotation(*id) != nullptr; }));
    std::vector<qint64> microseconds;
    for (int i = 1; i <= 200; ++i) {
        ASSERT_TRUE(anna->setSpan(*id, {10, 20 + i}).ok());
        QElapsedTimer clock;
        clock.start();
        ASSERT_TRUE(waitUntil([&] { return bert->annotation(*id)->span.last == 20 + i; }));
        microseconds.push_back(clock.nsecsElapsed() / 1000);
    }
    std::ranges::nth_element(microseconds, microseconds.begin() + 100);
    std::cout << "from an edit to another's screen: median " << microseconds[100] << " us\n";

    // Both change the same span before either has heard of the other.
    QString sentence;
    qint64 conflict = 0;
    QObject::connect(bert.get(), &Document::conflictFound, [&](qint64 found) { conflict = found; });
    QObject::connect(anna.get(), &Document::conflictFound, [&](qint64 found) { conflict = found; });
    ASSERT_TRUE(anna->relabel(*id, 3).ok());
    ASSERT_TRUE(bert->relabel(*id, 4).ok());
    ASSERT_TRUE(waitUntil([&] { return conflict != 0; }));
    ASSERT_TRUE(waitUntil([&] { return anna->conflicts().size() == 1 && bert->conflicts().size() == 1; }));
    ASSERT_TRUE(waitUntil([&] { return anna->annotation(*id)->classId == bert->annotation(*id)->classId; }));
    const EditConflict kept = anna->conflicts().front();
    EXPECT_THAT(kept.mine + kept.theirs, HasSubstr("\"class_id\":3"));
    EXPECT_THAT(kept.mine + kept.theirs, HasSubstr("\"class_id\":4"));
    EXPECT_THAT(kept.base, HasSubstr("\"class_id\":0"));
    EXPECT_NE(kept.annotator, kept.other);
    const int lost = kept.annotator == "anna" ? 3 : 4;
    ASSERT_TRUE(anna->resolveConflict(kept.id, Document::Side::Mine).ok());
    ASSERT_TRUE(waitUntil([&] { return bert->conflicts().empty(); }));
    EXPECT_EQ(bert->annotation(*id)->classId, lost);
    ASSERT_TRUE(anna->flush().ok());
    team.expectSound("both");
}

TEST(Team, NumbersOfARunReachOtherMachines)
{
    TeamServer team;
    if (!team.server())
        GTEST_SKIP() << PostgresServer::whyMissing();
    ASSERT_TRUE(team.create("numbers"));
    const TeamClient anna = team.client("numbers", "anna");
    const TeamClient bert = team.client("numbers", "bert");
    const auto watching = bert.open();
    std::vector<Prediction> predictions(300);
    for (size_t i = 0; i < predictions.size(); ++i) {
        predictions[i].span = {static_cast<int64_t>(i) * 20, static_cast<int64_t>(i) * 20 + 10};
        predictions[i].fused = {0.5F, static_cast<float>(i) / 300};
        predictions[i].modalities["joint"] = {predictions[i].fused, std::vector<float>(64, 0.25F)};
    }
    PredictionRun run;
    run.videoId = 1;
    run.model = "m";
    ASSERT_TRUE(anna.open(false)->importRun(run, predictions).ok());
    ASSERT_TRUE(waitUntil([&] { return watching->annotations(1).size() == 300; }));
    const int64_t wanted = watching->annotations(1).at(200).predictionId;
    EXPECT_FALSE(watching->prediction(wanted)); // it is asked for, and announced when it is there
    ASSERT_TRUE(waitUntil([&] { return watching->prediction(wanted) != nullptr; }));
    EXPECT_EQ(watching->prediction(wanted)->fused, predictions[200].fused);
    EXPECT_EQ(watching->prediction(wanted)->span, predictions[200].span);
    team.expectSound("numbers");
}

TEST(Team, EverybodyDoesWhatHisRoleAllowsAndCodesWithoutSeeingTheOthers)
{
    TeamServer team;
    if (!team.server())
        GTEST_SKIP() << PostgresServer::whyMissing();
    ASSERT_TRUE(team.server()->sql("CREATE ROLE anna LOGIN; CREATE ROLE bert LOGIN").ok());
    const auto owner = team.create("roles");
    ASSERT_TRUE(owner);
    ASSERT_TRUE(owner->setMember("owner", MemberRole::Owner).ok());
    ASSERT_TRUE(owner->setMember("anna", MemberRole::Annotator).ok());
    ASSERT_TRUE(owner->setMember("bert", MemberRole::Annotator).ok());
    ASSERT_TRUE(owner->setMember("rita", MemberRole::Reviewer).ok());
    ASSERT_TRUE(owner->assign(1, {"anna", "bert"}).ok());

    // Each connects as a user of the database's own, who has no rights but to take part.
    const auto anna = team.client("roles", "anna", "anna").open();
    const auto bert = team.client("roles", "bert", "bert").open();
    const auto rita = team.client("roles", "rita").open();
    ASSERT_TRUE(anna && bert && rita);
    EXPECT_EQ(anna->role(), MemberRole::Annotator);
    const auto annas = anna->addAnnotation(makeSpan(1, {10, 20}, 1));
    const auto berts = bert->addAnnotation(makeSpan(1, {12, 20}, 2));
    ASSERT_TRUE(annas.ok() && berts.ok());
    ASSERT_TRUE(waitUntil([&] { return rita->annotation(*annas) && rita->annotation(*berts); }));
    ASSERT_TRUE(waitUntil([&] { return bert->annotation(*annas) != nullptr; }));
    EXPECT_EQ(anna->annotations(1).size(), 1U);
    EXPECT_EQ(bert->annotations(1).size(), 1U);
    EXPECT_THAT(bert->annotations(1, "anna"), IsEmpty());
    EXPECT_THAT(bert->layers(1), testing::ElementsAre("bert"));
    EXPECT_EQ(rita->annotations(1, "anna").size(), 1U);
    EXPECT_EQ(rita->annotations(1, "bert").size(), 1U);

    for (const Status& refused : {bert->relabel(*annas, 2), bert->removeAnnotation(*annas),
             bert->addClasses({{"new", {}, {}, {}, {}}}, true), bert->setMember("bert", MemberRole::Owner),
             bert->adjudicate(1, {makeSpan(1, {1, 2}, 1)}), rita->setMember("rita", MemberRole::Owner)}) {
        ASSERT_FALSE(refused.ok());
        EXPECT_THAT(refused.error().message, HasSubstr("may not"));
    }
    EXPECT_TRUE(bert->setFinished(1, true).ok());

    ASSERT_TRUE(rita->adjudicate(1, {makeSpan(1, {11, 20}, 1)}).ok());
    ASSERT_EQ(rita->annotations(1).size(), 1U);
    EXPECT_EQ(rita->annotations(1).front().layer, "adjudicated");
    EXPECT_EQ(rita->annotations(1, "anna").size(), 1U);
    ASSERT_TRUE(rita->flush().ok());
    ASSERT_TRUE(bert->flush().ok());

    // Past the program: neither rows nor the log can be written, and nobody signs for somebody else.
    const auto forged = team.client("roles", "anna", "bert").open(false);
    ASSERT_TRUE(forged);
    const auto signedByAnna = forged->addAnnotation(makeSpan(1, {30, 40}, 1));
    ASSERT_FALSE(signedByAnna.ok());
    EXPECT_THAT(signedByAnna.error().message, HasSubstr("signed with another name"));
    for (const char* statement : {"DELETE FROM roles.annotations", "UPDATE roles.members SET role = 'owner'",
             "INSERT INTO roles.edits SELECT 99, '', '', '', '', '', '', 0, '', '', ''",
             "TRUNCATE roles.edits"})
        EXPECT_FALSE(team.server()->sql(std::string("SET ROLE bert; ") + statement).ok()) << statement;
    EXPECT_FALSE(team.server()->sql("DELETE FROM roles.edits").ok());
    team.expectSound("roles");
}
