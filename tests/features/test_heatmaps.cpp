// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/npy.h"
#include "features/features.h"
#include "features/heatmaps.h"
#include "pose/layout.h"
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace telltale;
using nlohmann::json;

namespace {

std::filesystem::path fixtureFolder()
{
    const char* folder = std::getenv("TELLTALE_FIXTURES");
    return folder ? std::filesystem::path(folder)
                  : std::filesystem::path(TELLTALE_SOURCE_DIR) / "../shared/fixtures";
}

/// The 17 limbs that the reference draws by default, in its order.
const std::vector<std::pair<int, int>> kCocoLimbs = {{0, 1}, {0, 2}, {1, 3}, {2, 4}, {0, 5}, {5, 7}, {7, 9},
    {0, 6}, {6, 8}, {8, 10}, {5, 11}, {11, 13}, {13, 15}, {6, 12}, {12, 14}, {14, 16}, {11, 12}};

class HeatmapParity : public testing::Test {
protected:
    void SetUp() override
    {
        if (!std::filesystem::exists(fixtureFolder() / "manifest.json"))
            GTEST_SKIP() << fixtureFolder() << " is not there";
        m_manifest = json::parse(*readFile(fixtureFolder() / "manifest.json"));
    }
    json entry(const std::string& id) const
    {
        for (const json& fixture : m_manifest["fixtures"])
            if (fixture["id"] == id)
                return fixture;
        ADD_FAILURE() << "the manifest has no " << id;
        return {};
    }
    static double toleranceOf(const json& fixture)
    {
        return std::stod(fixture["tolerance"].get<std::string>());
    }
    static NdArray load(const json& fixture, size_t file)
    {
        const std::string name = fixture["files"][file]["name"];
        const auto array = readNpy(fixtureFolder() / name);
        EXPECT_TRUE(array.ok()) << name;
        return *toFloat(*array, name);
    }

    /// Draws every person of the fixture into [T, V or limbs, H, W] and compares.
    void compare(const std::string& id) const
    {
        const json fixture = entry(id);
        const json parameters = fixture["parameters"];
        const NdArray places = load(fixture, 0); // [M, T, V, 2]
        const NdArray scores = load(fixture, 1);
        const NdArray expected = load(fixture, 2);
        const bool limbs = parameters.value("with_limb", false);
        const int height = parameters["img_shape_hw"][0];
        const int width = parameters["img_shape_hw"][1];
        const int64_t frames = places.shape[1];
        const int64_t points = places.shape[2];
        const auto channels = limbs ? static_cast<int64_t>(kCocoLimbs.size()) : points;
        ASSERT_EQ(expected.shape, (std::vector<int64_t>{frames, channels, height, width}));
        NdArray maps(expected.shape);
        for (int64_t m = 0; m < places.shape[0]; ++m)
            for (int64_t t = 0; t < frames; ++t) {
                const auto point = [&](int64_t v) {
                    const auto i = static_cast<size_t>((m * frames + t) * points + v);
                    return PosePoint{places.values[2 * i], places.values[2 * i + 1],
                        parameters.value("use_score", true) ? scores.values[i] : 1.0f};
                };
                for (int64_t c = 0; c < channels; ++c) {
                    const HeatmapCanvas canvas{maps.values.data() + (t * channels + c) * height * width,
                        height, width, parameters["sigma"].get<double>()};
                    if (limbs)
                        drawLimb(canvas, point(kCocoLimbs[static_cast<size_t>(c)].first),
                            point(kCocoLimbs[static_cast<size_t>(c)].second));
                    else
                        drawPoint(canvas, point(c));
                }
            }
        float worst = 0;
        for (size_t i = 0; i < maps.values.size(); ++i)
            worst = std::max(worst, std::abs(maps.values[i] - expected.values[i]));
        EXPECT_LE(worst, toleranceOf(fixture)) << id;
        EXPECT_GT(*std::max_element(expected.values.begin(), expected.values.end()), 0.1f);
    }

private:
    json m_manifest;
};

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

TEST_F(HeatmapParity, parityOfPointMaps) { compare("a_heatmap_kp_s06"); }
TEST_F(HeatmapParity, parityOfPointMapsWithoutScores) { compare("a_heatmap_kp_s2_noscore"); }
TEST_F(HeatmapParity, parityOfLimbMaps) { compare("a_heatmap_limb_s06"); }
TEST_F(HeatmapParity, parityOfWideLimbMaps) { compare("a_heatmap_limb_s2"); }

TEST_F(HeatmapParity, parityOfCompactBoxes)
{
    const json fixture = entry("a_pose_compact");
    const json cases = json::parse(*readFile(fixtureFolder() / "a_pose_compact.json"))["cases"];
    int compared = 0;
    for (const json& one : cases) {
        if (!one.value("allow_imgpad", false) || one["hw_ratio"].is_null() || one["hw_ratio"] != 1.0)
            continue;
        std::vector<PosePoint> in;
        std::vector<PosePoint> out;
        const auto collect = [](const json& array, std::vector<PosePoint>& points) {
            for (const json& person : array)
                for (const json& frame : person)
                    for (const json& xy : frame)
                        points.push_back({xy[0].is_null() ? 0 : xy[0].get<float>(),
                            xy[1].is_null() ? 0 : xy[1].get<float>(), 1});
        };
        collect(one["keypoint_in"], in);
        collect(one["keypoint_out"], out);
        const CompactBox box = compactBox(in, one["padding"]);
        if (box.compacted) {
            EXPECT_EQ(box.bottom - box.top, one["img_shape_out"][0].get<int>());
            EXPECT_EQ(box.right - box.left, one["img_shape_out"][1].get<int>());
        } else {
            EXPECT_EQ(one["img_shape"], one["img_shape_out"]);
        }
        for (size_t i = 0; i < in.size(); ++i) {
            const float x = in[i].x != 0 ? in[i].x - static_cast<float>(box.left) : 0;
            const float y = in[i].y != 0 ? in[i].y - static_cast<float>(box.top) : 0;
            EXPECT_NEAR(x, out[i].x, toleranceOf(fixture));
            EXPECT_NEAR(y, out[i].y, toleranceOf(fixture));
        }
        ++compared;
    }
    EXPECT_GE(compared, 2);
}

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
