// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "../data/smalldisk.h"
#include "base/files.h"
#include "learn/train/tensormap.h"
#include "toystream.h"
#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

constexpr int kClasses = 3;

StreamModel toyModel(const std::string& scheme = "toy", int classes = kClasses)
{
    auto model = StreamModel::create(toySpec(classes, scheme), 1);
    EXPECT_TRUE(model.ok()) << model.error().message;
    return std::move(*model);
}

TrainOptions into(const fs::path& folder, bool resume = false)
{
    TrainOptions options;
    options.device = "cpu";
    options.checkpoints = folder;
    options.resume = resume;
    options.labelVectors = NdArray({kClasses, 4});
    for (size_t c = 0; c < kClasses; ++c)
        options.labelVectors.values[5 * c] = 1;
    return options;
}

/// Everything that has a state: running mean, semantic branch, momentum, dropout, sampler.
TrainRecipe fullRecipe(const std::string& optimizer)
{
    auto recipe = toyRecipe(4);
    recipe.optimizer = optimizer;
    recipe.ema = 0.9;
    recipe.semantic = "proto";
    recipe.semanticDimension = 4;
    recipe.sampler = "square-root";
    recipe.selectBy = "loss";
    return recipe;
}

struct Sources {
    ToySource train = ToySource::even(kClasses, 8, 1); // 3 steps an epoch
    ToySource held = ToySource::even(kClasses, 4, 2);
};

std::string bytes(const fs::path& file) { return readFile(file).value(); }

/// Trains as a whole, and the result of it.
void expectAsUninterrupted(const StreamModel& resumed, const TrainOutcome& outcome, const TrainRecipe& recipe)
{
    const Sources sources;
    auto model = toyModel();
    CancelFlag progress;
    const auto whole = trainStream(model, recipe, sources.train, &sources.held, into({}), progress);
    ASSERT_TRUE(whole) << whole.error().message;
    const auto wanted = storedTensors(model.module());
    for (const auto& [name, tensor] : storedTensors(resumed.module()))
        EXPECT_TRUE(tensor.equal(wanted.at(name))) << name;
    EXPECT_EQ(outcome.bestEpoch, whole->bestEpoch);
    ASSERT_EQ(outcome.history.size(), whole->history.size());
    for (size_t i = 0; i < whole->history.size(); ++i) {
        EXPECT_EQ(outcome.history[i].trainLoss, whole->history[i].trainLoss);
        EXPECT_EQ(outcome.history[i].validationLoss, whole->history[i].validationLoss);
        EXPECT_EQ(outcome.history[i].best, whole->history[i].best);
    }
}

class Resuming : public testing::TestWithParam<std::string> { };

} // namespace

INSTANTIATE_TEST_SUITE_P(Optimizers, Resuming, testing::Values("adamw", "sgd"));

TEST_P(Resuming, AfterAnyStopGivesTheWeightsOfAnUninterruptedTrainingBitForBit)
{
    const Sources sources;
    const auto recipe = fullRecipe(GetParam());
    for (const double seconds : {600., 0.}) { // checkpoints after epochs; after every step
        const TemporaryFolder folder;
        for (const int64_t steps : {2, 3, 5}) {
            auto model = toyModel();
            StopAfter stop(steps);
            auto options = into(folder.path(), true);
            options.checkpointSeconds = seconds;
            const auto outcome = trainStream(model, recipe, sources.train, &sources.held, options, stop);
            ASSERT_FALSE(outcome);
            EXPECT_EQ(outcome.error().code, ErrorCode::Cancelled) << outcome.error().message;
        }
        auto model = toyModel();
        CancelFlag progress;
        const auto outcome
            = trainStream(model, recipe, sources.train, &sources.held, into(folder.path(), true), progress);
        ASSERT_TRUE(outcome) << outcome.error().message;
        expectAsUninterrupted(model, *outcome, recipe);
    }
}

TEST_P(Resuming, AfterAKillGivesTheWeightsOfAnUninterruptedTrainingBitForBit)
{
    GTEST_FLAG_SET(death_test_style, "threadsafe"); // the child runs this test from its beginning
    const auto folder = fs::temp_directory_path() / ("telltale_killed_" + GetParam());
    const Sources sources;
    const auto recipe = fullRecipe(GetParam());
    EXPECT_EXIT(
        {
            fs::remove_all(folder);
            auto model = toyModel();
            CancelFlag progress;
            (void)trainStream(model, recipe, sources.train, &sources.held, into(folder), progress,
                [](const EpochReport& epoch) {
                    if (epoch.epoch == 2)
                        ::kill(::getpid(), SIGKILL);
                });
        },
        testing::KilledBySignal(SIGKILL), "");
    auto model = toyModel();
    CancelFlag progress;
    int epochs = 0;
    const auto outcome = trainStream(model, recipe, sources.train, &sources.held, into(folder, true),
        progress, [&](const EpochReport&) { ++epochs; });
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_EQ(epochs, 2) << "the first two were done";
    expectAsUninterrupted(model, *outcome, recipe);
    fs::remove_all(folder);
}

