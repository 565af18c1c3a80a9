// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/nearestexamples.h"
#include <gtest/gtest.h>
#include <limits>

namespace telltale {
namespace {

constexpr int kClass = 4;

ExampleFeatures example(int64_t id, const char* subject, std::vector<float> joint)
{
    ExampleFeatures one{id, subject, kClass, 1, {}, {}};
    if (!joint.empty())
        one.embeddings["joint"] = std::move(joint);
    return one;
}

} // namespace

TEST(NearestExamples, AreOrderedByTheCosineOfTheirEmbeddings)
{
    // Against (1, 0): 0.6, 1, 0 and -1 by hand.
    const std::vector<ExampleFeatures> pool{
        example(1, "b", {3, 4}), example(2, "c", {2, 0}), example(3, "b", {0, 1}), example(4, "c", {-1, 0})};
    const auto found = nearestExamples(example(9, "a", {1, 0}), pool, kClass, 3);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].id, 2);
    EXPECT_EQ(found[1].id, 1);
    EXPECT_EQ(found[2].id, 3);
    EXPECT_DOUBLE_EQ(found[0].similarity, 1);
    EXPECT_NEAR(found[1].similarity, 0.6, 1e-9);
    EXPECT_EQ(found[1].measure, ExampleMeasure::Embedding);
}

TEST(NearestExamples, AreOfOtherSubjectsAndOfThatClassAlone)
{
    ExampleFeatures otherClass = example(2, "b", {1, 0});
    otherClass.classId = kClass + 1;
    const std::vector<ExampleFeatures> pool{
        example(1, "a", {1, 0}), otherClass, example(9, "z", {1, 0}), example(3, "b", {0, 1})};
    const auto found = nearestExamples(example(9, "a", {1, 0}), pool, kClass, 9);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].id, 3);
    EXPECT_TRUE(nearestExamples(example(9, "a", {1, 0}), pool, kClass + 7, 9).empty());
    EXPECT_TRUE(nearestExamples(example(9, "a", {1, 0}), {}, kClass, 9).empty());
}

TEST(NearestExamples, TakeTheMeanOverTheModalitiesThatBothHave)
{
    ExampleFeatures wanted = example(9, "a", {1, 0});
    wanted.embeddings["rgb"] = {1, 0, 0};
    ExampleFeatures both = example(1, "b", {1, 0});
    both.embeddings["rgb"] = {0, 1, 0}; // 1 and 0
    ExampleFeatures wider = example(2, "b", {3, 4});
    wider.embeddings["rgb"] = {1, 0}; // another network's: 0.6 alone
    const auto found = nearestExamples(wanted, std::vector{both, wider}, kClass, 9);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].id, 2);
    EXPECT_NEAR(found[0].similarity, 0.6, 1e-9);
    EXPECT_NEAR(found[1].similarity, 0.5, 1e-9);
}

TEST(NearestExamples, WithoutEmbeddingsGoByDurationAndScoresAndSaySo)
{
    ExampleFeatures wanted = example(9, "a", {});
    wanted.seconds = 2;
    wanted.scores = {1, 0};
    ExampleFeatures sameLength = example(1, "b", {});
    sameLength.seconds = 2;
    sameLength.scores = {0, 1}; // (1 + 0) / 2
    ExampleFeatures sameScores = example(2, "b", {});
    sameScores.seconds = 4;
    sameScores.scores = {3, 0}; // (1/2 + 1) / 2
    ExampleFeatures unscored = example(3, "b", {});
    unscored.seconds = 1.2; // 0.6 alone
    const auto found = nearestExamples(wanted, std::vector{sameLength, sameScores, unscored}, kClass, 9);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0], (NearExample{2, 0.75, ExampleMeasure::DurationAndScores}));
    EXPECT_EQ(found[1].id, 3);
    EXPECT_NEAR(found[1].similarity, 0.6, 1e-9);
    EXPECT_EQ(found[2], (NearExample{1, 0.5, ExampleMeasure::DurationAndScores}));
}

TEST(NearestExamples, ComparedByEmbeddingsComeFirstAndTiesByNumber)
{
    ExampleFeatures wanted = example(9, "a", {1, 0});
    const std::vector<ExampleFeatures> pool{
        example(5, "b", {}), example(7, "b", {0, 1}), example(6, "c", {0, 2})};
    const auto found = nearestExamples(wanted, pool, kClass, 9);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].id, 6) << "0 both, the smaller number first";
    EXPECT_EQ(found[1].id, 7);
    EXPECT_EQ(found[2].id, 5) << "same length, yet not compared by what the networks see";
    EXPECT_EQ(found[2].measure, ExampleMeasure::DurationAndScores);
}

TEST(NearestExamples, NumbersThatAreNoneDoNotReachTheOrder)
{
    const std::vector<float> none{0, 0};
    const std::vector<float> one{1, 0};
    EXPECT_EQ(cosineOf(none, one), 0);
    EXPECT_EQ(cosineOf(std::vector<float>{1, 2, 3}, one), 0);
    const float infinite = std::numeric_limits<float>::infinity();
    EXPECT_EQ(cosineOf(std::vector<float>{infinite, 0}, one), 0);
}

} // namespace telltale
