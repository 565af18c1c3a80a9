// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/heatmaps/pointclip.h"
#include "tests/features/fixtures.h"
#include <cmath>

using namespace telltale;
using nlohmann::json;

namespace {

class ClipParity : public Fixtures { };

PointClip clipOf(const json& array, const json& shape)
{
    PointClip clip;
    clip.persons = static_cast<int>(array.size());
    clip.frames = static_cast<int64_t>(array[0].size());
    clip.pointCount = static_cast<int>(array[0][0].size());
    clip.height = shape[0];
    clip.width = shape[1];
    const auto number = [](const json& value) { return value.is_null() ? NAN : value.get<float>(); };
    for (const json& person : array)
        for (const json& frame : person)
            for (const json& xy : frame)
                clip.points.push_back({number(xy[0]), number(xy[1]), 1});
    return clip;
}

void expectPlaces(const PointClip& clip, const json& expected, double tolerance, const char* step)
{
    const PointClip other = clipOf(expected, {clip.height, clip.width});
    ASSERT_EQ(clip.points.size(), other.points.size());
    for (size_t i = 0; i < clip.points.size(); ++i) {
        EXPECT_NEAR(clip.points[i].x, other.points[i].x, tolerance) << step << " " << i;
        EXPECT_NEAR(clip.points[i].y, other.points[i].y, tolerance) << step << " " << i;
    }
}

PointClip twoPoints(float x0, float y0, float x1, float y1)
{
    return {1, 1, 2, 100, 200, {{x0, y0, 1}, {x1, y1, 1}}};
}

} // namespace

TEST_F(ClipParity, parityOfCompactResizeAndFlip)
{
    const double tolerance = toleranceOf(entry("a_pose_compact"));
    const std::vector<std::pair<int, int>> pairs = {{1, 2}, {3, 4}};
    const json cases = read("a_pose_compact.json")["cases"];
    EXPECT_GE(cases.size(), 2u);
    for (const json& one : cases) {
        PointClip clip = clipOf(one["keypoint_in"], one["img_shape"]);
        CompactOptions options;
        options.padding = one["padding"];
        options.mayLeavePicture = one["allow_imgpad"];
        options.ratio.reset();
        if (one["hw_ratio"].is_number())
            options.ratio = {one["hw_ratio"], one["hw_ratio"]};
        else if (one["hw_ratio"].is_array())
            options.ratio = {one["hw_ratio"][0], one["hw_ratio"][1]};
        const auto box = poseCompact(clip, options);
        EXPECT_EQ(json({clip.height, clip.width}), one["img_shape_out"]);
        const json quadruple = one["crop_quadruple"];
        ASSERT_EQ(box.has_value(), !quadruple.empty());
        if (box) {
            const double width = one["img_shape"][1];
            const double height = one["img_shape"][0];
            EXPECT_NEAR(box->left / width, quadruple[0].get<double>(), 1e-9);
            EXPECT_NEAR(box->top / height, quadruple[1].get<double>(), 1e-9);
            EXPECT_NEAR(box->width() / width, quadruple[2].get<double>(), 1e-9);
            EXPECT_NEAR(box->height() / height, quadruple[3].get<double>(), 1e-9);
        }
        expectPlaces(clip, one["keypoint_out"], tolerance, "compact");
        resizeClip(clip, 64, 64);
        expectPlaces(clip, one["resize64"], tolerance, "resize");
        flipClip(clip, pairs);
        expectPlaces(clip, one["flip64"], tolerance, "flip");
    }
}

