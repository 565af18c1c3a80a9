// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/random.h"
#include "eval/metrics.h"
#include "learn/calibration.h"
#include "learn/detectorscore.h"
#include "learn/fusion.h"
#include <cmath>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>

using namespace telltale;
using testing::ElementsAre;
using testing::FloatNear;

namespace {

using Rows = std::vector<std::vector<float>>;

std::filesystem::path fixtures()
{
    const char* folder = std::getenv("TELLTALE_FIXTURES");
    return folder != nullptr ? folder : TELLTALE_SOURCE_DIR "/../shared/fixtures";
}

int draw(const std::vector<float>& probabilities, Random& random)
{
    double at = random.uniform();
    for (size_t c = 0; c < probabilities.size(); ++c) {
        at -= probabilities[c];
        if (at < 0)
            return static_cast<int>(c);
    }
    return static_cast<int>(probabilities.size()) - 1;
}

/// Logits that are `temperature` times too large for the labels drawn from them.
void overconfident(double temperature, int count, Rows& logits, std::vector<int>& labels)
{
    Random random(5);
    for (int i = 0; i < count; ++i) {
        std::vector<float> row(6);
        for (float& z : row)
            z = static_cast<float>(2 * random.normal());
        labels.push_back(draw(softmax(row), random));
        for (float& z : row)
            z *= static_cast<float>(temperature);
        logits.push_back(row);
    }
}

double meanLoss(const Rows& logits, const std::vector<int>& labels, double temperature)
{
    double loss = 0;
    for (size_t i = 0; i < labels.size(); ++i)
        loss -= std::log(softmax(logits[i], temperature)[static_cast<size_t>(labels[i])]);
    return loss / static_cast<double>(labels.size());
}

std::vector<std::vector<double>> probabilityRows(const Rows& logits, double temperature)
{
    std::vector<std::vector<double>> rows;
    for (const auto& row : logits) {
        const auto p = softmax(row, temperature);
        rows.emplace_back(p.begin(), p.end());
    }
    return rows;
}

} // namespace

TEST(Softmax, SurvivesHugeLogitsAndFlattensWithTemperature)
{
    EXPECT_THAT(softmax({1000, 0}), ElementsAre(1.f, 0.f));
    EXPECT_THAT(softmax({3, 1, -2}, 1e9),
        ElementsAre(FloatNear(1.f / 3, 1e-6f), FloatNear(1.f / 3, 1e-6f), FloatNear(1.f / 3, 1e-6f)));
    EXPECT_TRUE(softmax({}).empty());
}

TEST(Temperature, RecoversHowOverconfidentTheLogitsAre)
{
    Rows logits;
    std::vector<int> labels;
    overconfident(2.5, 4000, logits, labels);
    EXPECT_NEAR(fitTemperature(logits, labels), 2.5, 0.15);
}

TEST(Temperature, StaysInItsRangeAndIsOneWithoutData)
{
    EXPECT_EQ(fitTemperature({}, {}), 1);
    EXPECT_DOUBLE_EQ(fitTemperature({{5, 0}, {0, 5}}, {0, 1}), 0.05) << "always right: as sharp as allowed";
    EXPECT_DOUBLE_EQ(fitTemperature({{5, 0}, {0, 5}}, {1, 0}), 20) << "always wrong: as flat as allowed";
    const float nan = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(fitTemperature({{nan, 0}}, {0}), 1);
}

TEST(parity, TemperatureAndCalibrationErrorHaveParityWithTheReference)
{
    if (!std::filesystem::exists(fixtures()))
        GTEST_SKIP() << fixtures() << " is not there";
    const auto text = readFile(fixtures() / "q_temperature.json");
    ASSERT_TRUE(text) << text.error().message;
    const auto json = nlohmann::json::parse(*text);
    const auto logits = json["logits"].get<Rows>();
    const auto labels = json["labels"].get<std::vector<int>>();
    EXPECT_NEAR(fitTemperature(logits, labels), json["T_true_optimum"].get<double>(), 1e-3);
    EXPECT_NEAR(meanLoss(logits, labels, 1), json["nll_before"].get<double>(), 1e-5);
    EXPECT_NEAR(meanLoss(logits, labels, json["T_fit"].get<double>()), json["nll_after"].get<double>(), 1e-5);
    EXPECT_NEAR(expectedCalibrationError(probabilityRows(logits, 1), labels),
        json["ece15_before"].get<double>(), 1e-5);
    EXPECT_NEAR(expectedCalibrationError(probabilityRows(logits, json["T_fit"].get<double>()), labels),
        json["ece15_after"].get<double>(), 1e-5);
}

TEST(SoftVote, IsTheWeightedMeanOfThoseWhoVote)
{
    const std::map<std::string, double> weights = {{"a", 3}, {"b", 1}, {"c", 6}};
    EXPECT_THAT(softVote({{"a", {1, 0}}, {"b", {0, 1}}, {"c", {}}}, weights),
        ElementsAre(FloatNear(0.75f, 1e-6f), FloatNear(0.25f, 1e-6f)));
    EXPECT_THAT(softVote({{"a", {1, 0}}, {"b", {0, 1}}}, {}), ElementsAre(0.5f, 0.5f));
    EXPECT_THAT(softVote({{"a", {1, 0}}, {"b", {0, 1}}}, {{"a", 0}, {"b", 0}}), ElementsAre(0.5f, 0.5f));
    EXPECT_TRUE(softVote({{"a", {}}}, weights).empty());
    EXPECT_TRUE(softVote({}, weights).empty());
}

