// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/identityedit.h"
#include "posefiles.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

/// Frames 10, 11, ...; x of each point is 1000 * person + frame, so that it tells where it came from.
PoseTrack numberedTrack(int rows, int persons, int points = 2)
{
    PoseTrack track;
    track.layout = "two";
    track.persons = persons;
    track.pointCount = points;
    for (int row = 0; row < rows; ++row) {
        track.frames.push_back(10 + row);
        for (int person = 0; person < persons; ++person)
            for (int point = 0; point < points; ++point)
                track.points.push_back(
                    {static_cast<float>(1000 * person + 10 + row), static_cast<float>(point), 0.5F});
    }
    return track;
}

/// x of the first point of a person in each row; 0 where missing.
std::vector<int> placesOf(const PoseTrack& track, int person)
{
    std::vector<int> places;
    for (int64_t row = 0; row < track.rows(); ++row)
        places.push_back(static_cast<int>(track.at(row, person)[0].x));
    return places;
}

void hide(PoseTrack& track, int64_t frame, int person)
{
    for (int point = 0; point < track.pointCount; ++point)
        track.at(track.rowOf(frame), person)[point] = {};
}

using Places = std::vector<int>;

PoseTrack edited(const PoseTrack& track, const std::vector<IdentityEdit>& edits)
{
    const auto result = applyIdentityEdits(track, edits);
    EXPECT_TRUE(result.ok()) << result.error().message;
    return result.ok() ? *result : track;
}

} // namespace

TEST(IdentityEdit, SwapWithinASpanAndTwiceIsNothing)
{
    const PoseTrack track = numberedTrack(4, 2);
    const IdentityEdit swap{IdentityChange::Swap, 0, 1, 11, 13};
    const PoseTrack once = edited(track, {swap});
    EXPECT_EQ(placesOf(once, 0), (Places{10, 1011, 1012, 13}));
    EXPECT_EQ(placesOf(once, 1), (Places{1010, 11, 12, 1013}));
    EXPECT_EQ(edited(track, {swap, swap}).points, track.points);
    EXPECT_EQ(placesOf(edited(track, {{IdentityChange::Swap, 1, 0, 12}}), 0), (Places{10, 11, 1012, 1013}));
}

TEST(IdentityEdit, SplitGivesANewPersonAndJoiningThemAgainRestores)
{
    const PoseTrack track = numberedTrack(4, 2);
    const PoseTrack split = edited(track, {{IdentityChange::Split, 0, -1, 12}});
    ASSERT_EQ(split.persons, 3);
    EXPECT_EQ(placesOf(split, 0), (Places{10, 11, 0, 0}));
    EXPECT_EQ(placesOf(split, 2), (Places{0, 0, 12, 13}));
    const PoseTrack back = edited(track, {{IdentityChange::Split, 0, -1, 12}, {IdentityChange::Join, 0, 2}});
    EXPECT_EQ(placesOf(back, 0), placesOf(track, 0));
    EXPECT_EQ(placesOf(back, 2), (Places{0, 0, 0, 0}));
}

TEST(IdentityEdit, JoinTakesTheSurerWhereBothAreSeenAndTellsWhere)
{
    PoseTrack track = numberedTrack(4, 2);
    hide(track, 10, 0);
    hide(track, 11, 1);
    track.at(track.rowOf(12), 1)[1].score = 0.9F;
    const IdentityEdit join{IdentityChange::Join, 0, 1};
    EXPECT_EQ(joinOverlap(track, join).frames, 2);
    EXPECT_EQ(joinOverlap(track, join).firstFrame, 12);
    const PoseTrack joined = edited(track, {join});
    EXPECT_EQ(placesOf(joined, 0), (Places{1010, 11, 1012, 13})) << "a tie stays with the first";
    EXPECT_EQ(placesOf(joined, 1), (Places{0, 0, 0, 0}));
}

TEST(IdentityEdit, RemoveAndKeep)
{
    const PoseTrack track = numberedTrack(3, 3);
    EXPECT_EQ(placesOf(edited(track, {{IdentityChange::Remove, 1, -1, 11}}), 1), (Places{1010, 0, 0}));
    const std::vector<int> order{2, 0};
    const auto kept = keepPersons(track, order);
    ASSERT_TRUE(kept.ok());
    EXPECT_EQ(kept->persons, 2);
    EXPECT_EQ(placesOf(*kept, 0), (Places{2010, 2011, 2012}));
    EXPECT_EQ(placesOf(*kept, 1), (Places{10, 11, 12}));
    EXPECT_FALSE(keepPersons(track, std::vector{0, 0}).ok());
    EXPECT_FALSE(keepPersons(track, std::vector{3}).ok());
    EXPECT_FALSE(keepPersons(track, std::vector<int>{}).ok());
}

