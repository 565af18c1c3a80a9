// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "nn/densestem.h"
#include "nn/sparsestem.h"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace telltale;

namespace {

StemWeights randomStem(int inputs, int outputs, uint64_t seed)
{
    Random random(seed);
    StemWeights weights{inputs, outputs, {}, {}};
    weights.kernel.resize(static_cast<size_t>(inputs) * static_cast<size_t>(outputs) * 49);
    for (float& value : weights.kernel)
        value = static_cast<float>(0.1 * random.normal());
    return weights;
}

struct Clip {
    std::vector<float> values;
    int persons;
    int64_t frames;
    int points;
    int height;
    int width;
    StemPoints view() const { return {values, persons, frames, points, height, width}; }
};

/// Points in and around the map, a tenth of them without a score.
Clip randomClip(int persons, int64_t frames, int points, int height, int width, uint64_t seed)
{
    Random random(seed);
    Clip clip{{}, persons, frames, points, height, width};
    for (int64_t i = 0; i < persons * frames * points; ++i) {
        clip.values.push_back(static_cast<float>(random.uniform(-6, width + 6)));
        clip.values.push_back(static_cast<float>(random.uniform(-6, height + 6)));
        clip.values.push_back(random.chance(0.1) ? 0.0f : static_cast<float>(random.uniform(0.1, 1)));
    }
    return clip;
}

/// The maps by their formula, pixel by pixel.
NdArray volumeOf(const Clip& clip, const StemOptions& options)
{
    NdArray volume({clip.points, clip.frames, clip.height, clip.width});
    const double reach = 3 * options.sigma;
    for (int64_t i = 0; i < clip.persons * clip.frames * clip.points; ++i) {
        const float* p = clip.values.data() + 3 * i;
        const double score = options.useScore ? p[2] : 1.0;
        if (score < options.leastScore)
            continue;
        const int64_t plane = i % clip.points * clip.frames + i / clip.points % clip.frames;
        for (int y = std::max(static_cast<int>(p[1] - reach), 0);
             y < std::min(static_cast<int>(p[1] + reach) + 1, clip.height); ++y)
            for (int x = std::max(static_cast<int>(p[0] - reach), 0);
                 x < std::min(static_cast<int>(p[0] + reach) + 1, clip.width); ++x) {
                const double d2 = std::pow(x - p[0], 2) + std::pow(y - p[1], 2);
                const auto value
                    = static_cast<float>(std::exp(-d2 / (2 * options.sigma * options.sigma)) * score);
                const int column = options.mirrored ? clip.width - 1 - x : x;
                float& there
                    = volume.values[static_cast<size_t>((plane * clip.height + y) * clip.width + column)];
                there = std::max(there, value);
            }
    }
    return volume;
}

/// Of the greatest value of the dense stem in float64.
double relativeError(const StemWeights& weights, const Clip& clip, const StemOptions& options)
{
    DenseStem dense(weights, true);
    dense.setVolume(volumeOf(clip, options));
    dense.run(options);
    const NdArray expected = dense.result();
    const auto sparse = SparseStem::create(weights)->run(clip.view(), options);
    EXPECT_TRUE(sparse.ok());
    EXPECT_EQ(sparse->shape, expected.shape);
    double worst = 0;
    double greatest = 0;
    for (size_t i = 0; i < expected.values.size(); ++i) {
        worst = std::max(worst, static_cast<double>(std::abs(sparse->values[i] - expected.values[i])));
        greatest = std::max(greatest, static_cast<double>(std::abs(expected.values[i])));
    }
    EXPECT_GT(greatest, 0);
    return worst / greatest;
}

} // namespace

TEST(SparseStem, IsTheDenseConvolutionOfTheMaps)
{
    for (const double sigma : {0.1, 0.6, 1.5, 6.0}) {
        StemOptions options;
        options.sigma = sigma;
        EXPECT_LT(relativeError(randomStem(17, 32, 1), randomClip(1, 3, 17, 24, 31, 2), options), 1e-6)
            << sigma;
    }
}

TEST(SparseStem, TakesAnyNumberOfOutputsAndAnyMap)
{
    for (const int outputs : {1, 4, 32, 33, 70})
        for (const auto& [height, width] : {std::pair{1, 1}, {3, 20}, {16, 9}})
            EXPECT_LT(relativeError(
                          randomStem(5, outputs, 3), randomClip(1, 2, 5, height, width, 4), {.sigma = 2.0}),
                1e-6)
                << outputs << ", " << height << " x " << width;
}

