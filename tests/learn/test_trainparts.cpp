// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "learn/train/history.h"
#include "learn/train/optimizer.h"
#include "learn/train/precision.h"
#include "learn/train/samplers.h"
#include "learn/train/schedule.h"
#include "learn/train/streamspec.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <torch/nn.h>
#include <torch/optim.h>

using namespace telltale;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

std::filesystem::path fixtures()
{
    const char* folder = std::getenv("TELLTALE_FIXTURES");
    return folder != nullptr ? folder : TELLTALE_SOURCE_DIR "/../shared/fixtures";
}

std::vector<int> labelsWithCounts(const std::vector<int>& counts)
{
    std::vector<int> labels;
    for (size_t c = 0; c < counts.size(); ++c)
        labels.insert(labels.end(), static_cast<size_t>(counts[c]), static_cast<int>(c));
    return labels;
}

std::map<int, int> shown(const std::vector<int64_t>& order, const std::vector<int>& labels)
{
    std::map<int, int> counts;
    for (const int64_t sample : order)
        ++counts[labels[static_cast<size_t>(sample)]];
    return counts;
}

/// A network with parameters of all sorts, named as those of a stream.
struct Pair : torch::nn::Module {
    Pair()
    {
        torch::manual_seed(1);
        backbone = register_module("backbone", torch::nn::Conv2d(3, 60, 11));
        classifier = register_module("classifier", torch::nn::Linear(60, 4));
    }
    torch::Tensor loss(int step) const
    {
        torch::manual_seed(static_cast<uint64_t>(100 + step));
        const auto x = torch::randn({6, 3, 11, 11});
        return torch::nn::Linear(classifier)(torch::nn::Conv2d(backbone)(x).flatten(1)).pow(2).mean();
    }
    torch::nn::Conv2d backbone{nullptr};
    torch::nn::Linear classifier{nullptr};
};

/// Ours and PyTorch's optimizer on equal networks; the largest difference of any weight.
double differenceAfterSteps(
    const TrainRecipe& recipe, torch::optim::Optimizer& theirs, Pair& own, Pair& other, bool joint)
{
    StreamOptimizer ours(own, recipe, joint);
    for (int step = 0; step < 5; ++step) {
        ours.clear();
        own.loss(step).backward();
        ours.step(recipe.learningRate, 1);
        theirs.zero_grad();
        other.loss(step).backward();
        theirs.step();
    }
    double most = 0;
    for (size_t i = 0; i < own.parameters().size(); ++i)
        most = std::max(most, (own.parameters()[i] - other.parameters()[i]).abs().max().item<double>());
    return most;
}

/// Groups of PyTorch: weights decay, biases do not, the backbone has a tenth of the rate.
template <typename Options>
std::vector<torch::optim::OptimizerParamGroup> groupsOf(Pair& pair, Options options)
{
    std::vector<torch::optim::OptimizerParamGroup> groups;
    const double rate = options.lr();
    for (const auto& item : pair.named_parameters()) {
        auto own = options;
        own.lr(item.key().rfind("backbone", 0) == 0 ? rate * 0.1 : rate);
        own.weight_decay(item.value().dim() < 2 ? 0 : 0.05);
        groups.emplace_back(std::vector<torch::Tensor>{item.value()}, std::make_unique<Options>(own));
    }
    return groups;
}

TrainRecipe optimizerRecipe(const std::string& name)
{
    TrainRecipe recipe;
    recipe.optimizer = name;
    recipe.learningRate = 0.02;
    recipe.backboneRate = 0.1;
    recipe.weightDecay = 0.05;
    return recipe;
}

constexpr const char* kRecipe = R"({
  "training": { "epochs": { "value": 9, "provenance": "ours" }, "optimizer": { "value": "sgd", "provenance": "ours" } },
  "streams": { "rgb": { "training": { "batch": { "value": 4, "provenance": "ours" },
                                      "epochs": { "value": 7, "provenance": "ours" } } } }
})";

std::string recipeError(const std::string& entry)
{
    const auto recipe = parseTrainRecipe("{\"training\": {" + entry + "}}", "my.json");
    EXPECT_FALSE(recipe) << entry;
    return recipe ? std::string() : recipe.error().message;
}

} // namespace

