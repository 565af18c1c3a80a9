// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/inputs/heatmapinput.h"
#include "nnfixtures.h"
#include <gtest/gtest.h>
#include <torch/torch.h>

using namespace telltale;

namespace {

using torch::Tensor;

/// GeneratePoseTarget's own limbs.
const std::vector<std::pair<int64_t, int64_t>> kLimbs{{0, 1}, {0, 2}, {1, 3}, {2, 4}, {0, 5}, {5, 7}, {7, 9},
    {0, 6}, {6, 8}, {8, 10}, {5, 11}, {11, 13}, {13, 15}, {6, 12}, {12, 14}, {14, 16}, {11, 12}};

void compare(const std::string& id, const std::string& maps, bool limbs)
{
    TELLTALE_FIXTURE(fixture, id);
    const auto& told = fixture->parameters();
    HeatmapVolumeOptions options;
    options.height = told["img_shape_hw"][0];
    options.width = told["img_shape_hw"][1];
    options.sigma = told["sigma"];
    options.useScore = told["use_score"];
    if (limbs)
        options.limbs = kLimbs;
    const auto points = torch::cat(
        {NnFixture::tensor("a_pose_kp_in.npy"), NnFixture::tensor("a_pose_score_in.npy").unsqueeze(-1)}, -1);
    const auto expected = NnFixture::tensor(maps);
    const auto drawn = heatmapVolumes(points.unsqueeze(0), options);
    EXPECT_LE(NnFixture::difference(drawn[0].transpose(0, 1), expected), fixture->tolerance());
    EXPECT_GT(expected.max().item<double>(), 0);
    // Of two clips the same comes out for each.
    const auto both = heatmapVolumes(torch::stack({points, points}), options);
    EXPECT_TRUE(both[1].equal(drawn[0]));
}

Tensor point(double x, double y, double score) { return torch::tensor({x, y, score}, torch::kFloat); }

/// One person, one frame: [1, 1, 1, points, 3].
Tensor clipOf(const std::vector<Tensor>& points)
{
    return torch::stack(points).view({1, 1, 1, static_cast<int64_t>(points.size()), 3});
}

Tensor noise(std::vector<int64_t> shape, double most)
{
    torch::manual_seed(3);
    return torch::rand(shape) * most;
}

} // namespace

TEST(parity, HeatmapVolumesOfPointsAreTheReferencesMaps)
{
    compare("a_heatmap_kp_s06", "a_kp_s06_out.npy", false);
    compare("a_heatmap_kp_s2_noscore", "a_kp_s2_noscore_out.npy", false);
}

TEST(parity, HeatmapVolumesOfLimbsAreTheReferencesMaps)
{
    compare("a_heatmap_limb_s06", "a_limb_s06_out.npy", true);
    compare("a_heatmap_limb_s2", "a_limb_s2_out.npy", true);
}

TEST(HeatmapVolumes, PointsThatAreNoNumbersDrawNothing)
{
    const auto points = clipOf({point(NAN, 4, 1), point(4, 4, NAN), point(4, INFINITY, 1), point(4, 4, 0.5)});
    const auto maps = heatmapVolumes(points, {.height = 9, .width = 9, .limbs = {}});
    EXPECT_EQ(maps.narrow(1, 0, 3).abs().max().item<float>(), 0);
    EXPECT_FLOAT_EQ(maps[0][3][0][4][4].item<float>(), 0.5f);
    const auto limbs = heatmapVolumes(points, {.height = 9, .width = 9, .limbs = {{0, 3}, {2, 3}}});
    EXPECT_EQ(limbs.abs().max().item<float>(), 0);
}

TEST(HeatmapVolumes, AClipWithoutPersonsIsEmptyAndALimbWithoutItsPointIsRefused)
{
    const auto maps = heatmapVolumes(torch::zeros({2, 0, 3, 5, 3}), {.height = 8, .width = 6, .limbs = {}});
    EXPECT_EQ(maps.sizes(), (std::vector<int64_t>{2, 5, 3, 8, 6}));
    EXPECT_THROW(heatmapVolumes(torch::zeros({1, 1, 1, 2, 3}), {.limbs = {{0, 2}}}), c10::Error);
    EXPECT_THROW(heatmapVolumes(torch::zeros({1, 1, 2, 3}), {}), c10::Error);
}

