// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "review/novelty.h"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace telltale {

TEST(Novelty, IsOneLessTheCosineOfTheMostSimilarExample)
{
    const auto root = static_cast<float>(std::sqrt(0.5));
    const FeatureRows examples{2, {1, 0, root, root}};
    const FeatureRows items{2, {1, 0, 0, 1, -1, 0, 0.6F, 0.8F, 0, 0}};
    const auto found = novelty(items, examples);
    ASSERT_EQ(found.size(), 5U);
    EXPECT_NEAR(found[0], 0, 1e-6) << "an example itself";
    EXPECT_NEAR(found[1], 1 - root, 1e-6);
    EXPECT_NEAR(found[2], 1, 1e-6) << "the opposite is not more than new";
    EXPECT_NEAR(found[3], 1 - 1.4 * static_cast<double>(root), 1e-6);
    EXPECT_NEAR(found[4], 1, 1e-6) << "nothing is known of it";
    EXPECT_EQ(novelty(items, {}), std::vector<float>(5, 1.0F));
    EXPECT_TRUE(novelty({}, examples).empty());
}

TEST(Novelty, EqualsThePlainLoopForManyRows)
{
    Random random(3);
    FeatureRows items{17, std::vector<float>(17 * 43)};
    FeatureRows examples{17, std::vector<float>(17 * 29)};
    for (FeatureRows* rows : {&items, &examples}) {
        for (float& value : rows->values)
            value = static_cast<float>(random.normal());
        for (size_t row = 0; row < rows->count(); ++row)
            normalise(std::span(rows->values).subspan(row * 17, 17));
    }
    const auto found = novelty(items, examples);
    for (size_t i = 0; i < items.count(); ++i) {
        double best = -1;
        for (size_t j = 0; j < examples.count(); ++j) {
            double sum = 0;
            for (size_t k = 0; k < 17; ++k)
                sum += static_cast<double>(items.values[i * 17 + k])
                    * static_cast<double>(examples.values[j * 17 + k]);
            best = std::max(best, sum);
        }
        EXPECT_NEAR(found[i], std::clamp(1 - best, 0.0, 1.0), 1e-5);
    }
    std::vector<float> nothing(4, 0.0F);
    normalise(nothing);
    EXPECT_EQ(nothing, std::vector<float>(4, 0.0F));
}

} // namespace telltale
