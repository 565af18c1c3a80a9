// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/augment.h"
#include "pipeline/sequence.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace telltale;

namespace {

FrameTimes variableTimes(double seconds)
{
    std::vector<MediaTime> starts;
    double at = 0;
    for (int i = 0; at < seconds; ++i) {
        starts.emplace_back(std::llround(at * 1e6));
        at += i % 3 == 0 ? 0.02 : 0.045;
    }
    return {std::move(starts), MediaTime(std::llround(seconds * 1e6))};
}

/// A body that breathes and waves its right hand once a second, from 2 s to 4 s.
PoseTrack wavingTrack(const FrameTimes& times, bool hands)
{
    PoseTrack track;
    track.persons = 1;
    track.pointCount = kPointCount;
    for (int64_t f = 0; f < times.frameCount(); ++f) {
        const double t = times.seconds(f);
        const double wave = t > 2 && t < 4 ? std::sin((t - 2) * 2 * M_PI) : 0;
        track.frames.push_back(f);
        for (int i = 0; i < kPointCount; ++i) {
            const bool isHand = i >= kLeftHandStart;
            PosePoint point{
                300.0f + static_cast<float>(i % 7) * 12, 200.0f + static_cast<float>(i) * 2, 0.9f};
            if (i == 5)
                point = {360, 240, 0.9f};
            if (i == 6)
                point = {260, 240, 0.9f};
            if (i == 0)
                point = {310, 180, 0.9f};
            if (i == 18)
                point = {310, 235, 0.9f};
            if (i == 10 || i >= kRightHandStart)
                point.x += static_cast<float>(40 * wave);
            point.y += static_cast<float>(2 * std::sin(t));
            track.points.push_back(isHand && !hands ? PosePoint{} : point);
        }
    }
    return track;
}

float valueAt(const NdArray& features, int64_t channel, int64_t row)
{
    return features.values[static_cast<size_t>(channel * features.shape[1] + row)];
}

float largestDifference(const NdArray& a, const NdArray& b, int64_t edge)
{
    float largest = 0;
    for (int64_t c = 0; c < a.shape[0]; ++c)
        for (int64_t r = edge; r < a.shape[1] - edge; ++r)
            largest = std::max(largest, std::abs(valueAt(a, c, r) - valueAt(b, c, r)));
    return largest;
}

} // namespace

TEST(Sequence, FeaturesAreTheSameAtEveryFrameRate)
{
    const FrameTimes reference = FrameTimes::nominal(6 * 28, 28);
    const NdArray wanted = sequenceFeatures(resampleTrack(wavingTrack(reference, true), 0, reference));
    ASSERT_EQ(wanted.shape, (std::vector<int64_t>{kSequenceChannels, 84}));
    for (const FrameTimes& times : {FrameTimes::nominal(150, 25), FrameTimes::nominal(180, 30),
             FrameTimes::nominal(360, 60), variableTimes(6)}) {
        const NdArray got = sequenceFeatures(resampleTrack(wavingTrack(times, true), 0, times));
        ASSERT_EQ(got.shape, wanted.shape) << times.meanFps();
        EXPECT_LT(largestDifference(got, wanted, 2), 0.15f) << times.meanFps();
    }
}

TEST(Sequence, MissingHandsLeaveZerosAndAFlagAndNothingElse)
{
    const FrameTimes times = FrameTimes::nominal(84, 28);
    const NdArray full = sequenceFeatures(resampleTrack(wavingTrack(times, true), 0, times));
    const NdArray bare = sequenceFeatures(resampleTrack(wavingTrack(times, false), 0, times));
    EXPECT_EQ(valueAt(full, kSequenceChannels - 2, 10), 1);
    EXPECT_EQ(valueAt(bare, kSequenceChannels - 2, 10), 0);
    for (int64_t c = 0; c < 20; ++c) // positions of the body
        EXPECT_EQ(valueAt(full, c, 10), valueAt(bare, c, 10)) << c;
    for (const float value : bare.values)
        EXPECT_TRUE(std::isfinite(value));
}

