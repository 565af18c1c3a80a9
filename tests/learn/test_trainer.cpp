// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/train/tensormap.h"
#include "toystream.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::Contains;
using testing::HasSubstr;

namespace {

StreamModel toyModel(int classes, uint64_t seed = 1)
{
    auto model = StreamModel::create(toySpec(classes), seed);
    EXPECT_TRUE(model.ok()) << model.error().message;
    return std::move(*model);
}

TrainOptions onCpu()
{
    TrainOptions options;
    options.device = "cpu";
    return options;
}

bool equal(const StreamModel& a, const StreamModel& b)
{
    const auto one = storedTensors(a.module());
    const auto other = storedTensors(b.module());
    return std::all_of(
        one.begin(), one.end(), [&](const auto& item) { return item.second.equal(other.at(item.first)); });
}

bool finite(const StreamModel& model)
{
    const auto tensors = storedTensors(model.module());
    return std::all_of(tensors.begin(), tensors.end(),
        [](const auto& item) { return item.second.isfinite().all().template item<bool>(); });
}

} // namespace

TEST(TrainStream, ASmallNetworkLearnsAndSaysHowWellEachClassGoes)
{
    const auto train = ToySource::even(3, 20, 1);
    const auto held = ToySource::even(3, 10, 2);
    auto model = toyModel(3);
    std::vector<int> told;
    CancelFlag progress;
    const auto outcome = trainStream(model, toyRecipe(8), train, &held, onCpu(), progress,
        [&](const EpochReport& epoch) { told.push_back(epoch.epoch); });
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_THAT(told, testing::ElementsAre(1, 2, 3, 4, 5, 6, 7, 8));
    ASSERT_EQ(outcome->history.size(), 8u);
    EXPECT_LT(outcome->history.back().trainLoss, 0.5 * outcome->history.front().trainLoss);
    const EpochReport& best = outcome->history[static_cast<size_t>(outcome->bestEpoch - 1)];
    EXPECT_TRUE(best.best);
    EXPECT_TRUE(best.validated);
    EXPECT_GT(best.validation.accuracy, 0.9);
    ASSERT_EQ(best.validation.perClass.size(), 3u);
    EXPECT_EQ(best.validation.perClass[1].truth, 10);
    for (const auto& epoch : outcome->history)
        EXPECT_LE(epoch.validation.macroF1, best.validation.macroF1);
    // The model has the best epoch's weights: its scores give that epoch's accuracy.
    std::vector<int64_t> all(30);
    std::iota(all.begin(), all.end(), 0);
    const auto scores = model.scores(held, all, {}, progress);
    ASSERT_TRUE(scores);
    int correct = 0;
    for (size_t i = 0; i < 30; ++i) {
        const auto row = scores->logits.values.begin() + static_cast<int64_t>(3 * i);
        correct += std::max_element(row, row + 3) - row == held.label(static_cast<int64_t>(i)) ? 1 : 0;
    }
    EXPECT_DOUBLE_EQ(correct / 30.0, best.validation.accuracy);
}

TEST(TrainStream, WeightsDependOnTheSeedNotOnTheThreadsThatMakeBatches)
{
    const auto train = ToySource::even(3, 9, 1);
    auto one = toyModel(3);
    auto many = toyModel(3);
    auto other = toyModel(3);
    CancelFlag progress;
    auto options = onCpu();
    options.producers = 1;
    ASSERT_TRUE(trainStream(one, toyRecipe(2), train, nullptr, options, progress));
    options.producers = 4;
    ASSERT_TRUE(trainStream(many, toyRecipe(2), train, nullptr, options, progress));
    auto recipe = toyRecipe(2);
    recipe.seed = 4;
    ASSERT_TRUE(trainStream(other, recipe, train, nullptr, options, progress));
    EXPECT_TRUE(equal(one, many));
    EXPECT_FALSE(equal(one, other));
}