TEST(parity, LearningRatesFollowTheReferenceStepByStep)
{
    const auto text = readFile(fixtures() / "r_lr_schedule.json");
    if (!text)
        GTEST_SKIP() << text.error().message;
    const auto json = nlohmann::json::parse(*text);
    const auto rates = json.at("lr").get<std::vector<std::vector<double>>>();
    ASSERT_GT(rates.size(), 1u);
    for (size_t group = 0; group < rates[0].size(); ++group) {
        RateSchedule schedule;
        schedule.rate = json.at("base_lr")[group];
        schedule.floor = json.at("eta_min");
        schedule.warmUp = json.at("warmup_iters");
        schedule.steps = json.at("max_iters");
        for (size_t step = 0; step < rates.size(); ++step)
            EXPECT_NEAR(schedule.at(static_cast<int64_t>(step)), rates[step][group], 1e-12) << step;
    }
}

TEST(RateSchedule, WithoutWarmUpBeginsAtItsHighest)
{
    const RateSchedule schedule{0.5, 0.1, 0, 10};
    EXPECT_DOUBLE_EQ(schedule.at(0), 0.5);
    EXPECT_DOUBLE_EQ(schedule.at(5), 0.3);
    EXPECT_GT(schedule.at(9), 0.1);
    EXPECT_DOUBLE_EQ((RateSchedule{0.5, 0, 1, 4}.at(0)), 0.5) << "one step of warm-up is no reason to stand";
}

TEST(Samplers, NaturalShowsEachLabelledClipOnce)
{
    auto labels = labelsWithCounts({5, 3});
    labels[2] = -1;
    auto order = epochOrder("natural", labels, 2, Random(1));
    EXPECT_NE(order, epochOrder("natural", labels, 2, Random(2)));
    EXPECT_EQ(order, epochOrder("natural", labels, 2, Random(1)));
    std::sort(order.begin(), order.end());
    EXPECT_THAT(order, ElementsAre(0, 1, 3, 4, 5, 6, 7));
}

TEST(Samplers, BalancedAndSquareRootShowClassesInTheirShares)
{
    const auto labels = labelsWithCounts({64, 16, 4, 0});
    const auto balanced = shown(epochOrder("balanced", labels, 4, Random(1)), labels);
    EXPECT_EQ(balanced.at(0) + balanced.at(1) + balanced.at(2), 84);
    for (const int c : {0, 1, 2})
        EXPECT_EQ(balanced.at(c), 28);
    const auto root = shown(epochOrder("square-root", labels, 4, Random(1)), labels); // 8 : 4 : 2
    EXPECT_EQ(root.at(0), 48);
    EXPECT_EQ(root.at(1), 24);
    EXPECT_EQ(root.at(2), 12);
}

TEST(Samplers, NoClipComesAgainBeforeAllOfItsClassHaveCome)
{
    const auto labels = labelsWithCounts({50, 6});
    std::map<int64_t, int> times;
    for (const int64_t sample : epochOrder("balanced", labels, 2, Random(4)))
        ++times[sample];
    for (int64_t sample = 50; sample < 56; ++sample) {
        EXPECT_GE(times[sample], 28 / 6);
        EXPECT_LE(times[sample], 28 / 6 + 1);
    }
    for (int64_t sample = 0; sample < 50; ++sample)
        EXPECT_LE(times[sample], 1);
}

TEST(Samplers, BatchesOfAnEpochDifferByOneClipAtMost)
{
    EXPECT_THAT(batchBounds(10, 4), ElementsAre(0, 3, 6, 10));
    EXPECT_THAT(batchBounds(8, 4), ElementsAre(0, 4, 8));
    EXPECT_THAT(batchBounds(3, 4), ElementsAre(0, 3));
}

