// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/softmaxregression.h"
#include "learn/training.h"
#include <algorithm>
#include <cmath>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <unistd.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

constexpr int kInputs = 8;

std::filesystem::path scratch(const std::string& name)
{
    const auto folder
        = std::filesystem::temp_directory_path() / ("telltale_heads_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    return folder / name;
}

/// Clips around one centre per class; every fourth is held out.
std::vector<HeadSampleRow> clusters(
    int count, int classes, const std::string& modality = "joint", uint64_t seed = 1)
{
    std::vector<HeadSampleRow> rows;
    Random random(seed);
    for (int i = 0; i < count; ++i) {
        HeadSampleRow row;
        row.label = i % classes;
        row.held = i % 4 == 3;
        std::vector<float> x(kInputs);
        for (int j = 0; j < kInputs; ++j)
            x[static_cast<size_t>(j)]
                = static_cast<float>(5 + (j == row.label ? 2 : 0) + 0.5 * random.normal());
        row.embeddings[modality] = x;
        rows.push_back(row);
    }
    return rows;
}

HeadSet zeroHeads(int classes)
{
    HeadSet set;
    set.classes = classes;
    HeadSet::Head& head = set.heads["joint"];
    head.inputs = kInputs;
    head.weight.resize(static_cast<size_t>(classes) * kInputs);
    head.bias.resize(static_cast<size_t>(classes));
    for (size_t i = 0; i < head.weight.size(); ++i)
        head.weight[i] = static_cast<float>(0.01 * static_cast<double>(i % 7) - 0.03);
    head.temperature = 1.7;
    head.fusionWeight = 0.4;
    return set;
}

double accuracy(const HeadSet& heads, const std::string& modality, const std::vector<HeadSampleRow>& rows)
{
    double right = 0;
    for (const auto& row : rows) {
        const auto p = heads.probabilities(modality, row.embeddings.at(modality));
        right += std::max_element(p.begin(), p.end()) - p.begin() == row.label ? 1 : 0;
    }
    return right / static_cast<double>(rows.size());
}

Result<HeadSet> trained(const HeadSet& start, int classes, const std::vector<HeadSampleRow>& rows)
{
    CancelFlag flag;
    return trainHeads(start, classes, rows, {}, flag, {});
}

} // namespace

TEST(TrainHeads, LearnsASeparableProblemFromZeroAndReportsEachEpoch)
{
    const auto rows = clusters(160, 5);
    CancelFlag flag;
    std::vector<HeadEpoch> epochs;
    const auto heads
        = trainHeads({}, 5, rows, {}, flag, [&](const HeadEpoch& epoch) { epochs.push_back(epoch); });
    ASSERT_TRUE(heads) << heads.error().message;
    EXPECT_GT(accuracy(*heads, "joint", rows), 0.97);
    ASSERT_FALSE(epochs.empty());
    EXPECT_EQ(epochs.front().epoch, 1);
    EXPECT_EQ(epochs.front().modality, "joint");
    EXPECT_LT(epochs.back().loss, epochs.front().loss);
    EXPECT_GT(epochs.back().heldAccuracy, 0.9);
    EXPECT_GT(epochs.back().heldMacroF1, 0.9);
    EXPECT_DOUBLE_EQ(heads->heads.at("joint").fusionWeight, 1) << "40 held rows, one voter";
}

TEST(TrainHeads, IsDeterministicToTheBit)
{
    const auto rows = clusters(6000, 5);
    const auto first = trained({}, 5, rows);
    const auto second = trained({}, 5, rows);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->heads.at("joint").weight, second->heads.at("joint").weight);
    EXPECT_EQ(first->heads.at("joint").temperature, second->heads.at("joint").temperature);
}

TEST(TrainHeads, AClassWithoutClipsKeepsItsHeadToTheBit)
{
    const auto start = zeroHeads(7);
    const auto heads = trained(start, 7, clusters(120, 5));
    ASSERT_TRUE(heads) << heads.error().message;
    const auto& before = start.heads.at("joint");
    const auto& after = heads->heads.at("joint");
    for (size_t c = 0; c < 7; ++c) {
        const bool same = std::equal(before.weight.begin() + static_cast<long>(c) * kInputs,
            before.weight.begin() + static_cast<long>(c + 1) * kInputs,
            after.weight.begin() + static_cast<long>(c) * kInputs);
        EXPECT_EQ(same, c >= 5) << "class " << c;
    }
}

TEST(TrainHeads, FewHeldClipsLeaveTheCalibrationAlone)
{
    const auto start = zeroHeads(5);
    const auto heads = trained(start, 5, clusters(40, 5));
    ASSERT_TRUE(heads);
    EXPECT_EQ(heads->heads.at("joint").temperature, 1.7);
    EXPECT_EQ(heads->heads.at("joint").fusionWeight, 0.4);
}

TEST(TrainHeads, WithNothingHeldOutTheHeldFiguresAreNotNumbers)
{
    auto rows = clusters(40, 4);
    for (auto& row : rows)
        row.held = false;
    CancelFlag flag;
    bool all = true;
    ASSERT_TRUE(trainHeads(
        {}, 4, rows, {}, flag, [&](const HeadEpoch& e) { all = all && std::isnan(e.heldAccuracy); }));
    EXPECT_TRUE(all);
}

TEST(TrainHeads, AStrongPullStaysNearTheStart)
{
    const auto start = zeroHeads(5);
    const auto rows = clusters(120, 5);
    HeadTraining strong;
    strong.pull = 1e6;
    CancelFlag flag;
    const auto heads = trainHeads(start, 5, rows, strong, flag, {});
    ASSERT_TRUE(heads);
    for (size_t i = 0; i < start.heads.at("joint").weight.size(); ++i)
        EXPECT_NEAR(heads->heads.at("joint").weight[i], start.heads.at("joint").weight[i], 1e-3);
}