TEST(SparseStem, WherePersonsOverlapTheGreaterCounts)
{
    for (const double sigma : {0.6, 3.0})
        for (const int persons : {2, 5})
            EXPECT_LT(
                relativeError(randomStem(3, 32, 5), randomClip(persons, 4, 3, 20, 20, 6), {.sigma = sigma}),
                1e-6);
}

TEST(SparseStem, FoldsTheNormalisationRectifiesAndPools)
{
    StemWeights weights = randomStem(6, 32, 7);
    BatchNormWeights norm;
    Random random(8);
    for (int i = 0; i < 32; ++i) {
        norm.weight.push_back(static_cast<float>(random.uniform(0.5, 2)));
        norm.bias.push_back(static_cast<float>(random.uniform(-0.3, 0.3)));
        norm.mean.push_back(static_cast<float>(random.uniform(-0.2, 0.2)));
        norm.variance.push_back(static_cast<float>(random.uniform(0.01, 3)));
    }
    const Clip clip = randomClip(2, 3, 6, 18, 22, 9);
    const auto folded = foldBatchNorm(weights, norm);
    ASSERT_TRUE(folded.ok());
    for (const bool pool : {false, true})
        EXPECT_LT(relativeError(*folded, clip, {.relu = true, .pool = pool, .threads = 2}), 1e-6);
    // By hand, against the convolution alone.
    const auto plain = SparseStem::create(weights)->run(clip.view(), {});
    const auto normed = SparseStem::create(*folded)->run(clip.view(), {});
    const size_t plane = normed->values.size() / 32;
    for (size_t i = 0; i < normed->values.size(); ++i) {
        const size_t c = i / plane;
        const double expected
            = (plain->values[i] - norm.mean[c]) / std::sqrt(norm.variance[c] + 1e-5) * norm.weight[c]
            + norm.bias[c];
        ASSERT_NEAR(normed->values[i], expected, 2e-5);
    }
    norm.mean.pop_back();
    EXPECT_FALSE(foldBatchNorm(weights, norm).ok());
}

TEST(SparseStem, MirrorsAndCountsScoresAsItIsTold)
{
    const Clip clip = randomClip(2, 2, 4, 15, 19, 10);
    EXPECT_LT(relativeError(randomStem(4, 32, 11), clip, {.mirrored = true}), 1e-6);
    EXPECT_LT(relativeError(randomStem(4, 32, 11), clip, {.useScore = false}), 1e-6);
    EXPECT_LT(relativeError(randomStem(4, 32, 11), clip, {.leastScore = 0.6f}), 1e-6);
}

TEST(SparseStem, DamagedPointsAddNothing)
{
    Clip clip = randomClip(1, 1, 5, 12, 12, 12);
    clip.values = {NAN, 3, 1, 3, INFINITY, 1, 4, 4, NAN, 1e20f, -1e20f, 1, 5, 5, -2};
    const auto out = SparseStem::create(randomStem(5, 32, 13))->run(clip.view(), {});
    ASSERT_TRUE(out.ok());
    EXPECT_EQ(out->values, std::vector<float>(out->values.size()));
    EXPECT_TRUE(SparseStem::create(randomStem(5, 32, 13))->run({{}, 0, 3, 5, 8, 8}, {}).ok()) << "nobody";
    EXPECT_EQ(SparseStem::create(randomStem(5, 32, 13))->run({{}, 1, 0, 5, 8, 8}, {})->values.size(), 0u);
}

TEST(SparseStem, RefusesWhatDoesNotFit)
{
    StemWeights weights = randomStem(3, 8, 14);
    const auto stem = SparseStem::create(weights);
    const Clip clip = randomClip(1, 2, 3, 8, 8, 15);
    std::vector<float> small(10);
    EXPECT_FALSE(stem->run(clip.view(), {}, small).ok());
    EXPECT_FALSE(stem->run(randomClip(1, 2, 4, 8, 8, 15).view(), {}).ok()) << "another layout";
    EXPECT_FALSE(stem->run(clip.view(), {.sigma = 0}).ok());
    EXPECT_FALSE(stem->run(clip.view(), {.sigma = NAN}).ok());
    StemPoints view = clip.view();
    view.frames = 3;
    EXPECT_FALSE(stem->run(view, {}).ok());
    view = clip.view();
    view.width = 0;
    EXPECT_FALSE(stem->run(view, {}).ok());
    weights.kernel.pop_back();
    EXPECT_FALSE(SparseStem::create(weights).ok());
    EXPECT_FALSE(SparseStem::create({0, 8, {}, {}}).ok());
}
