// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "data/document.h"
#include "data/safety/projectcheck.h"
#include "editstream.h"
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QUndoStack>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

/// Five videos, ids 1 to 5.
std::unique_ptr<Document> makeVideos(const std::filesystem::path& folder)
{
    auto document = makeSmallProject(folder);
    for (int i = 2; document && i <= 5; ++i) {
        const std::string name = "v" + std::to_string(i);
        EXPECT_TRUE(document->addVideo(makeVideo(name, name + ".mp4")).ok());
    }
    return document;
}

std::vector<std::pair<int64_t, int64_t>> offsets(const Document& document, int64_t video)
{
    std::vector<std::pair<int64_t, int64_t>> result;
    for (const SyncedVideo& camera : document.camerasOf(video))
        result.emplace_back(camera.videoId, camera.offsetUs);
    return result;
}

using Offset = std::pair<int64_t, int64_t>;

void expectSound(const std::filesystem::path& folder)
{
    ProgressSink silent;
    const auto report = checkProject(folder, silent);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_THAT(report->problems, IsEmpty());
}

TEST(cameras, offsetsSurviveReopeningUndoAndRedo)
{
    const ScratchFolder scratch;
    {
        const auto document = makeVideos(scratch / "p");
        ASSERT_TRUE(document->synchronize({{0, 3, 0, 0}, {0, 1, 0, 1250000}}));
        ASSERT_TRUE(document->setCameraOffset(1, -40000));
        document->undoStack()->undo();
        EXPECT_THAT(offsets(*document, 1), ElementsAre(Offset{3, 0}, Offset{1, 1250000}));
        document->undoStack()->undo();
        EXPECT_THAT(offsets(*document, 1), IsEmpty());
        document->undoStack()->redo();
        document->undoStack()->redo();
    }
    const auto again = Document::open(scratch / "p");
    ASSERT_TRUE(again.ok());
    EXPECT_THAT(offsets(**again, 3), ElementsAre(Offset{3, 0}, Offset{1, -40000}));
    EXPECT_THAT(offsets(**again, 2), IsEmpty());
    expectSound(scratch / "p");
}

TEST(cameras, draggingAnOffsetIsOneUndoStep)
{
    const ScratchFolder scratch;
    const auto document = makeVideos(scratch / "p");
    ASSERT_TRUE(document->synchronize({{0, 1, 0, 0}, {0, 2, 0, 0}}));
    const int steps = document->undoStack()->count();
    for (int64_t offset = 1; offset <= 5; ++offset)
        ASSERT_TRUE(document->setCameraOffset(2, offset * 1000, 7));
    EXPECT_EQ(document->undoStack()->count(), steps + 1);
    document->undoStack()->undo();
    EXPECT_THAT(offsets(*document, 1), ElementsAre(Offset{1, 0}, Offset{2, 0}));
    document->undoStack()->redo();
    EXPECT_THAT(offsets(*document, 1), ElementsAre(Offset{1, 0}, Offset{2, 5000}));
    expectSound(scratch / "p");
}

TEST(cameras, aVideoLeavesItsSessionAndASessionOfOneIsNone)
{
    const ScratchFolder scratch;
    const auto document = makeVideos(scratch / "p");
    ASSERT_TRUE(document->synchronize({{0, 1, 0, 0}, {0, 2, 0, 10}, {0, 3, 0, 20}}));
    ASSERT_TRUE(document->synchronize({{0, 4, 0, 0}, {0, 2, 0, 30}}));
    EXPECT_THAT(offsets(*document, 1), ElementsAre(Offset{1, 0}, Offset{3, 20}));
    EXPECT_THAT(offsets(*document, 2), ElementsAre(Offset{4, 0}, Offset{2, 30}));
    ASSERT_TRUE(document->unsynchronize(4));
    EXPECT_THAT(offsets(*document, 2), IsEmpty());
    EXPECT_THAT(offsets(*document, 3), ElementsAre(Offset{1, 0}, Offset{3, 20}));
    document->undoStack()->undo();
    EXPECT_THAT(offsets(*document, 2), ElementsAre(Offset{4, 0}, Offset{2, 30}));
    expectSound(scratch / "p");
}

TEST(cameras, whatMakesNoSenseIsRefusedAndChangesNothing)
{
    const ScratchFolder scratch;
    const auto document = makeVideos(scratch / "p");
    const int64_t edits = document->summary().edits;
    const auto refused = [&](const std::vector<SyncedVideo>& cameras, const char* because) {
        const Status status = document->synchronize(cameras);
        ASSERT_FALSE(status.ok());
        EXPECT_THAT(status.error().message, HasSubstr(because));
    };
    refused({{0, 1, 0, 0}}, "2 to 4 cameras");
    refused({{0, 1, 0, 0}, {0, 2, 0, 0}, {0, 3, 0, 0}, {0, 4, 0, 0}, {0, 5, 0, 0}}, "2 to 4 cameras");
    refused({{0, 1, 0, 0}, {0, 99, 0, 0}}, "no video 99");
    refused({{0, 1, 0, 0}, {0, 1, 0, 0}}, "named twice");
    refused({{0, 1, 0, 0}, {0, 2, 0, INT64_MAX}}, "more than a week");
    EXPECT_FALSE(document->setCameraOffset(1, 5).ok());
    EXPECT_FALSE(document->unsynchronize(1).ok());
    EXPECT_EQ(document->summary().edits, edits);
}

TEST(cameras, anyMixtureOfEditsUndoAndRedoIsWhatTheLogSays)
{
    const ScratchFolder scratch;
    const auto document = makeVideos(scratch / "p");
    Random random(11);
    const auto video = [&] { return 1 + random.below(5); };
    for (int i = 0; i < 300; ++i) {
        const int64_t dice = random.below(10);
        if (dice < 2 && document->undoStack()->index() > 5)
            document->undoStack()->undo();
        else if (dice < 4)
            document->undoStack()->redo();
        else if (dice < 7)
            (void)document->synchronize({{0, video(), 0, 0}, {0, video(), 0, random.below(1000000)},
                {0, video(), 0, -random.below(1000000)}}); // refused when two are the same
        else if (dice < 9)
            (void)document->setCameraOffset(video(), random.below(1000000), 1);
        else
            (void)document->unsynchronize(video());
    }
    for (int64_t id = 1; id <= 5; ++id)
        EXPECT_NE(document->camerasOf(id).size(), 1U);
    const auto again = Document::open(scratch / "p");
    ASSERT_TRUE(again.ok());
    for (int64_t id = 1; id <= 5; ++id)
        EXPECT_EQ((*again)->camerasOf(id), document->camerasOf(id));
    expectSound(scratch / "p");
}

} // namespace
