// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/batchfeed.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <stdexcept>

using namespace telltale;
using testing::HasSubstr;

namespace {

/// Joint arrays whose first value tells the clip and whose second the augmentation.
class CountingClips : public ClipDataset {
public:
    explicit CountingClips(int64_t count, int64_t throwing = -1) : m_count(count), m_throwing(throwing) { }
    int64_t size() const override { return m_count; }
    int label(int64_t) const override { return 0; }
    std::string scheme(int64_t) const override { return "smg"; }
    ClipSample sample(int64_t index, Random random, bool augment) const override
    {
        if (index == m_throwing)
            throw std::runtime_error("no such picture");
        ClipSample sample;
        sample.scheme = "smg";
        sample.input.joint = NdArray({9, 32, 68});
        sample.input.joint.values[0] = static_cast<float>(index);
        sample.input.joint.values[1] = augment ? static_cast<float>(random.uniform()) : -1;
        return sample;
    }

private:
    int64_t m_count;
    int64_t m_throwing;
};

constexpr size_t kClipValues = 9 * 32 * 68;

EnsembleRecipe recipeOf(int epochs, int batch)
{
    EnsembleRecipe recipe;
    recipe.classes = {{"smg", 2}};
    recipe.epochs = epochs;
    recipe.batch = batch;
    return recipe;
}

/// (clip, augmentation) in the order in which the batches give them.
std::vector<std::pair<float, float>> readAll(BatchFeed& feed)
{
    std::vector<std::pair<float, float>> seen;
    for (int64_t step = 0; step < feed.steps(); ++step) {
        const auto batch = feed.take(step);
        if (batch == nullptr)
            break;
        const auto& values = batch->inputs.at("joint").values;
        for (size_t at = 0; at < values.size(); at += kClipValues)
            seen.emplace_back(values[at], values[at + 1]);
    }
    return seen;
}

} // namespace

TEST(BatchFeed, ContentDependsOnTheSeedAloneNotOnThreads)
{
    const CountingClips clips(20);
    auto recipe = recipeOf(2, 4);
    BatchFeed one(clips, recipe, 1, 1);
    BatchFeed many(clips, recipe, 2, 4);
    std::vector<std::pair<float, float>> first;
    std::vector<std::pair<float, float>> second;
    {
        const std::jthread reader([&] { first = readAll(many); });
        second = readAll(many);
    }
    const auto alone = readAll(one);
    EXPECT_EQ(alone.size(), 40u);
    EXPECT_EQ(first, alone);
    EXPECT_EQ(second, alone);
    recipe.seed = 2;
    BatchFeed other(clips, recipe, 1, 2);
    EXPECT_NE(readAll(other), alone);
}

TEST(BatchFeed, EachEpochShowsEveryClipOnceAugmentedAnew)
{
    const CountingClips clips(12);
    BatchFeed feed(clips, recipeOf(2, 4), 1, 2);
    const auto seen = readAll(feed);
    ASSERT_EQ(seen.size(), 24u);
    std::set<float> firstEpoch;
    std::set<float> augmentations;
    for (size_t i = 0; i < 12; ++i)
        firstEpoch.insert(seen[i].first);
    for (const auto& entry : seen)
        augmentations.insert(entry.second);
    EXPECT_EQ(firstEpoch.size(), 12u);
    EXPECT_EQ(augmentations.size(), 24u);
}

TEST(BatchFeed, AFailingClipStopsTheFeedWithItsReason)
{
    const CountingClips clips(8, 3);
    BatchFeed feed(clips, recipeOf(1, 8), 1, 2);
    EXPECT_EQ(feed.take(0), nullptr);
    ASSERT_TRUE(feed.error());
    EXPECT_THAT(feed.error()->message, HasSubstr("no such picture"));
}

TEST(BatchFeed, StopWakesAConsumerThatWaits)
{
    const CountingClips clips(8);
    BatchFeed feed(clips, recipeOf(1, 2), 2, 1); // the second consumer never comes: the feed runs dry
    std::jthread stopper([&] {
        for (int64_t step = 0; step < 3; ++step)
            feed.take(step);
        feed.stop();
    });
    EXPECT_EQ(feed.take(3), nullptr);
}

TEST(BatchFeed, AClipOfTheWrongShapeOrClassIsNamed)
{
    Batch batch;
    ClipSample sample;
    sample.scheme = "smg";
    sample.input.rgb = NdArray({3, 8, 64, 63});
    const auto shape = addClip(batch, sample, 17, {{"smg", 2}});
    ASSERT_FALSE(shape);
    EXPECT_THAT(shape.error().message,
        HasSubstr("Training clip 17: rgb has shape [3, 8, 64, 63], wanted [3, 8, 64, 64]"));
    sample.label = 2;
    EXPECT_FALSE(addClip(batch, sample, 17, {{"smg", 2}}));
    EXPECT_TRUE(batch.labels.empty());
}
