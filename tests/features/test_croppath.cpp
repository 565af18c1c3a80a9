// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/crops/croppath.h"
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using namespace telltale;

namespace {

constexpr int64_t kSecond = 25;

CropPath pathOf(std::vector<CropKey> keys) { return {0, CropKind::LeftHand, std::move(keys)}; }

CropBox box(float x, float y, float side) { return {x, y, side, side}; }

void expectNear(const CropBox& a, const CropBox& b, float tolerance, int64_t frame)
{
    EXPECT_NEAR(a.x, b.x, tolerance) << "frame " << frame;
    EXPECT_NEAR(a.y, b.y, tolerance) << "frame " << frame;
    EXPECT_NEAR(a.width, b.width, tolerance) << "frame " << frame;
    EXPECT_NEAR(a.height, b.height, tolerance) << "frame " << frame;
}

} // namespace

TEST(CropPath, NamesOfKindsGoBothWays)
{
    for (const CropKind kind : kCropKinds) {
        const auto found = findCropKind(cropKindName(kind));
        ASSERT_TRUE(found.ok());
        EXPECT_EQ(*found, kind);
    }
    const auto unknown = findCropKind("foot");
    ASSERT_FALSE(unknown.ok());
    EXPECT_NE(unknown.error().message.find("left_hand"), std::string::npos) << unknown.error().message;
}

TEST(CropPath, IsLinearBetweenKeysAndHeldBehindTheLast)
{
    const CropPath path = pathOf({{10, box(0, 0, 20)}, {20, box(100, 50, 40)}});
    EXPECT_TRUE(isEmptyBox(boxAt(path, 9)));
    EXPECT_EQ(boxAt(path, 10), box(0, 0, 20));
    EXPECT_EQ(boxAt(path, 15), box(50, 25, 30));
    EXPECT_EQ(boxAt(path, 20), box(100, 50, 40));
    EXPECT_EQ(boxAt(path, 100000), box(100, 50, 40));
    EXPECT_TRUE(isEmptyBox(boxAt({}, 3)));
}

TEST(CropPath, AnEmptyKeyEndsItUntilTheNextKey)
{
    const CropPath path = pathOf({{0, box(0, 0, 20)}, {10, {}}, {30, box(7, 7, 7)}});
    EXPECT_EQ(boxAt(path, 9), box(0, 0, 20));
    EXPECT_TRUE(isEmptyBox(boxAt(path, 10)));
    EXPECT_TRUE(isEmptyBox(boxAt(path, 29)));
    EXPECT_EQ(boxAt(path, 30), box(7, 7, 7));
}

TEST(CropCorrections, AreExactAtTheirFrames)
{
    const CropPath path = pathOf({{0, box(0, 0, 100)}, {100, box(200, 0, 50)}, {101, box(500, 500, 80)}});
    const std::vector<CropKey> corrected{{70, {33, 44, 55, 66}}, {20, {1.5f, 2.5f, 30.25f, 12}},
        {101, {400, 300, 90, 91}}, {300, box(1, 2, 3)}};
    const CropPath result = withCorrections(path, corrected, kSecond);
    for (const CropKey& key : corrected)
        EXPECT_EQ(boxAt(result, key.frame), key.box) << "frame " << key.frame;
    for (size_t i = 1; i < result.keys.size(); ++i)
        EXPECT_LT(result.keys[i - 1].frame, result.keys[i].frame);
    EXPECT_EQ(result.kind, path.kind);
}

TEST(CropCorrections, FadeOutOverTheReachAndLeaveTheRestAlone)
{
    const CropPath path = pathOf({{0, box(0, 0, 100)}, {1000, box(1000, 0, 100)}});
    const std::vector<CropKey> corrected{{500, box(540, 80, 100)}};
    const CropPath result = withCorrections(path, corrected, kSecond);
    for (const int64_t frame : {int64_t{0}, int64_t{100}, 500 - kSecond, 500 + kSecond, int64_t{1000}})
        expectNear(boxAt(result, frame), boxAt(path, frame), 1e-3f, frame);
    // Half way out the shift of (40, 80) is half of it.
    expectNear(boxAt(result, 505), box(505 + 40 * 0.8f, 80 * 0.8f, 100), 0.11f, 505);
    expectNear(boxAt(result, 495), box(495 + 40 * 0.8f, 80 * 0.8f, 100), 0.11f, 495);
}

TEST(CropCorrections, ChangeOverLinearlyInCentreAndLogarithmOfSize)
{
    const CropPath path = pathOf({{0, box(0, 0, 100)}, {400, box(0, 0, 100)}});
    // Twice as large at 100, half as large at 300, around one centre (50, 50) and (150, 50).
    const std::vector<CropKey> corrected{{100, box(-50, -50, 200)}, {300, box(125, 25, 50)}};
    const CropPath result = withCorrections(path, corrected, kSecond);
    for (int64_t frame = 100; frame <= 300; ++frame) {
        const float t = static_cast<float>(frame - 100) / 200.0f;
        const float side = 200 * std::pow(0.25f, t);
        expectNear(boxAt(result, frame), box(50 + 100 * t - side / 2, 50 - side / 2, side), 0.3f, frame);
    }
    EXPECT_LT(result.keys.size(), 60u) << "a smooth change needs few keys";
}

