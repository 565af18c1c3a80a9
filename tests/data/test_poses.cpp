// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/document.h"
#include "data/safety/projectcheck.h"
#include "editstream.h"
#include "postgresserver.h"
#include "teamclient.h"
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QUndoStack>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
namespace fs = std::filesystem;

namespace {

class PoseEdits : public testing::Test {
protected:
    void SetUp() override
    {
        m_document = makeSmallProject(m_scratch / "p");
        ASSERT_TRUE(m_document->setTrack(1, "tracks/a.npz").ok());
    }

    static PoseCorrection correction(int64_t frame, std::vector<CorrectedPoint> points, int person = 0)
    {
        PoseCorrection one;
        one.person = person;
        one.frame = frame;
        one.points = std::move(points);
        return one;
    }

    static TrackEdit trackEdit(const std::string& operation, int64_t first, int person = 0, int other = 1)
    {
        TrackEdit edit;
        edit.videoId = 1;
        edit.operation = operation;
        edit.person = person;
        edit.other = other;
        edit.first = first;
        return edit;
    }

    static CropCorrection crop(int64_t frame, CropRectangle rectangle)
    {
        CropCorrection one;
        one.videoId = 1;
        one.kind = "face";
        one.frame = frame;
        one.rectangle = rectangle;
        return one;
    }

    void reopen()
    {
        m_document.reset();
        auto opened = Document::open(m_scratch / "p");
        ASSERT_TRUE(opened.ok()) << opened.error().message;
        m_document = std::move(*opened);
    }

    QUndoStack& stack() { return *m_document->undoStack(); }

    ScratchFolder m_scratch;
    std::unique_ptr<Document> m_document;
};

} // namespace

TEST_F(PoseEdits, CorrectedPointsOfAFrameAddUpAndComeBackOneStepAtATime)
{
    ASSERT_TRUE(m_document->correctPoses(1, {correction(7, {{9, 10.5, 20, 1}})}).ok());
    ASSERT_TRUE(m_document->correctPoses(1, {correction(7, {{2, 1, 2, 0}, {9, 11, 21, 1}})}).ok());
    ASSERT_TRUE(
        m_document->correctPoses(1, {correction(3, {{0, 5, 5, 1}}), correction(7, {{0, 6, 6, 1}}, 1)}).ok());
    auto all = m_document->poseCorrections(1);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].frame, 3);
    EXPECT_EQ(all[1].points, (std::vector<CorrectedPoint>{{2, 1, 2, 0}, {9, 11, 21, 1}}));
    EXPECT_EQ(all[1].annotator, m_document->annotator());
    EXPECT_EQ(all[2].person, 1);
    stack().undo();
    stack().undo();
    all = m_document->poseCorrections(1);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].points, (std::vector<CorrectedPoint>{{9, 10.5, 20, 1}}));
    stack().redo();
    reopen();
    all = m_document->poseCorrections(1);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].points, (std::vector<CorrectedPoint>{{2, 1, 2, 0}, {9, 11, 21, 1}}));
}

TEST_F(PoseEdits, ADragIsOneUndoStep)
{
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(m_document->correctPoses(1, {correction(7, {{9, 10.0 + i, 20, 1}})}, 3).ok());
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(m_document->correctCrop(crop(7, {1.0 + i, 2, 30, 40}), 4).ok());
    EXPECT_EQ(m_document->cropCorrections(1).front().rectangle.x, 5);
    stack().undo();
    EXPECT_TRUE(m_document->cropCorrections(1).empty());
    EXPECT_EQ(m_document->poseCorrections(1).front().points.front().x, 14);
    stack().undo();
    EXPECT_TRUE(m_document->poseCorrections(1).empty());
}

TEST_F(PoseEdits, CorrectionsBelongToTheTrackThatTheyWereMadeOn)
{
    ASSERT_TRUE(m_document->correctPoses(1, {correction(7, {{9, 10, 20, 1}})}).ok());
    ASSERT_TRUE(m_document->editTrack(trackEdit("swap", 100), m_document->poseCorrections(1)).ok());
    ASSERT_TRUE(m_document->setTrack(1, "tracks/b.npz").ok());
    EXPECT_TRUE(m_document->poseCorrections(1).empty());
    EXPECT_TRUE(m_document->trackEdits(1).empty());
    ASSERT_TRUE(m_document->setTrack(1, "tracks/a.npz").ok());
    EXPECT_EQ(m_document->poseCorrections(1).size(), 1U);
    EXPECT_EQ(m_document->trackEdits(1).size(), 1U);
}

