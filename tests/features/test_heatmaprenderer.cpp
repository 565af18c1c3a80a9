// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/half.h"
#include "features/heatmaps/heatmaprenderer.h"
#include "tests/features/fixtures.h"
#include <algorithm>
#include <cmath>
#include <cstring>

using namespace telltale;
using nlohmann::json;

namespace {

using Pairs = std::vector<std::pair<int, int>>;

/// The 17 limbs that the reference draws by default, in its order, and the pairs of its points.
const Pairs kCocoLimbs = {{0, 1}, {0, 2}, {1, 3}, {2, 4}, {0, 5}, {5, 7}, {7, 9}, {0, 6}, {6, 8}, {8, 10},
    {5, 11}, {11, 13}, {13, 15}, {6, 12}, {12, 14}, {14, 16}, {11, 12}};
const Pairs kCocoPairs = {{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 10}, {11, 12}, {13, 14}, {15, 16}};

std::vector<float> floatsOf(std::span<const std::byte> bytes)
{
    std::vector<float> values(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

std::vector<float> drawn(const PointClip& clip, const HeatmapSpec& spec)
{
    const auto volume = drawHeatmaps(clip, spec);
    EXPECT_TRUE(volume.ok()) << volume.error().message;
    return volume ? floatsOf(*volume) : std::vector<float>();
}

float worstDifference(const std::vector<float>& a, const std::vector<float>& b)
{
    EXPECT_EQ(a.size(), b.size());
    float worst = 0;
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        worst = std::max(worst, std::abs(a[i] - b[i]));
    return worst;
}

class HeatmapParity : public Fixtures {
protected:
    /// [M, T, V, 2] and [M, T, V].
    static PointClip clipOf(const NdArray& places, const NdArray& scores, const json& parameters)
    {
        PointClip clip;
        clip.persons = static_cast<int>(places.shape[0]);
        clip.frames = places.shape[1];
        clip.pointCount = static_cast<int>(places.shape[2]);
        clip.height = parameters["img_shape_hw"][0];
        clip.width = parameters["img_shape_hw"][1];
        for (size_t i = 0; i < scores.values.size(); ++i)
            clip.points.push_back({places.values[2 * i], places.values[2 * i + 1], scores.values[i]});
        return clip;
    }
    static HeatmapSpec specOf(const json& parameters)
    {
        HeatmapSpec spec;
        spec.sigma = parameters["sigma"];
        spec.useScore = parameters.value("use_score", true);
        spec.scaling = parameters["scaling"];
        spec.withLimbs = parameters.value("with_limb", false);
        spec.limbs = kCocoLimbs;
        spec.order = HeatmapOrder::FramesFirst;
        if (parameters.value("double", false))
            spec.mirror = spec.withLimbs ? mirrorOfLimbs(kCocoLimbs, kCocoPairs) : mirrorOf(17, kCocoPairs);
        return spec;
    }
    void compare(const std::string& id) const
    {
        const json fixture = entry(id);
        const PointClip clip = clipOf(load(fixture, 0), load(fixture, 1), fixture["parameters"]);
        const HeatmapSpec spec = specOf(fixture["parameters"]);
        const NdArray expected = load(fixture, 2);
        EXPECT_EQ(heatmapShape(clip, spec)->dimensions(), expected.shape);
        EXPECT_LE(worstDifference(drawn(clip, spec), expected.values), toleranceOf(fixture)) << id;
        EXPECT_GT(*std::max_element(expected.values.begin(), expected.values.end()), 0.1f);
    }
};

/// One person of `count` points on a slope that moves.
PointClip slope(int64_t frames, int count, int height, int width)
{
    PointClip clip{1, frames, count, height, width, {}};
    for (int64_t t = 0; t < frames; ++t)
        for (int v = 0; v < count; ++v)
            clip.points.push_back({2.3f + 1.7f * static_cast<float>(v) + 0.4f * static_cast<float>(t),
                1.6f + 1.1f * static_cast<float>(v), 0.2f + 0.05f * static_cast<float>(v)});
    return clip;
}

/// The formula, pixel by pixel in double precision, with the reference's box.
double pixelOf(const PosePoint& p, int x, int y, double sigma)
{
    const auto in = [&](double at, int pixel) {
        return pixel >= static_cast<int>(at - 3 * sigma) && pixel < static_cast<int>(at + 3 * sigma) + 1;
    };
    if (p.score < 1e-3f || !in(p.x, x) || !in(p.y, y))
        return 0;
    return std::exp(-(std::pow(x - p.x, 2) + std::pow(y - p.y, 2)) / (2 * sigma * sigma)) * p.score;
}

} // namespace

TEST_F(HeatmapParity, parityOfPointMaps) { compare("a_heatmap_kp_s06"); }
TEST_F(HeatmapParity, parityOfPointMapsWithoutScores) { compare("a_heatmap_kp_s2_noscore"); }
TEST_F(HeatmapParity, parityOfLimbMaps) { compare("a_heatmap_limb_s06"); }
TEST_F(HeatmapParity, parityOfWideLimbMaps) { compare("a_heatmap_limb_s2"); }
TEST_F(HeatmapParity, parityOfMirroredPointMaps) { compare("a_heatmap_double_kp"); }
TEST_F(HeatmapParity, parityOfMirroredLimbMaps) { compare("a_heatmap_double_limb"); }

TEST_F(HeatmapParity, parityOfTheLimbsThatSwapSides)
{
    const json parameters = entry("a_heatmap_double_limb")["parameters"];
    Pairs pairs;
    for (size_t i = 0; i < parameters["left_limb"].size(); ++i)
        pairs.emplace_back(parameters["left_limb"][i], parameters["right_limb"][i]);
    EXPECT_EQ(mirrorOfLimbs(kCocoLimbs, kCocoPairs), mirrorOf(17, pairs));
}

TEST_F(HeatmapParity, parityOfTheOtherVariantWhereNoPointIsFaint)
{
    const json fixture = entry("a_heatmap_kp_s06");
    PointClip clip = clipOf(load(fixture, 0), load(fixture, 1), fixture["parameters"]);
    for (PosePoint& point : clip.points)
        if (point.score < 1e-3f)
            point.score = 0;
    HeatmapSpec spec = specOf(fixture["parameters"]);
    spec.variant = HeatmapVariant::MmAction2;
    EXPECT_LE(worstDifference(drawn(clip, spec), load(fixture, 2).values), toleranceOf(fixture));
}

TEST(Heatmaps, TheVariantsDifferInPointsBetweenTheirThresholds)
{
    const PointClip clip{1, 1, 3, 8, 8, {{2, 2, 2e-3f}, {4, 4, 5e-4f}, {6, 6, 5e-5f}}};
    HeatmapSpec spec;
    const auto highest = [&](const std::vector<float>& maps, int point) {
        return *std::max_element(maps.begin() + 64 * point, maps.begin() + 64 * (point + 1));
    };
    spec.variant = HeatmapVariant::Pyskl;
    const std::vector<float> pyskl = drawn(clip, spec);
    spec.variant = HeatmapVariant::MmAction2;
    const std::vector<float> other = drawn(clip, spec);
    for (const auto* maps : {&pyskl, &other}) {
        EXPECT_NEAR(highest(*maps, 0), 2e-3, 1e-9);
        EXPECT_EQ(highest(*maps, 2), 0);
    }
    EXPECT_EQ(highest(pyskl, 1), 0);
    EXPECT_NEAR(highest(other, 1), 5e-4, 1e-9);
}

TEST(Heatmaps, EachPixelIsTheFormulaAtAnySizeAndSigma)
{
    for (const auto& [height, width] : {std::pair{9, 5}, {17, 16}, {40, 33}, {64, 64}, {7, 200}})
        for (const double sigma : {0.05, 0.3, 0.6, 2.0, 9.0}) {
            const PointClip clip = slope(2, 11, height, width);
            HeatmapSpec spec;
            spec.sigma = sigma;
            const std::vector<float> maps = drawn(clip, spec);
            ASSERT_EQ(maps.size(), static_cast<size_t>(11 * 2 * height * width));
            double worst = 0;
            for (int v = 0; v < 11; ++v)
                for (int t = 0; t < 2; ++t)
                    for (int y = 0; y < height; ++y)
                        for (int x = 0; x < width; ++x)
                            worst = std::max(worst,
                                std::abs(maps[static_cast<size_t>(((v * 2 + t) * height + y) * width + x)]
                                    - pixelOf(clip.at(0, t)[v], x, y, sigma)));
            EXPECT_LT(worst, 1e-6) << height << " x " << width << ", sigma " << sigma;
        }
}

TEST(Heatmaps, AnOrderIsOnlyAnotherPlaceForTheSameMaps)
{
    const PointClip clip = slope(6, 5, 12, 20);
    HeatmapSpec spec;
    spec.mirror = {1, 0, 2, 4, 3};
    spec.order = HeatmapOrder::FramesFirst;
    const std::vector<float> frames = drawn(clip, spec);
    EXPECT_EQ(heatmapShape(clip, spec)->dimensions(), (std::vector<int64_t>{12, 5, 12, 20}));
    spec.order = HeatmapOrder::ChannelsFirst;
    spec.clips = 3;
    const std::vector<float> clips = drawn(clip, spec);
    EXPECT_EQ(heatmapShape(clip, spec)->dimensions(), (std::vector<int64_t>{6, 5, 2, 12, 20}));
    const auto plane = [](const std::vector<float>& maps, int index) {
        return std::vector<float>(maps.begin() + index * 240, maps.begin() + (index + 1) * 240);
    };
    for (int frame = 0; frame < 12; ++frame)
        for (int channel = 0; channel < 5; ++channel)
            EXPECT_EQ(
                plane(frames, frame * 5 + channel), plane(clips, (frame / 2 * 5 + channel) * 2 + frame % 2));
}

TEST(Heatmaps, MirroredMapsAreTheMapsReversedInTheirPartnersChannel)
{
    PointClip clip = slope(1, 3, 10, 21);
    HeatmapSpec spec;
    spec.mirror = {0, 2, 1};
    for (const bool limbs : {false, true}) {
        spec.withLimbs = limbs;
        spec.limbs = {{0, 1}, {1, 2}, {0, 2}};
        const std::vector<float> maps = drawn(clip, spec);
        for (int channel = 0; channel < 3; ++channel)
            for (int y = 0; y < 10; ++y)
                for (int x = 0; x < 21; ++x)
                    ASSERT_EQ(maps[static_cast<size_t>(((3 + channel) * 10 + y) * 21 + x)],
                        maps[static_cast<size_t>(
                            (spec.mirror[static_cast<size_t>(channel)] * 10 + y) * 21 + 20 - x)]);
    }
}

TEST(Heatmaps, SeveralPersonsShareAMapByTheGreaterValue)
{
    PointClip clip{2, 1, 1, 16, 16, {{5, 5, 0.9f}, {6, 5, 0.8f}}};
    const std::vector<float> both = drawn(clip, {});
    PointClip first{1, 1, 1, 16, 16, {clip.points[0]}};
    PointClip second{1, 1, 1, 16, 16, {clip.points[1]}};
    const std::vector<float> one = drawn(first, {});
    const std::vector<float> other = drawn(second, {});
    for (size_t i = 0; i < both.size(); ++i)
        EXPECT_EQ(both[i], std::max(one[i], other[i]));
}

TEST(Heatmaps, HalvesAndBytesAreTheRoundedFloats)
{
    PointClip clip = slope(3, 8, 19, 23);
    clip.persons = 2;
    clip.frames = 1;
    clip.points.resize(16);
    clip.points[3].score = 7; // more than a byte can tell
    for (const bool limbs : {false, true}) {
        HeatmapSpec spec;
        spec.sigma = 1.7;
        spec.withLimbs = limbs;
        spec.limbs = {{0, 3}, {2, 7}};
        const std::vector<float> floats = drawn(clip, spec);
        spec.type = NumberType::Float16;
        const auto halves = drawHeatmaps(clip, spec);
        spec.type = NumberType::UInt8;
        const auto bytes = drawHeatmaps(clip, spec);
        ASSERT_EQ(halves->size(), floats.size() * 2);
        ASSERT_EQ(bytes->size(), floats.size());
        for (size_t i = 0; i < floats.size(); ++i) {
            uint16_t half = 0;
            std::memcpy(&half, halves->data() + 2 * i, 2);
            ASSERT_EQ(half, toHalf(floats[i]));
            ASSERT_EQ(
                std::to_integer<int>((*bytes)[i]), std::min(255, static_cast<int>(floats[i] * 255 + 0.5f)));
        }
    }
}

TEST(Heatmaps, AVolumeCanBeDrawnAStretchAtATimeAndByTwoThreads)
{
    const PointClip clip = slope(7, 9, 15, 18);
    HeatmapSpec spec;
    spec.mirror = mirrorOf(9, Pairs{{0, 1}, {2, 3}});
    for (const auto order : {HeatmapOrder::FramesFirst, HeatmapOrder::ChannelsFirst}) {
        spec.order = order;
        spec.threads = 1;
        const auto whole = drawHeatmaps(clip, spec);
        const size_t plane = 15 * 18 * sizeof(float);
        std::vector<std::byte> pieces(whole->size(), std::byte{77});
        for (int64_t first = 0; first < 126; first += 10) {
            const int64_t count = std::min<int64_t>(10, 126 - first);
            ASSERT_TRUE(drawHeatmaps(clip, spec, first, count,
                std::span(pieces).subspan(
                    static_cast<size_t>(first) * plane, static_cast<size_t>(count) * plane)));
        }
        EXPECT_EQ(pieces, *whole);
        spec.threads = 2;
        std::fill(pieces.begin(), pieces.end(), std::byte{77});
        ASSERT_TRUE(drawHeatmaps(clip, spec, 0, 126, pieces));
        EXPECT_EQ(pieces, *whole);
        EXPECT_FALSE(drawHeatmaps(clip, spec, 120, 10, std::span(pieces).first(10 * plane))) << "too far";
        EXPECT_FALSE(drawHeatmaps(clip, spec, 0, 10, std::span(pieces).first(9 * plane)))
            << "too little memory";
    }
}

TEST(Heatmaps, ABufferThatIsDrawnAgainForgetsWhatWasThere)
{
    HeatmapBuffer buffer;
    PointClip clip = slope(4, 10, 24, 30);
    HeatmapSpec spec;
    spec.limbs = {{0, 4}, {9, 2}};
    for (int round = 0; round < 9; ++round) {
        for (PosePoint& p : clip.points) {
            p.x = std::fmod(p.x * 1.37f + 3, 34.0f);
            p.y = std::fmod(p.y * 1.61f + 5, 28.0f);
        }
        clip.persons = round % 3 == 1 ? 2 : 1;
        clip.frames = round % 3 == 1 ? 2 : 4;
        spec.withLimbs = round > 5;
        spec.type = round == 4 ? NumberType::Float16 : NumberType::Float32;
        const auto again = buffer.draw(clip, spec);
        ASSERT_TRUE(again.ok());
        const auto fresh = drawHeatmaps(clip, spec);
        EXPECT_TRUE(std::equal(again->begin(), again->end(), fresh->begin(), fresh->end())) << round;
    }
}

TEST(Heatmaps, WhatIsDamagedOrFarOutsideDrawsNothing)
{
    PointClip clip{1, 1, 9, 20, 20,
        {{NAN, 5, 1}, {5, INFINITY, 1}, {3e38f, -3e38f, 1}, {5, 5, NAN}, {5, 5, -1}, {-50, 5, 1}, {5, 99, 1},
            {5, 5, INFINITY}, {5, 5, 5e-4f}}};
    HeatmapSpec spec;
    spec.limbs = {{0, 1}, {2, 3}, {4, 5}, {5, 6}, {7, 8}};
    for (const double sigma : {0.01, 0.6, 2.0})
        for (const bool limbs : {false, true}) {
            spec.sigma = sigma;
            spec.withLimbs = limbs;
            for (const float value : drawn(clip, spec))
                ASSERT_EQ(value, 0) << sigma << limbs;
        }
}

TEST(Heatmaps, AHugeSigmaCoversTheMapAndStaysFinite)
{
    PointClip clip{1, 1, 2, 20, 20, {{5, 5, 1}, {15, 9, 0.5f}}};
    for (const bool limbs : {false, true}) {
        HeatmapSpec spec;
        spec.sigma = 1e12;
        spec.withLimbs = limbs;
        spec.limbs = {{0, 1}};
        const std::vector<float> maps = drawn(clip, spec);
        EXPECT_NEAR(maps.front(), limbs ? 0.5 : 1, 1e-6);
        EXPECT_NEAR(maps.back(), 0.5, 1e-6);
    }
}

TEST(Heatmaps, NothingToDrawIsAnEmptyVolumeAndNonsenseIsRefused)
{
    PointClip clip{1, 0, 3, 20, 20, {}};
    EXPECT_TRUE(drawHeatmaps(clip, {})->empty());
    clip = {0, 4, 3, 20, 20, {}};
    EXPECT_EQ(drawn(clip, {}), std::vector<float>(static_cast<size_t>(3 * 4 * 400))) << "nobody is there";
    clip = slope(4, 3, 20, 20);
    const auto refused = [&](auto change) {
        PointClip changed = clip;
        HeatmapSpec spec;
        change(changed, spec);
        const auto volume = drawHeatmaps(changed, spec);
        EXPECT_FALSE(HeatmapBuffer().draw(changed, spec).ok());
        return !volume && volume.error().code == ErrorCode::InvalidArgument
            && volume.error().message.size() > 20;
    };
    EXPECT_TRUE(refused([](PointClip& c, HeatmapSpec&) { c.width = 0; }));
    EXPECT_TRUE(refused([](PointClip& c, HeatmapSpec&) { c.height = -4; }));
    EXPECT_TRUE(refused([](PointClip& c, HeatmapSpec&) { c.height = c.width = 2'000'000'000; }));
    EXPECT_TRUE(refused([](PointClip& c, HeatmapSpec&) { c.points.pop_back(); }));
    EXPECT_TRUE(refused([](PointClip&, HeatmapSpec& s) { s.sigma = 0; }));
    EXPECT_TRUE(refused([](PointClip&, HeatmapSpec& s) { s.sigma = NAN; }));
    EXPECT_TRUE(refused([](PointClip&, HeatmapSpec& s) { s.scaling = INFINITY; }));
    EXPECT_TRUE(refused([](PointClip&, HeatmapSpec& s) { s.withLimbs = true; }));
    EXPECT_TRUE(refused([](PointClip&, HeatmapSpec& s) {
        s.withLimbs = true;
        s.limbs = {{0, 3}};
    }));
    EXPECT_TRUE(refused([](PointClip&, HeatmapSpec& s) { s.mirror = {0, 1}; }));
    EXPECT_TRUE(refused([](PointClip&, HeatmapSpec& s) { s.mirror = {0, 1, 3}; }));
    EXPECT_TRUE(refused([](PointClip&, HeatmapSpec& s) { s.clips = 3; }));
}