TEST(PointsToMap, TheSquareAroundAllSeenPointsBecomesTheMap)
{
    // 200 wide and 50 high around (200, 225), half a side 125 with its padding.
    const auto points = clipOf({point(100, 200, 1), point(300, 250, 0.5), point(0, 0, 0), point(NAN, 9, 1)});
    const auto map = pointsToMap(points, {.height = 56, .width = 28}).view({4, 3});
    EXPECT_TRUE(map[0].allclose(point(25 * 28 / 250.0, 100 * 56 / 250.0, 1)));
    EXPECT_TRUE(map[1].allclose(point(225 * 28 / 250.0, 150 * 56 / 250.0, 0.5)));
    EXPECT_EQ(map.narrow(0, 2, 2).abs().max().item<float>(), 0);
}

TEST(PointsToMap, ASingleOrNoPointStillGivesAMap)
{
    const auto map = pointsToMap(clipOf({point(500, 300, 1), point(0, 0, 0)}), {.height = 10, .width = 10});
    EXPECT_TRUE(map.view({2, 3})[0].allclose(point(5, 5, 1)));
    EXPECT_EQ(pointsToMap(torch::zeros({1, 1, 2, 3, 3}), {}).abs().max().item<float>(), 0);
}

TEST(PointsToMap, EveryClipHasItsOwnSquare)
{
    const auto first = noise({1, 2, 3, 4, 3}, 100);
    const auto second = noise({1, 2, 3, 4, 3}, 100) * 7 + 30;
    const auto both = pointsToMap(torch::cat({first, second}), {});
    EXPECT_TRUE(both[0].allclose(pointsToMap(first, {})[0]));
    EXPECT_TRUE(both[1].allclose(pointsToMap(second, {})[0]));
}

TEST(AugmentOnMap, AClipDependsOnItsSeedAlone)
{
    const MapAugmentation augmentation{.mirror = {1, 0, 2}};
    const auto clips = noise({3, 1, 4, 3, 3}, 56);
    const std::vector<uint64_t> seeds{11, 12, 13};
    const auto all = augmentOnMap(clips, {}, augmentation, seeds);
    for (int64_t i = 0; i < 3; ++i)
        EXPECT_TRUE(all[i].equal(augmentOnMap(clips.narrow(0, i, 1), {}, augmentation,
            std::span(seeds).subspan(static_cast<size_t>(i), 1))[0]));
    EXPECT_FALSE(all[0].allclose(clips[0]));
    EXPECT_THROW(augmentOnMap(clips, {}, augmentation, std::span(seeds).first(2)), c10::Error);
}

TEST(AugmentOnMap, AMirroredClipSwapsSidesAndMissingPointsStayMissing)
{
    const MapAugmentation whole{
        .leastArea = 1, .leastAspect = 1, .mostAspect = 1, .flip = 1, .mirror = {1, 0, 2}};
    const auto clip = clipOf({point(10, 20, 1), point(50, 30, 0.5), point(0, 0, 0)});
    const std::vector<uint64_t> seed{1};
    const auto mirrored = augmentOnMap(clip, {}, whole, seed).view({3, 3});
    EXPECT_TRUE(mirrored[0].allclose(point(6, 30, 0.5)));
    EXPECT_TRUE(mirrored[1].allclose(point(46, 20, 1)));
    EXPECT_EQ(mirrored[2].abs().max().item<float>(), 0);
}

TEST(AugmentOnMap, ACropShowsBetweenTheLeastAndTheWholeOfTheMap)
{
    // Two corners of the map tell what was cut out.
    const auto corners = clipOf({point(0, 0, 1), point(56, 56, 1)});
    for (uint64_t seed = 0; seed < 50; ++seed) {
        const auto cropped = augmentOnMap(corners, {}, {}, std::span(&seed, 1)).view({2, 3});
        const auto zoom = (cropped[1] - cropped[0]) / 56;
        const double area = 1 / (zoom[0].item<double>() * zoom[1].item<double>());
        EXPECT_GE(area, 0.56 - 1e-6);
        EXPECT_LE(area, 1 + 1e-6);
        EXPECT_LE(cropped[0].slice(0, 0, 2).max().item<double>(), 1e-4);
        EXPECT_GE(cropped[1].slice(0, 0, 2).min().item<double>(), 56 - 1e-4);
    }
}