TEST_F(PoseEdits, TrackEditsKeepTheOrderInWhichTheyWereMade)
{
    for (const char* operation : {"swap", "split", "join", "remove"})
        ASSERT_TRUE(m_document->editTrack(trackEdit(operation, 50), m_document->poseCorrections(1)).ok());
    stack().undo();
    ASSERT_TRUE(m_document->editTrack(trackEdit("swap", 10), m_document->poseCorrections(1)).ok());
    reopen();
    std::vector<std::string> operations;
    for (const TrackEdit& edit : m_document->trackEdits(1))
        operations.push_back(edit.operation);
    EXPECT_THAT(operations, testing::ElementsAre("swap", "split", "join", "swap"));
}

TEST_F(PoseEdits, FramesGetBackWhatTheTrackHas)
{
    ASSERT_TRUE(m_document
                    ->correctPoses(1,
                        {correction(7, {{9, 10, 20, 1}}), correction(8, {{9, 10, 20, 1}}),
                            correction(9, {{9, 10, 20, 1}}), correction(8, {{9, 1, 1, 1}}, 1)})
                    .ok());
    ASSERT_TRUE(m_document->uncorrectPoses(1, 0, {8, 10}).ok());
    const auto left = m_document->poseCorrections(1);
    ASSERT_EQ(left.size(), 2U);
    EXPECT_EQ(left[0].frame, 7);
    EXPECT_EQ(left[1].person, 1);
    ASSERT_TRUE(m_document->correctCrop(crop(5, {1, 2, 3, 4})).ok());
    ASSERT_TRUE(m_document->uncorrectCrops(1, 0, "face", {0, 100}).ok());
    EXPECT_TRUE(m_document->cropCorrections(1).empty());
}

TEST_F(PoseEdits, PathsOfCropsAreReplacedAndCorrectionsStay)
{
    SavedCrop face;
    face.kind = "face";
    face.recipe = "r";
    face.keys = {{0, {1, 2, 3, 4}}, {50, {2.25, 2, 3, 4}}};
    SavedCrop hand = face;
    hand.kind = "left_hand";
    ASSERT_TRUE(m_document->setCrops(1, {face, hand}).ok());
    ASSERT_TRUE(m_document->correctCrop(crop(5, {9, 9, 9, 9})).ok());
    const int64_t edits = m_document->summary().edits;
    ASSERT_TRUE(m_document->setCrops(1, {face, hand}).ok());
    EXPECT_EQ(m_document->summary().edits, edits); // nothing new
    face.keys.push_back({60, {5, 5, 5, 5}});
    ImportBatch batch;
    face.videoId = 1;
    batch.crops = {face};
    ASSERT_TRUE(m_document->importBatch(batch, QStringLiteral("Import")).ok());
    reopen();
    const auto crops = m_document->crops(1);
    ASSERT_EQ(crops.size(), 1U);
    EXPECT_EQ(crops[0].keys, face.keys);
    EXPECT_EQ(m_document->cropCorrections(1).size(), 1U);
}

