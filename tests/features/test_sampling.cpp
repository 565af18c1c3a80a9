// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/skeleton/framesampling.h"
#include "features/skeleton/streams.h"
#include "tests/features/fixtures.h"
#include <algorithm>
#include <cmath>
#include <set>

using namespace telltale;
using nlohmann::json;

namespace {

class SamplingParity : public Fixtures {
protected:
    static void compare(const json& cases, SamplingVariant variant)
    {
        EXPECT_FALSE(cases.empty());
        for (const json& one : cases) {
            UniformSampling sampling;
            sampling.clipLength = one["clip_len"];
            sampling.clips = one["num_clips"];
            sampling.variant = variant;
            if (one.contains("p_interval"))
                sampling.interval = {one["p_interval"][0], one["p_interval"][1]};
            EXPECT_EQ(
                sampleForTest(one["num_frames"], sampling), one["frame_inds"].get<std::vector<int64_t>>())
                << one["num_frames"] << " frames, " << sampling.clips << " x " << sampling.clipLength;
        }
    }
};

class StreamParity : public Fixtures {
protected:
    void SetUp() override
    {
        Fixtures::SetUp();
        if (IsSkipped())
            return;
        m_fixture = entry("n_skeleton_streams");
        const NdArray places = load(m_fixture, 0);
        const NdArray scores = load(m_fixture, 1);
        m_points = NdArray({scores.shape[0], scores.shape[1], scores.shape[2], 3});
        for (size_t i = 0; i < scores.values.size(); ++i) {
            m_points.values[3 * i] = places.values[2 * i];
            m_points.values[3 * i + 1] = places.values[2 * i + 1];
            m_points.values[3 * i + 2] = scores.values[i];
        }
    }
    void compare(const NdArray& ours, size_t file) const
    {
        const NdArray theirs = load(m_fixture, file);
        ASSERT_EQ(ours.shape, theirs.shape);
        const double tolerance = toleranceOf(m_fixture);
        for (size_t i = 0; i < ours.values.size(); ++i)
            ASSERT_NEAR(ours.values[i], theirs.values[i], tolerance) << file << " " << i;
    }
    json m_fixture;
    NdArray m_points;
};

/// Bone pairs of the 17 COCO points in the reference; hips hang on the nose.
const std::vector<std::pair<int, int>> kCocoBones = {{0, 0}, {1, 0}, {2, 0}, {3, 1}, {4, 2}, {5, 0}, {6, 0},
    {7, 5}, {8, 6}, {9, 7}, {10, 8}, {11, 0}, {12, 0}, {13, 11}, {14, 12}, {15, 13}, {16, 14}};

} // namespace

TEST_F(SamplingParity, parityOfTestFrames)
{
    const json fixture = read("b_uniform_sample_frames.json");
    compare(fixture["test_cases"], SamplingVariant::Pyskl);
    compare(fixture["p_interval_cases"], SamplingVariant::Pyskl);
}

TEST_F(SamplingParity, parityOfTestFramesInTheOtherVariant)
{
    compare(read("b_uniform_sample_frames_mmaction.json")["test_cases"], SamplingVariant::MmAction2);
}

TEST_F(SamplingParity, parityOfTheGenerator)
{
    const json numpy = read("b_uniform_sample_frames.json")["numpy_rng"];
    const uint32_t seed = numpy["seed"];
    NumpyRandom bits(seed);
    for (const json& value : numpy["uint32"])
        EXPECT_EQ(bits.next(), value.get<uint32_t>());
    NumpyRandom uniform(seed);
    for (const json& value : numpy["rand"])
        EXPECT_EQ(uniform.uniform(), value.get<double>());
    NumpyRandom shuffled(seed);
    EXPECT_EQ(shuffled.permutation(9), numpy["permutation9"].get<std::vector<int64_t>>());
    NumpyRandom below(seed);
    for (size_t i = 0; i < numpy["randint"].size(); ++i)
        EXPECT_EQ(below.below(numpy["randint_high_array"][i]), numpy["randint"][i].get<int64_t>());
}

