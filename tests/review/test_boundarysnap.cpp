// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/boundarysnap.h"
#include <gtest/gtest.h>
#include <limits>

namespace telltale {
namespace {

using Kinds = std::vector<std::vector<BoundaryCandidate>>;
using Frames = std::vector<int64_t>;

const FrameSpan kAnywhere{0, 1000};

} // namespace

TEST(BoundarySnap, AProbabilityRisesWhereSpansStartAndFallsWhereTheyEnd)
{
    const std::vector<float> curve{0.1F, 0.2F, 0.8F, 0.9F, 0.5F, 0.4F, 0.1F, 0.6F};
    const auto starts = crossings(curve, {0, 8}, true);
    ASSERT_EQ(starts.size(), 2U);
    EXPECT_EQ(starts[0].frame, 2);
    EXPECT_NEAR(starts[0].strength, 0.6, 1e-6);
    EXPECT_EQ(starts[1].frame, 7);
    const auto ends = crossings(curve, {0, 8}, false);
    ASSERT_EQ(ends.size(), 1U);
    EXPECT_EQ(ends[0].frame, 5) << "the first frame below the level is no longer part of it";
    EXPECT_TRUE(crossings(curve, {3, 7}, true).empty()) << "only inside";
    EXPECT_TRUE(crossings(curve, {20, 30}, true).empty());
}

TEST(BoundarySnap, WhatIsNoNumberIsNoProbability)
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const auto ends = crossings(std::vector<float>{0.9F, nan, 0.9F}, {0, 3}, false);
    ASSERT_EQ(ends.size(), 1U);
    EXPECT_EQ(ends[0].frame, 1);
}

TEST(BoundarySnap, TheNearestGoodOneComesFirstThenTheOthers)
{
    EXPECT_EQ(snapOrder(Kinds{{{90, 1}, {104, 1}, {111, 1}}}, 100, 20, kAnywhere), (Frames{104, 90, 111}));
    EXPECT_EQ(snapOrder(Kinds{{{97, 1}, {103, 2}}}, 100, 20, kAnywhere), (Frames{103, 97}))
        << "the stronger of two as near";
    EXPECT_EQ(snapOrder(Kinds{{{102, 1}, {106, 5}}}, 100, 20, kAnywhere), (Frames{106}))
        << "a fifth of the strongest is noise";
}

TEST(BoundarySnap, KindsAreMeasuredByTheirOwnStrongest)
{
    EXPECT_EQ(snapOrder(Kinds{{{104, 8}}, {{95, 0.3}}}, 100, 20, kAnywhere), (Frames{104, 95}))
        << "a probability is not weak because a movement is quick";
    EXPECT_EQ(snapOrder(Kinds{{{94, 4}}, {{106, 0.5}, {105, 0.4}}}, 100, 20, kAnywhere), (Frames{106, 94}))
        << "near ones are one, at the stronger's place, and count together";
}

TEST(BoundarySnap, StaysInReachAndWhereTheSpanKeepsALength)
{
    EXPECT_EQ(snapOrder(Kinds{{{79, 1}, {121, 1}}}, 100, 20, kAnywhere), Frames());
    EXPECT_EQ(snapOrder(Kinds{{{95, 1}, {110, 1}}}, 100, 20, {0, 108}), (Frames{95}));
    EXPECT_EQ(snapOrder(Kinds{{{100, 1}}}, 100, 20, kAnywhere), Frames()) << "it is there already";
    EXPECT_EQ(snapOrder(Kinds{{{101, 0}}, {}}, 100, 20, kAnywhere), Frames()) << "nothing happens there";
}

} // namespace telltale
