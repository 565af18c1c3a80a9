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

TEST(Calibration, BinsIncludeTheirUpperEdgeAndZeroIsInNone)
{
    // With 2 bins 0.5 belongs to the lower one: the two rows do not meet and cannot cancel out.
    const std::vector<std::vector<double>> rows{{0.5, 0.5}, {0.25, 0.75}};
    EXPECT_NEAR(expectedCalibrationError(rows, {0, 0}, 2), (0.5 + 0.75) / 2, 1e-12);
    EXPECT_DOUBLE_EQ(expectedCalibrationError({{0, 0}}, {0}, 2), 0);
}

TEST(Calibration, ClassesAreJudgedOneByOneAgainstTheRest)
{
    // Class 0: 0.9 twice (right once: gap 0.4), 0.2 (wrong: gap 0.2); class 1: 0.1, 0.1 and 0.8 with one hit
    // among the first two. Class 2 never occurs.
    const std::vector<std::vector<double>> rows{{0.9, 0.1, 0}, {0.9, 0.1, 0}, {0.2, 0.8, 0}};
    const std::vector<int> truth{0, 1, 1};
    const double first = (std::abs(1.8 - 1) + 0.2) / 3;
    const double second = (std::abs(0.2 - 1) + std::abs(0.8 - 1)) / 3;
    EXPECT_NEAR(classwiseCalibrationError(rows, truth, 2), (first + second) / 2, 1e-12);
    EXPECT_DOUBLE_EQ(classwiseCalibrationError({}, {}), 0);
}

TEST(Calibration, AClassCanBeOffThoughTheTopClassIsNot)
{
    // The top class is right in 4 of 10 clips, as it says; the third is true in 6 and says 0.3.
    const std::vector<std::vector<double>> rows(10, {0.4, 0.3, 0.3});
    std::vector<int> truth(10, 0);
    std::fill(truth.begin() + 4, truth.end(), 2);
    EXPECT_NEAR(expectedCalibrationError(rows, truth), 0, 1e-6);
    EXPECT_NEAR(classwiseCalibrationError(rows, truth), (0 + 0.3) / 2, 1e-6);
}

TEST(LogLikelihood, IsTheMeanOfTheLogarithmsAndNeverInfinite)
{
    EXPECT_NEAR(
        negativeLogLikelihood({{0.5, 0.5}, {0.25, 0.75}}, {0, 0}), (std::log(2) + std::log(4)) / 2, 1e-12);
    EXPECT_TRUE(std::isfinite(negativeLogLikelihood({{0, 1}}, {0})));
    EXPECT_GT(negativeLogLikelihood({{0, 1}}, {0}), 20);
    EXPECT_DOUBLE_EQ(negativeLogLikelihood({}, {}), 0);
}

TEST(TopK, OfEqualScoresTheHigherClassIsBetter)
{
    const std::vector<std::vector<double>> scores{{0.5, 0.5, 0.1}};
    EXPECT_DOUBLE_EQ(topKAccuracy(scores, {1}, 1), 1);
    EXPECT_DOUBLE_EQ(topKAccuracy(scores, {0}, 1), 0);
    EXPECT_DOUBLE_EQ(topKAccuracy(scores, {0}, 2), 1);
    EXPECT_DOUBLE_EQ(topKAccuracy({}, {}, 1), 0);
    EXPECT_DOUBLE_EQ(meanClassAccuracy(scores, {0}), 1) << "here the lower one";
    EXPECT_DOUBLE_EQ(meanClassAccuracy({}, {}), 0);
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