TEST(TrainHeads, HeavierRowsWinAnArgument)
{
    std::vector<HeadSampleRow> rows;
    for (int i = 0; i < 40; ++i) {
        HeadSampleRow row;
        row.embeddings["joint"] = {static_cast<float>(i % 4), 1};
        row.label = i % 2 == 0 ? 0 : (i % 4 == 1 ? 0 : 1);
        rows.push_back(row);
        row.label = 1 - row.label;
        row.weight = 0.1; // the same clip with the opposite label, but hardly believed
        rows.push_back(row);
    }
    const auto heads = trained({}, 2, rows);
    ASSERT_TRUE(heads);
    const auto p = heads->probabilities("joint", {3, 1});
    EXPECT_GT(p[1], 0.5f);
}

TEST(TrainHeads, AModalityWithoutClipsKeepsItsHeadAndANewSchemeClassGetsOne)
{
    const auto start = zeroHeads(4);
    const auto heads = trained(start, 5, clusters(100, 5, "rgb"));
    ASSERT_TRUE(heads) << heads.error().message;
    EXPECT_EQ(heads->classes, 5);
    EXPECT_EQ(heads->heads.at("joint").bias.size(), 5u);
    EXPECT_TRUE(std::equal(start.heads.at("joint").weight.begin(), start.heads.at("joint").weight.end(),
        heads->heads.at("joint").weight.begin()));
    EXPECT_TRUE(heads->heads.contains("rgb"));
}

TEST(TrainHeads, CancelLeavesWithoutAResult)
{
    CancelFlag flag;
    int epochs = 0;
    const auto heads = trainHeads({}, 5, clusters(200, 5), {}, flag, [&](const HeadEpoch&) {
        if (++epochs == 2)
            flag.cancel();
    });
    ASSERT_FALSE(heads);
    EXPECT_EQ(heads.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(epochs, 2);
}

TEST(TrainHeads, BadInputIsASentence)
{
    const auto message = [](const HeadSet& start, int classes, const std::vector<HeadSampleRow>& rows) {
        const auto heads = trained(start, classes, rows);
        return heads ? std::string("accepted") : heads.error().message;
    };
    EXPECT_THAT(message({}, 5, {}), HasSubstr("none"));
    EXPECT_THAT(message({}, 5, clusters(10, 1)), HasSubstr("only one"));
    EXPECT_THAT(message({}, 3, clusters(10, 5)), HasSubstr("which the label scheme lacks"));
    EXPECT_THAT(message(zeroHeads(5), 3, clusters(10, 3)), HasSubstr("start from heads of this scheme"));
    auto broken = clusters(10, 3);
    broken[4].embeddings["joint"][2] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_THAT(message({}, 3, broken), HasSubstr("Clip 5"));
}

TEST(Regression, GradientIsTheSlopeOfTheLoss)
{
    RegressionProblem problem;
    problem.inputs = 3;
    problem.classes = 4;
    Random random(3);
    for (int i = 0; i < 12; ++i) {
        problem.labels.push_back(i % 4);
        problem.weights.push_back((1 + i) / 78.0);
        for (int j = 0; j < 3; ++j)
            problem.features.push_back(random.normal());
    }
    problem.pull = 0.3;
    problem.frozen.assign(4, false);
    std::vector<double> at;
    for (int i = 0; i < 16; ++i) {
        problem.start.push_back(random.normal());
        at.push_back(random.normal());
    }
    double loss = 0;
    std::vector<double> gradient;
    std::vector<double> unused;
    const auto go = [] { return false; };
    ASSERT_TRUE(evaluateRegression(problem, at, loss, gradient, go));
    for (size_t i = 0; i < at.size(); ++i) {
        double above = 0;
        double below = 0;
        auto moved = at;
        moved[i] += 1e-5;
        ASSERT_TRUE(evaluateRegression(problem, moved, above, unused, go));
        moved[i] -= 2e-5;
        ASSERT_TRUE(evaluateRegression(problem, moved, below, unused, go));
        EXPECT_NEAR(gradient[i], (above - below) / 2e-5, 1e-7);
    }
}

TEST(Heads, TravelThroughAFileUnchanged)
{
    auto heads = zeroHeads(5);
    heads.heads.at("joint").temperature = 0.1 + 0.2;
    const auto file = scratch("heads.safetensors");
    ASSERT_TRUE(writeHeads(file, heads, R"({"from":"test"})"));
    const auto read = readHeads(file);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->classes, 5);
    EXPECT_EQ(read->heads.at("joint").weight, heads.heads.at("joint").weight);
    EXPECT_EQ(read->heads.at("joint").bias, heads.heads.at("joint").bias);
    EXPECT_EQ(read->heads.at("joint").temperature, 0.1 + 0.2);
    EXPECT_EQ(read->heads.at("joint").fusionWeight, 0.4);
}

TEST(Heads, OtherFilesAreRefusedByName)
{
    const auto file = scratch("no_heads.safetensors");
    std::ofstream(file) << "this is text, long enough to hold a header";
    const auto read = readHeads(file);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::BadFormat);
    EXPECT_THAT(read.error().message, HasSubstr("no_heads.safetensors"));
}

TEST(Heads, AnEmbeddingOfAnotherLengthGetsNoScores)
{
    const auto heads = zeroHeads(5);
    EXPECT_TRUE(heads.logits("joint", {1, 2}).empty());
    EXPECT_TRUE(heads.probabilities("rgb", std::vector<float>(kInputs)).empty());
}
