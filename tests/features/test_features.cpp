// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "features/features.h"
#include "pose/layout.h"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace telltale;

namespace {

float& cell(NdArray& array, int64_t t, int v, int channel)
{
    return array.values[static_cast<size_t>((t * kPointCount + v) * 3 + channel)];
}

void place(NdArray& array, int64_t t, int v, float x, float y)
{
    cell(array, t, v, 0) = x;
    cell(array, t, v, 1) = y;
    cell(array, t, v, 2) = 0.9f;
}

/// Head, neck, shoulders, elbows, wrists only, as a 14-point model gives them for a seated person.
NdArray upperBody(int64_t frames, float scale)
{
    NdArray points({frames, kPointCount, 3});
    for (int64_t t = 0; t < frames; ++t) {
        place(points, t, 17, 400 * scale, 100 * scale);
        place(points, t, 18, 400 * scale, 200 * scale);
        place(points, t, 5, 450 * scale, 210 * scale);
        place(points, t, 6, 350 * scale, 210 * scale);
        place(points, t, 7, 470 * scale, 300 * scale);
        place(points, t, 8, 330 * scale, 300 * scale);
        place(points, t, 9, 420 * scale, 320 * scale);
        place(points, t, 10, (380 + 2 * static_cast<float>(t)) * scale, 320 * scale);
    }
    return points;
}

bool allFinite(const NdArray& array)
{
    return std::all_of(array.values.begin(), array.values.end(), [](float v) { return std::isfinite(v); });
}

} // namespace

TEST(SampleUniform, TakesTheMiddleOfEqualParts)
{
    EXPECT_EQ(sampleUniform({10, 20}, 5), (std::vector<int64_t>{11, 13, 15, 17, 19}));
    EXPECT_EQ(sampleUniform({7, 8}, 3), (std::vector<int64_t>{7, 7, 7}));
    EXPECT_EQ(sampleUniform({7, 7}, 2), (std::vector<int64_t>{7, 7}));
    const auto few = sampleUniform({0, 3}, 6);
    EXPECT_TRUE(std::is_sorted(few.begin(), few.end()));
    EXPECT_EQ(few.back(), 2);
}

TEST(GatherPoints, FramesWithoutARowAreMissing)
{
    PoseTrack track;
    track.persons = 1;
    track.pointCount = kPointCount;
    track.frames = {0, 2};
    track.points.assign(2 * kPointCount, PosePoint{1, 2, 0.5f});
    const std::vector<int64_t> frames = {0, 1, 2};
    const NdArray points = gatherPoints(track, 0, frames);
    EXPECT_EQ(points.values[2], 0.5f);
    EXPECT_EQ(points.values[static_cast<size_t>(kPointCount * 3 + 2)], 0);
    EXPECT_EQ(gatherPoints(track, 3, frames).values[2], 0) << "a person who is not there";
}

TEST(NormalizeSkeleton, SizeAndPlaceInThePictureDoNotMatter)
{
    NdArray large = upperBody(6, 2.0f);
    for (size_t i = 0; i < large.values.size(); i += 3)
        if (large.values[i + 2] > 0)
            large.values[i] += 333;
    const NdArray a = normalizeSkeleton(upperBody(6, 1.0f));
    const NdArray b = normalizeSkeleton(large);
    for (size_t i = 0; i < a.values.size(); ++i)
        EXPECT_NEAR(a.values[i], b.values[i], 1e-4) << i;
    EXPECT_NEAR(a.values[18 * 3], 0, 1e-6) << "the neck is the origin";
    EXPECT_NEAR(a.values[5 * 3] - a.values[6 * 3], 1, 1e-6) << "a shoulder width is 1";
}

TEST(NormalizeSkeleton, BodyMotionSurvives)
{
    NdArray points = upperBody(9, 1.0f);
    for (int v = 0; v < kPointCount; ++v)
        if (cell(points, 8, v, 2) > 0)
            cell(points, 8, v, 0) += 50;
    const NdArray out = normalizeSkeleton(points);
    EXPECT_NEAR(out.values[static_cast<size_t>((8 * kPointCount + 18) * 3)], 0.5, 1e-5)
        << "a torso that moves, moves";
}

