// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The long tail in numbers, against scipy, mpmath and scikit-learn: golden/tail.py says how.
#include "eval/coverage.h"
#include "eval/f1interval.h"
#include "eval/learningcurve.h"
#include "eval/tailshape.h"
#include <cmath>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <numeric>

using namespace telltale;
using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

namespace {

constexpr double kExact = 1e-9;

const json& golden()
{
    static const json values = [] {
        std::ifstream in(TELLTALE_SOURCE_DIR "/tests/eval/golden/tail.json");
        return in ? json::parse(in) : json();
    }();
    return values;
}

/// Null is what is not a number.
void expectSame(double actual, const json& expected, const std::string& what)
{
    if (expected.is_null())
        EXPECT_TRUE(std::isnan(actual)) << what << " is " << actual;
    else
        EXPECT_NEAR(actual, expected.get<double>(), kExact * std::max(1.0, std::abs(expected.get<double>())))
            << what;
}

std::vector<CurvePoint> pointsOf(const json& rows)
{
    std::vector<CurvePoint> points;
    for (const json& row : rows)
        points.push_back({row[0], row[1], row[2]});
    return points;
}

std::vector<CurvePoint> pointsOn(double a, double b, double c, const std::vector<double>& examples)
{
    std::vector<CurvePoint> points;
    for (const double n : examples)
        points.push_back({n, a - b * std::pow(n, -c), 1});
    return points;
}

const std::vector<double> kSpread{4, 8, 15, 30, 60, 120, 250, 500};

/// A class of 3 clips each of subjects 0 and 1 in split 0, one of 6 clips of subject 0, one of 1 clip of
/// subject 2 in split 1, one of none.
std::vector<LabelledExample> coverageExamples()
{
    std::vector<LabelledExample> examples;
    for (int i = 0; i < 3; ++i)
        for (const int subject : {0, 1})
            examples.push_back({0, subject, 0});
    for (int i = 0; i < 6; ++i)
        examples.push_back({1, 0, 0});
    examples.push_back({2, 2, 1});
    examples.push_back({-1, 2, 1});
    return examples;
}

} // namespace

TEST(TailGolden, ZipfFitsAreThoseOfIndependentRootFinding)
{
    ASSERT_FALSE(golden().is_null());
    ASSERT_GE(golden()["zipf"].size(), 12U);
    for (const json& one : golden()["zipf"]) {
        const auto counts = one["counts"].get<std::vector<int64_t>>();
        const ZipfFit fit = zipfFit(counts);
        EXPECT_EQ(fit.classes, one["classes"].get<int>());
        expectSame(fit.exponent, one["exponent"], "exponent of " + one["counts"].dump());
        if (one["exponent"].is_null()) {
            EXPECT_THAT(zipfExpected(fit), IsEmpty());
            continue;
        }
        expectSame(fit.standardError, one["standard_error"], "standard error");
        if (one.contains("least_squares")) {
            expectSame(fit.leastSquaresExponent, one["least_squares"], "least squares");
            expectSame(fit.rSquared, one["r_squared"], "r squared");
        }
        const std::vector<double> expected = zipfExpected(fit);
        ASSERT_EQ(expected.size(), one["expected"].size());
        for (size_t i = 0; i < expected.size(); ++i)
            expectSame(expected[i], one["expected"][i], "expected count");
    }
}

TEST(TailGolden, ImbalanceGiniEntropyAndEffectiveNumbersAreThoseOfTheirDefinitions)
{
    for (const json& one : golden()["shape"]) {
        const auto counts = one["counts"].get<std::vector<int64_t>>();
        const std::string text = one["counts"].dump();
        expectSame(imbalanceRatio(counts), one["ratio"], "ratio of " + text);
        expectSame(giniCoefficient(counts), one["gini"], "gini of " + text);
        expectSame(normalisedEntropy(counts), one["entropy"], "entropy of " + text);
        for (const char* beta : {"0.9", "0.999"}) {
            const std::vector<double> numbers = effectiveNumbers(counts, std::stod(beta));
            ASSERT_EQ(numbers.size(), counts.size());
            for (size_t i = 0; i < numbers.size(); ++i)
                expectSame(numbers[i], one["effective"][beta][i], "effective number of " + text);
        }
    }
}

