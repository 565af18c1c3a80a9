// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/training.h"
#include <algorithm>
#include <cmath>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <unistd.h>

using namespace telltale;
using testing::AllOf;
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
    auto shorter = clusters(10, 3);
    shorter[6].embeddings["joint"].pop_back();
    EXPECT_THAT(message({}, 3, shorter), AllOf(HasSubstr("Clip 7"), HasSubstr("7 joint"), HasSubstr("8;")));
    EXPECT_THAT(message(zeroHeads(3), 3, shorter), HasSubstr("the head to start from takes 8"));
}

TEST(TrainHeads, AModalityWhoseClipsAreAllOfOneClassKeepsItsHead)
{
    const auto start = zeroHeads(5);
    auto rows = clusters(100, 5, "rgb");
    for (auto& row : rows)
        if (row.label == 2)
            row.embeddings["joint"] = std::vector<float>(kInputs, 1);
    const auto heads = trained(start, 5, rows);
    ASSERT_TRUE(heads) << heads.error().message;
    EXPECT_EQ(heads->heads.at("joint").weight, start.heads.at("joint").weight);
    EXPECT_TRUE(heads->heads.contains("rgb"));
}

TEST(TrainHeads, EachEpochTellsTheScoresOfEachClass)
{
    CancelFlag flag;
    HeadEpoch last;
    ASSERT_TRUE(trainHeads({}, 5, clusters(160, 5), {}, flag, [&](const HeadEpoch& e) { last = e; }));
    ASSERT_EQ(last.held.perClass.size(), 5U);
    EXPECT_EQ(last.held.perClass[0].truth, 8);
    EXPECT_DOUBLE_EQ(last.held.macroF1, last.heldMacroF1);
}

TEST(TrainHeads, AHiddenLayerTellsApartWhatNoPlaneDoes)
{
    std::vector<HeadSampleRow> rows;
    Random random(5);
    for (int i = 0; i < 400; ++i) {
        HeadSampleRow& row = rows.emplace_back();
        const auto x = static_cast<float>(random.normal());
        const auto y = static_cast<float>(random.normal());
        row.embeddings["joint"] = {x, y};
        row.label = x * y > 0 ? 1 : 0;
    }
    HeadTraining training;
    training.kind = HeadKind::Mlp;
    training.hidden = 16;
    training.epochs = 200;
    CancelFlag flag;
    const auto linear = trained({}, 2, rows);
    const auto heads = trainHeads({}, 2, rows, training, flag, {});
    ASSERT_TRUE(linear && heads);
    EXPECT_EQ(heads->heads.at("joint").hidden, 16);
    EXPECT_LT(accuracy(*linear, "joint", rows), 0.75);
    EXPECT_GT(accuracy(*heads, "joint", rows), 0.93);
    const auto file = scratch("hidden.safetensors");
    ASSERT_TRUE(writeHeads(file, *heads, "{}"));
    const auto read = readHeads(file);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->heads.size(), 1U);
    EXPECT_EQ(read->logits("joint", {0.3F, -2}), heads->logits("joint", {0.3F, -2}));
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