TEST(IdentityEdit, ImpossibleEditsNameThemselves)
{
    const PoseTrack track = numberedTrack(3, 2);
    const auto errorOf = [&](const std::vector<IdentityEdit>& edits) {
        const auto result = applyIdentityEdits(track, edits);
        return result.ok() ? std::string() : result.error().message;
    };
    EXPECT_THAT(errorOf({{IdentityChange::Swap, 0, 1}, {IdentityChange::Swap, 0, 2}}), HasSubstr("change 2"));
    EXPECT_THAT(errorOf({{IdentityChange::Join, 0, 0}}), HasSubstr("two different"));
    EXPECT_THAT(errorOf({{IdentityChange::Remove, -1}}), HasSubstr("no person -1"));
    EXPECT_THAT(errorOf({{IdentityChange::Swap, 0, 1, 5, 5}}), HasSubstr("none"));
    EXPECT_EQ(errorOf({{IdentityChange::Split, 0}, {IdentityChange::Swap, 0, 2}}), "");
    EXPECT_EQ(identityChangeOf("join").value(), IdentityChange::Join);
    EXPECT_FALSE(identityChangeOf("glue").ok());
}

TEST(IdentityEdit, NoEditsCopyNothing)
{
    const ScratchFolder folder("noedits");
    ASSERT_TRUE(writeTrack(folder / "t.npz", randomTrack(5, 2, 1)).ok());
    const auto track = readTrack(folder / "t.npz");
    ASSERT_TRUE(track.ok());
    EXPECT_TRUE(applyEdits(*track, {}, {})->points.isMapped());
}

TEST(IdentityEdit, CorrectionsMoveWithThePointsThatTheyCorrect)
{
    PoseTrack track = numberedTrack(4, 2);
    hide(track, 13, 0);
    const std::vector<PointCorrection> corrections{{10, 0, 0, 5, 5}, {12, 0, 1, 6, 6}, {12, 1, 1, 7, 7}};
    const auto personsAfter = [&](const IdentityEdit& edit) {
        std::vector<std::pair<int64_t, int>> result;
        for (const PointCorrection& one : movedCorrections(track, edit, corrections))
            result.emplace_back(one.frame, one.person);
        return result;
    };
    using Moved = std::vector<std::pair<int64_t, int>>;
    EXPECT_EQ(personsAfter({IdentityChange::Swap, 0, 1, 11}), (Moved{{10, 0}, {12, 0}, {12, 1}}));
    EXPECT_EQ(movedCorrections(track, {IdentityChange::Swap, 0, 1, 11}, corrections)[1].x, 7);
    EXPECT_EQ(personsAfter({IdentityChange::Split, 0, -1, 11}), (Moved{{10, 0}, {12, 1}, {12, 2}}));
    EXPECT_EQ(personsAfter({IdentityChange::Remove, 0, -1, 11}), (Moved{{10, 0}, {12, 1}}));
    EXPECT_EQ(personsAfter({IdentityChange::Join, 0, 1}), (Moved{{10, 0}, {12, 0}})) << "0 wins the tie";
    // Editing and then correcting by the moved rows is the same as correcting and then editing.
    for (const IdentityEdit& edit : {IdentityEdit{IdentityChange::Swap, 0, 1, 11},
             {IdentityChange::Split, 0, -1, 11}, {IdentityChange::Remove, 0, -1, 11}}) {
        const auto corrected = applyCorrections(track, corrections);
        const PoseTrack first = edited(*corrected, {edit});
        const auto second = applyEdits(track, std::vector{edit}, movedCorrections(track, edit, corrections));
        ASSERT_TRUE(second.ok());
        EXPECT_EQ(first.points, second->points) << nameOf(edit.change);
    }
}

TEST(PointCorrection, LaterOnesCountAndFramesWithoutARowGetOne)
{
    const PoseTrack track = numberedTrack(3, 2);
    const std::vector<PointCorrection> corrections{
        {11, 1, 0, 5, 6}, {11, 1, 0, 7, 8}, {12, 0, 1, 0, 0, 0}, {20, 0, 1, 3, 4}};
    const auto corrected = applyCorrections(track, corrections);
    ASSERT_TRUE(corrected.ok()) << corrected.error().message;
    const PoseTrack& result = *corrected;
    EXPECT_EQ(result.frames, (std::vector<int64_t>{10, 11, 12, 20}));
    EXPECT_EQ(result.at(1, 1)[0], (PosePoint{7, 8, kPlacedScore}));
    EXPECT_EQ(result.at(2, 0)[1], PosePoint{});
    EXPECT_EQ(result.at(2, 1)[1], track.at(2, 1)[1]);
    EXPECT_EQ(result.at(3, 0)[0], PosePoint{});
    EXPECT_EQ(result.at(3, 0)[1], (PosePoint{3, 4, kPlacedScore}));
    EXPECT_EQ(placesOf(track, 1), (Places{1010, 1011, 1012})) << "the track itself does not change";
}