TEST(SoftVote, AModalityWithBrokenNumbersHasNoVote)
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    EXPECT_THAT(
        softVote({{"a", {nan, 1}}, {"b", {0.2f, 0.8f}}}, {{"a", 1}, {"b", 1}}), ElementsAre(0.2f, 0.8f));
}

TEST(FusionWeights, PreferTheModalityThatIsRight)
{
    std::vector<std::map<std::string, std::vector<float>>> rows;
    std::vector<int> labels;
    Random random(9);
    for (int i = 0; i < 200; ++i) {
        const int label = static_cast<int>(random.below(2));
        const auto guess = static_cast<float>(random.uniform());
        const float good = label == 1 ? 0.9f : 0.1f;
        rows.push_back({{"good", {1 - good, good}}, {"bad", {1 - guess, guess}}});
        labels.push_back(label);
    }
    const auto weights = fitFusionWeights(rows, labels);
    EXPECT_GT(weights.at("good"), 0.9);
    EXPECT_NEAR(weights.at("good") + weights.at("bad"), 1, 1e-12);
    EXPECT_TRUE(fitFusionWeights({}, {}).empty());
}

TEST(Consensus, AcceptsWhatAllLeaveOneOutTeachersAreSureOf)
{
    const auto consensus = leaveOneOutConsensus(
        {{"heatmap", {0.8f, 0.1f, 0.1f}}, {"joint", {0.9f, 0.05f, 0.05f}}, {"rgb", {0.7f, 0.2f, 0.1f}}}, {},
        {});
    EXPECT_TRUE(consensus.accepted);
    EXPECT_EQ(consensus.label, 0);
    EXPECT_EQ(consensus.votes, 3);
    EXPECT_NEAR(consensus.score, 0.75, 1e-6) << "the teacher without joint";
    EXPECT_NEAR(consensus.teacher.at("heatmap"), 0.8, 1e-6) << "mean of joint and rgb, heatmap left out";
}

TEST(Consensus, AConfidentModalityCannotLabelAlone)
{
    const auto against = leaveOneOutConsensus(
        {{"heatmap", {0.3f, 0.4f, 0.3f}}, {"joint", {0.99f, 0.005f, 0.005f}}, {"rgb", {0.3f, 0.35f, 0.35f}}},
        {}, {});
    EXPECT_FALSE(against.accepted);
    const auto heavy = leaveOneOutConsensus(
        {{"heatmap", {0.4f, 0.3f, 0.3f}}, {"joint", {0.99f, 0.005f, 0.005f}}, {"rgb", {0.4f, 0.3f, 0.3f}}},
        {{"joint", 100}, {"heatmap", 1}, {"rgb", 1}}, {});
    EXPECT_FALSE(heavy.accepted) << "the teacher of the joint network is unsure, whatever the weights say";
    const auto lonely = leaveOneOutConsensus({{"joint", {0.99f, 0.01f}}}, {}, {});
    EXPECT_FALSE(lonely.accepted);
    EXPECT_EQ(lonely.label, -1);
}

TEST(Consensus, NeedsMarginAndEnoughVotes)
{
    ConsensusOptions options;
    options.threshold = 0.4;
    const std::map<std::string, std::vector<float>> close = {{"a", {0.52f, 0.48f}}, {"b", {0.52f, 0.48f}}};
    EXPECT_FALSE(leaveOneOutConsensus(close, {}, options).accepted);
    options.margin = 0;
    EXPECT_TRUE(leaveOneOutConsensus(close, {}, options).accepted);
    options.agreeing = 3;
    EXPECT_FALSE(leaveOneOutConsensus(close, {}, options).accepted);
}

TEST(Calibration, ScoresAreMeasuredWithTheOtherHalfOfTheSubjects)
{
    Rows logits;
    std::vector<int> labels;
    overconfident(3, 2000, logits, labels);
    std::vector<CalibrationRow> rows;
    for (size_t i = 0; i < labels.size(); ++i)
        rows.push_back({{{"joint", logits[i]}}, labels[i], static_cast<int>(i % 4)});
    const auto scores = crossFittedScores(rows, 6);
    EXPECT_EQ(scores.at("joint").clips, 2000);
    EXPECT_LT(scores.at("joint").calibrationError, 0.05);
    EXPECT_DOUBLE_EQ(scores.at("joint").accuracy, scores.at("fused").accuracy) << "one voter";
    EXPECT_GT(expectedCalibrationError(probabilityRows(logits, 1), labels), 0.1)
        << "or the test shows nothing";
}

TEST(DetectorScore, CountsRowsAboveOneHalf)
{
    const auto score = detectorScore({0.9f, 0.8f, 0.6f, 0.1f}, {1, 0, 1, 1});
    EXPECT_EQ(score.rows, 4);
    EXPECT_NEAR(score.precision, 2.0 / 3, 1e-9);
    EXPECT_NEAR(score.recall, 2.0 / 3, 1e-9);
    EXPECT_NEAR(score.averagePrecision, (1 + 2.0 / 3 + 3.0 / 4) / 3, 1e-9);
    EXPECT_EQ(detectorScore({}, {}).f1, 0);
}
