// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/trackcheck.h"
#include "pose/tracks/trackquality.h"
#include "posefiles.h"
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

const VideoShape kVideo{"v.mp4", 20, 640, 480};

const PoseLayout& layout14() { return **findPoseLayout("mobile14"); }

/// One person of 14 points around the middle of the picture in each of `rows` frames, who does not move.
PoseTrack standing(int rows)
{
    PoseTrack track;
    track.layout = "mobile14";
    track.persons = 1;
    track.pointCount = 14;
    for (int row = 0; row < rows; ++row) {
        track.frames.push_back(row);
        for (int point = 0; point < 14; ++point)
            track.points.push_back(
                {static_cast<float>(300 + 20 * (point % 3)), static_cast<float>(100 + 15 * point), 0.8F});
    }
    return track;
}

CheckedTrack checked(const PoseTrack& track, const VideoShape& video = kVideo, const TrackScale& scale = {})
{
    auto result = checkTrack(track, "t.npz", video, scale);
    EXPECT_TRUE(result.ok()) << result.error().message;
    return result.ok() ? *result : CheckedTrack{track, {"failed"}};
}

Error refusal(const PoseTrack& track, const VideoShape& video = kVideo, const TrackScale& scale = {})
{
    const auto result = checkTrack(track, "t.npz", video, scale);
    EXPECT_FALSE(result.ok());
    return result.ok() ? Error{} : result.error();
}

void scalePoints(PoseTrack& track, float x, float y)
{
    for (PosePoint& p : track.points) {
        p.x *= x;
        p.y *= y;
    }
}

} // namespace

TEST(TrackCheck, ATrackThatFitsIsLeftAlone)
{
    const ScratchFolder folder("fits");
    ASSERT_TRUE(writeTrack(folder / "t.npz", standing(20)).ok());
    auto track = readTrack(folder / "t.npz");
    ASSERT_TRUE(track.ok()) << track.error().message;
    const CheckedTrack result = checked(*track);
    EXPECT_THAT(result.notes, IsEmpty());
    EXPECT_TRUE(result.track.points.isMapped());
    EXPECT_EQ(result.track.points, standing(20).points);
}

TEST(TrackCheck, LongerThanTheVideoIsCutAndMuchLongerRefused)
{
    const CheckedTrack result = checked(standing(23));
    EXPECT_EQ(result.track.rows(), 20);
    EXPECT_EQ(result.track.points.size(), 20U * 14);
    EXPECT_THAT(result.notes, ElementsAre(HasSubstr("the 3 rows behind its end")));
    const Error error = refusal(standing(41));
    EXPECT_EQ(error.code, ErrorCode::BadFormat);
    EXPECT_THAT(error.message, HasSubstr("t.npz"));
    EXPECT_THAT(error.message, HasSubstr("another video"));
}

TEST(TrackCheck, ShorterAndWithMissingFramesIsSaid)
{
    PoseTrack track = standing(12);
    track.frames = {2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14};
    const CheckedTrack result = checked(track);
    EXPECT_EQ(result.track.frames, track.frames);
    EXPECT_THAT(result.notes,
        ElementsAre(HasSubstr("lacks 1 frames between its first and last, the first is 5"),
            HasSubstr("begins at frame 2"), HasSubstr("from frame 15 to 19")));
    PoseTrack strided = standing(7);
    strided.frames = {0, 3, 6, 9, 12, 15, 18};
    EXPECT_THAT(checked(strided).notes, ElementsAre(HasSubstr("every 3th frame")));
}

TEST(TrackCheck, DoubledAndUnsortedFramesAreSorted)
{
    PoseTrack track = standing(20);
    track.frames[5] = 4;
    std::swap(track.frames[7], track.frames[8]);
    for (int i = 0; i < 14; ++i)
        track.at(5, 0)[i] = {50, 60, 0.9F}; // surer than row 4
    const CheckedTrack result = checked(track);
    EXPECT_THAT(result.notes,
        ElementsAre(HasSubstr("not in order"), HasSubstr("1 frames come twice, the first is 4"),
            HasSubstr("lacks 1 frames")));
    ASSERT_EQ(result.track.rows(), 19);
    EXPECT_TRUE(std::ranges::is_sorted(result.track.frames));
    EXPECT_EQ(result.track.at(result.track.rowOf(4), 0)[0], (PosePoint{50, 60, 0.9F}));
}