TEST(CropCorrections, KeepJumpsAndGapsOfThePath)
{
    const CropPath path = pathOf({{0, box(0, 0, 100)}, {99, box(0, 0, 100)}, {100, box(600, 0, 100)},
        {150, box(600, 0, 100)}, {160, {}}, {200, box(0, 0, 100)}, {300, box(0, 0, 100)}});
    const std::vector<CropKey> corrected{
        {90, box(10, 0, 100)}, {110, box(610, 0, 100)}, {250, box(50, 0, 100)}};
    const CropPath result = withCorrections(path, corrected, kSecond);
    expectNear(boxAt(result, 99), box(10, 0, 100), 0.11f, 99);
    expectNear(boxAt(result, 100), box(610, 0, 100), 0.11f, 100);
    EXPECT_FALSE(isEmptyBox(boxAt(result, 159)));
    EXPECT_TRUE(isEmptyBox(boxAt(result, 160)));
    EXPECT_TRUE(isEmptyBox(boxAt(result, 199)));
    // From 10 pixels at 110 to 50 at 250: 25 at 162.5, so nearly 24 at the last frame before the gap.
    expectNear(boxAt(result, 159), box(600 + 10 + 40 * 49 / 140.0f, 0, 100), 0.11f, 159);
}

TEST(CropCorrections, FillTheGapThatHoldsThem)
{
    const CropPath path = pathOf(
        {{50, box(0, 0, 100)}, {100, box(0, 0, 100)}, {101, {}}, {200, box(400, 0, 100)}, {220, {}}});
    const std::vector<CropKey> corrected{
        {150, box(200, 100, 100)}, {175, box(300, 100, 100)}, {10, box(30, 0, 60)}, {300, box(9, 9, 90)}};
    const CropPath result = withCorrections(path, corrected, kSecond);
    expectNear(boxAt(result, 0), box(30, 0, 60), 1e-3f, 0);
    expectNear(boxAt(result, 30), box(15, 0, 80), 0.11f, 30);
    expectNear(boxAt(result, 50), box(0, 0, 100), 1e-3f, 50);
    expectNear(boxAt(result, 125), box(100, 50, 100), 0.11f, 125);
    expectNear(boxAt(result, 160), box(240, 100, 100), 0.11f, 160);
    expectNear(boxAt(result, 200), box(400, 0, 100), 0.11f, 200);
    expectNear(boxAt(result, 219), box(400, 0, 100), 0.11f, 219);
    expectNear(boxAt(result, 5000), box(9, 9, 90), 1e-3f, 5000);
    for (int64_t frame = 0; frame < 400; ++frame)
        EXPECT_FALSE(isEmptyBox(boxAt(result, frame))) << frame;
}

TEST(CropCorrections, MakeAPathWhereThereIsNone)
{
    const std::vector<CropKey> corrected{{40, box(0, 0, 10)}, {80, box(40, 0, 10)}};
    const CropPath result = withCorrections({3, CropKind::Face, {}}, corrected, kSecond);
    EXPECT_EQ(result.person, 3);
    EXPECT_EQ(result.kind, CropKind::Face);
    EXPECT_EQ(boxAt(result, 0), box(0, 0, 10));
    expectNear(boxAt(result, 60), box(20, 0, 10), 0.11f, 60);
    EXPECT_EQ(boxAt(result, 1000), box(40, 0, 10));
}

TEST(CropCorrections, UnusableOnesChangeNothing)
{
    const CropPath path = pathOf({{0, box(0, 0, 100)}});
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const std::vector<CropKey> useless{{5, {}}, {6, {nan, 0, 5, 5}}, {7, {0, 0, -5, 5}}, {-3, box(1, 1, 1)}};
    EXPECT_EQ(withCorrections(path, useless, kSecond), path);
    EXPECT_EQ(withCorrections(path, {}, kSecond), path);
    EXPECT_TRUE(withCorrections({}, useless, 0).keys.empty());
}

TEST(CropCorrections, OfTwoAtOneFrameTheLaterCounts)
{
    const CropPath path = pathOf({{0, box(0, 0, 100)}});
    const std::vector<CropKey> corrected{{8, box(5, 5, 5)}, {8, box(6, 6, 6)}};
    EXPECT_EQ(boxAt(withCorrections(path, corrected, 0), 8), box(6, 6, 6));
}

TEST(ClipCrop, IsTheSquareAroundAllOfTheSpan)
{
    const std::vector<CropPath> paths{
        pathOf({{0, box(0, 0, 10)}, {50, box(100, 0, 10)}, {100, box(0, 30, 10)}, {101, box(900, 900, 10)}})};
    const CropBox whole = clipCrop(paths, 0, CropKind::LeftHand, {0, 101});
    EXPECT_EQ(whole, (CropBox{0, -35, 110, 110}));
    const CropBox part = clipCrop(paths, 0, CropKind::LeftHand, {0, 26}, 0.5f);
    EXPECT_FLOAT_EQ(part.width, 90);
    EXPECT_FLOAT_EQ(part.x + part.width / 2, 30);
    EXPECT_TRUE(isEmptyBox(clipCrop(paths, 1, CropKind::LeftHand, {0, 26})));
    EXPECT_TRUE(isEmptyBox(clipCrop(paths, 0, CropKind::Face, {0, 26})));
    EXPECT_TRUE(isEmptyBox(clipCrop(paths, 0, CropKind::LeftHand, {5, 5})));
}

TEST(ClipCrop, LooksOnlyAtWhatIsThere)
{
    const std::vector<CropPath> paths{pathOf({{10, box(0, 0, 10)}, {20, box(50, 0, 10)}, {30, {}}})};
    EXPECT_TRUE(isEmptyBox(clipCrop(paths, 0, CropKind::LeftHand, {0, 10})));
    EXPECT_TRUE(isEmptyBox(clipCrop(paths, 0, CropKind::LeftHand, {30, 40})));
    EXPECT_EQ(clipCrop(paths, 0, CropKind::LeftHand, {0, 300}), (CropBox{0, -25, 60, 60}));
    EXPECT_EQ(clipCrop(paths, 0, CropKind::LeftHand, {29, 300}), box(50, 0, 10));
}
