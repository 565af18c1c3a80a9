// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "learn/spans/detection.h"
#include <gtest/gtest.h>
#include <limits>
#include <set>

namespace telltale {
namespace {

struct Drawn {
    std::vector<ScoredSpan> truth;
    std::vector<ScoredSpan> detected;
};

/// Gestures of three classes in a few videos; detections near them score better than those anywhere, and
/// class 2 has another scale of scores.
Drawn drawn(uint64_t seed, size_t gestures, bool coarseScores)
{
    Random draw(seed);
    Drawn sides;
    const auto add = [&](const ScoredSpan& near, double mean) {
        ScoredSpan span = near;
        span.start += draw.normal() * 4;
        span.end += draw.normal() * 4;
        span.score = mean + 0.15 * draw.normal() - (span.classId == 2 ? 0.3 : 0);
        if (coarseScores)
            span.score = std::round(span.score * 10) / 10;
        sides.detected.push_back(span);
    };
    for (size_t i = 0; i < gestures; ++i) {
        const double start = draw.uniform(0, 2000);
        const ScoredSpan span{std::string("v").append(std::to_string(draw.below(3))),
            static_cast<int>(draw.below(3)), start, start + draw.uniform(20, 60), 1};
        sides.truth.push_back(span);
        for (int64_t k = draw.below(3); k > 0; --k)
            add(span, 0.7);
        ScoredSpan other = span;
        other.start = draw.uniform(0, 2000);
        other.end = other.start + 40;
        add(other, 0.5);
        other = span;
        other.classId = (span.classId + 1) % 3;
        add(other, 0.45);
    }
    return sides;
}

/// By trying every threshold.
double bestF1(const Drawn& sides, SpanDecision decision, double tiou)
{
    std::set<double> scores{1e9};
    for (const ScoredSpan& span : sides.detected)
        scores.insert(span.score);
    double best = 0;
    for (const double score : scores) {
        decision.threshold = score;
        decision.perClass.clear();
        best = std::max(
            best, spanReport(sides.truth, decided(sides.detected, decision), tiou, SpanMatch::Strict).f1);
    }
    return best;
}

TEST(Detections, AClassHasTheShareOfItsBestSpanOfTheSameMoment)
{
    SpanDecision decision;
    decision.threshold = 0.5;
    const std::vector<ScoredSpan> all{{"v", 1, 100, 200, 0.6}, {"v", 0, 110, 205, 0.2},
        {"v", 0, 100, 190, 0.1}, {"v", 2, 180, 300, 0.4}, {"w", 2, 100, 200, 0.4}};
    const auto found = detectionsOf(all, decision, 4);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].span.classId, 1);
    ASSERT_EQ(found[0].classes.size(), 4U);
    EXPECT_FLOAT_EQ(found[0].classes[0], 0.25F) << "the better of its two";
    EXPECT_FLOAT_EQ(found[0].classes[1], 0.75F);
    EXPECT_FLOAT_EQ(found[0].classes[2], 0) << "another moment, another video";
    EXPECT_FLOAT_EQ(found[0].classes[3], 0);
}

TEST(Detections, ASpanWithoutAnyScoreHasItsOwnClass)
{
    SpanDecision decision;
    decision.threshold = 0;
    const auto found = detectionsOf({{"v", 1, 0, 10, 0}}, decision, 2);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_FLOAT_EQ(found[0].classes[1], 1);
}

} // namespace

TEST(SpanDecision, HasTheHighestF1OfAllThresholds)
{
    for (uint64_t seed = 1; seed <= 12; ++seed) {
        const Drawn sides = drawn(seed, 40, seed % 2 == 0);
        for (const double tiou : {0.1, 0.3, 0.5}) {
            DecisionOptions options;
            options.tiou = tiou;
            const auto decision = chooseDecision(sides.truth, sides.detected, options);
            ASSERT_TRUE(decision);
            EXPECT_DOUBLE_EQ(decision->f1, bestF1(sides, *decision, tiou));
            EXPECT_DOUBLE_EQ(decision->f1,
                spanReport(sides.truth, decided(sides.detected, *decision), tiou, SpanMatch::Strict).f1)
                << "what it says is what it gives";
        }
    }
}