TEST(TrackCheck, FramesCountedFromOneAreMoved)
{
    PoseTrack track = standing(20);
    for (int64_t& frame : track.frames)
        ++frame;
    const CheckedTrack result = checked(track);
    EXPECT_EQ(result.track.frames.front(), 0);
    EXPECT_EQ(result.track.frames.back(), 19);
    EXPECT_THAT(result.notes, ElementsAre(HasSubstr("counted from 1")));
}

TEST(TrackCheck, NumbersThatAreNoneAreMissingPoints)
{
    PoseTrack track = standing(20);
    track.at(3, 0)[2].x = NAN;
    track.at(4, 0)[2].score = INFINITY;
    const CheckedTrack result = checked(track);
    EXPECT_EQ(result.track.at(3, 0)[2], PosePoint{});
    EXPECT_EQ(result.track.at(4, 0)[2], PosePoint{});
    EXPECT_THAT(result.notes, ElementsAre(HasSubstr("2 points are no numbers (NaN), the first in frame 3")));
}

TEST(TrackCheck, WrongNumbersOfPointsAreRefused)
{
    PoseTrack track = standing(20);
    track.pointCount = 7;
    track.persons = 2;
    EXPECT_THAT(refusal(track).message, HasSubstr("7 points"));
    track = standing(20);
    track.points.resize(20 * 14 - 1);
    EXPECT_THAT(refusal(track).message, HasSubstr("279 points"));
    track = standing(20);
    track.layout = "unknown";
    EXPECT_THAT(refusal(track).message, HasSubstr("unknown"));
    EXPECT_THAT(refusal(standing(0)).message, HasSubstr("no frames"));
}

TEST(TrackCheck, NobodyAtAllIsSaid)
{
    PoseTrack track = standing(20);
    track.points.assign(20 * 14, {});
    EXPECT_THAT(checked(track).notes, ElementsAre(HasSubstr("nobody is seen")));
}

TEST(TrackCheck, SharesOfThePictureAreScaled)
{
    PoseTrack track = standing(20);
    scalePoints(track, 1.0F / 640, 1.0F / 480);
    const CheckedTrack result = checked(track);
    EXPECT_THAT(result.notes, ElementsAre(HasSubstr("shares of the picture")));
    EXPECT_NEAR(result.track.at(7, 0)[5].x, standing(20).at(7, 0)[5].x, 1e-3);
    EXPECT_NEAR(result.track.at(7, 0)[5].y, standing(20).at(7, 0)[5].y, 1e-3);
    for (PosePoint& p : track.points)
        p.x -= 1;
    EXPECT_THAT(refusal(track).message, HasSubstr("between -1 and 1"));
}

TEST(TrackCheck, PixelsOfALargerPictureAreRefusedUntilItsSizeIsSaid)
{
    PoseTrack track = standing(20);
    scalePoints(track, 3, 3);
    const Error error = refusal(track);
    EXPECT_THAT(error.message, HasSubstr("--size"));
    EXPECT_THAT(error.message, HasSubstr("--scale"));
    EXPECT_THAT(error.message, HasSubstr("640 x 480"));
    TrackScale scale;
    scale.size = {1920, 1440};
    EXPECT_THAT(checked(track, kVideo, scale).notes, IsEmpty());
    EXPECT_NEAR(checked(track, kVideo, scale).track.points[9].x, standing(1).points[9].x, 1e-3);
    scale.size.reset();
    scale.factor = 1.0 / 3;
    EXPECT_NEAR(checked(track, kVideo, scale).track.points[9].y, standing(1).points[9].y, 1e-3);
    scale.factor = 2;
    EXPECT_THAT(refusal(track, kVideo, scale).message, HasSubstr("another picture"));
    scale.factor = -1;
    EXPECT_EQ(refusal(track, kVideo, scale).code, ErrorCode::InvalidArgument);
}

TEST(TrackCheck, TheSizeThatAFileTellsCountsOnlyWhereItsPointsDoNotFit)
{
    TrackScale scale;
    scale.told = {1920, 1440};
    EXPECT_EQ(checked(standing(20), kVideo, scale).track.points, standing(20).points);
    PoseTrack track = standing(20);
    scalePoints(track, 3, 3);
    EXPECT_NEAR(checked(track, kVideo, scale).track.points[9].x, standing(1).points[9].x, 1e-3);
    scale.told = {800, 600};
    EXPECT_THAT(refusal(track, kVideo, scale).message, HasSubstr("--size"));
    scale.told = {0, 0};
    EXPECT_THAT(refusal(track, kVideo, scale).message, HasSubstr("--size"));
}