TEST(PointCorrection, BadOnesAreRefusedWithTheirPlace)
{
    const PoseTrack track = numberedTrack(3, 2);
    for (const PointCorrection& one : {PointCorrection{11, 2, 0, 1, 1}, {11, -1, 0, 1, 1}, {11, 0, 2, 1, 1},
             {11, 0, 0, NAN, 1}, {-1, 0, 0, 1, 1}, {11, 0, 0, 1, 1, 1.5F}}) {
        const auto result = applyCorrections(track, std::span(&one, 1));
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(result.error().code, ErrorCode::InvalidArgument);
        EXPECT_THAT(result.error().message, HasSubstr("frame " + std::to_string(one.frame)));
    }
}

TEST(PointCorrection, CopyOfThePreviousFrame)
{
    PoseTrack track = numberedTrack(3, 2);
    track.at(0, 1)[1] = {};
    const auto copied = copyOfPreviousFrame(track, 1, 11);
    ASSERT_EQ(copied.size(), 2U);
    EXPECT_EQ(copied[0], (PointCorrection{11, 1, 0, 1010, 0, kPlacedScore}));
    EXPECT_EQ(copied[1], (PointCorrection{11, 1, 1, 0, 0, 0}));
    EXPECT_EQ(copyOfPreviousFrame(track, 1, 11, std::vector{0}).size(), 1U);
    EXPECT_EQ(copyOfPreviousFrame(track, 0, 50).front().x, 12) << "of the last row before it";
    EXPECT_TRUE(copyOfPreviousFrame(track, 1, 10).empty());
    EXPECT_TRUE(copyOfPreviousFrame(track, 7, 11).empty());
}

TEST(PointCorrection, InterpolationGoesByRealTime)
{
    using std::chrono::milliseconds;
    PoseTrack track = numberedTrack(4, 1, 1);
    track.frames = {0, 1, 2, 3};
    track.at(0, 0)[0] = {100, 200, 1};
    track.at(3, 0)[0] = {200, 100, 1};
    const FrameTimes times(
        {milliseconds(0), milliseconds(10), milliseconds(50), milliseconds(100)}, milliseconds(140));
    const auto between = interpolateBetween(track, 0, 0, 3, times);
    ASSERT_EQ(between.size(), 2U);
    EXPECT_EQ(between[0], (PointCorrection{1, 0, 0, 110, 190, kBetweenScore}));
    EXPECT_EQ(between[1], (PointCorrection{2, 0, 0, 150, 150, kBetweenScore}));
    const auto byFrames = interpolateBetween(track, 0, 0, 3, {});
    EXPECT_NEAR(byFrames[0].x, 133.333, 0.001);
    EXPECT_TRUE(interpolateBetween(track, 0, 3, 0, times).empty());
    EXPECT_TRUE(interpolateBetween(track, 0, 0, 9, times).empty());
    track.at(3, 0)[0] = {};
    EXPECT_TRUE(interpolateBetween(track, 0, 0, 3, times).empty());
}

TEST(PointCorrection, InterpolationBetweenAllCorrectedFrames)
{
    const PoseTrack track = numberedTrack(7, 1); // frames 10 to 16
    const std::vector<PointCorrection> corrections{{10, 0, 0, 0, 0}, {12, 0, 0, 20, 10},
        {13, 0, 0, 99, 99, kBetweenScore}, {16, 0, 0, 60, 50}, {11, 0, 1, 7, 7}};
    const auto between = interpolateCorrected(track, corrections, 0, {10, 17}, {});
    ASSERT_EQ(between.size(), 4U);
    EXPECT_EQ(between[0], (PointCorrection{11, 0, 0, 10, 5, kBetweenScore}));
    EXPECT_EQ(between[1], (PointCorrection{13, 0, 0, 30, 20, kBetweenScore}));
    EXPECT_EQ(between[3], (PointCorrection{15, 0, 0, 50, 40, kBetweenScore}));
    EXPECT_EQ(interpolateCorrected(track, corrections, 0, {10, 16}, {}).size(), 1U);
}
