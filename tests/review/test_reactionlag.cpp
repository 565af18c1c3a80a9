// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/reactionlag.h"
#include <gtest/gtest.h>

namespace telltale {
namespace {

using std::chrono::milliseconds;

const FrameTimes kEven = FrameTimes::nominal(100, 25); // 40 ms a frame
const FrameSpan kAll{0, 100};

} // namespace

TEST(ReactionLag, TakesTheLagOffInTimeOfTheVideo)
{
    const MediaTime now = milliseconds(2000); // frame 50 begins
    EXPECT_EQ(reactedFrame(kEven, now, 1, milliseconds(200), kAll), 45);
    EXPECT_EQ(reactedFrame(kEven, now, 2, milliseconds(200), kAll), 40) << "twice as much has passed";
    EXPECT_EQ(reactedFrame(kEven, now, 0.5, milliseconds(200), kAll), 47) << "100 ms before: in frame 47";
    EXPECT_EQ(reactedFrame(kEven, now, -1, milliseconds(200), kAll), 55) << "backwards it lies later";
    EXPECT_EQ(reactedFrame(kEven, now, 1, milliseconds(0), kAll), 50);
}

TEST(ReactionLag, TakesNothingOffWhilePlaybackStands)
{
    EXPECT_EQ(reactedFrame(kEven, milliseconds(2000), 0, milliseconds(200), kAll), 50);
}

TEST(ReactionLag, GoesThroughTheTimesOfAVariableFrameRate)
{
    // Ten frames of 20 ms, then ten of 100 ms, then ten of 20 ms.
    std::vector<MediaTime> starts;
    for (int i = 0; i < 30; ++i)
        starts.emplace_back(1000
            * (i <= 10        ? 20 * i
                    : i <= 20 ? 200 + 100 * (i - 10)
                              : 1200 + 20 * (i - 20)));
    const FrameTimes times(starts, milliseconds(1400));
    const FrameSpan all{0, 30};
    EXPECT_EQ(reactedFrame(times, milliseconds(200), 1, milliseconds(100), all), 5) << "five short frames";
    EXPECT_EQ(reactedFrame(times, milliseconds(700), 1, milliseconds(200), all), 13) << "two long ones";
    EXPECT_EQ(reactedFrame(times, milliseconds(1240), 1, milliseconds(200), all), 18) << "from 1040 ms";
    EXPECT_EQ(reactedFrame(times, milliseconds(1240), 2, milliseconds(200), all), 16) << "from 840 ms";
}

TEST(ReactionLag, StaysInsideWhatIsPlayed)
{
    EXPECT_EQ(reactedFrame(kEven, milliseconds(80), 1, milliseconds(200), kAll), 0);
    EXPECT_EQ(reactedFrame(kEven, milliseconds(3960), -1, milliseconds(200), kAll), 99);
    EXPECT_EQ(reactedFrame(kEven, milliseconds(2000), 1, milliseconds(200), {48, 60}), 48) << "of a loop";
    EXPECT_EQ(reactedFrame(FrameTimes(), milliseconds(10), 1, milliseconds(200), kAll), 0);
}

} // namespace telltale