TEST(Sequence, AWaveRaisesTheMotionCurveWhereItIs)
{
    const FrameTimes times = FrameTimes::nominal(6 * 30, 30);
    const std::vector<float> motion
        = skeletonMotion(sequenceFeatures(resampleTrack(wavingTrack(times, true), 0, times)));
    EXPECT_LT(motion[10], 0.4f);
    EXPECT_GT(motion[42], 0.6f);
}

TEST(Sequence, ShortGapsOfATrackAreBridgedAndLongOnesAreNot)
{
    const FrameTimes times = FrameTimes::nominal(140, 14);
    PoseTrack track = wavingTrack(times, true);
    for (const int64_t row : {20, 21, 22, 60, 61, 62, 63, 64, 65, 66, 67})
        track.at(row, 0)[9] = {};
    const NdArray rows = resampleTrack(track, 0, times);
    const auto score
        = [&](int64_t row) { return rows.values[static_cast<size_t>((row * kPointCount + 9) * 3 + 2)]; };
    EXPECT_GT(score(21), 0);
    EXPECT_EQ(score(63), 0);
}

TEST(Sequence, ABodyIsPresentOnlyWithShouldersBelowAHead)
{
    const FrameTimes times = FrameTimes::nominal(28, 28);
    PoseTrack track = wavingTrack(times, true);
    EXPECT_EQ(bodyPresence(resampleTrack(track, 0, times))[5], 1);
    for (int64_t row = 0; row < track.rows(); ++row)
        track.at(row, 0)[0].y = 400; // a head under the shoulders is a hallucination
    EXPECT_EQ(bodyPresence(resampleTrack(track, 0, times))[5], 0);
    for (int64_t row = 0; row < track.rows(); ++row)
        track.at(row, 0)[5] = {};
    EXPECT_EQ(bodyPresence(resampleTrack(track, 0, times))[5], 0);
}

TEST(Sequence, RowsMapToFramesByTimeStampsAndStayInTheVideo)
{
    const FrameTimes times = variableTimes(5);
    const int64_t rows = sequenceRows(times);
    const FrameSpan all = framesOfRows(times, 0, rows);
    EXPECT_EQ(all, (FrameSpan{0, times.frameCount()}));
    const FrameSpan second = framesOfRows(times, 14, 28);
    EXPECT_NEAR(times.seconds(second.first), 1, 0.025);
    EXPECT_NEAR(times.seconds(second.last), 2, 0.025);
}

TEST(Sequence, TargetAndFramesAgree)
{
    const FrameTimes times = FrameTimes::nominal(140, 28);
    const std::vector<float> target = gestureRows({{28, 56}}, times);
    EXPECT_EQ(target[13], 0);
    EXPECT_EQ(target[14], 1);
    EXPECT_EQ(target[27], 1);
    EXPECT_EQ(target[28], 0);
    const std::vector<float> frames = rowsToFrames(target, times);
    ASSERT_EQ(frames.size(), 140U);
    EXPECT_EQ(frames[40], 1);
    EXPECT_EQ(frames[100], 0);
}

TEST(Augmentation, MirroringTwiceChangesNothing)
{
    const FrameTimes times = FrameTimes::nominal(20, 28);
    const NdArray before = resampleTrack(wavingTrack(times, true), 0, times);
    NdArray after = before;
    PointAugmentation mirror;
    mirror.flipped = true;
    augmentPoints(mirror, Random(1), after);
    EXPECT_NE(after.values, before.values);
    augmentPoints(mirror, Random(1), after);
    EXPECT_EQ(after.values, before.values);
}

TEST(Augmentation, MobilePointsKeepWhatAFourteenPointModelSees)
{
    const PointAugmentation mobile = onlyMobilePoints();
    for (const int kept : {5, 6, 7, 8, 9, 10, 17, 18})
        EXPECT_FALSE(mobile.dropped[static_cast<size_t>(kept)]) << kept;
    for (int hand = kLeftHandStart + 1; hand < kRightHandStart; ++hand) // the first is the wrist
        EXPECT_TRUE(mobile.dropped[static_cast<size_t>(hand)]) << hand;
    EXPECT_TRUE(mobile.dropped[0]);
}