TEST(SpanDecision, ThresholdsOfClassesAreTheBestTogether)
{
    bool gained = false;
    for (uint64_t seed = 1; seed <= 6; ++seed) {
        const Drawn sides = drawn(seed, 25, true);
        DecisionOptions options;
        options.perClass = true;
        options.enough = 1;
        const auto decision = chooseDecision(sides.truth, sides.detected, options);
        ASSERT_TRUE(decision);
        const auto f1 = [&](const SpanDecision& of) {
            return spanReport(sides.truth, decided(sides.detected, of), 0.3, SpanMatch::Strict).f1;
        };
        EXPECT_DOUBLE_EQ(decision->f1, f1(*decision));
        options.perClass = false;
        gained = gained || decision->f1 > chooseDecision(sides.truth, sides.detected, options)->f1 + 1e-9;
        // No combination of thresholds does better; scores are tenths, so that there are few.
        SpanDecision other = *decision;
        for (int a = -1; a <= 12; ++a)
            for (int b = -1; b <= 12; ++b)
                for (int c = -1; c <= 12; ++c) {
                    other.perClass = {{0, 0.1 * a - 0.05}, {1, 0.1 * b - 0.05}, {2, 0.1 * c - 0.05}};
                    ASSERT_LE(f1(other), decision->f1 + 1e-12) << a << " " << b << " " << c;
                }
    }
    EXPECT_TRUE(gained);
}

/// A frequent class 0 that is right, beside some weak finds of the rare class 1 that are right too, each
/// under a stronger one of class 0 in the same place.
Drawn rareUnderFrequent()
{
    Drawn sides;
    for (int i = 0; i < 40; ++i) {
        const double start = 100.0 * i;
        const bool rare = i >= 38;
        sides.truth.push_back({"v", rare ? 1 : 0, start, start + 40, 1});
        sides.detected.push_back({"v", 0, start, start + 40, rare ? 0.5 : 0.9});
        sides.detected.push_back({"v", 1, start, start + 40, rare ? 0.3 : 0.05});
    }
    return sides;
}

TEST(SpanDecision, ALiftLetsARareClassBeHeardBesideAFrequentOne)
{
    const Drawn sides = rareUnderFrequent();
    DecisionOptions options;
    const auto plain = chooseDecision(sides.truth, sides.detected, options);
    ASSERT_TRUE(plain);
    const auto rareFound = [&](const SpanDecision& decision) {
        return spanReport(sides.truth, decided(sides.detected, decision), 0.3, SpanMatch::Strict)
            .perClass.at(1)
            .correct;
    };
    EXPECT_EQ(rareFound(*plain), 0);
    options.trainingCounts = {400, 4};
    options.liftExponents = {0.05, 0.1, 0.2, 0.3, 0.9};
    const auto lifted = chooseDecision(sides.truth, sides.detected, options);
    ASSERT_TRUE(lifted);
    EXPECT_EQ(rareFound(*lifted), 2);
    EXPECT_DOUBLE_EQ(lifted->f1, 1) << "0.9 lifts too much and costs more than may be";
    EXPECT_DOUBLE_EQ(lifted->liftOf(0), 1) << "the most frequent class stays as it is";
    EXPECT_NEAR(lifted->liftOf(1), std::pow(100, 0.3), 1e-12) << "the greatest that costs too little";
    for (const ScoredSpan& span : decided(sides.detected, *lifted)) {
        EXPECT_GE(span.score, lifted->thresholdOf(span.classId)) << "in the detector's own scores";
        EXPECT_LE(span.score, 0.9) << "which stay as they were";
    }
}