TEST(SampleForTraining, TakesOneFrameOfEachPartAndRepeatsShortVideos)
{
    NumpyRandom random(3);
    std::set<std::vector<int64_t>> seen;
    for (const auto variant : {SamplingVariant::Pyskl, SamplingVariant::MmAction2})
        for (int round = 0; round < 30; ++round) {
            const auto frames = sampleForTraining(100, {10, 1, variant}, random);
            ASSERT_EQ(frames.size(), 10u);
            for (size_t i = 0; i < 10; ++i)
                EXPECT_EQ(frames[i] / 10, static_cast<int64_t>(i));
            seen.insert(frames);
            const auto dense = sampleForTraining(14, {10, 1, variant}, random);
            EXPECT_TRUE(
                std::adjacent_find(dense.begin(), dense.end(), std::greater_equal<>()) == dense.end());
            EXPECT_LT(dense.back(), 14);
            const auto looped = sampleForTraining(3, {10, 1, variant}, random);
            for (size_t i = 1; i < 10; ++i)
                EXPECT_EQ(looped[i], (looped[i - 1] + 1) % 3);
        }
    EXPECT_GT(seen.size(), 50u) << "it goes on drawing";
}

TEST(SampleForTraining, StaysInsideThePartThatIsAskedFor)
{
    NumpyRandom random(4);
    for (int round = 0; round < 50; ++round) {
        const auto frames = sampleForTraining(1000, {8, 1, SamplingVariant::Pyskl, {0.1, 0.2}}, random);
        EXPECT_LE(frames.back() - frames.front(), 200);
    }
    EXPECT_EQ(sampleForTest(1, {4, 2, SamplingVariant::Pyskl, {0.01, 0.02}}), (std::vector<int64_t>(8, 0)));
}

TEST(SampleForTest, NothingOfNothing)
{
    EXPECT_TRUE(sampleForTest(0, {}).empty());
    EXPECT_TRUE(sampleForTest(-5, {}).empty());
    EXPECT_TRUE(sampleForTest(10, {0, 1}).empty());
    EXPECT_TRUE(sampleForTest(10, {4, 0}).empty());
    EXPECT_EQ(sampleForTest(500, {}), sampleForTest(500, {})) << "the same every time";
}

TEST_F(StreamParity, parityOfTheJointStream) { compare(m_points, 2); }
TEST_F(StreamParity, parityOfTheBoneStream) { compare(boneStream(m_points, kCocoBones), 3); }
TEST_F(StreamParity, parityOfTheJointMotion) { compare(motionStream(m_points), 4); }
TEST_F(StreamParity, parityOfTheBoneMotion) { compare(motionStream(boneStream(m_points, kCocoBones)), 5); }

TEST_F(StreamParity, parityOfPreNormalize)
{
    NdArray pixels = m_points;
    for (size_t i = 0; i < pixels.values.size(); i += 3) {
        pixels.values[i] *= 1920;
        pixels.values[i + 1] *= 1080;
    }
    compare(normalizeToPicture(pixels, 1080, 1920), 6);
}

TEST(Streams, WhatHasAnotherShapeGivesNothing)
{
    EXPECT_TRUE(boneStream(NdArray({2, 3, 4}), kCocoBones).empty());
    EXPECT_TRUE(motionStream(NdArray({2, 3, 4, 2})).empty());
    EXPECT_TRUE(normalizeToPicture(NdArray({1, 1, 1, 3}), 0, 10).empty());
    EXPECT_EQ(motionStream(NdArray({1, 0, 5, 3})).values.size(), 0u);
    const NdArray points({1, 1, 2, 3});
    EXPECT_EQ(boneStream(points, kCocoBones).values, points.values) << "pairs of points that are not there";
}
