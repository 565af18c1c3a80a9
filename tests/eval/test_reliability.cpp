// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Against scikit-learn and scripts written from the papers: golden/calibration.py.
#include "eval/metrics.h"
#include "eval/modalityagreement.h"
#include "eval/reliability.h"
#include <cmath>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace telltale;
using nlohmann::json;
using testing::ElementsAre;

namespace {

constexpr double kExact = 1e-9;

const json& golden()
{
    static const json root = [] {
        std::ifstream in(TELLTALE_SOURCE_DIR "/tests/eval/golden/calibration.json");
        return in ? json::parse(in) : json();
    }();
    return root;
}

JudgedRows rowsOf(const json& one)
{
    return {one["rows"].get<std::vector<std::vector<double>>>(), one["truth"].get<std::vector<int>>(),
        one["subjects"].get<std::vector<std::string>>()};
}

/// Null stands for what is not defined.
void expectFigure(double value, const json& expected, const std::string& what)
{
    ASSERT_EQ(std::isnan(value), expected.is_null()) << what;
    if (!expected.is_null()) {
        EXPECT_NEAR(value, expected.get<double>(), kExact) << what;
    }
}

void expectCurve(const Reliability& reliability, const json& curve)
{
    std::vector<const ReliabilityBin*> filled; // scikit-learn leaves empty bins out
    for (const ReliabilityBin& bin : reliability.bins)
        if (bin.right.clips > 0)
            filled.push_back(&bin);
    ASSERT_EQ(filled.size(), curve["share"].size());
    for (size_t i = 0; i < filled.size(); ++i) {
        EXPECT_NEAR(filled[i]->right.precision, curve["share"][i].get<double>(), kExact);
        EXPECT_NEAR(filled[i]->confidence, curve["confidence"][i].get<double>(), kExact);
    }
}

void expectInterval(const BootstrapInterval& interval, const json& expected, const std::string& what)
{
    EXPECT_NEAR(interval.low, expected[0].get<double>(), kExact) << what;
    EXPECT_NEAR(interval.high, expected[1].get<double>(), kExact) << what;
}

} // namespace

TEST(Reliability, FiguresAreThoseOfScikitLearnAndOfThePapers)
{
    ASSERT_TRUE(golden().is_object());
    for (const json& one : golden()["cases"]) {
        SCOPED_TRACE(one["name"].get<std::string>());
        const CalibrationFigures figures = calibrationFigures(rowsOf(one));
        const json& expected = one["figures"];
        EXPECT_NEAR(figures.top.error, expected["error"].get<double>(), kExact);
        EXPECT_NEAR(figures.top.maximumError, expected["maximum_error"].get<double>(), kExact);
        EXPECT_NEAR(figures.topByMass.error, expected["error_by_mass"].get<double>(), kExact);
        EXPECT_NEAR(figures.top.brier, expected["top_brier"].get<double>(), kExact);
        EXPECT_NEAR(figures.top.logLoss, expected["top_log_loss"].get<double>(), kExact);
        EXPECT_NEAR(figures.brier, expected["brier"].get<double>(), kExact);
        expectFigure(figures.logLoss, expected.value("log_loss", json()), "log loss");
        ASSERT_EQ(figures.classError.size(), expected["class_errors"].size());
        for (size_t k = 0; k < figures.classError.size(); ++k)
            expectFigure(figures.classError[k], expected["class_errors"][k], std::to_string(k));
        expectFigure(figures.classwiseError, expected["classwise_error"], "class-wise");
        if (expected.contains("curve")) {
            expectCurve(figures.top, expected["curve"]);
            expectCurve(figures.topByMass, expected["mass_curve"]);
        }
    }
}

TEST(Reliability, IntervalsAreThoseOfTheSameDrawsInNumpy)
{
    ASSERT_TRUE(golden().is_object());
    int seen = 0;
    for (const json& one : golden()["cases"]) {
        if (!one.contains("intervals"))
            continue;
        ++seen;
        SCOPED_TRACE(one["name"].get<std::string>());
        BootstrapOptions options;
        options.seed = one["seed"].get<uint64_t>();
        options.resamples = one["resamples"].get<int>();
        const CalibrationIntervals found = calibrationIntervals(rowsOf(one), options);
        const json& expected = one["intervals"];
        EXPECT_EQ(found.overSubjects, expected["over_subjects"].get<bool>());
        expectInterval(found.error, expected["error"], "error");
        expectInterval(found.errorByMass, expected["error_by_mass"], "by mass");
        expectInterval(found.classwiseError, expected["classwise_error"], "class-wise");
        expectInterval(found.brier, expected["brier"], "Brier");
        expectInterval(found.logLoss, expected["log_loss"], "log loss");
        ASSERT_EQ(found.classError.size(), expected["class_errors"].size());
        for (const auto& [label, interval] : found.classError) {
            const json& own = expected["class_errors"][std::to_string(label)];
            expectInterval(interval, own, "class");
            EXPECT_EQ(interval.resamples, own[2].get<int>());
        }
    }
    EXPECT_EQ(seen, 4);
}

TEST(Reliability, EqualWidthIsTheErrorThatTrainingReports)
{
    for (const json& one : golden()["cases"]) {
        const JudgedRows rows = rowsOf(one);
        EXPECT_NEAR(calibrationFigures(rows).top.error,
            expectedCalibrationError(rows.probabilities, rows.truth), kExact);
    }
}

