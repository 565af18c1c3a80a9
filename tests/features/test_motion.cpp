// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/skeleton/motion.h"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <iterator>

using namespace telltale;

namespace {

constexpr auto kRight = static_cast<size_t>(BodyPart::RightArm);
constexpr auto kLeft = static_cast<size_t>(BodyPart::LeftArm);

/// Shoulders 100 pixels apart and both wrists; the right one is where `place` says at each frame.
template <typename Place> PoseTrack seated(const std::vector<int64_t>& frames, const Place& place)
{
    PoseTrack track;
    track.persons = 1;
    track.pointCount = kPointCount;
    track.frames = frames;
    std::vector<PosePoint> points(frames.size() * kPointCount);
    for (size_t row = 0; row < frames.size(); ++row) {
        PosePoint* const p = points.data() + row * kPointCount;
        p[5] = {450, 200, 0.9f};
        p[6] = {350, 200, 0.9f};
        p[9] = {430, 320, 0.9f};
        p[10] = place(frames[row]);
    }
    track.points = points;
    return track;
}

std::vector<int64_t> firstFrames(int64_t count)
{
    std::vector<int64_t> frames(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; ++i)
        frames[static_cast<size_t>(i)] = i;
    return frames;
}

/// Rests, goes right from frame 20 to 40 with 5 pixels a frame, rests.
PosePoint once(int64_t frame)
{
    return {300 + 5 * static_cast<float>(std::clamp<int64_t>(frame - 20, 0, 20)), 320, 0.8f};
}

} // namespace

TEST(PartMotion, IsInBodyUnitsPerSecondOfTheMovingPart)
{
    const PartMotion motion = partMotion(seated(firstFrames(60), once), 0, FrameTimes::nominal(60, 25));
    ASSERT_EQ(motion.speed.shape, (std::vector<int64_t>{60, 8}));
    EXPECT_NEAR(motion.speed.values[30 * 8 + kRight], 5.0 / 100 * 25, 1e-4);
    EXPECT_EQ(motion.speed.values[10 * 8 + kRight], 0);
    EXPECT_EQ(motion.speed.values[30 * 8 + kLeft], 0);
    EXPECT_GT(motion.trust.values[30 * 8 + kLeft], 0);
    EXPECT_EQ(motion.trust.values[30 * 8 + static_cast<size_t>(BodyPart::LeftLeg)], 0)
        << "nothing was seen of it";
}

TEST(PartMotion, TheVideosOwnTimesCountNotItsFrames)
{
    // Every other frame is missing in the track and every frame of the second half lasts twice as long.
    std::vector<MediaTime> starts;
    MediaTime now{};
    for (int i = 0; i < 60; ++i) {
        starts.push_back(now);
        now += MediaTime(i < 30 ? 40'000 : 80'000);
    }
    std::vector<int64_t> frames;
    for (int64_t i = 0; i < 60; i += 2)
        frames.push_back(i);
    const auto steady = [](int64_t frame) { return PosePoint{static_cast<float>(2 * frame), 320, 0.8f}; };
    const PartMotion motion = partMotion(seated(frames, steady), 0, FrameTimes(starts, now));
    EXPECT_NEAR(motion.speed.values[10 * 8 + kRight], 0.5, 1e-4);
    EXPECT_NEAR(motion.speed.values[25 * 8 + kRight], 0.25, 1e-4);
}

TEST(PartMotion, SingleJumpsAreNoMotion)
{
    const auto jumping = [](int64_t frame) {
        PosePoint p = once(frame);
        p.x += frame % 11 == 5 ? 60 : 0;
        return p;
    };
    const FrameTimes times = FrameTimes::nominal(60, 25);
    const PartMotion calm = partMotion(seated(firstFrames(60), jumping), 0, times);
    const PartMotion raw = partMotion(seated(firstFrames(60), jumping), 0, times, {.medianRows = 1});
    EXPECT_EQ(calm.speed.values[5 * 8 + kRight], 0);
    EXPECT_GT(raw.speed.values[5 * 8 + kRight], 5);
    float moved = 0;
    for (size_t row = 0; row < 60; ++row)
        moved += calm.speed.values[row * 8 + kRight] / 25;
    EXPECT_NEAR(moved, 1, 0.1) << "shoulder widths in all";
}

TEST(PartMotion, ShortGapsAreBridgedAndLongOnesKnowNothing)
{
    const auto blinking = [](int64_t frame) {
        PosePoint p{static_cast<float>(2 * frame), 320, 0.8f};
        if ((frame >= 10 && frame < 13) || (frame >= 30 && frame < 50) || frame == 55)
            p = {NAN, NAN, 0};
        return p;
    };
    const PartMotion motion = partMotion(seated(firstFrames(70), blinking), 0, FrameTimes::nominal(70, 25));
    for (const size_t row : {11, 13, 55})
        EXPECT_NEAR(motion.speed.values[row * 8 + kRight], 0.5, 1e-4) << row;
    EXPECT_EQ(motion.speed.values[40 * 8 + kRight], 0);
    EXPECT_EQ(motion.speed.values[50 * 8 + kRight], 0) << "behind the gap nothing is known yet";
    EXPECT_TRUE(std::none_of(
        motion.speed.values.begin(), motion.speed.values.end(), [](float v) { return !std::isfinite(v); }));
}

TEST(PartMotion, APointThatIsHardlySeenCountsLittle)
{
    PoseTrack track = seated(firstFrames(20), [](int64_t) { return PosePoint{300, 320, 0.9f}; });
    for (int64_t row = 0; row < 20; ++row)
        track.at(row, 0)[8] = {static_cast<float>(50 * row), 250, 0.01f}; // the elbow is a guess
    const PartMotion motion = partMotion(track, 0, FrameTimes::nominal(20, 25));
    EXPECT_LT(motion.speed.values[10 * 8 + kRight], 12.5 * 0.02);
}