TEST(StreamOptimizer, AdamWIsPyTorchsOnEveryWay)
{
    for (const bool joint : {false, true}) {
        Pair own;
        Pair other;
        const auto recipe = optimizerRecipe("adamw");
        torch::optim::AdamW theirs(groupsOf(other, torch::optim::AdamWOptions(recipe.learningRate)));
        // Of steps of 0.02, whose direction is that of the gradient where it is nearly 0.
        EXPECT_LT(differenceAfterSteps(recipe, theirs, own, other, joint), 2e-5) << joint;
    }
}

TEST(StreamOptimizer, SgdIsPyTorchsWithAndWithoutMomentumOnEveryWay)
{
    struct Case {
        double momentum;
        bool nesterov;
    };
    for (const auto& [momentum, nesterov] : {Case{0, false}, Case{0.9, false}, Case{0.9, true}}) {
        for (const bool joint : {false, true}) {
            Pair own;
            Pair other;
            auto recipe = optimizerRecipe("sgd");
            recipe.momentum = momentum;
            recipe.nesterov = nesterov;
            const auto options
                = torch::optim::SGDOptions(recipe.learningRate).momentum(momentum).nesterov(nesterov);
            torch::optim::SGD theirs(groupsOf(other, options), options);
            EXPECT_LT(differenceAfterSteps(recipe, theirs, own, other, joint), 2e-6)
                << momentum << nesterov << joint;
        }
    }
}

TEST(StreamOptimizer, TheNormOfTheGradientsIsPyTorchs)
{
    Pair pair;
    StreamOptimizer optimizer(pair, optimizerRecipe("sgd"));
    pair.loss(0).backward();
    double squares = 0;
    for (const auto& parameter : pair.parameters())
        squares += parameter.grad().to(torch::kDouble).pow(2).sum().item<double>();
    EXPECT_NEAR(optimizer.gradientNorm().item<double>(), std::sqrt(squares), 1e-9 * std::sqrt(squares));
    const StreamOptimizer joint(pair, optimizerRecipe("sgd"), true);
    EXPECT_NEAR(joint.gradientNorm().item<double>(), std::sqrt(squares), 1e-5 * std::sqrt(squares));
    optimizer.clear();
    EXPECT_EQ(optimizer.gradientNorm().item<double>(), 0);
}

TEST(LossScale, HalvesWhenGradientsOverflowAndGrowsAgain)
{
    LossScale scale{1024, 0, true};
    EXPECT_FALSE(scale.accept(false));
    EXPECT_EQ(scale.factor, 512);
    for (int step = 0; step < 2000; ++step)
        EXPECT_TRUE(scale.accept(true));
    EXPECT_EQ(scale.factor, 1024);
    LossScale none;
    EXPECT_FALSE(none.accept(false));
    EXPECT_EQ(none.factor, 1) << "float32 has nothing to scale";
}

TEST(TrainRecipe, LaterTablesOverrideEarlierOnes)
{
    const auto common = parseTrainRecipe(kRecipe, "my.json");
    ASSERT_TRUE(common) << common.error().message;
    EXPECT_EQ(common->epochs, 9);
    EXPECT_EQ(common->batch, TrainRecipe().batch);
    const auto rgb = parseTrainRecipe(kRecipe, "my.json", {"training", "streams.rgb.training"});
    ASSERT_TRUE(rgb) << rgb.error().message;
    EXPECT_EQ(rgb->epochs, 7);
    EXPECT_EQ(rgb->batch, 4);
    EXPECT_EQ(rgb->optimizer, "sgd");
    const auto other = parseTrainRecipe(kRecipe, "my.json", {"training", "streams.joint.training"});
    ASSERT_TRUE(other);
    EXPECT_EQ(*other, *common);
}

TEST(TrainRecipe, WhatIsWrongIsNamedWithItsFile)
{
    EXPECT_THAT(recipeError(R"("epohcs": {"value": 1, "provenance": "ours"})"),
        HasSubstr("my.json: training.epohcs is not known"));
    EXPECT_THAT(recipeError(R"("epochs": {"value": 1})"), HasSubstr("training.epochs lacks"));
    EXPECT_THAT(recipeError(R"("epochs": {"value": 0, "provenance": "ours"})"),
        HasSubstr("training.epochs is 0; a whole number from 1"));
    EXPECT_THAT(recipeError(R"("optimizer": {"value": "adam", "provenance": "ours"})"),
        HasSubstr("one of \"adamw\", \"sgd\""));
    EXPECT_THAT(recipeError(R"("warmUpEpochs": {"value": 50, "provenance": "ours"})"),
        HasSubstr("more than its 20 epochs"));
    EXPECT_FALSE(parseTrainRecipe("[1]", "my.json"));
    EXPECT_FALSE(parseTrainRecipe("{}", "my.json"));
}