TEST(TailGolden, LearningCurvesAreThoseOfIndependentLeastSquares)
{
    bool capped = false;
    ASSERT_GE(golden()["curves"].size(), 5U);
    for (const json& one : golden()["curves"]) {
        const LearningCurve curve = fitLearningCurve(pointsOf(one["points"]));
        ASSERT_EQ(curve.problem, CurveProblem::None);
        expectSame(curve.a, one["a"], "a");
        expectSame(curve.b, one["b"], "b");
        expectSame(curve.c, one["c"], "c");
        EXPECT_NEAR(curve.residual, one["residual"].get<double>(), kExact);
        EXPECT_NEAR(examplesFor(curve, one["target"]) / one["examples"].get<double>(), 1, 1e-6)
            << "the inverse magnifies";
        capped = capped || one["capped"].get<bool>();
    }
    EXPECT_TRUE(capped) << "no curve of the set runs into the largest score";
}

TEST(TailGolden, IntervalsOverSubjectsAreThoseOfScikitLearnOnTheSameDraws)
{
    for (const json& one : golden()["subject_f1"]) {
        const size_t classes = one["intervals"].size();
        std::vector<std::vector<ClassTally>> bySubject;
        for (const json& clips : one["clips"]) {
            std::vector<ClassTally>& tallies = bySubject.emplace_back(classes);
            for (size_t i = 0; i < clips[0].size(); ++i) {
                const auto truth = clips[0][i].get<size_t>();
                const auto guess = clips[1][i].get<size_t>();
                ++tallies[truth].truth;
                ++tallies[guess].predicted;
                tallies[truth].correct += truth == guess ? 1 : 0;
            }
        }
        const auto intervals
            = subjectF1Intervals(bySubject, {one["resamples"], 0.95, one["seed"].get<uint64_t>()});
        ASSERT_EQ(intervals.size(), classes);
        for (size_t c = 0; c < classes; ++c) {
            expectSame(intervals[c].low, one["intervals"][c][0], "low");
            expectSame(intervals[c].high, one["intervals"][c][1], "high");
            EXPECT_EQ(intervals[c].resamples, one["intervals"][c][2].get<int>());
        }
    }
}

TEST(TailGolden, WilsonIntervalsOfF1AreThoseOfScipyCarriedOver)
{
    for (const json& one : golden()["wilson_f1"]) {
        const ClassTally tally{one["tally"][0], one["tally"][1], one["tally"][2]};
        const ShareInterval interval = f1WilsonInterval(tally);
        expectSame(interval.low, one["low"], "low of " + one["tally"].dump());
        expectSame(interval.high, one["high"], "high of " + one["tally"].dump());
    }
    EXPECT_DOUBLE_EQ(f1Of({10, 12, 8}), 16.0 / 22);
    EXPECT_TRUE(std::isnan(f1Of({})));
}

TEST(TailShape, KnowsTheEnds)
{
    EXPECT_EQ(zipfFit({5, 5, 5}).exponent, 0);
    EXPECT_EQ(zipfFit({9, 0, -3}).classes, 1);
    EXPECT_DOUBLE_EQ(giniCoefficient({8, 0, 0, 0}), 0.75);
    EXPECT_DOUBLE_EQ(normalisedEntropy({8, 0, 0, 0}), 0);
    EXPECT_DOUBLE_EQ(normalisedEntropy({2, 2, 2}), 1);
    EXPECT_THAT(effectiveNumbers({0, 1, 50}, 0), ElementsAre(0, 1, 1));
    EXPECT_THAT(effectiveNumbers({0, 1, 50}, 1), ElementsAre(0, 1, 50));
}

TEST(LearningCurve, FindsTheCurveThatPointsLieOn)
{
    const LearningCurve curve = fitLearningCurve(pointsOn(0.9, 0.8, 0.5, kSpread));
    ASSERT_EQ(curve.problem, CurveProblem::None);
    EXPECT_NEAR(curve.a, 0.9, 1e-9);
    EXPECT_NEAR(curve.b, 0.8, 1e-8);
    EXPECT_NEAR(curve.c, 0.5, 1e-9);
    // 0.9 - 0.8 / sqrt(n) = 0.85 at n = 256
    EXPECT_NEAR(examplesFor(curve, 0.85), 256, 1e-4);
    EXPECT_TRUE(std::isinf(examplesFor(curve, 0.95)));
}

TEST(LearningCurve, RefusesWhatTheDataDoNotCarry)
{
    const auto problemOf
        = [](const std::vector<CurvePoint>& points) { return fitLearningCurve(points).problem; };
    EXPECT_EQ(problemOf({}), CurveProblem::TooFewPoints);
    EXPECT_EQ(problemOf(pointsOn(0.9, 0.8, 0.5, {4, 8, 16, 32, 64})), CurveProblem::TooFewPoints);
    EXPECT_EQ(problemOf(pointsOn(0.9, 0.8, 0.5, {10, 11, 12, 13, 14, 15, 16})), CurveProblem::NarrowRange);
    EXPECT_EQ(problemOf(pointsOn(0.5, -0.3, 0.5, kSpread)), CurveProblem::NoRise);
    EXPECT_EQ(problemOf(pointsOn(0.5, 0, 0.5, kSpread)), CurveProblem::NoRise);
    std::vector<CurvePoint> unusable = pointsOn(0.9, 0.8, 0.5, kSpread);
    for (size_t i = 0; i < 3; ++i)
        unusable[i].score = std::nan("");
    EXPECT_EQ(problemOf(unusable), CurveProblem::TooFewPoints);
}