TEST(TrackCheck, OneInTheCornerMayBeASmallerPicture)
{
    PoseTrack track = standing(20);
    scalePoints(track, 0.25F, 0.25F);
    EXPECT_THAT(checked(track).notes, ElementsAre(HasSubstr("upper left corner")));
}

TEST(TrackQuality, IsTheScoreForAWholeBodyThatStands)
{
    const auto quality = qualityOf(standing(20), FrameTimes::nominal(20, 25));
    ASSERT_TRUE(quality.ok()) << quality.error().message;
    for (int part = 0; part < kBodyParts; ++part) {
        const bool inLayout = std::ranges::count(layout14().parts, static_cast<BodyPart>(part)) > 0;
        EXPECT_NEAR(quality->at(7, 0, static_cast<BodyPart>(part)), inLayout ? 0.8 : 0, 1e-6) << part;
    }
    EXPECT_NEAR(summaryOf(*quality, 0)[0].quality, 0.8, 1e-6);
    EXPECT_EQ(summaryOf(*quality, 0)[0].seen, 1);
}

TEST(TrackQuality, MissingPointsCountOnlyIfThePersonEverShowsThem)
{
    PoseTrack track = standing(20);
    const auto partOf = [](size_t point) { return layout14().parts[point]; };
    const size_t point = 3;
    const auto inPart = static_cast<double>(std::ranges::count(layout14().parts, partOf(point)));
    track.at(7, 0)[point] = {};
    const auto once = qualityOf(track, FrameTimes::nominal(20, 25));
    EXPECT_NEAR(once->at(7, 0, partOf(point)), 0.8 * (inPart - 1) / inPart, 1e-6);
    EXPECT_NEAR(once->at(8, 0, partOf(point)), 0.8, 1e-6);
    for (int64_t row = 0; row < 20; ++row)
        track.at(row, 0)[point] = {};
    EXPECT_NEAR(qualityOf(track, FrameTimes::nominal(20, 25))->at(7, 0, partOf(point)), 0.8, 1e-6);
}

TEST(TrackQuality, APointThatJumpsAwayAndBackIsDoubtedAndAPartThatMovesIsNot)
{
    PoseTrack track = standing(20);
    const size_t point = 13;
    const BodyPart part = layout14().parts[point];
    track.at(7, 0)[point].x += 400;
    const auto quality = qualityOf(track, FrameTimes::nominal(20, 25));
    EXPECT_LT(quality->at(7, 0, part), 0.55);
    EXPECT_NEAR(quality->at(6, 0, part), 0.8, 1e-6);
    EXPECT_NEAR(quality->at(8, 0, part), 0.8, 1e-6);
    for (int64_t row = 7; row < 20; ++row) // somebody who walks, 8 pixels a frame
        for (int i = 0; i < 14; ++i)
            track.at(row, 0)[i].x = standing(1).at(0, 0)[i].x + 8 * static_cast<float>(row - 7);
    EXPECT_NEAR(qualityOf(track, FrameTimes::nominal(20, 25))->at(12, 0, part), 0.8, 1e-6);
}

TEST(TrackQuality, AStretchedBoneIsDoubtedByHowMuch)
{
    PoseTrack track = standing(20);
    const auto [child, parent] = layout14().edges.back();
    const BodyPart part = layout14().parts[static_cast<size_t>(child)];
    PosePoint& end = track.at(7, 0)[child];
    const PosePoint& start = track.at(7, 0)[parent];
    end.x = start.x + 2 * (end.x - start.x);
    end.y = start.y + 2 * (end.y - start.y);
    double bones = 0;
    double kept = 0;
    for (const auto& [from, to] : layout14().edges) {
        if (layout14().parts[static_cast<size_t>(from)] != part)
            continue;
        ++bones;
        kept += from == child ? std::exp(-std::pow(std::log(2) / 0.35, 2) / 2) : to == child ? NAN : 1;
    }
    ASSERT_FALSE(std::isnan(kept)) << "the last edge of the layout is at the end of a limb";
    const auto quality = qualityOf(track, FrameTimes::nominal(20, 25));
    EXPECT_NEAR(quality->at(7, 0, part), 0.8 * kept / bones, 1e-5);
    EXPECT_NEAR(quality->at(8, 0, part), 0.8, 1e-6);
}

TEST(TrackQuality, WrongLayoutsAreErrors)
{
    PoseTrack track = standing(3);
    track.layout = "unknown";
    EXPECT_FALSE(qualityOf(track, {}).ok());
    track.layout = "telltale68";
    EXPECT_EQ(qualityOf(track, {}).error().code, ErrorCode::BadFormat);
}
