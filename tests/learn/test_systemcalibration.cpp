// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/random.h"
#include "eval/metrics.h"
#include "learn/fusion.h"
#include "learn/systemcalibration.h"
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>

using namespace telltale;
using testing::Contains;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

namespace {

constexpr int kClasses = 6;

std::filesystem::path fixtures()
{
    const char* folder = std::getenv("TELLTALE_FIXTURES");
    return folder ? std::filesystem::path(folder)
                  : std::filesystem::path(TELLTALE_SOURCE_DIR) / ".." / "shared" / "fixtures";
}

/// Logits of a clip whose class is drawn from softmax(true logits), times `factor` (above 1: too sure).
std::vector<float> drawnLogits(Random& random, int label, double strength, double factor)
{
    std::vector<float> logits;
    for (int c = 0; c < kClasses; ++c)
        logits.push_back(static_cast<float>(factor * (random.normal() + (c == label ? strength : 0))));
    return logits;
}

struct StreamKind {
    std::string name;
    double strength; ///< how much it knows
    double factor; ///< how much too sure it is
};

std::vector<CalibrationRow> drawnRows(
    const std::vector<StreamKind>& streams, int clips, int subjects, uint64_t seed)
{
    std::vector<CalibrationRow> rows;
    Random random(seed);
    for (int i = 0; i < clips; ++i) {
        CalibrationRow row;
        row.label = static_cast<int>(random.below(kClasses));
        row.subject = i % subjects;
        for (const StreamKind& stream : streams)
            row.logits[stream.name] = drawnLogits(random, row.label, stream.strength, stream.factor);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<int> labelsOf(const std::vector<CalibrationRow>& rows)
{
    std::vector<int> labels;
    for (const CalibrationRow& row : rows)
        labels.push_back(row.label);
    return labels;
}

const std::vector<StreamKind> kThree = {{"joint", 2, 3}, {"heatmap", 1.5, 1}, {"rgb", 1, 2}};

} // namespace

TEST(ScaledProbabilities, AreASoftmaxInDoublePrecision)
{
    const std::vector<float> logits{1000, 1000, 998};
    const double sum = 2 + std::exp(-1.0);
    EXPECT_THAT(scaledProbabilities(logits, {2, {}}),
        ElementsAre(
            DoubleNear(1 / sum, 1e-14), DoubleNear(1 / sum, 1e-14), DoubleNear(std::exp(-1.0) / sum, 1e-14)));
    const float nan = std::numeric_limits<float>::quiet_NaN();
    EXPECT_THAT(scaledProbabilities(std::vector<float>{1, nan}, {}), IsEmpty());
    EXPECT_THAT(scaledProbabilities({}, {}), IsEmpty());
}

TEST(ScaledProbabilities, UseTheTemperatureOfTheTopClass)
{
    const TemperatureScale scale{1, {0.5, 4}};
    EXPECT_NEAR(scaledProbabilities(std::vector<float>{2, 0}, scale)[0], 1 / (1 + std::exp(-4.0)), 1e-12);
    EXPECT_NEAR(scaledProbabilities(std::vector<float>{0, 2}, scale)[1], 1 / (1 + std::exp(-0.5)), 1e-12);
    EXPECT_EQ(scale.of(7), 1) << "the common one where a class has none";
}

TEST(SystemVote, IsTheWeightedMeanOfWhoVotes)
{
    SystemCalibration calibration;
    calibration.streams = {{"a", {{}, 3}}, {"b", {{}, 1}}, {"zero", {{}, 0}}};
    EXPECT_THAT(calibration.vote({{"a", {1, 0}}, {"b", {0, 1}}}), ElementsAre(0.75, 0.25));
    EXPECT_THAT(calibration.vote({{"b", {0.5, 0.5}}}), ElementsAre(0.5, 0.5));
    EXPECT_THAT(calibration.vote({{"a", {1, 0}}, {"stranger", {0, 1}}}), ElementsAre(1, 0));
    EXPECT_THAT(calibration.vote({{"zero", {1, 0}}, {"stranger", {0, 1}}}), ElementsAre(0.5, 0.5))
        << "all weigh 0: the same";
    EXPECT_THAT(calibration.vote({{"a", {}}}), IsEmpty());
    EXPECT_THAT(calibration.vote({}), IsEmpty());
    calibration.fused.common = 0.5;
    EXPECT_THAT(calibration.vote({{"a", {1, 0}}, {"b", {0, 1}}}),
        ElementsAre(DoubleNear(0.9, 1e-6), DoubleNear(0.1, 1e-6)))
        << "squared and brought to 1";
}

TEST(SystemCalibration, AnInfiniteTemperatureMakesTheVoteUniform)
{
    SystemCalibration calibration;
    calibration.streams = {{"a", {{1e12, {}}, 1}}, {"b", {{1e12, {}}, 2}}};
    for (const double p : calibration.vote(calibration.probabilities({{"a", {9, 0, 1}}, {"b", {0, 9, 1}}})))
        EXPECT_NEAR(p, 1.0 / 3, 1e-9);
}

TEST(SystemCalibration, FindsTemperaturesAndPrefersWhoKnowsMore)
{
    const auto rows = drawnRows(kThree, 6000, 8, 1);
    CalibrationOptions options;
    options.classWise = false;
    options.standardErrors = 0;
    const auto calibration = fitSystemCalibration(rows, options);
    // The class that is drawn stands out by `strength` in unit noise, so softmax(strength * z) is the truth.
    EXPECT_NEAR(calibration.streams.at("joint").temperature.common, 3.0 / 2, 0.1);
    EXPECT_NEAR(calibration.streams.at("heatmap").temperature.common, 1 / 1.5, 0.05);
    EXPECT_NEAR(calibration.streams.at("rgb").temperature.common, 2, 0.15);
    EXPECT_GT(calibration.streams.at("joint").weight, calibration.streams.at("heatmap").weight);
    EXPECT_GT(calibration.streams.at("heatmap").weight, calibration.streams.at("rgb").weight);
    double sum = 0;
    for (const auto& [name, stream] : calibration.streams)
        sum += stream.weight;
    EXPECT_NEAR(sum, 1, 1e-9);
    EXPECT_LT(calibration.fused.common, 1) << "a mean of independent streams is too unsure";
}

TEST(SystemCalibration, TheCalibratedVoteIsBestAndSaysHowSureItIsOnSubjectsThatItHasNotSeen)
{
    const auto rows = drawnRows(kThree, 3000, 10, 2);
    const auto scores = calibratedScores(crossFitted(rows), labelsOf(rows), kClasses);
    ASSERT_EQ(scores.size(), 4U);
    const auto& fused = scores.at("fused");
    EXPECT_EQ(fused.clips, 3000);
    EXPECT_LT(fused.calibrationError, 0.05);
    EXPECT_LT(fused.classwiseError, 0.03);
    for (const char* name : {"joint", "heatmap", "rgb"}) {
        EXPECT_GT(fused.accuracy, scores.at(name).accuracy) << name;
        EXPECT_LT(fused.logLoss, scores.at(name).logLoss) << name;
    }
    EXPECT_NEAR(fused.meanConfidence, fused.accuracy, 0.03);
    CalibrationOptions unfused;
    unfused.fitFused = false;
    EXPECT_GT(
        calibratedScores(crossFitted(rows, unfused), labelsOf(rows), kClasses).at("fused").calibrationError,
        0.05)
        << "or the last temperature does nothing";
}

TEST(SystemCalibration, ClassesThatAreTooSureGetATemperatureOfTheirOwnAndRareOnesDoNot)
{
    std::vector<CalibrationRow> rows;
    Random random(5);
    for (int i = 0; i < 4000; ++i) {
        CalibrationRow row;
        row.label = static_cast<int>(random.below(kClasses));
        row.subject = i % 7;
        auto logits = drawnLogits(random, row.label, 1.5, 1.5);
        // Whenever class 0 leads, it leads by four times too much; class 5 hardly ever leads.
        logits[5] -= 6;
        if (std::max_element(logits.begin(), logits.end()) == logits.begin())
            for (float& z : logits)
                z *= 4;
        row.logits["joint"] = logits;
        rows.push_back(std::move(row));
    }
    CalibrationOptions options;
    options.classSpread = 1;
    const auto scale = fitSystemCalibration(rows, options).streams.at("joint").temperature;
    ASSERT_EQ(scale.perClass.size(), static_cast<size_t>(kClasses));
    EXPECT_GT(scale.of(0), 2.5 * scale.of(1));
    EXPECT_DOUBLE_EQ(scale.of(5), scale.common) << "too few clips";
    options.classSpread = 1e-6;
    EXPECT_NEAR(fitSystemCalibration(rows, options).streams.at("joint").temperature.of(0), scale.common, 1e-3)
        << "drawn to the common one";
    CalibrationOptions common;
    common.classWise = false;
    const auto labels = labelsOf(rows);
    options.classSpread = 1;
    EXPECT_LT(calibratedScores(crossFitted(rows, options), labels, kClasses).at("joint").logLoss,
        calibratedScores(crossFitted(rows, common), labels, kClasses).at("joint").logLoss - 0.05);
}

TEST(SystemCalibration, NoClipIsScoredByACalibrationThatSawItsSubject)
{
    // Each subject is right or wrong as a whole: a calibration that saw a subject would know how sure to be.
    std::vector<CalibrationRow> rows;
    for (int subject = 0; subject < 2; ++subject)
        for (int i = 0; i < 50; ++i)
            rows.push_back({{{"joint", {4, 0}}}, subject, subject});
    const auto clips = crossFitted(rows);
    EXPECT_LT(clips.front().fused[0], 0.56) << "fitted on the subject who is always wrong: not sure at all";
    EXPECT_GT(clips.back().fused[0], 0.9) << "fitted on the subject who is always right";
}

TEST(SystemCalibration, SurvivesNothingOneClipAndBrokenNumbers)
{
    EXPECT_TRUE(fitSystemCalibration({}).streams.empty());
    EXPECT_THAT(crossFitted({}), IsEmpty());
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const std::vector<CalibrationRow> rows = {{{{"joint", {1, 0}}, {"rgb", {nan, 0}}}, 0, 0}, {{}, 1, 1},
        {{{"joint", {0, 1}}}, 7, 2}, {{{"rgb", {2, 0}}}, 0, 3}};
    const auto calibration = fitSystemCalibration(rows);
    EXPECT_EQ(calibration.streams.size(), 2U);
    const auto clips = crossFitted(rows);
    ASSERT_EQ(clips.size(), 4U);
    EXPECT_EQ(clips[0].streams.count("rgb"), 0U);
    EXPECT_THAT(clips[1].fused, IsEmpty());
    EXPECT_FALSE(clips[3].fused.empty());
    const auto scores = calibratedScores(clips, {0, 1, 7, 0}, 2);
    EXPECT_EQ(scores.at("fused").clips, 2) << "label 7 is no class, clip 1 has no scores";
}

TEST(VoteWeights, AreNearTheBestOnTheSimplexForOneToSixStreams)
{
    for (int streams = 1; streams <= 6; ++streams) {
        std::vector<StreamKind> kinds;
        for (int m = 0; m < streams; ++m)
            kinds.push_back({std::string(1, static_cast<char>('a' + m)), 0.5 + 0.3 * m, 1});
        const auto rows = drawnRows(kinds, 120, 4, 3);
        std::vector<StreamProbabilities> probabilities;
        for (const CalibrationRow& row : rows)
            probabilities.push_back(SystemCalibration().probabilities(row.logits));
        const auto labels = labelsOf(rows);
        const auto loss = [&](const std::map<std::string, double>& weights) {
            SystemCalibration calibration;
            for (const auto& [name, weight] : weights)
                calibration.streams[name].weight = weight;
            std::vector<std::vector<double>> votes;
            for (const auto& row : probabilities)
                votes.push_back(calibration.vote(row));
            return negativeLogLikelihood(votes, labels);
        };
        const auto best = fitVoteWeights(probabilities, labels);
        ASSERT_EQ(best.size(), static_cast<size_t>(streams));
        double sum = 0;
        for (const auto& [name, weight] : best) {
            EXPECT_GE(weight, 0);
            sum += weight;
        }
        EXPECT_NEAR(sum, 1, 1e-9);
        Random random(8);
        for (int i = 0; i < 300; ++i) {
            std::map<std::string, double> other;
            for (const auto& [name, weight] : best)
                other[name] = weight + random.uniform() * random.uniform();
            EXPECT_LE(loss(best), loss(other) + 2e-4) << streams << " streams";
        }
    }
}

TEST(VoteWeights, AreEqualWhereNothingSpeaksAgainstIt)
{
    EXPECT_THAT(fitVoteWeights({}, {}), IsEmpty());
    const auto weights = fitVoteWeights({{{"a", {0.5, 0.5}}, {"b", {0.5, 0.5}}}}, {0});
    EXPECT_DOUBLE_EQ(weights.at("a"), 0.5);
    StreamProbabilities many;
    for (int m = 0; m < 7; ++m)
        many[std::to_string(m)] = {m == 0 ? 0.9 : 0.1, m == 0 ? 0.1 : 0.9};
    EXPECT_DOUBLE_EQ(fitVoteWeights({many}, {0}).at("0"), 1.0 / 7);
}

TEST(VoteWeights, AreDrawnToEqualOnesOnlyAsFarAsTheClipsAllow)
{
    // Two streams that know the same: whatever favours one of them is chance.
    const auto alike = drawnRows({{"a", 1.5, 1}, {"b", 1.5, 1}}, 150, 4, 5);
    // One that guesses beside one that knows.
    const auto unlike = drawnRows({{"a", 3, 1}, {"b", 0, 1}}, 150, 4, 6);
    const auto weightsOf = [](const std::vector<CalibrationRow>& rows, double standardErrors) {
        std::vector<StreamProbabilities> probabilities;
        for (const CalibrationRow& row : rows)
            probabilities.push_back(SystemCalibration().probabilities(row.logits));
        return drawnToEqual({{"a", 0.9}, {"b", 0.1}}, probabilities, labelsOf(rows), standardErrors);
    };
    EXPECT_DOUBLE_EQ(weightsOf(alike, 1).at("a"), 0.5);
    EXPECT_GT(weightsOf(unlike, 1).at("a"), 0.7);
    EXPECT_DOUBLE_EQ(weightsOf(alike, 0).at("a"), 0.9);
    EXPECT_THAT(drawnToEqual({{"a", 0.9}, {"b", 0.1}}, {}, {}, 1), Contains(Pair("a", 0.9)));
}

TEST(Dominance, IsSaidOfAStreamThatIsSurerThanAllOthers)
{
    const std::vector<StreamProbabilities> rows
        = {{{"joint", {0.95, 0.05}}, {"rgb", {0.6, 0.4}}, {"heatmap", {0.7, 0.3}}},
            {{"joint", {0.05, 0.95}}, {"rgb", {0.4, 0.6}}}};
    EXPECT_THAT(dominanceWarning(rows),
        testing::AllOf(HasSubstr("joint"), HasSubstr("0.95"), HasSubstr("heatmap with 0.70")));
    EXPECT_THAT(dominanceWarning(rows, 0.3), IsEmpty());
    EXPECT_THAT(dominanceWarning({{{"joint", {1, 0}}}}), IsEmpty()) << "one stream alone dominates nobody";
    EXPECT_THAT(dominanceWarning({}), IsEmpty());
}

TEST(CalibrationText, BringsBackWhatWasWritten)
{
    const auto calibration = fitSystemCalibration(drawnRows(kThree, 500, 5, 9));
    ASSERT_FALSE(calibration.streams.at("joint").temperature.perClass.empty());
    const auto back = systemCalibrationFromJson(toJson(calibration), "calibration.json");
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, calibration);
    EXPECT_EQ(*systemCalibrationFromJson(toJson(SystemCalibration()), ""), SystemCalibration());
}

TEST(CalibrationText, NamesTheKeyThatIsWrong)
{
    const auto message = [](const char* text) {
        const auto back = systemCalibrationFromJson(text, "c.json");
        return back ? std::string("read") : back.error().message;
    };
    EXPECT_THAT(message("nonsense"), HasSubstr("c.json"));
    EXPECT_THAT(message("[]"), HasSubstr("c.json"));
    EXPECT_THAT(message("{}"), HasSubstr("\"streams\""));
    EXPECT_THAT(message(R"({"streams": {"joint": 3}})"), HasSubstr("\"streams.joint.temperature\""));
    EXPECT_THAT(
        message(R"({"streams": {"joint": {"temperature": 0, "weight": 1}}})"), HasSubstr("0.05 to 20"));
    EXPECT_THAT(
        message(R"({"streams": {"joint": {"temperature": 1}}})"), HasSubstr("\"streams.joint.weight\""));
    EXPECT_THAT(message(R"({"streams": {"joint": {"temperature": 1, "weight": -1}}})"), HasSubstr("weight"));
    EXPECT_THAT(
        message(R"({"streams": {"a": {"temperature": 1, "weight": 1, "classTemperatures": [1, 99]}}})"),
        HasSubstr("classTemperatures[1]"));
    EXPECT_THAT(message(R"({"streams": {}})"), HasSubstr("\"fused.temperature\""));
    EXPECT_THAT(message(R"({"streams": {}, "fused": {"temperature": 1}})"), "read");
}

TEST(parity, SystemCalibrationHasParityWithTheReferenceOfTemperatureScaling)
{
    if (!std::filesystem::exists(fixtures() / "q_temperature.json"))
        GTEST_SKIP() << fixtures() << " is not there";
    const auto json = nlohmann::json::parse(readFile(fixtures() / "q_temperature.json").value());
    const auto logits = json["logits"].get<std::vector<std::vector<float>>>();
    const auto labels = json["labels"].get<std::vector<int>>();
    std::vector<CalibrationRow> rows;
    for (size_t i = 0; i < labels.size(); ++i)
        rows.push_back({{{"only", logits[i]}}, labels[i], static_cast<int>(i % 5)});
    CalibrationOptions options;
    options.classWise = false;
    const auto calibration = fitSystemCalibration(rows, options);
    EXPECT_NEAR(
        calibration.streams.at("only").temperature.common, json["T_true_optimum"].get<double>(), 1e-3);
    EXPECT_DOUBLE_EQ(calibration.fused.common, 1) << "one stream: nothing is left for the vote";
    const auto rowsAt = [&](double temperature) {
        std::vector<std::vector<double>> result;
        for (const auto& row : logits)
            result.push_back(scaledProbabilities(row, {temperature, {}}));
        return result;
    };
    const double fitted = json["T_fit"].get<double>();
    EXPECT_NEAR(negativeLogLikelihood(rowsAt(1), labels), json["nll_before"].get<double>(), 1e-5);
    EXPECT_NEAR(negativeLogLikelihood(rowsAt(fitted), labels), json["nll_after"].get<double>(), 1e-5);
    EXPECT_NEAR(expectedCalibrationError(rowsAt(1), labels), json["ece15_before"].get<double>(), 1e-5);
    EXPECT_NEAR(expectedCalibrationError(rowsAt(fitted), labels), json["ece15_after"].get<double>(), 1e-5);
    EXPECT_NEAR(expectedCalibrationError(rowsAt(1), labels, 10), json["ece10_before"].get<double>(), 1e-5);
    EXPECT_NEAR(expectedCalibrationError(rowsAt(2), labels), json["ece_T2"].get<double>(), 1e-5);
}
