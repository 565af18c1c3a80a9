// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/camera.h"
#include "media/newestslot.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

using namespace telltale;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

namespace {

struct Given {
    std::vector<int64_t> numbers;
    int width = 0;
};

Given allOf(Camera& camera)
{
    Given given;
    while (!camera.atEnd()) {
        const auto frame = camera.next(10ms);
        EXPECT_TRUE(frame) << frame.error().message;
        if (!frame || !*frame)
            continue;
        given.numbers.push_back((*frame)->index);
        given.width = (*frame)->picture.width;
    }
    return given;
}

class Stopped final : public ProgressSink {
public:
    bool cancelled() const override { return true; }
};

} // namespace

TEST(Camera, PicturesOfAGraphComeWithTheirTimesAndNoneIsLost)
{
    ProgressSink silent;
    const auto camera = Camera::open("lavfi:testsrc=duration=2:size=160x96:rate=10", {}, silent);
    ASSERT_TRUE(camera) << camera.error().message;
    EXPECT_EQ((*camera)->info().width, 160);
    EXPECT_EQ((*camera)->info().height, 96);
    EXPECT_EQ((*camera)->info().meanFps, 10);
    PictureView half;
    half.outputWidth = 80;
    half.outputHeight = 48;
    (*camera)->setView(half);
    const Given given = allOf(**camera);
    std::vector<int64_t> numbers(20);
    for (size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = static_cast<int64_t>(i);
    EXPECT_EQ(given.numbers, numbers);
    EXPECT_EQ(given.width, 80);
    EXPECT_EQ((*camera)->lost(), 0);
}

TEST(Camera, PicturesThatAreMissingLeaveAGapInTime)
{
    ProgressSink silent;
    const auto camera = Camera::open(
        "lavfi:testsrc=duration=2:size=160x96:rate=10,select=not(between(n\\,5\\,11))", {}, silent);
    ASSERT_TRUE(camera) << camera.error().message;
    const Given given = allOf(**camera);
    EXPECT_THAT(given.numbers, ::testing::ElementsAre(0, 1, 2, 3, 4, 12, 13, 14, 15, 16, 17, 18, 19));
}

TEST(Camera, WhatIsNotThereIsNamed)
{
    ProgressSink silent;
    const auto missing = Camera::open("/dev/video_that_is_not_there", {}, silent);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
    EXPECT_THAT(missing.error().message, HasSubstr("/dev/video_that_is_not_there"));
    const auto nonsense = Camera::open("lavfi:nothing_of_the_kind", {}, silent);
    ASSERT_FALSE(nonsense);
    EXPECT_THAT(nonsense.error().message, HasSubstr("lavfi:nothing_of_the_kind"));
    const auto sound = Camera::open("lavfi:sine=duration=1", {}, silent);
    ASSERT_FALSE(sound);
    EXPECT_THAT(sound.error().message, HasSubstr("no pictures"));
}

TEST(Camera, WhoStopsItIsHeard)
{
    ProgressSink silent;
    Stopped stopped;
    const auto camera = Camera::open("lavfi:testsrc=size=160x96:rate=10", {}, stopped);
    const auto frame = camera ? (*camera)->next(10ms) : Result<std::optional<VideoFrame>>(camera.error());
    ASSERT_FALSE(frame);
}

TEST(Camera, NamesOfCamerasAreNoFiles)
{
    EXPECT_TRUE(isCameraName("/dev/video0"));
    EXPECT_TRUE(isCameraName("lavfi:testsrc"));
    EXPECT_FALSE(isCameraName("/dev/shm/video.mkv"));
    EXPECT_FALSE(isCameraName("video.mp4"));
}

TEST(NewestSlot, WhoIsSlowGetsTheNewestAndIsToldOfTheOthers)
{
    NewestSlot<int> slot;
    EXPECT_FALSE(slot.take(0ms));
    for (int i = 0; i < 5; ++i)
        slot.put(i);
    EXPECT_EQ(slot.take(0ms), 4);
    EXPECT_EQ(slot.lost(), 4);
    EXPECT_FALSE(slot.take(0ms));
    slot.put(5);
    slot.close();
    EXPECT_FALSE(slot.isEmptied());
    EXPECT_EQ(slot.take(0ms), 5);
    EXPECT_TRUE(slot.isEmptied());
    EXPECT_FALSE(slot.take(1h)) << "a closed slot keeps nobody waiting";
}

TEST(NewestSlot, WhoWaitsIsWoken)
{
    NewestSlot<int> slot;
    std::jthread maker([&] { slot.put(7); });
    EXPECT_EQ(slot.take(1h), 7);
}
