// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/longtail.h"
#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>

using namespace telltale;
using testing::DoubleNear;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

/// Training clips by class of iMiGUE's distributed split.
const std::vector<int64_t> kImigueTraining{10, 393, 38, 199, 80, 23, 57, 824, 80, 3, 284, 137, 97, 41, 26, 24,
    304, 82, 1, 887, 157, 360, 656, 690, 11, 280, 84, 60, 1155, 6, 2079, 3765};

double ratioOfExtremes(const std::vector<double>& weights)
{
    const auto [least, most] = std::ranges::minmax(weights);
    return most / least;
}

} // namespace

TEST(SquareRootWeights, GiveTheFiguresThatAreKnownForImigue)
{
    const auto weights = squareRootWeights(kImigueTraining);
    EXPECT_NEAR(weights[31], 0.10, 0.005);
    EXPECT_NEAR(weights[30], 0.14, 0.005);
    EXPECT_NEAR(weights[28], 0.19, 0.005);
    EXPECT_NEAR(weights[18], 6.32, 0.005);
    EXPECT_NEAR(weights[9], 3.65, 0.005);
    EXPECT_NEAR(weights[29], 2.58, 0.005);
    EXPECT_NEAR(weights[0], 2.00, 0.005);
    EXPECT_NEAR(ratioOfExtremes(weights), 61, 0.5);
    EXPECT_NEAR(ratioOfExtremes(squareRootWeights(kImigueTraining, 10)), 18.5, 0.05) << "smoothing by 10";
    const auto capped = squareRootWeights(kImigueTraining, 0, 3);
    EXPECT_DOUBLE_EQ(capped[18], 3);
    EXPECT_DOUBLE_EQ(capped[0], weights[0]) << "the cap touches nothing below it";
}

TEST(EffectiveNumberWeights, GiveTheFiguresThatAreKnownForImigue)
{
    const auto harsh = effectiveNumberWeights(kImigueTraining, 0.999);
    EXPECT_NEAR(harsh[18], 15.9, 0.05);
    EXPECT_NEAR(harsh[31], 0.016, 0.0005);
    EXPECT_NEAR(ratioOfExtremes(harsh), 990, 15);
    const auto saturated = effectiveNumberWeights(kImigueTraining, 0.99);
    for (size_t i = 0; i < saturated.size(); ++i)
        if (kImigueTraining[i] > 300) {
            EXPECT_GE(saturated[i], 0.1445);
            EXPECT_LE(saturated[i], 0.1535);
        }
}

TEST(EffectiveNumberWeights, GoFromUniformToInverseFrequency)
{
    EXPECT_THAT(effectiveNumberWeights({1, 10, 1000}, 0), Each(DoubleNear(1, 1e-12)));
    const auto inverse = effectiveNumberWeights({1, 10, 1000}, 1);
    EXPECT_NEAR(inverse[0] / inverse[1], 10, 1e-9);
    EXPECT_NEAR(inverse[0] / inverse[2], 1000, 1e-9);
    const auto almost = effectiveNumberWeights({1, 10, 1000}, 1 - 1e-13);
    for (size_t i = 0; i < inverse.size(); ++i)
        EXPECT_NEAR(almost[i], inverse[i], 1e-9) << "no digits are lost near 1";
}

TEST(EffectiveNumberWeights, LeaveAbsentClassesOut)
{
    const auto weights = effectiveNumberWeights({100, 0, 5}, 0.99);
    EXPECT_EQ(weights[1], 0);
    EXPECT_NEAR(weights[0] + weights[2], 2, 1e-12);
    EXPECT_THAT(effectiveNumberWeights({0, 0}, 0.99), Each(0));
}

TEST(LongTailGroups, AreThirdsOfTheClassesByFrequency)
{
    const auto groups = longTailGroups({5, 300, 0, 40, 41, 2, 900});
    EXPECT_THAT(groups.head, ElementsAre(1, 6));
    EXPECT_THAT(groups.medium, ElementsAre(3, 4));
    EXPECT_THAT(groups.tail, ElementsAre(0, 5));
    EXPECT_THAT(groups.unseen, ElementsAre(2));
}

TEST(LongTailGroups, StayTheSameForASetOfAnotherSize)
{
    std::vector<int64_t> larger = kImigueTraining;
    for (int64_t& count : larger)
        count *= 7;
    EXPECT_EQ(longTailGroups(kImigueTraining).tail, longTailGroups(larger).tail);
    EXPECT_EQ(longTailGroups(kImigueTraining).tail.size(), 11U);
    EXPECT_EQ(longTailGroups(kImigueTraining).head.size(), 11U);
}

TEST(LongTailGroups, MayGoByCounts)
{
    LongTailRule rule;
    rule.headAbove = 100;
    rule.tailBelow = 20;
    const auto groups = longTailGroups({100, 101, 20, 19, 0}, rule);
    EXPECT_THAT(groups.head, ElementsAre(1));
    EXPECT_THAT(groups.medium, ElementsAre(0, 2));
    EXPECT_THAT(groups.tail, ElementsAre(3));
    EXPECT_THAT(groups.unseen, ElementsAre(4));
}

TEST(LongTailGroups, OneClassIsInOneGroupAndNothingIsInNone)
{
    const auto one = longTailGroups({3});
    EXPECT_EQ(one.head.size() + one.medium.size() + one.tail.size(), 1U);
    const auto none = longTailGroups({});
    EXPECT_THAT(none.head, IsEmpty());
    EXPECT_THAT(none.tail, IsEmpty());
    LongTailRule greedy;
    greedy.headShare = 1;
    greedy.tailShare = 1;
    const auto all = longTailGroups({3, 2, 1}, greedy);
    EXPECT_EQ(all.head.size(), 3U);
    EXPECT_THAT(all.tail, IsEmpty());
}

TEST(LongTailF1, IsTheMeanOverClassesThatOccurInTheTruth)
{
    // Class 2 of the tail never occurs in the truth, though it is predicted once.
    const auto report = clipReport({0, 0, 0, 1, 3}, {0, 0, 2, 1, 0}, {}, 4);
    LongTailGroups groups;
    groups.head = {0};
    groups.medium = {2};
    groups.tail = {1, 2, 3};
    const auto f1 = longTailF1(report, groups);
    EXPECT_DOUBLE_EQ(f1.head, 2.0 * 2 / (3 + 3));
    EXPECT_TRUE(std::isnan(f1.medium));
    EXPECT_DOUBLE_EQ(f1.tail, 0.5);
}
