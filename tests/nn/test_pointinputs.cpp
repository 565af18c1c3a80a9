// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "nn/inputs/pointinputs.h"
#include <array>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

using torch::Tensor;
using Pairs = std::vector<std::pair<int, int>>;

/// [clips, frames, points, channels] of points that are all there.
Tensor somePoints(std::vector<int64_t> shape, uint64_t seed)
{
    auto points = torch::empty(shape);
    Random random(seed);
    for (int64_t i = 0; i < points.numel(); ++i)
        points.data_ptr<float>()[i] = static_cast<float>(random.uniform(0.2, 1));
    return points;
}

void place(const Tensor& points, std::array<int64_t, 3> where, std::array<float, 3> values)
{
    for (int64_t c = 0; c < 3; ++c)
        points[where[0]][where[1]][where[2]][c] = values[static_cast<size_t>(c)];
}

float valueAt(const Tensor& points, int64_t clip, int64_t frame, int64_t point, int64_t channel)
{
    return points[clip][frame][point][channel].item<float>();
}

} // namespace

TEST(NormalizePoints, PutsTheOriginAtZeroAndMeasuresInTheDistanceOfTheUnitPoints)
{
    const auto points = somePoints({1, 3, 4, 3}, 1);
    for (int64_t t = 0; t < 3; ++t) {
        place(points, {0, t, 0}, {100, 50, 1});
        place(points, {0, t, 1}, {90, 50, 1});
        place(points, {0, t, 2}, {110, 50, 1});
        place(points, {0, t, 3}, {100, 90, 0.5f});
    }
    const auto placed = normalizePoints(points, {0, 1, 2, false});
    EXPECT_NEAR(valueAt(placed, 0, 1, 0, 0), 0, 1e-6);
    EXPECT_NEAR(valueAt(placed, 0, 1, 1, 0), -0.5, 1e-6);
    EXPECT_NEAR(valueAt(placed, 0, 1, 3, 1), 2, 1e-6);
    EXPECT_EQ(valueAt(placed, 0, 1, 3, 2), 0.5f) << "scores stay";
}

TEST(NormalizePoints, ABodyThatMovesStaysInMotionUnlessTheOriginIsFollowed)
{
    const auto points = somePoints({1, 5, 3, 3}, 1);
    for (int64_t t = 0; t < 5; ++t) {
        const auto x = static_cast<float>(10 * t);
        place(points, {0, t, 0}, {x, 0, 1});
        place(points, {0, t, 1}, {x - 5, 0, 1});
        place(points, {0, t, 2}, {x + 5, 0, 1});
    }
    const auto moving = normalizePoints(points, {0, 1, 2, false});
    EXPECT_NEAR(valueAt(moving, 0, 0, 0, 0), -2, 1e-6);
    EXPECT_NEAR(valueAt(moving, 0, 4, 0, 0), 2, 1e-6);
    const auto still = normalizePoints(points, {0, 1, 2, true});
    EXPECT_NEAR(valueAt(still, 0, 0, 0, 0), 0, 1e-6);
    EXPECT_NEAR(valueAt(still, 0, 4, 2, 0), 0.5, 1e-6);
}

TEST(NormalizePoints, WithoutItsOriginOrUnitABodyIsPlacedByTheBoxAroundIt)
{
    const auto points = somePoints({1, 2, 3, 4}, 2);
    const auto free = normalizePoints(points, {});
    const auto beyond = normalizePoints(points, {7, 8, 9, false});
    EXPECT_TRUE(torch::equal(free, beyond)) << "points that the layout does not have";
    const auto places = free.narrow(3, 0, 3);
    EXPECT_TRUE(torch::allclose(places.amax({1, 2}), -places.amin({1, 2}), 1e-4, 1e-5));
    EXPECT_NEAR((places.amax({1, 2}) - places.amin({1, 2})).max().item<float>(), 4, 1e-4);
    points.select(2, 0).zero_();
    const auto missing = normalizePoints(points, {0, 0, 1, false});
    EXPECT_TRUE(missing.isfinite().all().item<bool>());
    EXPECT_EQ(missing.select(2, 0).abs().max().item<float>(), 0);
    EXPECT_GT(missing.select(2, 1).abs().max().item<float>(), 0);
}