TEST(LearningCurve, SaysHowManyExamplesATargetWantsOrWhyItCannot)
{
    std::vector<CurvePoint> points = pointsOn(0.9, 0.8, 0.5, kSpread);
    for (size_t i = 0; i < points.size(); ++i)
        points[i].score += i % 2 == 0 ? 0.01 : -0.01;
    const CurveBand band(points, {400, 0.95, 1});
    const SampleProjection near = band.examplesFor(0.8);
    EXPECT_EQ(near.problem, CurveProblem::None);
    EXPECT_GT(near.resamples, 380);
    EXPECT_NEAR(near.examples, 64, 12); // on the curve itself
    EXPECT_LT(near.low, near.examples);
    EXPECT_GT(near.high, near.examples);
    EXPECT_EQ(band.examplesFor(0.97).problem, CurveProblem::OutOfReach);
    EXPECT_EQ(band.examplesFor(band.curve().at(6000)).problem, CurveProblem::TooFar);
    const BootstrapInterval score = band.at(64);
    EXPECT_LT(score.low, band.curve().at(64));
    EXPECT_GT(score.high, band.curve().at(64));
}

TEST(LearningCurve, RefusesACurveThatHangsOnASinglePoint)
{
    std::vector<CurvePoint> points;
    for (const double n : kSpread)
        points.push_back({n, 0.5 + 0.001 * std::cos(n), 1});
    points.front().score = 0.1; // without it nothing grows
    const CurveBand band(points, {400, 0.95, 1});
    EXPECT_NE(band.problem(), CurveProblem::None);
    EXPECT_TRUE(std::isnan(band.examplesFor(0.8).examples));
}

TEST(Coverage, CountsBySplitAndSubject)
{
    const auto coverage = classCoverage(coverageExamples(), 4, 2);
    ASSERT_EQ(coverage.size(), 4U);
    EXPECT_EQ(coverage[0].examples, 6);
    EXPECT_THAT(coverage[0].bySplit, ElementsAre(6, 0));
    EXPECT_THAT(coverage[0].bySubject, ElementsAre(Pair(0, 3), Pair(1, 3)));
    EXPECT_THAT(coverage[0].subjectsBySplit, ElementsAre(2, 0));
    EXPECT_THAT(coverage[2].bySplit, ElementsAre(0, 1));
    EXPECT_EQ(coverage[3].examples, 0);
}

TEST(Coverage, SaysWhatIsWrongBeforeAnythingIsTrained)
{
    const auto findings = coverageFindings(classCoverage(coverageExamples(), 4, 3), {5, {0, 1, 2}});
    std::vector<std::string> said;
    for (const CoverageFinding& one : findings)
        said.push_back(std::to_string(static_cast<int>(one.problem)) + ":" + std::to_string(one.classId) + ":"
            + std::to_string(one.split));
    // Split 2 has no example of anything, so that nothing is asked of it.
    EXPECT_THAT(said, ElementsAre("0:3:-1", "1:2:-1", "2:1:-1", "2:2:-1", "3:0:1", "3:1:1", "3:2:0"));
    EXPECT_THAT(coverageFindings(classCoverage({}, 0, 2)), IsEmpty());
}

TEST(Coverage, FindsSubjectsAndFilesInTwoSplits)
{
    const std::vector<SplitMember> members{
        {0, 0, 10}, {0, 0, 11}, {1, 1, 12}, {2, 0, 13}, {2, 2, 14}, {3, 1, 10}, {4, 3, 11}};
    const auto leaks = splitLeaks(members, {0, 1, 2}); // 3 may share: nothing is tested there
    ASSERT_EQ(leaks.size(), 2U);
    EXPECT_FALSE(leaks[0].file);
    EXPECT_EQ(leaks[0].index, 2);
    EXPECT_THAT(leaks[0].splits, ElementsAre(0, 2));
    EXPECT_TRUE(leaks[1].file);
    EXPECT_EQ(leaks[1].index, 10);
    EXPECT_THAT(leaks[1].splits, ElementsAre(0, 1));
}
