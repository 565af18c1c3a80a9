// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/biasalarm.h"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace telltale {
namespace {

using Counts = std::vector<int64_t>;

/// Six classes, the first two frequent and the last two rare in what people labelled.
const Counts kLabelled{100, 80, 40, 30, 10, 8};

/// A round that breaks no rule: a half of everything is accepted, and people agree alike everywhere.
BiasRound calm()
{
    BiasRound round;
    round.pool = 400;
    round.named = {100, 80, 60, 60, 50, 50};
    round.accepted = {50, 40, 30, 30, 25, 25};
    round.audits = wilsonInterval(36, 40);
    round.shown = 50;
    round.shownRight = 45;
    round.decided = {20, 20, 10, 10, 10, 10};
    round.wrong = {2, 2, 1, 1, 1, 1};
    return round;
}

std::vector<BiasAlarm> alarmsOf(const BiasRound& first, const BiasRound& last)
{
    return biasAlarms(std::vector{first, last}, kLabelled, {});
}

bool has(const std::vector<BiasAlarm>& alarms, BiasRule rule)
{
    return std::ranges::count(alarms, rule, &BiasAlarm::rule) > 0;
}

} // namespace

TEST(BiasAlarm, VarietyIsTheNumberOfEqualClassesWithTheSameEntropy)
{
    EXPECT_DOUBLE_EQ(effectiveClasses({}), 0);
    EXPECT_DOUBLE_EQ(effectiveClasses(Counts{0, 0}), 0);
    EXPECT_DOUBLE_EQ(effectiveClasses(Counts{0, 7, 0}), 1);
    EXPECT_NEAR(effectiveClasses(Counts{5, 5, 5, 5}), 4, 1e-12);
    // Shares 1/4, 1/4, 1/2: the entropy is 3/2 ln 2.
    EXPECT_NEAR(effectiveClasses(Counts{3, 3, 6}), std::pow(2.0, 1.5), 1e-12);
}

TEST(BiasAlarm, ACalmRoundRaisesNone)
{
    EXPECT_TRUE(alarmsOf(calm(), calm()).empty());
    EXPECT_TRUE(biasAlarms(std::vector{calm()}, kLabelled, {}).empty()) << "a single round";
    EXPECT_TRUE(biasAlarms({}, kLabelled, {}).empty());
}

TEST(BiasAlarm, PseudoLabelsThatGatherInFewClassesAreNoticed)
{
    BiasRound narrow = calm();
    narrow.accepted = {100, 60, 0, 0, 0, 0};
    const auto alarms = alarmsOf(calm(), narrow);
    ASSERT_TRUE(has(alarms, BiasRule::Narrowing));
    const BiasAlarm& alarm = *std::ranges::find(alarms, BiasRule::Narrowing, &BiasAlarm::rule);
    // Shares 5/8 and 3/8.
    EXPECT_NEAR(alarm.now, std::exp(-0.625 * std::log(0.625) - 0.375 * std::log(0.375)), 1e-12);
    EXPECT_DOUBLE_EQ(alarm.former, effectiveClasses(calm().accepted));
    EXPECT_DOUBLE_EQ(alarm.reference, effectiveClasses(kLabelled));
    EXPECT_FALSE(has(alarmsOf(narrow, narrow), BiasRule::Narrowing)) << "as narrow from the start";
    narrow.accepted = {10, 6, 0, 0, 0, 0};
    EXPECT_FALSE(has(alarmsOf(calm(), narrow), BiasRule::Narrowing)) << "16 are too few";
    // Only two classes were ever labelled: then two are all there is.
    EXPECT_FALSE(has(biasAlarms(std::vector{calm(),
                                    [] {
                                        BiasRound two = calm();
                                        two.accepted = {100, 60, 0, 0, 0, 0};
                                        return two;
                                    }()},
                         Counts{60, 60}, {}),
        BiasRule::Narrowing));
}

TEST(BiasAlarm, MoreAcceptedWithLessRightIsNoticed)
{
    BiasRound worse = calm();
    worse.accepted = {70, 50, 40, 30, 25, 25}; // 240 of 400 after 200
    worse.audits = wilsonInterval(25, 40); // at most 0.76, and it was 0.90
    const auto alarms = alarmsOf(calm(), worse);
    ASSERT_TRUE(has(alarms, BiasRule::MoreButWorse));
    const BiasAlarm& alarm = *std::ranges::find(alarms, BiasRule::MoreButWorse, &BiasAlarm::rule);
    EXPECT_DOUBLE_EQ(alarm.now, 0.6);
    EXPECT_DOUBLE_EQ(alarm.former, 0.5);
    EXPECT_DOUBLE_EQ(alarm.reference, 0.625);
    EXPECT_DOUBLE_EQ(alarm.referenceFormer, 0.9);
    EXPECT_EQ(alarm.count, 40);
    BiasRound few = worse;
    few.audits = wilsonInterval(5, 9);
    EXPECT_FALSE(has(alarmsOf(calm(), few), BiasRule::MoreButWorse)) << "nine audit items";
    BiasRound chance = worse;
    chance.audits = wilsonInterval(32, 40); // 0.80, but the interval reaches 0.895
    ASSERT_GT(chance.audits.high, 0.89);
    BiasRound close = calm();
    close.audits = wilsonInterval(35, 40); // 0.875
    EXPECT_FALSE(has(alarmsOf(close, chance), BiasRule::MoreButWorse)) << "may be chance";
    BiasRound same = worse;
    same.accepted = calm().accepted;
    EXPECT_FALSE(has(alarmsOf(calm(), same), BiasRule::MoreButWorse)) << "no more than before";
}