TEST(TrainStream, EndsEarlyWhenNothingGetsBetter)
{
    const auto train = ToySource::even(2, 8, 1);
    auto held = ToySource::even(2, 8, 2);
    held.show(std::vector<int>(16, 0)); // everything looks alike: there is nothing to gain
    auto recipe = toyRecipe(50);
    recipe.patience = 3;
    recipe.selectBy = "accuracy";
    auto model = toyModel(2);
    CancelFlag progress;
    const auto outcome = trainStream(model, recipe, train, &held, onCpu(), progress);
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_TRUE(outcome->stoppedEarly);
    EXPECT_EQ(static_cast<int>(outcome->history.size()), outcome->bestEpoch + 3);
    EXPECT_LT(outcome->history.size(), 50u);
}

TEST(TrainStream, ClassWeightsHelpTheRareClass)
{
    // Two classes that look nearly the same, one of them rare.
    std::vector<int> labels(80, 0);
    std::fill(labels.begin() + 70, labels.end(), 1);
    const ToySource train(labels, 1, 1.6);
    const auto held = ToySource::even(2, 60, 2, 1.6);
    std::map<std::string, double> recall;
    for (const std::string weights : {"none", "effective-number"}) {
        auto recipe = toyRecipe(6);
        recipe.classWeights = weights;
        recipe.weightBeta = 0.999;
        recipe.selectBy = "last";
        auto model = toyModel(2);
        CancelFlag progress;
        const auto outcome = trainStream(model, recipe, train, &held, onCpu(), progress);
        ASSERT_TRUE(outcome) << outcome.error().message;
        recall[weights] = outcome->history.back().validation.perClass[1].recall;
    }
    EXPECT_GT(recall["effective-number"], recall["none"]);
}

TEST(TrainStream, AClipOfNoWeightTeachesNothing)
{
    auto train = ToySource::even(2, 10, 1);
    auto wrong = ToySource::even(2, 10, 1);
    std::vector<int> shown;
    for (int64_t i = 0; i < wrong.size(); ++i)
        shown.push_back(wrong.label(i));
    for (const int64_t sample : {2, 3}) {
        train.setWeight(sample, 0);
        wrong.setWeight(sample, 0);
        wrong.setLabel(sample, 1 - wrong.label(sample));
    }
    wrong.show(shown);
    auto recipe = toyRecipe(2);
    recipe.batch = 20; // no other order matters
    auto a = toyModel(2);
    auto b = toyModel(2);
    CancelFlag progress;
    ASSERT_TRUE(trainStream(a, recipe, train, nullptr, onCpu(), progress));
    ASSERT_TRUE(trainStream(b, recipe, wrong, nullptr, onCpu(), progress));
    EXPECT_TRUE(equal(a, b));
    wrong.setWeight(2, 1);
    auto c = toyModel(2);
    ASSERT_TRUE(trainStream(c, recipe, wrong, nullptr, onCpu(), progress));
    EXPECT_FALSE(equal(a, c));
}

TEST(TrainStream, ClassesWithoutOrWithOneClipAreNamed)
{
    auto labels = std::vector<int>(12, 0);
    labels[1] = 2;
    labels[2] = -1;
    const ToySource train(labels, 1);
    auto model = toyModel(3);
    auto recipe = toyRecipe(1);
    recipe.precision = "bfloat16";
    CancelFlag progress;
    const auto outcome = trainStream(model, recipe, train, nullptr, onCpu(), progress);
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_THAT(outcome->notes,
        Contains(HasSubstr("Without a training clip, and so never predicted: \"gesture 1\".")));
    EXPECT_THAT(
        outcome->notes, Contains(HasSubstr("a single training clip, and so hardly learned: \"gesture 2\".")));
    EXPECT_THAT(outcome->notes, Contains(HasSubstr("1 clips without a label")));
    EXPECT_THAT(outcome->notes, Contains(HasSubstr("bfloat16")));
    EXPECT_TRUE(finite(model));
}