TEST(SpanDecision, ALiftThatCostsTooMuchIsNotTaken)
{
    Drawn sides = rareUnderFrequent();
    for (ScoredSpan& span : sides.truth)
        span.classId = 0;
    DecisionOptions options;
    options.trainingCounts = {400, 4};
    options.liftExponents = {0.9};
    const auto decision = chooseDecision(sides.truth, sides.detected, options);
    ASSERT_TRUE(decision);
    EXPECT_EQ(decision->liftOf(1), 1);
    EXPECT_DOUBLE_EQ(decision->f1, 1);
}

TEST(SpanDecision, ClassesWithFewTruthsKeepTheCommonThreshold)
{
    const Drawn sides = drawn(5, 60, false);
    DecisionOptions options;
    options.perClass = true;
    std::map<int, int64_t> truths;
    for (const ScoredSpan& span : sides.truth)
        ++truths[span.classId];
    options.enough = truths[2];
    const auto decision = chooseDecision(sides.truth, sides.detected, options);
    ASSERT_TRUE(decision);
    for (const auto& [label, count] : truths)
        EXPECT_TRUE(count >= options.enough || !decision->perClass.contains(label));
    EXPECT_DOUBLE_EQ(
        decision->f1, spanReport(sides.truth, decided(sides.detected, *decision), 0.3, SpanMatch::Strict).f1);
}

TEST(SpanDecision, SuppressesWithinAClassAtAHalfAndAcrossClassesAtFourFifths)
{
    SpanDecision decision;
    decision.threshold = 0.1;
    const std::vector<ScoredSpan> detected{{"v", 0, 0, 100, 0.5}, {"v", 0, 20, 120, 0.9},
        {"v", 1, 20, 120, 0.8}, {"v", 1, 45, 145, 0.7}, {"v", 2, 20, 90, 0.6}, {"w", 0, 20, 120, 0.3},
        {"w", 0, 300, 320, 0.05}, {"w", 0, 500, 520, std::numeric_limits<double>::quiet_NaN()}};
    const auto left = decided(detected, decision);
    ASSERT_EQ(left.size(), 3U);
    EXPECT_EQ(left[0].score, 0.9) << "0 goes for its class";
    EXPECT_EQ(left[1].score, 0.6) << "class 1's better one goes for class 0 and its worse one for that";
    EXPECT_EQ(left[2].video, "w") << "videos leave each other alone";
    decision.sameClassOverlap = 1.1;
    decision.otherClassOverlap = 1.1;
    EXPECT_EQ(decided(detected, decision).size(), 6U) << "above 1: never";
}

TEST(SpanDecision, WithoutTruthsDetectionsOrHitsNothingCounts)
{
    const std::vector<ScoredSpan> some{{"v", 0, 0, 10, 0.9}};
    const std::vector<ScoredSpan> elsewhere{{"v", 0, 50, 60, 0.9}};
    for (const auto& [truth, detected] : {std::pair(some, std::vector<ScoredSpan>()),
             std::pair(std::vector<ScoredSpan>(), some), std::pair(some, elsewhere)}) {
        for (const bool perClass : {false, true}) {
            DecisionOptions options;
            options.perClass = perClass;
            options.enough = 1;
            const auto decision = chooseDecision(truth, detected, options);
            ASSERT_TRUE(decision);
            EXPECT_EQ(decision->f1, 0);
            EXPECT_TRUE(decided(detected, *decision).empty());
        }
    }
}

TEST(SpanDecision, AnOverlapThatIsNoneIsRefused)
{
    for (const double tiou : {0.0, -0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
        DecisionOptions options;
        options.tiou = tiou;
        const auto decision = chooseDecision({}, {}, options);
        ASSERT_FALSE(decision);
        EXPECT_EQ(decision.error().code, ErrorCode::InvalidArgument);
    }
}

} // namespace telltale
