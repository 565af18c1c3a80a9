// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/readahead.h"
#include <gtest/gtest.h>
#include <set>

using namespace telltale;

namespace {

/// Follows the goals as a decoder would that keeps all it decodes, and notes the order of the goals.
std::vector<int64_t> goalsOf(const ReadAhead& ahead, std::set<int64_t> kept)
{
    std::vector<int64_t> goals;
    while (const auto goal = ahead.next([&](int64_t i) { return kept.count(i) > 0; })) {
        goals.push_back(goal->index);
        kept.insert(goal->index);
        if (goals.size() > 1000)
            break;
    }
    return goals;
}

ReadAhead at(int64_t from, int64_t to, int64_t room = 1000)
{
    ReadAhead ahead;
    ahead.setFrameCount(10000);
    ahead.setRoom(room);
    ahead.moveTo(from);
    ahead.moveTo(to);
    return ahead;
}

} // namespace

TEST(ReadAhead, GoesNearThenToTheHintsThenFar)
{
    ReadAhead ahead = at(500, 501);
    ahead.setHints({7000, 8000});
    const std::vector<int64_t> goals = goalsOf(ahead, {501});
    ASSERT_EQ(goals.size(), 2 * 48 + 2U);
    EXPECT_EQ(goals[0], 502);
    EXPECT_EQ(goals[13], 515);
    EXPECT_EQ(goals[14], 500);
    EXPECT_EQ(goals[27], 487);
    EXPECT_EQ(goals[28], 7000);
    EXPECT_EQ(goals[29], 8000);
    EXPECT_EQ(goals[30], 516);
    EXPECT_EQ(goals.back(), 501 - 48);
}

TEST(ReadAhead, GoesBackFirstWhenTravellingBackAndDecodesManyPicturesAtOnce)
{
    const ReadAhead ahead = at(500, 499);
    const auto near = ahead.next([](int64_t i) { return i == 499; });
    ASSERT_TRUE(near);
    EXPECT_EQ(near->index, 498);
    EXPECT_EQ(near->from, 499 - 14) << "what is near comes soon";
    const auto far = ahead.next([](int64_t i) { return i >= 485 && i <= 513; });
    ASSERT_TRUE(far);
    EXPECT_EQ(far->index, 484);
    EXPECT_LE(far->from, 484 - 250) << "a whole group of pictures serves the steps to come";
    EXPECT_LE(ahead.fromForCursor(), 499 - 250) << "also for one who outruns the reading ahead";
    EXPECT_EQ(at(500, 501).fromForCursor(), 501 - 14);
    EXPECT_EQ(at(5000, 500).fromForCursor(), 500 - 14) << "a jump is to be quick";
}

TEST(ReadAhead, AFarJumpBackIsNoTravelBack)
{
    const auto goal = at(5000, 300).next([](int64_t i) { return i == 300; });
    ASSERT_TRUE(goal);
    EXPECT_EQ(goal->index, 301);
}

TEST(ReadAhead, StaysInsideTheVideo)
{
    ReadAhead ahead = at(3, 2);
    ahead.setFrameCount(8);
    ahead.setHints({-1, 8, 100});
    for (const int64_t index : goalsOf(ahead, {2}))
        EXPECT_TRUE(index >= 0 && index < 8) << index;
}

TEST(ReadAhead, NeverWantsMoreThanThereIsRoomFor)
{
    for (const int64_t room : {0, 1, 3, 7, 20, 60, 130, 300}) {
        ReadAhead ahead = at(500, 501, room);
        ahead.setHints({1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000});
        int64_t kept = 0;
        for (int64_t i = 0; i < 10000; ++i)
            kept += ahead.isWorthKeeping(i) ? 1 : 0;
        EXPECT_LE(kept, std::max<int64_t>(1, room)) << room;
        for (const int64_t index : goalsOf(ahead, {501}))
            EXPECT_TRUE(ahead.isWorthKeeping(index)) << "or it would be decoded again and again";
    }
}

TEST(ReadAhead, DoesNothingBeforeSomebodyLooks)
{
    ReadAhead ahead;
    ahead.setFrameCount(100);
    ahead.setRoom(100);
    ahead.setHints({50});
    EXPECT_FALSE(ahead.next([](int64_t) { return false; }));
}