TEST_F(PoseEdits, WhatMakesNoSenseIsRefusedAndChangesNothing)
{
    const int64_t edits = m_document->summary().edits;
    const double nan = std::nan("");
    EXPECT_FALSE(m_document->correctPoses(1, {correction(7, {})}).ok());
    EXPECT_FALSE(m_document->correctPoses(1, {correction(7, {{9, nan, 0, 1}})}).ok());
    EXPECT_FALSE(m_document->correctPoses(1, {correction(7, {{9, 1, 1, 2}})}).ok());
    EXPECT_FALSE(m_document->correctPoses(1, {correction(10000, {{9, 1, 1, 1}})}).ok());
    EXPECT_FALSE(m_document->correctPoses(1, {correction(7, {{9, 1, 1, 1}}, -1)}).ok());
    EXPECT_FALSE(m_document->correctPoses(2, {correction(7, {{9, 1, 1, 1}})}).ok());
    EXPECT_FALSE(m_document->editTrack(trackEdit("swap", 5, 1, 1), m_document->poseCorrections(1)).ok());
    EXPECT_FALSE(m_document->editTrack(trackEdit("mix", 5), m_document->poseCorrections(1)).ok());
    EXPECT_FALSE(m_document->correctCrop(crop(5, {1, 2, 0, 4})).ok());
    EXPECT_FALSE(m_document->correctCrop(crop(5, {nan, 2, 3, 4})).ok());
    SavedCrop face;
    face.kind = "face";
    face.keys = {{5, {1, 2, 3, 4}}, {5, {1, 2, 3, 4}}};
    EXPECT_FALSE(m_document->setCrops(1, {face}).ok());
    face.keys.pop_back();
    EXPECT_FALSE(m_document->setCrops(1, {face, face}).ok());
    EXPECT_EQ(m_document->summary().edits, edits);
    const auto none = makeSmallProject(m_scratch / "q");
    EXPECT_EQ(none->correctPoses(1, {correction(7, {{9, 1, 1, 1}})}).error().code, ErrorCode::NotFound);
}

TEST(PoseTables, AProjectOfTheSchemaBeforeThemIsCheckedAsItIsAndGetsThemWhenItIsOpened)
{
    const ScratchFolder scratch;
    const fs::path folder = scratch / "p";
    {
        const auto document = makeSmallProject(folder);
    }
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("older"));
        database.setDatabaseName(QString::fromStdString((folder / "project.db").string()));
        ASSERT_TRUE(database.open());
        for (const char* statement : {"DROP TABLE track_edits", "DROP TABLE pose_corrections",
                 "DROP TABLE crops", "DROP TABLE crop_corrections", "DROP TABLE withholdings",
                 "ALTER TABLE edits DROP COLUMN effort", "PRAGMA user_version = 3"})
            ASSERT_TRUE(QSqlQuery(database).exec(QString::fromLatin1(statement)));
        database.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("older"));
    ProgressSink quiet;
    const auto before = checkProject(folder, quiet);
    ASSERT_TRUE(before.ok()) << before.error().message;
    EXPECT_THAT(before->problems, testing::IsEmpty());
    auto document = Document::open(folder);
    ASSERT_TRUE(document.ok()) << document.error().message;
    EXPECT_TRUE((*document)->undoStack()->canUndo());
    ASSERT_TRUE((*document)->setTrack(1, "tracks/a.npz").ok());
    PoseCorrection one;
    one.points = {{3, 1, 2, 1}};
    ASSERT_TRUE((*document)->correctPoses(1, {one}).ok());
    document->reset();
    const auto after = checkProject(folder, quiet);
    ASSERT_TRUE(after.ok()) << after.error().message;
    EXPECT_THAT(after->problems, testing::IsEmpty());
    EXPECT_EQ(after->stateHash, after->replayHash);
}

TEST(PoseTables, AServersProjectOfTheSchemaBeforeThemGetsThemFromWhoMadeIt)
{
    TeamServer team;
    if (!team.server())
        GTEST_SKIP() << PostgresServer::whyMissing();
    team.create("older");
    ASSERT_TRUE(team.server()
                    ->sql("SET search_path = older; DROP TABLE track_edits, pose_corrections, crops,"
                          " crop_corrections, withholdings; ALTER TABLE edits DROP COLUMN effort; UPDATE "
                          "info SET value = "
                          "'3' WHERE key = 'schema'")
                    .ok());
    {
        const auto document = team.client("older", "owner").open();
        ASSERT_TRUE(document);
        ASSERT_TRUE(document->setTrack(1, "tracks/a.npz").ok());
        PoseCorrection one;
        one.points = {{3, 1, 2, 1}};
        ASSERT_TRUE(document->correctPoses(1, {one}).ok());
        ASSERT_TRUE(document->flush().ok());
    }
    const auto another = team.client("older", "somebody").open();
    ASSERT_TRUE(another);
    EXPECT_EQ(another->poseCorrections(1).size(), 1U);
    team.expectSound("older");
}
