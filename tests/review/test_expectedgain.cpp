// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/boundarydoubt.h"
#include "review/expectedgain.h"
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace telltale {
namespace {

GainInput sample()
{
    GainInput input;
    input.classCount = 3;
    input.uncertainty = 0.5;
    input.disagreement = 0;
    input.novelty = 1;
    input.seconds = 4;
    return input;
}

} // namespace

TEST(ExpectedGain, IsTheProductOverTheSeconds)
{
    // (0.05 + 0.95 / 2) x 0.05 x 1 x 1 / sqrt(1 + 3) / 4
    EXPECT_NEAR(expectedGain(sample(), {}), 0.525 * 0.05 * 1 * 0.5 / 4, 1e-15);
    GainInput input = sample();
    input.disagreement = 0.2; // 0.05 + 0.19
    input.novelty = 0.6; // 0.05 + 0.57
    input.classCount = 0;
    EXPECT_NEAR(expectedGain(input, {}), 0.525 * 0.24 * 0.62 / 4, 1e-15);
}

TEST(ExpectedGain, WeightsAreExponents)
{
    EXPECT_NEAR(expectedGain(sample(), {2, 1, 1, 1, 1}), 0.525 * 0.525 * 0.05 * 0.5 / 4, 1e-15);
    EXPECT_NEAR(expectedGain(sample(), {1, 0, 1, 1, 1}), 0.525 * 0.05 / 4, 1e-15) << "rarity is out";
    EXPECT_NEAR(expectedGain(sample(), {1, 2, 0, 1, 0}), 0.525 * 0.25, 1e-15);
    EXPECT_DOUBLE_EQ(expectedGain(sample(), {0, 0, 0, 0, 0}), 1);
}

TEST(ExpectedGain, GrowsWithEachFactorAndFallsWithTheSecondsAndTheExamples)
{
    const double gain = expectedGain(sample(), {});
    GainInput better = sample();
    better.uncertainty = 0.6;
    EXPECT_GT(expectedGain(better, {}), gain);
    better = sample();
    better.disagreement = 0.01;
    EXPECT_GT(expectedGain(better, {}), gain);
    better = sample();
    better.novelty = 0.9;
    EXPECT_LT(expectedGain(better, {}), gain);
    better = sample();
    better.classCount = 2;
    EXPECT_GT(expectedGain(better, {}), gain);
    better = sample();
    better.seconds = 4.1;
    EXPECT_LT(expectedGain(better, {}), gain);
}

TEST(ExpectedGain, WhatIsNoNumberCountsAsNothing)
{
    GainInput odd = sample();
    odd.uncertainty = std::numeric_limits<double>::quiet_NaN();
    odd.seconds = 0;
    odd.classCount = -4;
    EXPECT_NEAR(expectedGain(odd, {}), 0.05 * 0.05, 1e-15);
    EXPECT_DOUBLE_EQ(reviewSeconds(1.5), 2 + 1.5 + 1);
}

TEST(BoundaryDoubt, IsNothingAtAStepAndAllInAFlatCurve)
{
    std::vector<float> curve(100, 0.2F);
    EXPECT_DOUBLE_EQ(boundaryDoubt(curve, {40, 60}), 1);
    for (size_t i = 40; i < 60; ++i)
        curve[i] = 0.9F;
    EXPECT_NEAR(boundaryDoubt(curve, {40, 60}), 0, 1e-6);
    // The end lies 3 of 5 frames inside the gesture: outside the mean is (3 x 0.9 + 2 x 0.2) / 5 = 0.62.
    EXPECT_NEAR(boundaryDoubt(curve, {40, 57}), 1 - (0.9 - 0.62) / 0.7, 1e-6);
    // The start likewise, and a quarter of a doubtful end does not hide a worse one.
    EXPECT_NEAR(boundaryDoubt(curve, {43, 60}), 1 - (0.9 - 0.62) / 0.7, 1e-6);
    EXPECT_NEAR(boundaryDoubt(curve, {43, 55}), 1, 1e-6);
    EXPECT_DOUBLE_EQ(boundaryDoubt({}, {40, 60}), kUnknownDoubt);
    EXPECT_DOUBLE_EQ(boundaryDoubt(curve, {60, 60}), kUnknownDoubt);
    const float nan = std::numeric_limits<float>::quiet_NaN();
    EXPECT_DOUBLE_EQ(boundaryDoubt(std::vector<float>(100, nan), {40, 60}), 1);
}

TEST(BoundaryDoubt, AnEndAtTheEdgeOfTheVideoIsHalfSure)
{
    std::vector<float> curve(50, 0.0F);
    for (size_t i = 0; i < 20; ++i)
        curve[i] = 1;
    EXPECT_DOUBLE_EQ(boundaryDoubt(curve, {0, 20}), kUnknownDoubt);
}

} // namespace telltale