TEST(PartMotion, NobodyAndNothingGiveZeros)
{
    const PoseTrack track = seated(firstFrames(5), once);
    for (const int person : {-1, 1})
        EXPECT_EQ(partMotion(track, person, FrameTimes::nominal(5, 25)).speed.values, std::vector<float>(40));
    EXPECT_EQ(partMotion(track, 0, FrameTimes()).speed.values, std::vector<float>(40))
        << "a video without times";
    EXPECT_TRUE(partMotion(PoseTrack(), 0, FrameTimes()).speed.values.empty());
}

TEST(MotionOnsets, TellWhereAPartStartsAndStops)
{
    const PoseTrack track = seated(firstFrames(80), once);
    const FrameTimes times = FrameTimes::nominal(80, 25);
    const auto onsets = motionOnsets(partMotion(track, 0, times).speed, track.frames, times);
    ASSERT_EQ(onsets.size(), 2u);
    EXPECT_TRUE(onsets[0].starts);
    EXPECT_EQ(onsets[0].part, BodyPart::RightArm);
    EXPECT_NEAR(onsets[0].frame, 21, 1);
    EXPECT_FALSE(onsets[1].starts);
    EXPECT_NEAR(onsets[1].frame, 41, 1);
    EXPECT_NEAR(onsets[1].strength, 1.25, 1e-3);
}

TEST(MotionOnsets, UnrestIsNoMovementAndARestMayBeShort)
{
    const FrameTimes times = FrameTimes::nominal(200, 25);
    NdArray speed({200, kBodyParts});
    const std::vector<int64_t> frames = firstFrames(200);
    const auto set = [&](int64_t from, int64_t to, float value) {
        for (int64_t row = from; row < to; ++row)
            speed.values[static_cast<size_t>(row) * kBodyParts + kRight] = value;
    };
    set(0, 200, 0.3f); // the tracker's unrest, above `rest`
    set(50, 60, 2);
    set(61, 70, 2); // after a single still frame
    set(60, 61, 0);
    set(120, 121, 9); // too short
    const auto onsets = motionOnsets(speed, frames, times);
    ASSERT_EQ(onsets.size(), 2u);
    EXPECT_EQ(onsets[0].frame, 50);
    EXPECT_EQ(onsets[1].frame, 70);
}

TEST(MotionOnsets, WhatIsUnderWayAtTheEndsHasNoOnsetThere)
{
    const FrameTimes times = FrameTimes::nominal(100, 25);
    NdArray speed({100, kBodyParts});
    for (const size_t row : {1, 2, 3, 4, 5, 95, 96, 97, 98, 99})
        speed.values[row * kBodyParts + kLeft] = 1;
    const auto onsets = motionOnsets(speed, firstFrames(100), times);
    ASSERT_EQ(onsets.size(), 2u);
    EXPECT_EQ(onsets[0], (MotionOnset{6, BodyPart::LeftArm, false, 1}));
    EXPECT_EQ(onsets[1], (MotionOnset{95, BodyPart::LeftArm, true, 1}));
    EXPECT_TRUE(motionOnsets(speed, firstFrames(99), times).empty()) << "frames of another track";
    EXPECT_TRUE(motionOnsets(NdArray({0, kBodyParts}), {}, times).empty());
}

TEST(MotionOnsets, AStretchHasThoseOfTheWholeTrackThatLieInIt)
{
    // Moves for a second at every tenth one.
    const auto place = [](int64_t frame) {
        return PosePoint{
            350.0f + 4.0f * static_cast<float>(frame / 250 * 25 + std::min<int64_t>(frame % 250, 25)), 320,
            0.9f};
    };
    const PoseTrack track = seated(firstFrames(2500), place);
    const FrameTimes times = FrameTimes::nominal(2500, 25);
    const auto all = motionOnsets(partMotion(track, 0, times).speed, track.frames, times);
    ASSERT_GE(all.size(), 18u);
    const FrameSpan stretch{990, 1260};
    std::vector<MotionOnset> wanted;
    std::copy_if(all.begin(), all.end(), std::back_inserter(wanted),
        [&](const MotionOnset& one) { return stretch.contains(one.frame); });
    ASSERT_EQ(wanted.size(), 3u);
    EXPECT_EQ(onsetsIn(track, 0, times, stretch), wanted);
    EXPECT_TRUE(onsetsIn(track, 1, times, stretch).empty());
    EXPECT_TRUE(onsetsIn(track, 0, times, {5000, 5100}).empty());
}

TEST(SnapToMotion, MovesEachBoundaryToItsOwnKindWithinReach)
{
    const std::vector<MotionOnset> onsets = {{8, BodyPart::Head, true, 1}, {12, BodyPart::LeftArm, true, 3},
        {30, BodyPart::Head, false, 1}, {33, BodyPart::LeftArm, true, 1}};
    EXPECT_EQ(snapToMotion({10, 32}, onsets, 5), (FrameSpan{12, 30})) << "the stronger of two as near";
    EXPECT_EQ(snapToMotion({10, 32}, onsets, 1), (FrameSpan{10, 32}));
    EXPECT_EQ(snapToMotion({31, 32}, onsets, 4), (FrameSpan{31, 32})) << "nothing would be left";
    EXPECT_EQ(snapToMotion({10, 32}, {}, 100), (FrameSpan{10, 32}));
}