TEST(NormalizeSkeleton, ShortGapsAreFilledLongOnesAreNot)
{
    NdArray points = upperBody(20, 1.0f);
    for (const int64_t t : {3, 4})
        cell(points, t, 9, 2) = 0;
    for (int64_t t = 5; t < 15; ++t)
        cell(points, t, 10, 2) = 0;
    const NdArray out = normalizeSkeleton(points);
    const auto score
        = [&](int64_t t, int v) { return out.values[static_cast<size_t>((t * kPointCount + v) * 3 + 2)]; };
    EXPECT_GT(score(3, 9), 0);
    EXPECT_LT(score(3, 9), score(2, 9)) << "a filled point is trusted less";
    EXPECT_EQ(score(9, 10), 0);
    EXPECT_EQ(out.values[static_cast<size_t>((9 * kPointCount + 10) * 3)], 0);
}

TEST(NormalizeSkeleton, FallsBackWithoutShouldersAndWithoutAnything)
{
    NdArray points({4, kPointCount, 3});
    for (int64_t t = 0; t < 4; ++t) {
        place(points, t, 18, 100, 100);
        place(points, t, 19, 100, 380);
    }
    const NdArray out = normalizeSkeleton(points);
    EXPECT_NEAR(out.values[19 * 3 + 1], 1.4, 1e-3);
    EXPECT_TRUE(allFinite(normalizeSkeleton(NdArray({4, kPointCount, 3}))));
    EXPECT_EQ(normalizeSkeleton(NdArray({0, kPointCount, 3})).count(), 0);
}

TEST(JointFeatures, NoInputGivesANumberThatIsNone)
{
    Random random(5);
    for (int round = 0; round < 50; ++round) {
        NdArray points({8, kPointCount, 3});
        for (float& value : points.values) {
            const double kind = random.uniform();
            value = kind < 0.1 ? NAN
                : kind < 0.2   ? INFINITY
                : kind < 0.4   ? 0.0f
                               : static_cast<float>(random.uniform(-50, 900));
        }
        EXPECT_TRUE(allFinite(jointFeatures(normalizeSkeleton(points))));
    }
}

TEST(JointFeatures, ChannelsHoldWhatTheirNamesSay)
{
    const NdArray normalized = normalizeSkeleton(upperBody(6, 1.0f));
    const NdArray features = jointFeatures(normalized);
    ASSERT_EQ(features.shape, (std::vector<int64_t>{9, 6, kPointCount}));
    const auto value = [&](int channel, int64_t t, int v) {
        return features.values[static_cast<size_t>((channel * 6 + t) * kPointCount + v)];
    };
    EXPECT_NEAR(value(3, 0, 9), (420 - 470) / 100.0, 1e-5) << "bone from the elbow to the wrist";
    EXPECT_NEAR(value(5, 2, 10), 0.02, 1e-5) << "motion to the next step";
    EXPECT_EQ(value(5, 5, 10), 0) << "the last step has no next one";
    EXPECT_NEAR(value(7, 0, 7), std::hypot(0.5, 0.2), 1e-5) << "left elbow to left wrist";
    EXPECT_NEAR(value(8, 0, 9), std::hypot(0.2, 2.2), 1e-5) << "wrist to the head where there is no nose";
    for (int channel = 0; channel < 9; ++channel)
        EXPECT_EQ(value(channel, 0, 30), 0) << "missing finger, channel " << channel;
}

TEST(MotionEnergy, OnlyThePartThatMovesHasEnergy)
{
    const NdArray points = upperBody(10, 1.0f);
    PoseTrack track;
    track.persons = 1;
    track.pointCount = kPointCount;
    for (int64_t t = 0; t < 10; ++t) {
        track.frames.push_back(2 * t);
        for (int v = 0; v < kPointCount; ++v) {
            const float* p = points.values.data() + (t * kPointCount + v) * 3;
            track.points.push_back({p[0], p[1], p[2]});
        }
    }
    const NdArray energy = motionEnergy(track, 0, 25);
    ASSERT_EQ(energy.shape, (std::vector<int64_t>{10, 8}));
    const auto right = static_cast<size_t>(BodyPart::RightArm);
    // The wrist goes 2 pixels in 2 frames, a shoulder width is 100 pixels, the elbow rests.
    EXPECT_NEAR(energy.values[5 * 8 + right], 0.5 * 2 / 100.0 * 25 / 2, 1e-4);
    EXPECT_NEAR(energy.values[5 * 8 + static_cast<size_t>(BodyPart::LeftArm)], 0, 1e-6);
    EXPECT_EQ(energy.values[right], 0);
}