TEST(PointClip, RowsOfATrackAreChosenByFrameAndPerson)
{
    PoseTrack track;
    track.persons = 2;
    track.pointCount = 1;
    track.frames = {3, 5};
    track.points = {{1, 1, 1}, {2, 2, 1}, {3, 3, 1}, {4, 4, 1}};
    const std::vector<int64_t> frames = {5, 4, 3, 5};
    const PointClip second = clipOfTrack(track, frames, 1, 10, 20);
    ASSERT_TRUE(second.valid());
    EXPECT_EQ(second.at(0, 0)->x, 4);
    EXPECT_EQ(second.at(0, 1)->score, 0) << "a frame without a row";
    EXPECT_EQ(second.at(0, 2)->x, 2);
    EXPECT_EQ(second.at(0, 3)->x, 4);
    const PointClip both = clipOfTrack(track, frames, -1, 10, 20);
    ASSERT_TRUE(both.valid());
    EXPECT_EQ(both.persons, 2);
    EXPECT_EQ(both.at(0, 2)->x, 1);
    EXPECT_EQ(both.at(1, 2)->x, 2);
    const PointClip nobody = clipOfTrack(track, frames, 2, 10, 20);
    EXPECT_TRUE(nobody.valid());
    EXPECT_EQ(nobody.persons, 0);
    EXPECT_EQ(nobody.frames, 4);
}

TEST(PoseCompact, DamagedCoordinatesDoNotStretchTheBox)
{
    PointClip clip = twoPoints(50, 20, 90, 80);
    clip.pointCount = 4;
    clip.points.push_back({NAN, 3e30f, 1});
    clip.points.push_back({INFINITY, NAN, 1});
    const auto box = poseCompact(clip, {});
    ASSERT_TRUE(box.has_value());
    EXPECT_EQ(*box, (PixelBox{32, 12, 107, 87}));
    EXPECT_EQ(clip.points[2].x, 0);
}

TEST(PoseCompact, ABodyOutsideOfThePictureThatMayNotBeLeftStaysAsItIs)
{
    PointClip clip = twoPoints(300, 20, 390, 80);
    CompactOptions options;
    options.mayLeavePicture = false;
    EXPECT_FALSE(poseCompact(clip, options).has_value());
    EXPECT_EQ(clip.points[0].x, 300);
    EXPECT_EQ(clip.width, 200);
    PointClip nothing{1, 2, 0, 10, 10, {}};
    EXPECT_FALSE(poseCompact(nothing, {}).has_value());
}

TEST(ClipSteps, ShortSideAndMiddle)
{
    PointClip clip = twoPoints(100, 50, 200, 100);
    resizeShortSide(clip, 64);
    EXPECT_EQ(clip.height, 64);
    EXPECT_EQ(clip.width, 128);
    EXPECT_FLOAT_EQ(clip.points[0].x, 64);
    EXPECT_EQ(centreBox(clip, 64, 64), (PixelBox{32, 0, 96, 64}));
    EXPECT_EQ(centreBox(clip, 500, 64), (PixelBox{32, 0, 96, 64})) << "no larger than the picture";
    cropClip(clip, {32, 0, 96, 64});
    EXPECT_FLOAT_EQ(clip.points[0].x, 32);
    EXPECT_EQ(clip.width, 64);
}

TEST(RandomResizedBox, LiesInThePictureWithTheAreaAndAspectAskedFor)
{
    NumpyRandom random(7);
    const PointClip clip = twoPoints(1, 1, 2, 2);
    RandomCropOptions options;
    for (int round = 0; round < 200; ++round) {
        const PixelBox box = randomResizedBox(clip, options, random);
        EXPECT_GE(box.left, 0);
        EXPECT_GE(box.top, 0);
        EXPECT_LE(box.right, 200);
        EXPECT_LE(box.bottom, 100);
        const double aspect = static_cast<double>(box.width()) / box.height();
        const double area = static_cast<double>(box.width()) * box.height() / 20000;
        const bool fallback = box.width() == 100 && box.height() == 100;
        EXPECT_TRUE(fallback || (area > 0.54 && area < 1.01 && aspect > 0.73 && aspect < 1.36));
    }
    options.area = {3, 4};
    EXPECT_EQ(randomResizedBox(clip, options, random), (PixelBox{50, 0, 150, 100})) << "none fits";
}
