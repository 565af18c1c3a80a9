// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/corrections.h"
#include "pose/layout.h"
#include <QUndoStack>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
namespace fs = std::filesystem;

namespace {

/// Two people for ten frames: point p of person n stands at (100 n + p, frame).
PoseTrack twoPeople()
{
    PoseTrack track;
    track.persons = 2;
    track.pointCount = kPointCount;
    for (int64_t frame = 0; frame < 10; ++frame)
        track.frames.push_back(frame);
    track.points.resize(static_cast<size_t>(10 * 2 * kPointCount));
    for (int64_t row = 0; row < 10; ++row)
        for (int person = 0; person < 2; ++person)
            for (int p = 0; p < kPointCount; ++p)
                track.at(row, person)[p]
                    = {static_cast<float>(100 * person + p), static_cast<float>(row), 0.5F};
    return track;
}

class Corrections : public testing::Test {
protected:
    void SetUp() override
    {
        std::string pattern = (fs::temp_directory_path() / "telltale_corrections_XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
        LabelScheme scheme;
        scheme.name = "s";
        scheme.classes = {{"a", {}, {}, {}, {}}};
        auto made = Document::create(m_folder / "p", scheme);
        ASSERT_TRUE(made.ok()) << made.error().message;
        m_document = std::move(*made);
        VideoEntry video;
        video.name = "v";
        video.path = "v.mp4";
        video.frameCount = 10;
        video.track = "tracks/v.npz";
        ASSERT_TRUE(m_document->addVideo(video).ok());
    }
    void TearDown() override
    {
        m_document.reset();
        fs::remove_all(m_folder);
    }

    CorrectedTrack corrected() const
    {
        return correctedTrack(twoPeople(), m_document->trackEdits(1), m_document->poseCorrections(1));
    }

    void correct(int64_t frame, int person, CorrectedPoint point)
    {
        PoseCorrection row;
        row.frame = frame;
        row.person = person;
        row.points = {point};
        ASSERT_TRUE(m_document->correctPoses(1, {row}).ok());
    }

    static TrackEdit swap(int64_t first)
    {
        TrackEdit edit;
        edit.videoId = 1;
        edit.operation = "swap";
        edit.other = 1;
        edit.first = first;
        return edit;
    }

    fs::path m_folder;
    std::unique_ptr<Document> m_document;
};

} // namespace

TEST_F(Corrections, NothingChangedIsTheTrackItself)
{
    const CorrectedTrack result = corrected();
    EXPECT_EQ(result.track.points, twoPeople().points);
    EXPECT_TRUE(result.notes.empty());
}

TEST_F(Corrections, PersonsAreChangedFirstAndThenPoints)
{
    ASSERT_TRUE(changePersons(*m_document, twoPeople(), swap(5)).ok());
    correct(7, 0, {9, 1, 2, 1});
    const CorrectedTrack result = corrected();
    EXPECT_EQ(result.track.at(4, 0)[3].x, 3);
    EXPECT_EQ(result.track.at(7, 0)[3].x, 103);
    EXPECT_EQ(result.track.at(7, 0)[9].x, 1);
    EXPECT_EQ(result.track.at(7, 1)[9].x, 9);
}

TEST_F(Corrections, CorrectedPointsGoWithThePersonTheyBelongToAndUndoBringsBothBack)
{
    correct(7, 0, {9, 1, 2, 1});
    const PoseTrack before = corrected().track;
    ASSERT_TRUE(changePersons(*m_document, twoPeople(), swap(5)).ok());
    const CorrectedTrack after = corrected();
    EXPECT_EQ(after.track.at(7, 1)[9].x, 1); // the same body has another number
    EXPECT_EQ(after.track.at(7, 0)[9].x, 109);
    m_document->undoStack()->undo();
    EXPECT_EQ(corrected().track.points, before.points);
}

TEST_F(Corrections, WhatDoesNotFitTheTrackAnyMoreIsLeftOutAndSaid)
{
    TrackEdit strange = swap(2);
    strange.other = 7;
    ASSERT_TRUE(m_document->editTrack(strange, {}).ok());
    EXPECT_FALSE(changePersons(*m_document, twoPeople(), strange).ok());
    correct(7, 5, {9, 1, 2, 1});
    correct(3, 0, {9, 1, 2, 1});
    const CorrectedTrack result = corrected();
    EXPECT_EQ(result.notes.size(), 2U);
    EXPECT_EQ(result.track.at(3, 0)[9].x, 1);
    EXPECT_EQ(result.track.at(5, 0)[3].x, 3);
}

TEST_F(Corrections, ACropThatSomebodyMovedCountsAroundThatFrameOnly)
{
    CropPath face;
    face.kind = CropKind::Face;
    face.keys = {{0, {10, 20, 30, 30}}, {9, {10, 20, 30, 30}}};
    CropPath person = face;
    person.kind = CropKind::Person;
    const std::vector<CropPath> both{face, person};
    ASSERT_TRUE(m_document->setCrops(1, savedCropsOf(1, both, "r")).ok());
    CropCorrection moved;
    moved.videoId = 1;
    moved.kind = "face";
    moved.frame = 5;
    moved.rectangle = {50, 60, 30, 30};
    ASSERT_TRUE(m_document->correctCrop(moved).ok());
    const auto chosen = chosenCrops(correctionsOf(*m_document, 1), 2);
    ASSERT_EQ(chosen.size(), 1U);
    EXPECT_EQ(chosen[0].kind, CropKind::Face);
    EXPECT_TRUE(isEmptyBox(boxAt(chosen[0], 2)));
    EXPECT_EQ(boxAt(chosen[0], 3), face.keys[0].box);
    EXPECT_EQ(boxAt(chosen[0], 5), (CropBox{50, 60, 30, 30}));
    EXPECT_FALSE(isEmptyBox(boxAt(chosen[0], 7)));
    EXPECT_TRUE(isEmptyBox(boxAt(chosen[0], 8)));
}

TEST_F(Corrections, CropsComeBackAsTheyWereSavedAndWithWhatPeoplePutIn)
{
    CropPath face;
    face.kind = CropKind::Face;
    face.keys = {{0, {10, 20, 30, 30}}, {9, {19, 20, 30, 30}}};
    ASSERT_TRUE(m_document->setCrops(1, savedCropsOf(1, {&face, 1}, "r")).ok());
    EXPECT_THAT(correctedCrops(m_document->crops(1), {}, 25), testing::ElementsAre(face));
    CropCorrection hand;
    hand.videoId = 1;
    hand.kind = "left_hand";
    hand.frame = 4;
    hand.rectangle = {1, 2, 3, 4};
    CropCorrection moved = hand;
    moved.kind = "face";
    ASSERT_TRUE(m_document->correctCrop(hand).ok());
    ASSERT_TRUE(m_document->correctCrop(moved).ok());
    const auto paths = correctedCrops(m_document->crops(1), m_document->cropCorrections(1), 25);
    ASSERT_EQ(paths.size(), 2U);
    for (const CropPath& path : paths)
        EXPECT_EQ(boxAt(path, 4), (CropBox{1, 2, 3, 4}));
}
