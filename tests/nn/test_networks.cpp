// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "nn/networks.h"
#include "nn/weights.h"
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/nn.h>
#include <torch/optim/adamw.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

torch::Tensor noise(std::vector<int64_t> shape, uint64_t seed)
{
    auto tensor = torch::empty(shape);
    Random random(seed);
    for (int64_t i = 0; i < tensor.numel(); ++i)
        tensor.data_ptr<float>()[i] = static_cast<float>(random.uniform());
    return tensor;
}

struct Case {
    const char* name;
    std::function<std::shared_ptr<ClipNetwork>()> make;
    std::vector<int64_t> clips;
};

class EachNetwork : public testing::TestWithParam<Case> { };

std::vector<Case> cases()
{
    return {{"joint", [] { return makeJointNetwork(); }, {6, 9, 32, 68}},
        {"heatmap", [] { return makeHeatmapNetwork(); }, {6, 68, 16, 32, 32}},
        {"rgb", makeRgbNetwork, {6, 3, 8, 64, 64}}};
}

} // namespace

INSTANTIATE_TEST_SUITE_P(
    Nn, EachNetwork, testing::ValuesIn(cases()), [](const auto& chosen) { return chosen.param.name; });

TEST_P(EachNetwork, LearnsAFewRandomClipsByHeart)
{
    const auto network = GetParam().make();
    initialize(*network, 1);
    torch::nn::Linear head(kEmbedding, 3);
    initialize(*head, 2);
    const auto clips = noise(GetParam().clips, 3);
    const auto labels = torch::tensor({0, 1, 2, 0, 1, 2}, torch::kLong);
    auto parameters = network->parameters();
    for (const auto& parameter : head->parameters())
        parameters.push_back(parameter);
    torch::optim::AdamW optimizer(parameters, torch::optim::AdamWOptions(5e-3));
    double loss = 0;
    for (int step = 0; step < 30; ++step) {
        optimizer.zero_grad();
        const auto value = torch::nn::functional::cross_entropy(head(network->embed(clips)), labels);
        value.backward();
        optimizer.step();
        loss = value.item<double>();
    }
    EXPECT_LT(loss, 0.1) << "the start is about " << std::log(3.0);
}

TEST_P(EachNetwork, OneSeedGivesOneNetworkAndItsFileRestoresIt)
{
    const auto first = GetParam().make();
    const auto second = GetParam().make();
    initialize(*first, 7);
    initialize(*second, 7);
    const auto stored = saveWeights(*first);
    EXPECT_EQ(formatSafetensors(stored), formatSafetensors(saveWeights(*second)));
    initialize(*second, 8);
    EXPECT_NE(formatSafetensors(stored), formatSafetensors(saveWeights(*second)));
    ASSERT_TRUE(loadWeights(*second, stored, "memory"));
    first->eval();
    second->eval();
    const auto clips = noise(GetParam().clips, 4);
    EXPECT_TRUE(torch::equal(first->embed(clips), second->embed(clips)));
    EXPECT_EQ(first->embed(clips).sizes().vec(), (std::vector<int64_t>{6, kEmbedding}));
}

TEST_P(EachNetwork, ClipsOfABatchDoNotTouchEachOther)
{
    const auto network = GetParam().make();
    initialize(*network, 1);
    network->eval();
    const auto clips = noise(GetParam().clips, 5);
    const auto together = network->embed(clips).select(0, 2);
    const auto alone = network->embed(clips.narrow(0, 2, 1)).select(0, 0);
    EXPECT_TRUE(torch::allclose(together, alone, 1e-4, 1e-5));
}

TEST(JointNetwork, PointsThatAreMissingDoNotCount)
{
    const auto network = makeJointNetwork();
    initialize(*network, 1);
    network->eval();
    auto clips = noise({1, 9, 32, 68}, 6);
    clips.select(1, 2).narrow(2, 40, 28).zero_();
    auto other = clips.clone();
    other.narrow(3, 40, 28).add_(5);
    other.select(1, 2).narrow(2, 40, 28).zero_();
    EXPECT_TRUE(torch::allclose(network->embed(clips), network->embed(other)));
    const auto empty = network->embed(torch::zeros({1, 9, 32, 68}));
    EXPECT_TRUE(torch::isfinite(empty).all().item<bool>());
}

TEST(RgbNetwork, BrightnessOfTheWholeClipDoesNotMatter)
{
    const auto network = makeRgbNetwork();
    initialize(*network, 1);
    network->eval();
    const auto clips = noise({1, 3, 8, 64, 64}, 6);
    EXPECT_TRUE(torch::allclose(network->embed(clips), network->embed(clips * 0.5 + 0.2), 1e-2, 1e-2));
}

TEST(ActionDetector, FindsTheRowsThatMoveAndKeepsTheirNumber)
{
    ActionDetector detector(4);
    initialize(detector, 1);
    const auto rows = torch::zeros({2, 4, 90});
    const auto target = torch::zeros({2, 90});
    rows.narrow(2, 30, 20).fill_(1);
    target.narrow(1, 30, 20).fill_(1);
    torch::optim::AdamW optimizer(detector.parameters(), torch::optim::AdamWOptions(1e-2));
    for (int step = 0; step < 40; ++step) {
        optimizer.zero_grad();
        torch::binary_cross_entropy_with_logits(detector.forward(rows), target, {}, {}, at::Reduction::Mean)
            .backward();
        optimizer.step();
    }
    detector.eval();
    const auto probability = torch::sigmoid(detector.forward(rows));
    EXPECT_EQ(probability.sizes().vec(), (std::vector<int64_t>{2, 90}));
    EXPECT_GT(probability[0][40].item<float>(), 0.8f);
    EXPECT_LT(probability[0][10].item<float>(), 0.2f);
    EXPECT_EQ(detector.forward(torch::zeros({1, 4, 1})).size(1), 1);
}

TEST(Weights, AWrongShapeNamesTheTensorAndBothShapesAndChangesNothing)
{
    const auto network = makeRgbNetwork();
    initialize(*network, 1);
    const auto before = formatSafetensors(saveWeights(*network));
    auto content = saveWeights(*network);
    for (auto& [name, array] : content.tensors)
        std::fill(array.values.begin(), array.values.end(), 1.f);
    content.tensors["volume.stem.weight"] = NdArray({16, 5, 1, 3, 3});
    const auto wrong = loadWeights(*network, content, "rgb.safetensors");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::BadFormat);
    EXPECT_THAT(wrong.error().message, HasSubstr("rgb.safetensors"));
    EXPECT_THAT(wrong.error().message, HasSubstr("volume.stem.weight"));
    EXPECT_THAT(wrong.error().message, HasSubstr("[16, 5, 1, 3, 3]"));
    EXPECT_THAT(wrong.error().message, HasSubstr("[16, 6, 1, 3, 3]"));
    EXPECT_EQ(formatSafetensors(saveWeights(*network)), before);
}

TEST(Weights, MissingAndSurplusTensorsAreNamed)
{
    const auto network = makeRgbNetwork();
    auto content = saveWeights(*network);
    content.tensors["stranger"] = NdArray({1});
    const auto surplus = loadWeights(*network, content, "x");
    ASSERT_FALSE(surplus);
    EXPECT_THAT(surplus.error().message, HasSubstr("stranger"));
    content.tensors.erase("stranger");
    content.tensors.erase("volume.stem.weight");
    const auto missing = loadWeights(*network, content, "x");
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().message, HasSubstr("volume.stem.weight"));
}