TEST(TrainStream, EverySemanticLossTrainsAndCounts)
{
    const auto train = ToySource::even(3, 8, 1);
    auto options = onCpu();
    options.labelVectors = NdArray({3, 6});
    for (size_t c = 0; c < 3; ++c)
        options.labelVectors.values[7 * c] = 1;
    for (const std::string kind : {"mse", "ose", "opl", "proto"}) {
        auto recipe = toyRecipe(2);
        recipe.semantic = kind;
        auto model = toyModel(3);
        CancelFlag progress;
        const auto outcome = trainStream(model, recipe, train, nullptr, options, progress);
        ASSERT_TRUE(outcome) << kind << ": " << outcome.error().message;
        EXPECT_NE(outcome->history.back().semanticLoss, 0) << kind;
        EXPECT_TRUE(finite(model)) << kind;
    }
    auto recipe = toyRecipe(1);
    recipe.semantic = "ose";
    options.labelVectors = NdArray({2, 6});
    auto model = toyModel(3);
    CancelFlag progress;
    EXPECT_FALSE(trainStream(model, recipe, train, nullptr, options, progress)) << "a row per class";
}

TEST(TrainStream, AValueThatIsNoNumberNamesItsClip)
{
    auto train = ToySource::even(2, 10, 1);
    train.breakSample(13);
    auto model = toyModel(2);
    CancelFlag progress;
    const auto outcome = trainStream(model, toyRecipe(1), train, nullptr, onCpu(), progress);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::InvalidArgument);
    EXPECT_THAT(outcome.error().message, HasSubstr("Training clip 13"));
}

TEST(TrainStream, ATrainingThatDivergesNamesWhereAndKeepsFiniteWeights)
{
    const auto train = ToySource::even(2, 16, 1);
    auto recipe = toyRecipe(30);
    recipe.optimizer = "sgd";
    recipe.learningRate = 100;
    recipe.warmUpEpochs = 0;
    recipe.gradientClip = 0;
    recipe.weightDecay = 100;
    auto model = toyModel(2);
    CancelFlag progress;
    const auto outcome = trainStream(model, recipe, train, nullptr, onCpu(), progress);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::Internal);
    EXPECT_THAT(outcome.error().message, HasSubstr("in epoch "));
    EXPECT_THAT(outcome.error().message, HasSubstr("lower the recipe's learningRate"));
    EXPECT_TRUE(finite(model));
}

TEST(TrainStream, WhatMakesNoSenseIsRefused)
{
    auto model = toyModel(2);
    CancelFlag progress;
    const auto refusal = [&](const TrainRecipe& recipe, const ToySource& train, const TrainOptions& options) {
        const auto outcome = trainStream(model, recipe, train, nullptr, options, progress);
        EXPECT_FALSE(outcome);
        return outcome ? std::string() : outcome.error().message;
    };
    const auto even = ToySource::even(2, 4, 1);
    EXPECT_THAT(refusal(toyRecipe(1), ToySource({0, 5}, 1), onCpu()),
        HasSubstr("Training clip 1 has the class 5, but \"toy\" has the classes 0 to 1"));
    EXPECT_THAT(
        refusal(toyRecipe(1), ToySource({0, -1}, 1), onCpu()), HasSubstr("has 1 labelled training clips"));
    EXPECT_THAT(refusal(toyRecipe(0), even, onCpu()), HasSubstr("\"epochs\" of the training is 0"));
    auto options = onCpu();
    options.device = "abacus";
    EXPECT_THAT(refusal(toyRecipe(1), even, options), HasSubstr("no device \"abacus\""));
    auto heavy = ToySource::even(2, 4, 1);
    heavy.setWeight(3, -1);
    EXPECT_THAT(refusal(toyRecipe(1), heavy, onCpu()), HasSubstr("Training clip 3 has the weight -1"));
}

TEST(TrainStream, TheNumberOfThreadsIsWhatItWasBefore)
{
    const int before = at::get_num_threads();
    const auto train = ToySource::even(2, 4, 1);
    auto model = toyModel(2);
    auto recipe = toyRecipe(1);
    recipe.threads = before + 1;
    CancelFlag progress;
    ASSERT_TRUE(trainStream(model, recipe, train, nullptr, onCpu(), progress));
    EXPECT_EQ(at::get_num_threads(), before);
}
