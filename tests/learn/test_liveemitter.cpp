// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/liveemitter.h"
#include <gtest/gtest.h>

using namespace telltale;

namespace {

constexpr LiveTiming kTiming{8, 16, 4};

SpanDecision decision()
{
    SpanDecision how;
    how.threshold = 0.5;
    return how;
}

ScoredSpan span(double start, double end, double score = 0.9, int label = 0)
{
    return {{}, label, start, end, score};
}

} // namespace

TEST(LiveEmitter, ASpanIsToldOnceItsEndHasSettledAndNoSooner)
{
    LiveEmitter emitter(decision(), kTiming, 256);
    EXPECT_TRUE(emitter.take({span(20, 40)}, 48, false).empty());
    const auto told = emitter.take({span(20, 40)}, 56, false);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0], (LiveSpan{0, 20, 40, 0.9, 56}));
    for (int64_t seen = 64; seen < 200; seen += 8)
        EXPECT_TRUE(emitter.take({span(20, 40)}, seen, false).empty()) << seen;
}

TEST(LiveEmitter, AGestureWhoseEndsMoveFromLookToLookIsToldOnceAsItWasFirst)
{
    LiveEmitter emitter(decision(), kTiming, 256);
    ASSERT_EQ(emitter.take({span(20, 40)}, 56, false).size(), 1U);
    EXPECT_TRUE(emitter.take({span(22, 44, 0.95)}, 64, false).empty());
    // Another class in the same place is another gesture unless both are nearly one.
    EXPECT_EQ(emitter.take({span(24, 52, 0.8, 1)}, 72, false).size(), 1U);
    EXPECT_TRUE(emitter.take({span(24, 53, 0.8, 2)}, 72, false).empty());
}

TEST(LiveEmitter, OfTwoThatLookLikeOneTheBetterIsTold)
{
    LiveEmitter emitter(decision(), kTiming, 256);
    const auto told = emitter.take({span(20, 40, 0.6), span(21, 40, 0.8)}, 56, false);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].score, 0.8);
}

TEST(LiveEmitter, WhatTurnsUpTooLateIsNeverTold)
{
    LiveEmitter emitter(decision(), kTiming, 256);
    emitter.take({}, 56, false); // what ends up to 40 has settled
    EXPECT_TRUE(emitter.take({span(20, 36)}, 64, false).empty());
    LiveEmitter other(decision(), kTiming, 256);
    other.take({}, 56, false);
    const auto told = other.take({span(20, 36.5)}, 64, false); // moved back by less than `late`
    ASSERT_EQ(told.size(), 1U);
    EXPECT_LE(static_cast<double>(told[0].seen) - told[0].end, static_cast<double>(kTiming.latency()));
}

TEST(LiveEmitter, TheEndOfTheStreamTellsWhatHadNotSettled)
{
    LiveEmitter emitter(decision(), kTiming, 256);
    EXPECT_TRUE(emitter.take({span(20, 50)}, 56, false).empty());
    const auto told = emitter.take({span(20, 50), span(51, 57, 0.7), span(10, 30)}, 57, true);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].end, 50);
    EXPECT_EQ(told[1].end, 57);
}

TEST(LiveEmitter, ThresholdsOfClassesCount)
{
    SpanDecision how = decision();
    how.perClass[1] = 0.95;
    LiveEmitter emitter(how, kTiming, 256);
    const auto told
        = emitter.take({span(20, 40, 0.49), span(10, 38, 0.94, 1), span(18, 40, 0.5, 2)}, 56, false);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].label, 2);
}

TEST(LiveEmitter, AnotherStreamBeginsAnew)
{
    LiveEmitter emitter(decision(), kTiming, 256);
    ASSERT_EQ(emitter.take({span(20, 40)}, 56, false).size(), 1U);
    emitter.restart();
    EXPECT_EQ(emitter.take({span(20, 40)}, 56, false).size(), 1U);
}

TEST(LiveEmitter, CandidatesAreThoseThatNoBetterOneSuppresses)
{
    const std::vector<Segment> found{
        {20, 40, 0.9F, 0}, {21, 40, 0.8F, 0}, {20, 40, 0.3F, 1}, {60, 70, 0.01F, 0}};
    const auto candidates = liveCandidates(found, decision());
    ASSERT_EQ(candidates.size(), 2U);
    EXPECT_EQ(candidates[0].classId, 0);
    EXPECT_EQ(candidates[1].start, 60);
}
