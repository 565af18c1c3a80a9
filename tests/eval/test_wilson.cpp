// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/wilson.h"
#include <cmath>
#include <gtest/gtest.h>

namespace telltale {

TEST(Wilson, GivesTheIntervalOfThePaper)
{
    // By hand with z = 1.96: 9 of 10.
    const auto nine = wilsonInterval(9, 10);
    EXPECT_DOUBLE_EQ(nine.precision, 0.9);
    EXPECT_NEAR(nine.low, 0.5958, 2e-4);
    EXPECT_NEAR(nine.high, 0.9821, 2e-4);
    const auto all = wilsonInterval(20, 20);
    EXPECT_NEAR(all.low, 20 / (20 + 3.8415), 1e-4);
    EXPECT_DOUBLE_EQ(all.high, 1);
    const auto none = wilsonInterval(0, 0);
    EXPECT_TRUE(std::isnan(none.precision));
    EXPECT_DOUBLE_EQ(none.low, 0);
    EXPECT_DOUBLE_EQ(none.high, 1);
}

TEST(Wilson, TakesNumbersOfLooksThatAreNotWhole)
{
    // By hand with z^2 = 3.8415, share 1/2, 2.5 looks: centre 1/2, half z sqrt(1/10 + z^2 / 25) / (1 + z^2
    // / 2.5).
    const ShareInterval ends = wilsonEnds(0.5, 2.5);
    const double half = 1.96 * std::sqrt(0.1 + 3.8415 / 25) / (1 + 3.8415 / 2.5);
    EXPECT_NEAR(ends.low, 0.5 - half, 2e-5);
    EXPECT_NEAR(ends.high, 0.5 + half, 2e-5);
    EXPECT_DOUBLE_EQ(wilsonEnds(0.5, 0.0).high, 1);
    EXPECT_DOUBLE_EQ(wilsonEnds(0.5, 0.0).low, 0);
}

} // namespace telltale
