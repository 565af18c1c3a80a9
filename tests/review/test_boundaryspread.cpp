// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/boundaryspread.h"
#include <gtest/gtest.h>
#include <vector>

namespace telltale {

TEST(BoundarySpread, IsNothingAtAStepAndGrowsWithTheClimb)
{
    std::vector<float> step(40, 0.0F);
    std::fill(step.begin() + 10, step.begin() + 20, 0.8F);
    EXPECT_EQ(boundarySpread(step, {10, 20}), (BoundarySpread{0, 0}));

    std::vector<float> slow = step; // climbs over four frames before the span, and falls at once
    const float climb[] = {0.3F, 0.4F, 0.5F, 0.55F};
    std::copy(std::begin(climb), std::end(climb), slow.begin() + 6);
    const BoundarySpread spread = boundarySpread(slow, {10, 20}); // low is below 0.2, high from 0.6 on
    EXPECT_DOUBLE_EQ(spread.start, 2);
    EXPECT_DOUBLE_EQ(spread.end, 0);
}

TEST(BoundarySpread, CountsTheClimbInsideToo)
{
    std::vector<float> curve(40, 0.0F);
    std::fill(curve.begin() + 10, curve.begin() + 30, 0.4F);
    std::fill(curve.begin() + 14, curve.begin() + 24, 1.0F);
    const BoundarySpread spread = boundarySpread(curve, {10, 30});
    EXPECT_DOUBLE_EQ(spread.start, 2); // frames 10 to 13
    EXPECT_DOUBLE_EQ(spread.end, 3); // frames 24 to 29
}

TEST(BoundarySpread, IsAtMostHalfOfTheSpanAndStaysInTheCurve)
{
    const std::vector<float> everywhere(50, 0.7F);
    EXPECT_EQ(boundarySpread(everywhere, {20, 28}), (BoundarySpread{4, 4}));
    EXPECT_EQ(boundarySpread(everywhere, {-5, 100}).start, 0.0) << "the curve begins with the span";
    EXPECT_EQ(boundarySpread(std::vector<float>(50, 0.0F), {20, 28}), BoundarySpread());
    EXPECT_EQ(boundarySpread({}, {20, 28}), BoundarySpread());
    EXPECT_EQ(boundarySpread(everywhere, {60, 70}), BoundarySpread());
}

} // namespace telltale