TEST(NormalizePoints, SizeAndPlaceOfThePictureDoNotMatter)
{
    const auto points = somePoints({3, 6, 5, 3}, 3);
    auto larger = points.clone();
    larger.narrow(3, 0, 2).mul_(300).add_(70);
    const BodyUnit body{0, 1, 2, false};
    EXPECT_TRUE(torch::allclose(normalizePoints(points, body), normalizePoints(larger, body), 1e-3, 1e-4));
}

TEST(NormalizePoints, WhatIsMissingOrBrokenIsZero)
{
    auto points = somePoints({1, 2, 4, 3}, 4);
    place(points, {0, 0, 1}, {NAN, 3, 1});
    place(points, {0, 0, 2}, {1, 2, NAN});
    place(points, {0, 1, 3}, {1, 2, 0.005f});
    const auto placed = normalizePoints(points, {0, 1, 2, false});
    EXPECT_TRUE(placed.isfinite().all().item<bool>());
    for (const auto& [t, v] : {std::pair{0, 1}, {0, 2}, {1, 3}})
        EXPECT_EQ(placed[0][t][v].abs().max().item<float>(), 0);
    const auto nobody = normalizePoints(torch::zeros({2, 3, 4, 3}), {0, 1, 2, false});
    EXPECT_EQ(nobody.abs().max().item<float>(), 0);
}

TEST(InterpolateMissing, FillsBetweenSightingsAndNowhereElse)
{
    auto points = torch::zeros({1, 7, 2, 3});
    place(points, {0, 1, 0}, {10, 0, 1});
    place(points, {0, 3, 0}, {999, 999, 0.05f});
    place(points, {0, 5, 0}, {30, 8, 0.5f});
    const auto filled = interpolateMissing(points);
    EXPECT_FLOAT_EQ(valueAt(filled, 0, 3, 0, 0), 20);
    EXPECT_FLOAT_EQ(valueAt(filled, 0, 2, 0, 1), 2);
    EXPECT_FLOAT_EQ(valueAt(filled, 0, 4, 0, 2), 0.625);
    EXPECT_EQ(valueAt(filled, 0, 0, 0, 2), 0) << "before the first sighting";
    EXPECT_EQ(valueAt(filled, 0, 6, 0, 2), 0) << "after the last";
    EXPECT_EQ(filled.select(2, 1).abs().max().item<float>(), 0) << "never seen";
    EXPECT_TRUE(torch::equal(filled.select(1, 5), points.select(1, 5)));
    const auto one = somePoints({1, 1, 2, 3}, 1);
    EXPECT_TRUE(torch::equal(interpolateMissing(one), one));
}

TEST(Streams, APairOrAShapeThatDoesNotFitIsNamed)
{
    const Pairs pairs = {{0, 5}};
    try {
        boneStream(torch::zeros({1, 2, 5, 3}), pairs);
        FAIL();
    } catch (const c10::Error& error) {
        EXPECT_THAT(error.what_without_backtrace(), HasSubstr("(0, 5)"));
    }
    EXPECT_THROW(motionStream(torch::zeros({1, 2, 5})), c10::Error);
    EXPECT_THROW(normalizePoints(torch::zeros({1, 2, 5, 2}), {}), c10::Error);
    const auto still = motionStream(somePoints({2, 1, 5, 3}, 1));
    EXPECT_EQ(still.abs().max().item<float>(), 0) << "a clip of one frame does not move";
}

