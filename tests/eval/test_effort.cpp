// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/effort.h"
#include <cmath>
#include <fstream>
#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

constexpr double kExact = 1e-9;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

nlohmann::json golden()
{
    std::ifstream file(TELLTALE_SOURCE_DIR "/tests/eval/golden/effort_spread.json");
    return nlohmann::json::parse(file, nullptr, false);
}

EffortStep step(int mode, Effort onSpan, std::vector<int64_t> spans, Effort search = {})
{
    return {mode, onSpan, search, std::move(spans)};
}

} // namespace

TEST(EffortSpread, IsWhatNumpyAndScipySay)
{
    const auto expected = golden();
    ASSERT_TRUE(expected.is_object());
    ASSERT_EQ(expected["cases"].size(), 9U);
    for (const auto& one : expected["cases"]) {
        SCOPED_TRACE(one["name"].get<std::string>());
        const auto values = one["values"].get<std::vector<double>>();
        const Spread spread = spreadOf(values);
        EXPECT_EQ(spread.count, static_cast<int64_t>(values.size()));
        EXPECT_NEAR(spread.mean, one["mean"].get<double>(), kExact);
        EXPECT_NEAR(spread.median, one["median"].get<double>(), kExact);
        EXPECT_NEAR(spread.medianLow, one["median_low"].get<double>(), kExact);
        EXPECT_NEAR(spread.medianHigh, one["median_high"].get<double>(), kExact);
        EXPECT_NEAR(spread.quarter, one["quarter"].get<double>(), kExact);
        EXPECT_NEAR(spread.threeQuarters, one["three_quarters"].get<double>(), kExact);
        EXPECT_NEAR(spread.fifth, one["fifth"].get<double>(), kExact);
        EXPECT_NEAR(spread.ninetyFifth, one["ninety_fifth"].get<double>(), kExact);
    }
    for (const auto& one : expected["tails"])
        EXPECT_NEAR(binomialTail(one["n"].get<int64_t>(), one["p"].get<double>(), one["k"].get<int64_t>()),
            one["tail"].get<double>(), kExact)
            << one.dump();
}

TEST(EffortSpread, NothingHasNoMedianAndWhatIsNoNumberIsLeftOut)
{
    EXPECT_EQ(spreadOf({}).count, 0);
    EXPECT_TRUE(std::isnan(spreadOf({}).median));
    EXPECT_TRUE(std::isnan(spreadOf({kNone}).medianLow));
    const Spread two = spreadOf({kNone, 1, 3});
    EXPECT_EQ(two.count, 2);
    EXPECT_DOUBLE_EQ(two.median, 2);
    EXPECT_DOUBLE_EQ(two.medianLow, 1);
    EXPECT_DOUBLE_EQ(two.medianHigh, 3);
}

TEST(SpanEffortsTest, SpansOfOneEditShareItAndEditsOfOneSpanAddUp)
{
    SpanEfforts efforts;
    efforts.addDecision(step(0, {4, 1, 0}, {7}, {2, 3, 1}));
    efforts.addDecision(step(2, {9, 4, 2}, {7, 8, 9, 10}));
    efforts.addTo(step(0, {1, 1, 1}, {7}));
    const auto spans = efforts.bySpan();
    ASSERT_EQ(spans.size(), 4U);
    EXPECT_EQ(spans[0].span, 7);
    EXPECT_DOUBLE_EQ(spans[0].onSpan.seconds, 4 + 9.0 / 4 + 1);
    EXPECT_DOUBLE_EQ(spans[0].onSpan.presses(), 1 + 6.0 / 4 + 2);
    EXPECT_DOUBLE_EQ(spans[0].search.presses(), 4);
    EXPECT_DOUBLE_EQ(spans[3].onSpan.seconds, 9.0 / 4);
    const auto parts = efforts.bySpanAndMode();
    ASSERT_EQ(parts.size(), 5U);
    EXPECT_EQ(parts[0].mode, 0);
    EXPECT_DOUBLE_EQ(parts[0].onSpan.seconds, 5);
    EXPECT_EQ(parts[1].mode, 2);
    EXPECT_EQ(parts[1].span, 7);
    EXPECT_DOUBLE_EQ(parts[1].onSpan.seconds, 9.0 / 4);
    EXPECT_DOUBLE_EQ(parts[1].onSpan.keys, 1);
}

TEST(SpanEffortsTest, CountsDecisionsByTheMinuteAndThoseThatWereTakenBackOnce)
{
    SpanEfforts efforts;
    const size_t first = efforts.addDecision(step(1, {10, 1, 0}, {1}));
    efforts.addDecision(step(1, {15, 1, 0}, {2}, {5, 0, 0}));
    efforts.addTo(step(1, {10, 1, 0}, {1})); // the undo costs time and is no decision
    efforts.undone(first);
    efforts.undone(first); // it was made again, and taken back again
    ASSERT_EQ(efforts.modes().size(), 1U);
    const ModeEffort& mode = efforts.modes().at(1);
    EXPECT_EQ(mode.decisions, 2);
    EXPECT_DOUBLE_EQ(mode.perMinute(), 3); // 2 in 40 seconds
    EXPECT_DOUBLE_EQ(mode.undoneShare(), 0.5);
    EXPECT_TRUE(std::isnan(ModeEffort{}.perMinute()));
    EXPECT_TRUE(std::isnan(ModeEffort{}.undoneShare()));
}

} // namespace telltale