TEST(PoseBox, IsASquareAroundThePresentPoints)
{
    NdArray points({1, kPointCount, 3});
    EXPECT_EQ(poseBox(points).width, 0);
    place(points, 0, 3, 100, 200);
    place(points, 0, 4, 300, 240);
    const CropBox box = poseBox(points, 0.25f);
    EXPECT_FLOAT_EQ(box.width, 250);
    EXPECT_FLOAT_EQ(box.height, 250);
    EXPECT_FLOAT_EQ(box.x, 75);
    EXPECT_FLOAT_EQ(box.y, 95);
}

TEST(MotionSaliency, FindsTheSpotThatMovesInsideTheRegion)
{
    NdArray gray({6, 120, 160});
    Random random(2);
    for (float& value : gray.values)
        value = 100 + static_cast<float>(random.uniform(-3, 3));
    for (int64_t t = 0; t < 6; ++t)
        for (int y = 0; y < 10; ++y)
            for (int x = 0; x < 10; ++x) {
                gray.values[static_cast<size_t>((t * 120 + 80 + y) * 160 + 60 + 4 * t + x)]
                    = 220; // in the region
                gray.values[static_cast<size_t>((t * 120 + 10 + y) * 160 + 140 - 8 * (t % 2) + x)]
                    = 220; // outside
            }
    const CropBox region{20, 40, 80, 80};
    const CropBox box = motionSaliency(gray, region);
    EXPECT_FLOAT_EQ(box.width, box.height);
    EXPECT_LT(box.width, 70);
    EXPECT_GE(box.width, 0.35f * 80 - 1e-3f);
    EXPECT_NEAR(box.x + box.width / 2, 75, 8);
    EXPECT_NEAR(box.y + box.height / 2, 85, 8);
}

TEST(MotionSaliency, WithoutMotionItIsTheRegion)
{
    const CropBox region{10, 20, 40, 30};
    const CropBox still = motionSaliency(NdArray({4, 100, 100}), region);
    EXPECT_FLOAT_EQ(still.width, 40);
    EXPECT_FLOAT_EQ(still.x, 10);
    EXPECT_FLOAT_EQ(still.y, 15);
    const CropBox all = motionSaliency(NdArray({1, 60, 100}), {});
    EXPECT_FLOAT_EQ(all.width, 100);
    EXPECT_FLOAT_EQ(motionSaliency(NdArray({4, 50, 50}), {500, 500, 10, 10}).width, 10)
        << "a region outside the picture";
}

TEST(CropRgb, CutsColoursAndRepeatsTheEdgeOutside)
{
    constexpr int kWidth = 8;
    constexpr int kHeight = 4;
    std::vector<uint8_t> bgra;
    for (int y = 0; y < kHeight; ++y)
        for (int x = 0; x < kWidth; ++x)
            bgra.insert(
                bgra.end(), {0, static_cast<uint8_t>(10 * x), 255, 255}); // blue 0, green by column, red
    NdArray out({3, 2, 4, 4});
    cropRgb(bgra, kWidth, kHeight, {6, 0, 4, 4}, 1, out);
    const auto value = [&](int channel, int t, int y, int x) {
        return out.values[static_cast<size_t>(((channel * 2 + t) * 4 + y) * 4 + x)];
    };
    EXPECT_FLOAT_EQ(value(0, 1, 2, 3), 1);
    EXPECT_FLOAT_EQ(value(2, 1, 2, 3), 0);
    EXPECT_FLOAT_EQ(value(1, 1, 0, 0), 60 / 255.0f);
    EXPECT_FLOAT_EQ(value(1, 1, 0, 1), 70 / 255.0f);
    EXPECT_FLOAT_EQ(value(1, 1, 0, 3), 70 / 255.0f) << "beyond the right edge";
    EXPECT_EQ(value(0, 0, 0, 0), 0) << "the other time step is not touched";
}

TEST(CropRgb, AnyBoxAnywhereFillsTheWholeCrop)
{
    const std::vector<uint8_t> white(static_cast<size_t>(20) * 10 * 4, 255);
    for (const CropBox& box :
        {CropBox{-100, -100, 20, 20}, CropBox{500, 2, 7, 7}, CropBox{-1e9f, -1e9f, 2e9f, 2e9f},
            CropBox{3.3f, 2.2f, 0.01f, 0.01f}, CropBox{}, CropBox{-5, -5, 400, 400}}) {
        NdArray out({3, 1, 6, 6});
        cropRgb(white, 20, 10, box, 0, out);
        EXPECT_EQ(*std::min_element(out.values.begin(), out.values.end()), 1.0f) << box.x << " " << box.width;
    }
}
