// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/disagreement.h"
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace telltale {

TEST(Disagreement, IsNothingWhereAllSayTheSameAndOneWhereEachIsSureOfAnotherClass)
{
    const std::vector<float> a{0.7F, 0.2F, 0.1F};
    EXPECT_NEAR(disagreement(std::vector<std::vector<float>>{a, a, a}), 0, 1e-12);
    EXPECT_NEAR(disagreement(std::vector<std::vector<float>>{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}), 1, 1e-12);
    EXPECT_NEAR(disagreement(std::vector<std::vector<float>>{{1}, {0, 4}}), 1, 1e-12) << "shares, any length";
    EXPECT_DOUBLE_EQ(disagreement(std::vector<std::vector<float>>{a}), 0) << "nobody to disagree with";
    EXPECT_DOUBLE_EQ(disagreement(std::vector<std::vector<float>>{a, {0, 0, 0}, {}}), 0)
        << "who has no score does not vote";
}

TEST(Disagreement, OfTwoIsTheMeanDivergenceFromTheirMiddle)
{
    const std::vector<float> p{0.5F, 0.5F};
    const std::vector<float> q{1, 0};
    // 1/2 KL(p, m) + 1/2 KL(q, m) with m = (3/4, 1/4), in bits
    const double byHand
        = 0.5 * (0.5 * std::log2(0.5 / 0.75) + 0.5 * std::log2(0.5 / 0.25)) + 0.5 * std::log2(1 / 0.75);
    EXPECT_NEAR(disagreement(std::vector<std::vector<float>>{p, q}), byHand, 1e-12);
}

TEST(Disagreement, EntropyGoesFromSureToEqualAndPassesOverWhatIsNoNumber)
{
    EXPECT_DOUBLE_EQ(normalisedEntropy(std::vector<float>{0, 1, 0}), 0);
    EXPECT_NEAR(normalisedEntropy(std::vector<float>{2, 2, 2, 2}), 1, 1e-12);
    EXPECT_NEAR(normalisedEntropy(std::vector<float>{0.5F, 0.5F, 0, 0}), 0.5, 1e-12);
    const float nan = std::numeric_limits<float>::quiet_NaN();
    EXPECT_NEAR(normalisedEntropy(std::vector<float>{nan, 1, -3, 1}), 0.5, 1e-12);
    EXPECT_DOUBLE_EQ(normalisedEntropy({}), 0);
    EXPECT_DOUBLE_EQ(normalisedEntropy(std::vector<float>{0, 0}), 0);
}

} // namespace telltale
