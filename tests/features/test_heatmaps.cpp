// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/features.h"
#include "features/heatmaps/heatmapoverlay.h"
#include "pose/layout.h"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace telltale;

namespace {

/// A person as [T, 68, 3] whose left wrist waves.
NdArray wavingPerson(int64_t frames)
{
    NdArray points({frames, kPointCount, 3});
    for (int64_t t = 0; t < frames; ++t)
        for (int v = 0; v < kPointCount; ++v) {
            float* p = points.values.data() + (t * kPointCount + v) * 3;
            p[0] = 300.0f + static_cast<float>((v * 37) % 200)
                + (v == 9 ? 5.0f * static_cast<float>(t) : 0.0f);
            p[1] = 100.0f + static_cast<float>((v * 53) % 300);
            p[2] = 0.9f;
        }
    return points;
}

} // namespace

TEST(HeatmapVolume, HasOneMapPerPointOrLimbAndFrame)
{
    const NdArray points = wavingPerson(4);
    HeatmapOptions options;
    options.height = 24;
    options.width = 40;
    EXPECT_EQ(heatmapVolume(points, options).shape, (std::vector<int64_t>{68, 4, 24, 40}));
    options.limbs = true;
    EXPECT_EQ(heatmapVolume(points, options).shape, (std::vector<int64_t>{67, 4, 24, 40}));
}

TEST(HeatmapVolume, MissingPointsDrawNothingAndNoBodyGivesZeros)
{
    NdArray points = wavingPerson(2);
    for (int64_t t = 0; t < 2; ++t)
        points.values[static_cast<size_t>((t * kPointCount + 9) * 3 + 2)] = 0;
    const NdArray volume = heatmapVolume(points, {});
    const size_t plane = static_cast<size_t>(2) * 32 * 32;
    EXPECT_EQ(*std::max_element(volume.values.begin() + 9 * plane, volume.values.begin() + 10 * plane), 0);
    EXPECT_GT(
        *std::max_element(volume.values.begin() + 10 * plane, volume.values.begin() + 11 * plane), 0.3f);
    const NdArray nothing = heatmapVolume(NdArray({3, kPointCount, 3}), {});
    EXPECT_EQ(*std::max_element(nothing.values.begin(), nothing.values.end()), 0);
}

TEST(HeatmapVolume, HostileNumbersStayFinite)
{
    NdArray points = wavingPerson(3);
    points.values[0] = NAN;
    points.values[3] = INFINITY;
    points.values[6] = 3e38f;
    points.values[10] = -1e30f;
    for (const bool limbs : {false, true}) {
        HeatmapOptions options;
        options.limbs = limbs;
        const NdArray volume = heatmapVolume(points, options);
        EXPECT_TRUE(std::all_of(
            volume.values.begin(), volume.values.end(), [](float v) { return v >= 0 && v <= 1; }));
    }
}

TEST(HeatmapOverlay, PeakLiesAtThePoint)
{
    const PosePoint point{320, 90, 0.8f};
    const NdArray map = heatmapOverlay(std::span(&point, 1), 640, 360, 90, 160, 2.0f);
    const auto peak = std::max_element(map.values.begin(), map.values.end()) - map.values.begin();
    EXPECT_EQ(peak % 160, 80);
    EXPECT_EQ(peak / 160, 22);
    EXPECT_GT(map.values[static_cast<size_t>(peak)], 0.7f);
}

TEST(HeatmapOverlay, ShowsOnlyTheGroupsThatAreAskedFor)
{
    std::vector<PosePoint> points(kPointCount);
    points[9] = {40, 40, 1}; // left wrist
    points[0] = {10, 10, 1}; // nose
    const std::vector<BodyPart> head = {BodyPart::Head};
    OverlayMaps maps{50, 50, 1.5, pointsOfParts(poseLayouts().front(), head)};
    const NdArray map = heatmapOverlay(points, 50, 50, maps);
    EXPECT_GT(map.values[10 * 50 + 10], 0.9f);
    EXPECT_EQ(map.values[40 * 50 + 40], 0);
    maps.shown.clear();
    maps.limbs = {{0, 9}};
    const NdArray limb = heatmapOverlay(points, 50, 50, maps);
    EXPECT_GT(limb.values[25 * 50 + 25], 0.9f) << "the middle of the limb";
    maps.shown.assign(kPointCount, true);
    maps.shown[9] = false;
    const NdArray none = heatmapOverlay(points, 50, 50, maps);
    EXPECT_EQ(*std::max_element(none.values.begin(), none.values.end()), 0);
    EXPECT_TRUE(heatmapOverlay({}, 50, 50, maps).values == std::vector<float>(2500));
}
