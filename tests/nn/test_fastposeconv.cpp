// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "nn/inputs/heatmapinput.h"
#include "nn/volumes/fastposeconv.h"
#include "nn/volumes/plainposeconv.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

SlowOnlyOptions smallOptions(int64_t channels)
{
    SlowOnlyOptions options;
    options.channels = channels;
    options.base = 8;
    options.blocks = {2, 1, 2};
    return options;
}

struct Points {
    std::vector<float> values;
    int persons;
    int64_t frames;
    int points;
    int height;
    int width;
    StemPoints view() const { return {values, persons, frames, points, height, width}; }
    /// [V, T, H, W], drawn by LibTorch.
    NdArray volume() const
    {
        const auto maps = heatmapVolumes(torch::tensor(values).view({1, persons, frames, points, 3}),
            {.height = height, .width = width, .limbs = {}})[0]
                              .contiguous();
        NdArray array(maps.sizes().vec());
        std::copy_n(maps.data_ptr<float>(), maps.numel(), array.values.begin());
        return array;
    }
};

Points somePoints(int persons, int64_t frames, int points, int height, int width)
{
    Random random(9);
    Points made{{}, persons, frames, points, height, width};
    for (int64_t i = 0; i < persons * frames * points; ++i)
        for (const double value : {random.uniform(-3, width + 3), random.uniform(-3, height + 3),
                 random.chance(0.1) ? 0 : random.uniform(0.1, 1)})
            made.values.push_back(static_cast<float>(value));
    return made;
}

/// Greatest difference, as a share of the greatest feature.
double difference(const NdArray& ours, const NdArray& theirs)
{
    EXPECT_EQ(ours.shape, theirs.shape);
    double worst = 0;
    double greatest = 0;
    for (size_t i = 0; i < theirs.values.size(); ++i) {
        worst = std::max(worst, static_cast<double>(std::abs(ours.values[i] - theirs.values[i])));
        greatest = std::max(greatest, static_cast<double>(std::abs(theirs.values[i])));
    }
    EXPECT_GT(greatest, 0);
    return worst / greatest;
}

} // namespace

TEST(FastPoseConv, GivesTheFeaturesOfThePaintedVolume)
{
    for (const Points& points : {somePoints(1, 6, 5, 20, 24), somePoints(2, 7, 17, 13, 16)}) {
        const SlowOnlyOptions options = smallOptions(points.points);
        PlainPoseConv plain(options, 3);
        auto fast = FastPoseConv::create(options, plain.weights(), "memory");
        ASSERT_TRUE(fast) << fast.error().message;
        plain.setVolume(points.volume());
        for (int round = 0; round < 3; ++round) {
            const auto features = fast->embed(points.view(), {.threads = 1 + round % 2});
            ASSERT_TRUE(features) << features.error().message;
            EXPECT_LT(difference(*features, plain.embed(1)), 1e-4);
        }
    }
}

TEST(FastPoseConv, WeightsOfAnotherNetworkAreRefusedByName)
{
    const SlowOnlyOptions options = smallOptions(5);
    TensorFile weights = PlainPoseConv(options, 3).weights();
    weights.tensors.erase("layer2.0.conv2.bn.bias");
    const auto fast = FastPoseConv::create(options, weights, "some.pth");
    ASSERT_FALSE(fast);
    EXPECT_THAT(
        fast.error().message, testing::AllOf(HasSubstr("some.pth"), HasSubstr("layer2.0.conv2.bn.bias")));
}

TEST(FastPoseConv, StridedStemsAndPointsThatDoNotFitAreRefused)
{
    SlowOnlyOptions options = smallOptions(5);
    auto fast = FastPoseConv::create(options, PlainPoseConv(options, 3).weights(), "memory");
    ASSERT_TRUE(fast);
    const Points others = somePoints(1, 2, 6, 8, 8);
    EXPECT_FALSE(fast->embed(others.view(), {}));
    options.stemStride = {1, 2};
    const auto strided = FastPoseConv::create(options, PlainPoseConv(options, 3).weights(), "memory");
    ASSERT_FALSE(strided);
    EXPECT_THAT(strided.error().message, HasSubstr("without strides"));
}

TEST(PlainPoseConv, TrainingLowersTheLoss)
{
    PlainPoseConv plain(smallOptions(5), 3);
    plain.setVolume(somePoints(1, 4, 5, 12, 12).volume());
    const double before = plain.trainingStep(2, 1);
    double after = before;
    for (int step = 0; step < 10; ++step)
        after = plain.trainingStep(2, 1);
    EXPECT_LT(after, before);
}
