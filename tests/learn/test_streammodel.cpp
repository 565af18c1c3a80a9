// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "toystream.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

StreamModel made(const StreamSpec& spec, uint64_t seed)
{
    auto model = StreamModel::create(spec, seed);
    EXPECT_TRUE(model.ok()) << model.error().message;
    return std::move(*model);
}

StreamScores scoresOf(const StreamModel& model, const ToySource& source, const ScoreOptions& options)
{
    std::vector<int64_t> all(static_cast<size_t>(source.size()));
    std::iota(all.begin(), all.end(), 0);
    CancelFlag progress;
    auto scores = model.scores(source, all, options, progress);
    EXPECT_TRUE(scores.ok());
    return *scores;
}

} // namespace

TEST(StreamModel, ComesBackFromItsFileWithEqualScores)
{
    const TemporaryFolder folder;
    const auto file = folder.path() / "model.safetensors";
    const auto source = ToySource::even(3, 4, 1);
    const auto model = made(toySpec(3), 7);
    ASSERT_TRUE(model.save(file, {{"note", "mine"}}));
    const auto back = StreamModel::load(file);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(back->spec().classes, model.spec().classes);
    EXPECT_EQ(back->metadata().at("note"), "mine");
    EXPECT_EQ(scoresOf(*back, source, {}).logits.values, scoresOf(model, source, {}).logits.values);
    auto other = made(toySpec(3), 8);
    EXPECT_NE(scoresOf(other, source, {}).logits.values, scoresOf(model, source, {}).logits.values);
    ASSERT_TRUE(other.read(file));
    EXPECT_EQ(scoresOf(other, source, {}).logits.values, scoresOf(model, source, {}).logits.values);
}

TEST(StreamModel, AFileOfAnotherSchemeOrNetworkIsRefusedAndChangesNothing)
{
    const TemporaryFolder folder;
    const auto file = folder.path() / "model.safetensors";
    ASSERT_TRUE(made(toySpec(3), 7).save(file));
    const auto source = ToySource::even(3, 4, 1);
    auto other = made(toySpec(3, "smg"), 1);
    const auto before = scoresOf(other, source, {}).logits.values;
    const Status scheme = other.read(file);
    ASSERT_FALSE(scheme);
    EXPECT_EQ(scheme.error().code, ErrorCode::BadFormat);
    EXPECT_THAT(scheme.error().message, HasSubstr(file.string()));
    EXPECT_THAT(scheme.error().message, HasSubstr("the 3 classes of \"toy\", wanted are the 3 of \"smg\""));
    EXPECT_EQ(scoresOf(other, source, {}).logits.values, before);
    auto spec = toySpec(3);
    spec.classes[2] = "something else";
    const Status name = made(spec, 1).read(file);
    ASSERT_FALSE(name);
    EXPECT_THAT(name.error().message, HasSubstr("\"gesture 2\", wanted is \"something else\""));
    spec = toySpec(3);
    spec.network.numbers["widths"] = {8, 24};
    const Status network = made(spec, 1).read(file);
    ASSERT_FALSE(network);
    EXPECT_THAT(network.error().message, HasSubstr("widths"));
    EXPECT_FALSE(made(spec, 1).read(folder.path() / "nowhere.safetensors"));
    ASSERT_TRUE(writeFileAtomically(file, "no tensors"));
    EXPECT_FALSE(StreamModel::load(file));
}

TEST(StreamModel, ANetworkThatCannotBeBuiltIsASentence)
{
    auto spec = toySpec(3);
    spec.network.kind = "perceptron";
    const auto unknown = StreamModel::create(spec, 1);
    ASSERT_FALSE(unknown);
    EXPECT_THAT(unknown.error().message, HasSubstr("There is no network \"perceptron\""));
    EXPECT_FALSE(StreamModel::create(toySpec(1), 1)) << "one class is nothing to tell apart";
}

TEST(StreamModel, ScoresAreLogarithmsOfTheMeanOverViews)
{
    const auto source = ToySource::even(2, 3, 1);
    const auto model = made(toySpec(2), 7);
    const auto one = scoresOf(model, source, {1, 4, true, "scoring"});
    const auto both = scoresOf(model, source, {2, 4, true, "scoring"});
    ASSERT_EQ(one.logits.shape, (std::vector<int64_t>{6, 2}));
    ASSERT_EQ(one.features.shape, (std::vector<int64_t>{6, model.features()}));
    std::vector<int64_t> all = {0, 1, 2, 3, 4, 5};
    const torch::NoGradGuard guard;
    const auto second = model.classifier()(model.backbone().embed(source.view(all, 1))).softmax(1);
    for (int64_t i = 0; i < 6; ++i)
        for (int64_t c = 0; c < 2; ++c) {
            const auto at = static_cast<size_t>(2 * i + c);
            const double mean = (std::exp(one.logits.values[at]) + second[i][c].item<double>()) / 2;
            EXPECT_NEAR(std::exp(both.logits.values[at]), mean, 1e-6);
        }
    EXPECT_EQ(scoresOf(model, source, {9, 4, true, "scoring"}).logits.values, both.logits.values)
        << "there are no more views than the source has";
}

TEST(StreamModel, ScoresDoNotDependOnTheBatchThatAClipIsIn)
{
    const auto source = ToySource::even(3, 5, 1);
    const auto model = made(toySpec(3), 7);
    const auto alone = scoresOf(model, source, {1, 1, true, "scoring"});
    const auto together = scoresOf(model, source, {1, 15, true, "scoring"});
    for (size_t i = 0; i < alone.logits.values.size(); ++i)
        EXPECT_NEAR(alone.logits.values[i], together.logits.values[i], 1e-5);
    const auto without = scoresOf(model, source, {1, 15, false, "scoring"});
    EXPECT_TRUE(without.features.values.empty());
}

TEST(StreamModel, ScoringStopsBetweenBatches)
{
    const auto source = ToySource::even(3, 5, 1);
    const auto model = made(toySpec(3), 7);
    std::vector<int64_t> all(15);
    StopAfter stop(2);
    const auto scores = model.scores(source, all, {1, 4, true, "scoring"}, stop);
    ASSERT_FALSE(scores);
    EXPECT_EQ(scores.error().code, ErrorCode::Cancelled);
}