TEST(TrainCheckpoints, AFinishedTrainingResumesToItsResultAtOnce)
{
    const Sources sources;
    const TemporaryFolder folder;
    const auto recipe = toyRecipe(2);
    auto first = toyModel();
    CancelFlag progress;
    ASSERT_TRUE(trainStream(first, recipe, sources.train, &sources.held, into(folder.path()), progress));
    auto again = toyModel();
    StopAfter never(0); // would stop before the first step
    const auto outcome
        = trainStream(again, recipe, sources.train, &sources.held, into(folder.path(), true), never);
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_EQ(outcome->history.size(), 2u);
    EXPECT_TRUE(again.classifier()->weight.equal(first.classifier()->weight));
    const auto best = StreamModel::load(folder.path() / "best.safetensors");
    ASSERT_TRUE(best) << best.error().message;
    EXPECT_TRUE(best->classifier()->weight.equal(first.classifier()->weight));
    EXPECT_EQ(best->metadata().at("recipe digest"), trainRecipeDigest(recipe));
    EXPECT_THAT(bytes(folder.path() / "history.json"), HasSubstr("macroF1"));
}

TEST(TrainCheckpoints, CancelKeepsTheFilesAndTheModelHasTheBestSoFar)
{
    const Sources sources;
    const TemporaryFolder folder;
    auto model = toyModel();
    StopAfter stop(4); // within the second epoch
    const auto outcome
        = trainStream(model, toyRecipe(4), sources.train, &sources.held, into(folder.path()), stop);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::Cancelled);
    const auto best = StreamModel::load(folder.path() / "best.safetensors");
    ASSERT_TRUE(best) << best.error().message;
    EXPECT_TRUE(best->classifier()->weight.equal(model.classifier()->weight));
    EXPECT_TRUE(fs::exists(folder.path() / "last.safetensors"));
}

TEST(TrainCheckpoints, AnotherTrainingsCheckpointIsRefusedAndLeftAlone)
{
    const Sources sources;
    const TemporaryFolder folder;
    CancelFlag progress;
    auto model = toyModel();
    ASSERT_TRUE(trainStream(model, toyRecipe(1), sources.train, nullptr, into(folder.path()), progress));
    const auto before = bytes(folder.path() / "last.safetensors");
    const auto refusal = [&](StreamModel other, const TrainRecipe& recipe, const ToySource& train) {
        const auto outcome = trainStream(other, recipe, train, nullptr, into(folder.path(), true), progress);
        EXPECT_FALSE(outcome);
        EXPECT_EQ(bytes(folder.path() / "last.safetensors"), before);
        return outcome ? std::string() : outcome.error().message;
    };
    EXPECT_THAT(refusal(toyModel("other"), toyRecipe(1), sources.train),
        HasSubstr("the 3 classes of \"toy\", wanted are the 3 of \"other\""));
    EXPECT_THAT(refusal(toyModel("toy", 4), toyRecipe(1), sources.train), HasSubstr("wanted are the 4"));
    EXPECT_THAT(refusal(toyModel(), toyRecipe(2), sources.train), HasSubstr("epochs 1 instead of 2"));
    EXPECT_THAT(refusal(toyModel(), toyRecipe(1), ToySource::even(kClasses, 9, 1)), HasSubstr("other clips"));
}

TEST(TrainCheckpoints, ADamagedCheckpointIsASentence)
{
    const Sources sources;
    const TemporaryFolder folder;
    CancelFlag progress;
    auto model = toyModel();
    ASSERT_TRUE(trainStream(model, toyRecipe(1), sources.train, nullptr, into(folder.path()), progress));
    const auto whole = bytes(folder.path() / "last.safetensors");
    for (const size_t size : {size_t{0}, size_t{5}, whole.size() / 2, whole.size() - 1}) {
        ASSERT_TRUE(writeFileAtomically(folder.path() / "last.safetensors", whole.substr(0, size)));
        const auto outcome
            = trainStream(model, toyRecipe(1), sources.train, nullptr, into(folder.path(), true), progress);
        ASSERT_FALSE(outcome) << size;
        EXPECT_THAT(outcome.error().message, HasSubstr("last.safetensors"));
    }
}

TEST(TrainCheckpoints, AFullDiskEndsTheTrainingAndLeavesTheFormerCheckpoint)
{
    const SmallDisk disk(4 << 20);
    if (disk.ranElsewhere())
        return;
    if (!disk.ok())
        GTEST_SKIP() << disk.reason();
    const Sources sources;
    const auto recipe = toyRecipe(4);
    const fs::path folder = disk / "run";
    std::string last;
    auto model = toyModel();
    CancelFlag progress;
    const auto outcome = trainStream(
        model, recipe, sources.train, &sources.held, into(folder), progress, [&](const EpochReport& epoch) {
            if (epoch.epoch != 2)
                return;
            last = bytes(folder / "last.safetensors");
            disk.fill();
        });
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::Io);
    EXPECT_THAT(outcome.error().message, HasSubstr("safetensors"));
    EXPECT_THAT(outcome.error().message, HasSubstr("make room and resume"));
    EXPECT_EQ(bytes(folder / "last.safetensors"), last);
    EXPECT_TRUE(StreamModel::load(folder / "best.safetensors"));
    disk.makeRoom();
    auto resumed = toyModel();
    const auto rest
        = trainStream(resumed, recipe, sources.train, &sources.held, into(folder, true), progress);
    ASSERT_TRUE(rest) << rest.error().message;
    expectAsUninterrupted(resumed, *rest, recipe);
}
