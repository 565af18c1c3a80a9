// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/forgetting.h"
#include <gtest/gtest.h>

using namespace telltale;

namespace {

ClassScore scored(double f1, int64_t examples)
{
    ClassScore score;
    score.f1 = f1;
    score.truth = examples;
    return score;
}

} // namespace

TEST(Forgetting, NamesTheClassesThatFellByMoreThanTheMarginTheLargestFallFirst)
{
    const std::vector<ClassScore> now{scored(0.80, 12), scored(0.90, 20), scored(0.50, 9), scored(0.60, 8)};
    const std::vector<ClassScore> next{scored(0.60, 12), scored(0.20, 20), scored(0.45, 9), scored(0.90, 8)};
    const auto forgotten = forgottenClasses(now, next, {0.15, 5});
    const std::vector<ForgottenClass> expected{{1, 0.90, 0.20, 20}, {0, 0.80, 0.60, 12}};
    EXPECT_EQ(forgotten, expected);
}

TEST(Forgetting, AFallByTheMarginItselfIsNone)
{
    const std::vector<ClassScore> now{scored(0.80, 12), scored(0.7, 12)};
    const std::vector<ClassScore> next{scored(0.65, 12), scored(0.549, 12)};
    const auto forgotten = forgottenClasses(now, next, {0.15, 5});
    ASSERT_EQ(forgotten.size(), 1U);
    EXPECT_EQ(forgotten.front().classId, 1);
}

TEST(Forgetting, TooFewExamplesSayNothing)
{
    const std::vector<ClassScore> now{scored(1, 4), scored(1, 5)};
    const std::vector<ClassScore> next{scored(0, 4), scored(0, 5)};
    const auto forgotten = forgottenClasses(now, next, {0.15, 5});
    ASSERT_EQ(forgotten.size(), 1U);
    EXPECT_EQ(forgotten.front(), (ForgottenClass{1, 1, 0, 5}));
}

TEST(Forgetting, WithTheRuleOfTheRecipeOneMoreMistakeInFiveIsNoAlarmAndTwoAre)
{
    // Recall 1 to 4/5 with precision 1: F1 = 2 * 0.8 / 1.8 = 0.889; to 3/5: 2 * 0.6 / 1.6 = 0.75.
    const std::vector<ClassScore> now{scored(1, 5), scored(1, 5)};
    const std::vector<ClassScore> next{scored(1.6 / 1.8, 5), scored(1.2 / 1.6, 5)};
    const auto forgotten = forgottenClasses(now, next);
    ASSERT_EQ(forgotten.size(), 1U);
    EXPECT_EQ(forgotten.front().classId, 1);
}

TEST(Forgetting, ClassesThatOnlyOneOfTheTwoHasAreLeftOut)
{
    EXPECT_TRUE(forgottenClasses({}, {}).empty());
    EXPECT_TRUE(forgottenClasses(std::vector<ClassScore>{scored(1, 9)}, {}).empty());
}
