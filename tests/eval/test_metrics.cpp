// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/metrics.h"
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>

using namespace telltale;
using testing::DoubleEq;
using testing::ElementsAre;

TEST(SpanReport, StrictLetsAPredictionServeOneTruthAndStarterSeveral)
{
    const std::vector<ScoredSpan> truth{{"v", 1, 100, 200}, {"v", 1, 110, 190}};
    const std::vector<ScoredSpan> predicted{{"v", 1, 105, 195}};
    EXPECT_DOUBLE_EQ(spanReport(truth, predicted, 0.3, SpanMatch::Strict).recall, 0.5);
    EXPECT_DOUBLE_EQ(spanReport(truth, predicted, 0.3, SpanMatch::Strict).precision, 1.0);
    EXPECT_DOUBLE_EQ(spanReport(truth, predicted, 0.3, SpanMatch::Starter).recall, 1.0);
    EXPECT_DOUBLE_EQ(spanReport(truth, predicted, 0.3, SpanMatch::Starter).precision, 2.0);
}

TEST(SpanReport, StrictTakesTheBestScoreFirstAndTheBestOverlapOfIt)
{
    const std::vector<ScoredSpan> truth{{"v", 0, 0, 10}, {"v", 0, 4, 14}};
    // The better scored one overlaps both and takes the second; the other is left with the first.
    const std::vector<ScoredSpan> predicted{{"v", 0, 0, 10, 0.2}, {"v", 0, 3, 13, 0.9}};
    const auto report = spanReport(truth, predicted, 0.5, SpanMatch::Strict);
    EXPECT_EQ(report.perClass.at(0).correct, 2);
    EXPECT_DOUBLE_EQ(report.f1, 1.0);
}

TEST(SpanReport, ThresholdIsInclusiveForStrictAndExclusiveForStarter)
{
    const std::vector<ScoredSpan> truth{{"v", 0, 0, 10}};
    const std::vector<ScoredSpan> predicted{{"v", 0, 0, 5}};
    EXPECT_DOUBLE_EQ(spanReport(truth, predicted, 0.5, SpanMatch::Strict).f1, 1.0);
    EXPECT_DOUBLE_EQ(spanReport(truth, predicted, 0.5, SpanMatch::Starter).f1, 0.0);
}

TEST(SpanReport, ClassesAndVideosDoNotMix)
{
    const std::vector<ScoredSpan> truth{{"v", 0, 0, 10}, {"w", 1, 0, 10}};
    const std::vector<ScoredSpan> predicted{{"v", 1, 0, 10}, {"w", 0, 0, 10}};
    const auto report = spanReport(truth, predicted, 0.1, SpanMatch::Strict);
    EXPECT_DOUBLE_EQ(report.f1, 0.0);
    EXPECT_DOUBLE_EQ(report.meanAp, 0.0);
    EXPECT_EQ(report.perClass.at(0).predicted, 1);
}

TEST(SpanReport, NothingGivesZerosAndNoNan)
{
    const auto report = spanReport({}, {}, 0.3, SpanMatch::Strict);
    EXPECT_DOUBLE_EQ(report.f1, 0.0);
    EXPECT_DOUBLE_EQ(report.meanAp, 0.0);
}

TEST(SpanReport, EmptyAndRepeatedTruthsAreDropped)
{
    const std::vector<ScoredSpan> truth{
        {"v", 0, 1, 2}, {"v", 0, 1.0005, 2}, {"v", 1, 1, 2}, {"w", 0, 1, 2}, {"v", 0, 3, 3}};
    EXPECT_EQ(withoutDuplicates(truth).size(), 3U);
}

TEST(ClipReport, CountsByHand)
{
    const auto report = clipReport({0, 0, 1, 2}, {0, 1, 1, 1}, {}, 4);
    EXPECT_DOUBLE_EQ(report.accuracy, 0.5);
    EXPECT_DOUBLE_EQ(report.microF1, 0.5);
    // F1 2/3, 1/2, 0; class 3 occurs nowhere and does not count.
    EXPECT_DOUBLE_EQ(report.macroF1, (2.0 / 3.0 + 0.5) / 3.0);
    EXPECT_DOUBLE_EQ(report.weightedF1, (2 * 2.0 / 3.0 + 0.5) / 4.0);
    EXPECT_TRUE(std::isnan(report.top5));
    EXPECT_EQ(report.confusion[0], (std::vector<int64_t>{1, 1, 0, 0}));
    EXPECT_EQ(report.confusion[2], (std::vector<int64_t>{0, 1, 0, 0}));
}

TEST(ClipReport, NoClipsGiveZeros)
{
    const auto report = clipReport({}, {}, {}, 3);
    EXPECT_DOUBLE_EQ(report.accuracy, 0);
    EXPECT_DOUBLE_EQ(report.macroF1, 0);
}

TEST(Calibration, ErrorIsTheGapBetweenConfidenceAndAccuracy)
{
    // Two bins: four rows at 0.8 of which half are right, two rows at 0.4 that are all right.
    const std::vector<std::vector<double>> rows{
        {0.8, 0.2, 0}, {0.8, 0.2, 0}, {0.8, 0.2, 0}, {0.8, 0.2, 0}, {0.4, 0.3, 0.3}, {0.4, 0.3, 0.3}};
    const std::vector<int> truth{0, 0, 1, 1, 0, 0};
    EXPECT_NEAR(expectedCalibrationError(rows, truth, 2), (4 * 0.3 + 2 * 0.6) / 6, 1e-12);
    EXPECT_DOUBLE_EQ(expectedCalibrationError({}, {}), 0);
}

TEST(Weights, SquareRootHasMeanOneAndLeavesAbsentClassesOut)
{
    const auto weights = squareRootWeights({100, 0, 25, 4});
    EXPECT_DOUBLE_EQ(weights[1], 0);
    EXPECT_NEAR(weights[0] + weights[2] + weights[3], 3, 1e-12);
    EXPECT_NEAR(weights[3] / weights[0], 5, 1e-12);
    EXPECT_LE(squareRootWeights({100, 1}, 0, 1.5)[1], 1.5);
    EXPECT_LT(squareRootWeights({100, 1}, 10)[1], squareRootWeights({100, 1})[1]);
    EXPECT_THAT(squareRootWeights({0, 0}), ElementsAre(DoubleEq(0), DoubleEq(0)));
}
