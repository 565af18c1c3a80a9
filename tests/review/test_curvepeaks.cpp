// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/curvepeaks.h"
#include <gtest/gtest.h>
#include <limits>

namespace telltale {

TEST(CurvePeaks, AreTheMiddlesOfPlateausThatStandOut)
{
    //                           0  1     2     3     4     5     6     7  8     9
    const std::vector<float> curve{0, 0.5F, 0.5F, 0.5F, 0.2F, 0.2F, 0.7F, 0, 0.3F, 0.3F};
    const std::vector<CurvePeak> peaks = peaksOf(curve, 0.1);
    ASSERT_EQ(peaks.size(), 3U);
    EXPECT_EQ(peaks[0], (CurvePeak{2, 0.5}));
    EXPECT_EQ(peaks[1].frame, 6);
    EXPECT_EQ(peaks[2].frame, 8) << "the end of the curve is a way down";
}

TEST(CurvePeaks, StepsOnTheWayUpOrDownAreNone)
{
    const std::vector<float> stairs{0.2F, 0.4F, 0.4F, 0.6F, 0.4F, 0.2F};
    const std::vector<CurvePeak> peaks = peaksOf(stairs, 0.1);
    ASSERT_EQ(peaks.size(), 1U);
    EXPECT_EQ(peaks[0].frame, 3);
}

TEST(CurvePeaks, LowOnesAndWhatIsNoNumberAreLeftOut)
{
    const float none = std::numeric_limits<float>::quiet_NaN();
    EXPECT_TRUE(peaksOf(std::vector<float>{0, 0.09F, 0, none, 0}, 0.1).empty());
    EXPECT_EQ(peaksOf(std::vector<float>{0.5F, none, 0.5F}, 0.1).size(), 2U);
    EXPECT_TRUE(peaksOf({}, 0.1).empty());
    EXPECT_TRUE(peaksOf(std::vector<float>(50, 0.0F), 0).empty()) << "nothing is no peak";
}

TEST(CurvePeaks, TheNearestLiesStrictlyBeforeOrAfter)
{
    const std::vector<CurvePeak> peaks{{10, 0.2}, {20, 0.4}};
    EXPECT_EQ(peakBeside(peaks, 5, 1)->frame, 10);
    EXPECT_EQ(peakBeside(peaks, 10, 1)->frame, 20);
    EXPECT_FALSE(peakBeside(peaks, 20, 1));
    EXPECT_EQ(peakBeside(peaks, 20, -1)->frame, 10);
    EXPECT_EQ(peakBeside(peaks, 99, -1)->frame, 20);
    EXPECT_FALSE(peakBeside(peaks, 10, -1));
    EXPECT_FALSE(peakBeside({}, 10, 1));
}

} // namespace telltale