TEST(Reliability, ABinSaysHowManyLikeThisWereRight)
{
    std::vector<JudgedConfidence> answers(100, {0.85, true});
    for (size_t i = 0; i < 16; ++i)
        answers[i].right = false;
    const Reliability all = reliabilityOf(answers, BinRule::EqualWidth, 10);
    const ReliabilityBin* bin = binOf(all, 0.81);
    ASSERT_NE(bin, nullptr);
    EXPECT_EQ(bin->right.correct, 84);
    EXPECT_EQ(bin->right.clips, 100);
    const json& wilson = golden()["wilson"][0];
    ASSERT_EQ(wilson[0], 84);
    EXPECT_NEAR(bin->right.low, wilson[2].get<double>(), kExact);
    EXPECT_NEAR(bin->right.high, wilson[3].get<double>(), kExact);
    EXPECT_EQ(binOf(all, 0.3)->right.clips, 0);
    EXPECT_EQ(binOf(all, 0.0), nullptr);
}

TEST(Reliability, WilsonIsWhatTheFormulaGives)
{
    for (const json& one : golden()["wilson"]) {
        const PrecisionEstimate own = wilsonInterval(one[0].get<int64_t>(), one[1].get<int64_t>());
        EXPECT_NEAR(own.low, one[2].get<double>(), kExact);
        EXPECT_NEAR(own.high, one[3].get<double>(), kExact);
    }
}

TEST(Reliability, WithoutAnswersNothingIsSaid)
{
    const CalibrationFigures none = calibrationFigures({});
    EXPECT_EQ(none.top.items, 0);
    EXPECT_TRUE(std::isnan(none.top.error));
    EXPECT_TRUE(std::isnan(none.top.maximumError));
    EXPECT_TRUE(std::isnan(none.topByMass.error));
    EXPECT_TRUE(std::isnan(none.brier));
    EXPECT_TRUE(none.classError.empty());
    EXPECT_EQ(calibrationIntervals({}).error.resamples, 0);
    EXPECT_TRUE(std::isnan(chanceCalibrationError({}, {})));
}

TEST(Reliability, EvenPerfectAnswersHaveAnErrorWhileTheyAreFew)
{
    // Twenty answers of 0.5 in one bin: |right - 10| / 20 with a binomial number of right ones, whose mean
    // absolute deviation is 2 * 10 * C(20, 10) / 2^20 = 1.76197.
    const std::vector<JudgedConfidence> few(20, {0.5, false});
    BootstrapOptions options;
    options.resamples = 20000;
    EXPECT_NEAR(chanceCalibrationError(few, options), 1.76197 / 20, 0.0015);
    const std::vector<JudgedConfidence> sure(20, {1.0, true});
    EXPECT_DOUBLE_EQ(chanceCalibrationError(sure, options), 0);
}

TEST(ModalityAgreement, FiguresAreThoseOfScikitLearnAndNumpy)
{
    ASSERT_TRUE(golden().is_object());
    for (const json& one : golden()["agreement"]) {
        const auto truth = one["truth"].get<std::vector<int>>();
        const auto voters = one["voters"].get<std::vector<std::vector<int>>>();
        const int classes = one["classes"].get<int>();
        for (const json& expected : one["pairs"]) {
            const VoterPair pair = voterPair(voters[expected["first"].get<size_t>()],
                voters[expected["second"].get<size_t>()], truth, classes);
            EXPECT_EQ(pair.items, expected["items"].get<int64_t>());
            EXPECT_EQ(pair.judged, expected["judged"].get<int64_t>());
            EXPECT_EQ(pair.bothWrong, expected["both_wrong"].get<int64_t>());
            EXPECT_EQ(pair.sameWrong, expected["same_wrong"].get<int64_t>());
            EXPECT_EQ(pair.bothRight + pair.bothWrong + pair.firstOnly + pair.secondOnly, pair.judged);
            const std::pair<double, const char*> shares[] = {{pair.share, "share"}, {pair.kappa, "kappa"},
                {pair.doubleFault, "double_fault"}, {pair.errorOverlap, "error_overlap"}};
            for (const auto& [value, name] : shares)
                expectFigure(value, expected[name], name);
        }
        const VoterOracle oracle = voterOracle(voters, truth);
        EXPECT_EQ(oracle.judged, one["judged"].get<int64_t>());
        EXPECT_NEAR(oracle.oracle, one["oracle"].get<double>(), kExact);
        EXPECT_EQ(oracle.anyRight + oracle.noneRight, oracle.judged);
    }
}

TEST(ModalityAgreement, WhoDoesNotAnswerIsNotCompared)
{
    const std::vector<int> first{0, 1, kNoAnswer, 1};
    const std::vector<int> second{0, kNoAnswer, 1, 0};
    const VoterPair pair = voterPair(first, second, {}, 2);
    EXPECT_EQ(pair.items, 2);
    EXPECT_EQ(pair.same, 1);
    EXPECT_EQ(pair.judged, 0);
    EXPECT_TRUE(std::isnan(pair.doubleFault));
    EXPECT_TRUE(std::isnan(voterPair(std::vector<int>{kNoAnswer}, std::vector<int>{0}, {}, 2).share));
}