TEST(BiasAlarm, FrequentClassesThatAreAcceptedMuchOftenerAreNoticed)
{
    BiasRound head = calm();
    head.accepted = {90, 72, 30, 30, 20, 20}; // 162 of 180 frequent ones, 40 of 100 rare ones
    const auto alarms = biasAlarms(std::vector{head}, kLabelled, {});
    ASSERT_TRUE(has(alarms, BiasRule::HeadPreferred)) << "one round is enough";
    const BiasAlarm& alarm = *std::ranges::find(alarms, BiasRule::HeadPreferred, &BiasAlarm::rule);
    EXPECT_DOUBLE_EQ(alarm.now, 0.9);
    EXPECT_DOUBLE_EQ(alarm.reference, 0.4);
    EXPECT_EQ(alarm.count, 100);
    head.accepted = {80, 64, 30, 30, 25, 25}; // 0.8 and 0.5: less than twice
    EXPECT_FALSE(has(biasAlarms(std::vector{head}, kLabelled, {}), BiasRule::HeadPreferred));
    head.accepted = {90, 72, 30, 30, 2, 2};
    head.named = {100, 80, 60, 60, 9, 9};
    EXPECT_FALSE(has(biasAlarms(std::vector{head}, kLabelled, {}), BiasRule::HeadPreferred))
        << "18 rare ones are too few";
}

TEST(BiasAlarm, SuggestionsThatAreWavedThroughAreNoticed)
{
    BiasRound waved = calm();
    waved.shown = 100;
    waved.shownRight = 99;
    waved.audits = wilsonInterval(28, 40); // 0.70
    const auto alarms = biasAlarms(std::vector{waved}, kLabelled, {});
    ASSERT_TRUE(has(alarms, BiasRule::ShownAccepted));
    const BiasAlarm& alarm = *std::ranges::find(alarms, BiasRule::ShownAccepted, &BiasAlarm::rule);
    EXPECT_DOUBLE_EQ(alarm.now, 0.99);
    EXPECT_DOUBLE_EQ(alarm.reference, 0.7);
    waved.shown = waved.shownRight = 9;
    EXPECT_FALSE(has(biasAlarms(std::vector{waved}, kLabelled, {}), BiasRule::ShownAccepted));
    waved.shown = 12;
    waved.shownRight = 11; // 0.92, but the interval begins at 0.65
    EXPECT_FALSE(has(biasAlarms(std::vector{waved}, kLabelled, {}), BiasRule::ShownAccepted));
}

TEST(BiasAlarm, AClassThatGrowsThoughPeopleTurnItDownIsNamed)
{
    BiasRound grown = calm();
    grown.accepted[3] = 36; // a fifth more than 30
    grown.wrong[3] = 3;
    const auto alarms = alarmsOf(calm(), grown);
    ASSERT_EQ(alarms.size(), 1U);
    EXPECT_EQ(alarms[0].rule, BiasRule::GrowsThoughRejected);
    EXPECT_EQ(alarms[0].classId, 3);
    EXPECT_DOUBLE_EQ(alarms[0].now, 36);
    EXPECT_DOUBLE_EQ(alarms[0].former, 30);
    EXPECT_DOUBLE_EQ(alarms[0].reference, 0.3);
    EXPECT_EQ(alarms[0].count, 10);
    BiasRound agreed = grown;
    agreed.wrong[3] = 2;
    EXPECT_TRUE(alarmsOf(calm(), agreed).empty());
    BiasRound slower = grown;
    slower.accepted[3] = 35;
    EXPECT_TRUE(alarmsOf(calm(), slower).empty());
    BiasRound few = grown;
    few.decided[3] = 9;
    EXPECT_TRUE(alarmsOf(calm(), few).empty());
}

TEST(BiasAlarm, LimitsAreTheCallers)
{
    BiasLimits strict;
    strict.leastDecided = 5;
    BiasRound grown = calm();
    grown.accepted[3] = 36;
    grown.decided[3] = 6;
    grown.wrong[3] = 2;
    EXPECT_TRUE(alarmsOf(calm(), grown).empty());
    EXPECT_EQ(biasAlarms(std::vector{calm(), grown}, kLabelled, strict).size(), 1U);
}

} // namespace telltale