TEST(TrainRecipe, DigestAndDifferenceLeaveThreadsOut)
{
    TrainRecipe a;
    TrainRecipe b;
    b.threads = 7;
    EXPECT_EQ(trainRecipeDigest(a), trainRecipeDigest(b));
    EXPECT_EQ(trainRecipeDifference(trainRecipeText(a), trainRecipeText(b)), "");
    b.epochs = 3;
    b.loss = "focal";
    EXPECT_NE(trainRecipeDigest(a), trainRecipeDigest(b));
    EXPECT_EQ(trainRecipeDifference(trainRecipeText(a), trainRecipeText(b)),
        "epochs 20 instead of 3, loss \"cross-entropy\" instead of \"focal\"");
}

TEST(StreamSpec, ComesBackFromItsTextAndDifferencesAreNamed)
{
    StreamSpec spec;
    spec.stream = "joint";
    spec.network = {"stgcnpp", {{"stages", {4}}}, {{"file", "x.pt"}}};
    spec.input.graph = {3, {{1, 0}, {2, 1}}, 1};
    spec.scheme = "smg";
    spec.classes = {"a", "b"};
    const auto back = parseStreamSpec(streamSpecText(spec), "file");
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(streamSpecText(*back), streamSpecText(spec));
    EXPECT_EQ(streamSpecDifference(spec, spec), "");
    StreamSpec other = spec;
    other.classes = {"a", "c"};
    EXPECT_THAT(streamSpecDifference(spec, other), HasSubstr("class 1 of \"smg\" is \"b\", wanted is \"c\""));
    other = spec;
    other.scheme = "imigue";
    other.classes.emplace_back("d");
    EXPECT_THAT(streamSpecDifference(spec, other),
        HasSubstr("the 2 classes of \"smg\", wanted are the 3 of \"imigue\""));
    other = spec;
    other.network.kind = "ctrgcn";
    EXPECT_THAT(streamSpecDifference(spec, other), HasSubstr("kind \"stgcnpp\", wanted \"ctrgcn\""));
    other = spec;
    other.input.frames = 7;
    EXPECT_THAT(streamSpecDifference(spec, other), HasSubstr("frames 64, wanted 7"));
    EXPECT_FALSE(parseStreamSpec("{\"stream\": 1}", "file"));
    EXPECT_FALSE(parseStreamSpec("nothing", "file"));
}

TEST(History, ComesBackFromItsTextExactly)
{
    EpochReport epoch;
    epoch.epoch = 2;
    epoch.trainLoss = 1.0 / 3;
    epoch.validated = true;
    epoch.best = true;
    epoch.validation.top5 = std::numeric_limits<double>::quiet_NaN();
    epoch.validation.macroF1 = 0.1 + 0.2;
    epoch.validation.perClass = {{0.5, 0.25, 1.0 / 7, 4, 2, 1}};
    const auto back = parseHistory(historyText({epoch, EpochReport()}), "file");
    ASSERT_TRUE(back) << back.error().message;
    ASSERT_EQ(back->size(), 2u);
    EXPECT_EQ(back->front().trainLoss, epoch.trainLoss);
    EXPECT_EQ(back->front().validation.macroF1, epoch.validation.macroF1);
    EXPECT_TRUE(std::isnan(back->front().validation.top5));
    ASSERT_EQ(back->front().validation.perClass.size(), 1u);
    EXPECT_EQ(back->front().validation.perClass[0].f1, 1.0 / 7);
    EXPECT_EQ(back->front().validation.perClass[0].truth, 4);
    EXPECT_FALSE(back->back().validated);
    EXPECT_FALSE(parseHistory("[{}]", "file"));
}