TEST(AugmentPoints, OneSeedGivesTheSameBitsWhereverTheClipStands)
{
    const auto points = somePoints({3, 6, 8, 3}, 5);
    const PointAugmentation how{0.5, 0.3, 0, 0.2, 0.1, 0.02, 0.1};
    const Pairs pairs = {{0, 1}, {2, 3}};
    const std::array<uint64_t, 3> seeds = {7, 8, 9};
    const auto all = augmentPoints(points, how, pairs, seeds);
    EXPECT_TRUE(torch::equal(all, augmentPoints(points, how, pairs, seeds)));
    const std::array<uint64_t, 1> one = {9};
    EXPECT_TRUE(torch::equal(all.narrow(0, 2, 1), augmentPoints(points.narrow(0, 2, 1), how, pairs, one)));
    const std::array<uint64_t, 3> others = {17, 18, 19};
    EXPECT_FALSE(torch::equal(all, augmentPoints(points, how, pairs, others)));
    EXPECT_THROW(augmentPoints(points, how, pairs, one), c10::Error);
}

TEST(AugmentPoints, NothingVariesUnlessItIsAskedFor)
{
    const auto points = somePoints({2, 3, 4, 4}, 6);
    const std::array<uint64_t, 2> seeds = {1, 2};
    EXPECT_TRUE(torch::equal(augmentPoints(points, {}, {}, seeds), points));
}

TEST(AugmentPoints, AFlipMirrorsPlacesAndExchangesLeftAndRight)
{
    const auto points = somePoints({1, 2, 3, 3}, 7);
    const std::array<uint64_t, 1> seeds = {1};
    const Pairs pairs = {{0, 2}};
    const auto flipped = augmentPoints(points, {.flip = 1}, pairs, seeds);
    EXPECT_EQ(valueAt(flipped, 0, 1, 0, 0), -valueAt(points, 0, 1, 2, 0));
    EXPECT_EQ(valueAt(flipped, 0, 1, 2, 1), valueAt(points, 0, 1, 0, 1));
    EXPECT_EQ(valueAt(flipped, 0, 0, 1, 2), valueAt(points, 0, 0, 1, 2));
    const Pairs wrong = {{0, 3}};
    EXPECT_THROW(augmentPoints(points, {.flip = 1}, wrong, seeds), c10::Error);
}

TEST(AugmentPoints, RotationsKeepDistancesScalesStayInTheirRangeAndNoiseHasItsDeviation)
{
    const auto points = somePoints({4, 20, 30, 4}, 8);
    const std::array<uint64_t, 4> seeds = {1, 2, 3, 4};
    const auto length = [](const Tensor& p) { return p.narrow(3, 0, 3).square().sum(3).sqrt(); };
    const auto turned = augmentPoints(points, {.rotation = 1, .turn = 1}, {}, seeds);
    EXPECT_TRUE(torch::allclose(length(turned), length(points), 1e-4, 1e-5));
    EXPECT_GT((turned - points).abs().max().item<float>(), 0.1f);
    const auto scale = (length(augmentPoints(points, {.scale = 0.25}, {}, seeds)) / length(points));
    EXPECT_GE(scale.min().item<float>(), 0.7999f);
    EXPECT_LE(scale.max().item<float>(), 1.2501f);
    EXPECT_GT(scale.max().item<float>() - scale.min().item<float>(), 0.01f);
    const auto noisy = (augmentPoints(points, {.noise = 0.5}, {}, seeds) - points).narrow(3, 0, 3).flatten();
    EXPECT_NEAR(noisy.std().item<float>(), 0.5f, 0.02f);
    EXPECT_NEAR(noisy.mean().item<float>(), 0, 0.02f);
}

TEST(AugmentPoints, MissingPointsStayMissingAndDroppedOnesGoForTheWholeClip)
{
    auto points = somePoints({1, 5, 200, 3}, 9);
    points.select(2, 3).zero_();
    const std::array<uint64_t, 1> seeds = {3};
    const auto varied = augmentPoints(points, {.shift = 1, .noise = 1, .drop = 0.25}, {}, seeds);
    EXPECT_EQ(varied.select(2, 3).abs().max().item<float>(), 0);
    const auto there = varied.select(3, 2).gt(0).to(torch::kFloat)[0];
    EXPECT_TRUE(torch::equal(there[0], there[4]));
    EXPECT_NEAR(there[0].mean().item<float>(), 0.75f, 0.12f);
}
