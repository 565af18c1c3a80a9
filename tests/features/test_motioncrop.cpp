// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/crops/motioncrop.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace telltale;

namespace {

constexpr int kVideoWidth = 1280;
constexpr int kVideoHeight = 720;
constexpr double kFps = 25;
constexpr int kWidth = 160;
constexpr int kHeight = 90;

/// A still picture with a texture, and a bright square that trembles around (x, y) in pixels of the video.
GrayPicture pictureAt(int64_t frame, float x, float y, int brightness = 60)
{
    GrayPicture picture{frame, kWidth, kHeight, std::vector<uint8_t>(kWidth * kHeight)};
    for (int row = 0; row < kHeight; ++row)
        for (int column = 0; column < kWidth; ++column)
            picture.values[static_cast<size_t>(row * kWidth + column)]
                = static_cast<uint8_t>(brightness + (row * 7 + column * 13) % 40);
    const int left = static_cast<int>(std::lround(x / 8)) + static_cast<int>(frame / 2 % 3) - 4;
    const int top = static_cast<int>(std::lround(y / 8)) - 4;
    for (int row = std::max(top, 0); row < std::min(top + 8, kHeight); ++row)
        for (int column = std::max(left, 0); column < std::min(left + 8, kWidth); ++column)
            picture.values[static_cast<size_t>(row * kWidth + column)] = 230;
    return picture;
}

bool holds(const CropBox& box, float x, float y)
{
    return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

const CropPath kPerson{2, CropKind::Person, {{0, {300, 50, 600, 600}}}};

} // namespace

TEST(MotionCrop, FollowsWhatMovesInsideThePerson)
{
    MotionCrop crop(kVideoWidth, kVideoHeight, kFps, &kPerson);
    for (int64_t frame = 0; frame < 200; frame += 2)
        crop.add(pictureAt(frame, frame < 100 ? 400.0f : 800.0f, frame < 100 ? 150.0f : 550.0f));
    const CropPath path = crop.finish();
    EXPECT_EQ(path.person, 2);
    EXPECT_EQ(path.kind, CropKind::Motion);
    for (const int64_t frame : {0, 30, 60}) {
        EXPECT_TRUE(holds(boxAt(path, frame), 400, 150)) << frame;
        EXPECT_LT(boxAt(path, frame).width, 500) << "no more than needed";
    }
    for (const int64_t frame : {140, 170, 199, 400})
        EXPECT_TRUE(holds(boxAt(path, frame), 800, 550)) << frame;
}

TEST(MotionCrop, DoesNotLookAtWhatMovesBesideThePerson)
{
    MotionCrop crop(kVideoWidth, kVideoHeight, kFps, &kPerson);
    for (int64_t frame = 0; frame < 100; frame += 2)
        crop.add(pictureAt(frame, 1100, 300));
    const CropPath path = crop.finish();
    // Nothing moves in the person, so all of it is shown, with a margin of a tenth.
    EXPECT_NEAR(boxAt(path, 50).width, 660, 30);
    EXPECT_NEAR(boxAt(path, 50).x, 270, 20);
}

TEST(MotionCrop, LooksAtTheWholePictureWithoutAPerson)
{
    MotionCrop crop(kVideoWidth, kVideoHeight, kFps, nullptr);
    for (int64_t frame = 0; frame < 100; frame += 2)
        crop.add(pictureAt(frame, 1100, 300));
    const CropPath path = crop.finish();
    EXPECT_TRUE(holds(boxAt(path, 50), 1100, 300));
    EXPECT_FALSE(holds(boxAt(path, 50), 300, 300));
}

TEST(MotionCrop, IsNowhereWhileThePersonIsAway)
{
    const CropPath leaving{0, CropKind::Person, {{0, {300, 50, 600, 600}}, {100, {}}}};
    MotionCrop crop(kVideoWidth, kVideoHeight, kFps, &leaving);
    for (int64_t frame = 0; frame < 300; frame += 2)
        crop.add(pictureAt(frame, 500, 300));
    const CropPath path = crop.finish();
    EXPECT_FALSE(isEmptyBox(boxAt(path, 80)));
    EXPECT_TRUE(isEmptyBox(boxAt(path, 200)));
}

TEST(MotionCrop, DoesNotTakeACameraCutForMotion)
{
    MotionCrop crop(kVideoWidth, kVideoHeight, kFps, nullptr);
    for (int64_t frame = 0; frame < 200; frame += 2)
        crop.add(frame < 100 ? pictureAt(frame, 200, 200) : pictureAt(frame, 1000, 500, 140));
    const CropPath path = crop.finish();
    EXPECT_TRUE(holds(boxAt(path, 99), 200, 200));
    EXPECT_FALSE(holds(boxAt(path, 99), 1000, 500));
    EXPECT_TRUE(holds(boxAt(path, 100), 1000, 500));
    EXPECT_FALSE(holds(boxAt(path, 100), 200, 200));
}

TEST(MotionCrop, OfFewOrUnusablePicturesIsDefined)
{
    MotionCrop none(kVideoWidth, kVideoHeight, kFps, &kPerson);
    EXPECT_TRUE(none.finish().keys.empty());
    MotionCrop one(kVideoWidth, kVideoHeight, kFps, &kPerson);
    one.add(pictureAt(7, 500, 300));
    EXPECT_FALSE(isEmptyBox(boxAt(one.finish(), 7)));
    MotionCrop odd(0, -5, std::nan(""), nullptr);
    odd.add({0, 0, 0, {}});
    odd.add({1, 10, 10, std::vector<uint8_t>(5)});
    odd.add({2, 1, 1, {9}});
    odd.add({1, 1, 1, {9}}); // goes back in time
    odd.add({3, 2, 2, {9, 9, 9, 9}}); // another size
    odd.add({900, 1, 1, {200}});
    for (const CropKey& key : odd.finish().keys)
        EXPECT_TRUE(key.box == CropBox{} || !isEmptyBox(key.box));
}
