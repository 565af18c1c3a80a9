// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/growingvideo.h"
#include "videosamples.h"
#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;

namespace {

namespace fs = std::filesystem;

constexpr int kFrames = 120;

/// The numbered video as the recorder of this kind of file writes it, bytes of the whole.
std::string recorded(const std::string& name, const std::string& how)
{
    const auto source = sample::numberedVideo("recorded.mkv", {kFrames, 20, 160, 96});
    const auto file = sample::scratch(name);
    const std::string command
        = "ffmpeg -v error -y -i " + source.string() + " -c copy " + how + " " + file.string();
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    return sample::bytesOf(file);
}

/// Everything that can be had now.
void drain(GrowingVideo& video, std::vector<int>& numbers)
{
    for (;;) {
        const auto frame = video.next();
        ASSERT_TRUE(frame) << frame.error().message;
        if (!*frame)
            return;
        EXPECT_EQ((*frame)->index, static_cast<int64_t>(numbers.size()));
        numbers.push_back(sample::numberIn((*frame)->picture.bgra, (*frame)->picture.width));
    }
}

void append(const fs::path& file, std::string_view bytes)
{
    std::ofstream(file, std::ios::binary | std::ios::app) << bytes;
}

void followsInSteps(const std::string& name, const std::string& bytes, size_t steps)
{
    const auto file = sample::scratch(name);
    const size_t beginning = bytes.size() / 3;
    sample::writeBytes(file, bytes.substr(0, beginning));
    auto opened = GrowingVideo::open(file);
    ASSERT_TRUE(opened) << opened.error().message;
    GrowingVideo& video = **opened;
    std::vector<int> numbers;
    drain(video, numbers);
    EXPECT_GT(numbers.size(), 0U);
    EXPECT_LT(numbers.size(), 80U);
    size_t growths = 0;
    for (size_t step = 0; step < steps; ++step) {
        const size_t from = beginning + (bytes.size() - beginning) * step / steps;
        const size_t to = beginning + (bytes.size() - beginning) * (step + 1) / steps;
        append(file, std::string_view(bytes).substr(from, to - from));
        const size_t before = numbers.size();
        const auto grown = video.poll();
        ASSERT_TRUE(grown) << grown.error().message;
        drain(video, numbers);
        growths += numbers.size() > before ? 1 : 0;
        EXPECT_FALSE(video.atEnd());
    }
    EXPECT_GE(growths, steps / 3) << "pictures come while the file grows, not at its end";
    EXPECT_FALSE(*video.poll());
    video.endsHere();
    drain(video, numbers);
    EXPECT_TRUE(video.atEnd());
    std::vector<int> all(kFrames);
    for (int i = 0; i < kFrames; ++i)
        all[static_cast<size_t>(i)] = i;
    EXPECT_THAT(numbers, ::testing::ElementsAreArray(all));
    EXPECT_EQ(video.damaged(), 0);
}

} // namespace

TEST(GrowingVideo, AMatroskaFileIsFollowedPictureByPicture)
{
    followsInSteps("growing.mkv", recorded("recorded_live.mkv", "-cluster_time_limit 300"), 9);
}

TEST(GrowingVideo, AnMp4InFragmentsIsFollowedPictureByPicture)
{
    followsInSteps(
        "growing.mp4", recorded("recorded_fragments.mp4", "-movflags frag_keyframe+empty_moov"), 6);
}

TEST(GrowingVideo, ATransportStreamIsFollowedPictureByPicture)
{
    followsInSteps("growing.ts", recorded("recorded.ts", "-f mpegts"), 9);
}

TEST(GrowingVideo, AFileThatEndsInTheMiddleOfAPictureGivesAllBeforeIt)
{
    const std::string bytes = recorded("recorded_cut.mkv", "");
    const auto file = sample::scratch("cut.mkv");
    sample::writeBytes(file, bytes.substr(0, bytes.size() * 2 / 3));
    const auto video = GrowingVideo::open(file);
    ASSERT_TRUE(video) << video.error().message;
    std::vector<int> numbers;
    (*video)->endsHere();
    drain(**video, numbers);
    EXPECT_TRUE((*video)->atEnd());
    ASSERT_GT(numbers.size(), 40U);
    for (size_t i = 0; i + 1 < numbers.size(); ++i)
        EXPECT_EQ(numbers[i], static_cast<int>(i));
}

TEST(GrowingVideo, AnMp4WithItsTablesAtTheEndIsReadOnceItIsFinished)
{
    const std::string bytes = sample::bytesOf(sample::numberedVideo("tables.mp4", {kFrames, 20, 160, 96}));
    const auto file = sample::scratch("unfinished.mp4");
    const size_t tables = bytes.rfind("moov");
    ASSERT_NE(tables, std::string::npos);
    const bool last = tables > bytes.size() / 2;
    sample::writeBytes(file, bytes.substr(0, last ? tables - 4 : 30));
    const auto early = GrowingVideo::open(file);
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, ErrorCode::BadFormat);
    sample::writeBytes(file, bytes);
    const auto video = GrowingVideo::open(file);
    ASSERT_TRUE(video) << video.error().message;
    std::vector<int> numbers;
    drain(**video, numbers);
    EXPECT_FALSE(*(*video)->poll());
    (*video)->endsHere();
    drain(**video, numbers);
    EXPECT_EQ(numbers.size(), static_cast<size_t>(kFrames));
}

TEST(GrowingVideo, WhatIsNoVideoIsRefusedByName)
{
    const auto missing = GrowingVideo::open(sample::scratch("missing.mkv"));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
    const auto file = sample::scratch("text.mkv");
    sample::writeBytes(file, "no video at all");
    const auto text = GrowingVideo::open(file);
    ASSERT_FALSE(text);
    EXPECT_THAT(text.error().message, ::testing::HasSubstr("text.mkv"));
}

TEST(GrowingVideo, WhetherSomebodyWritesAFileIsKnown)
{
    const auto file = sample::scratch("written.bin");
    sample::writeBytes(file, "x");
    if (!isBeingWritten(file))
        GTEST_SKIP() << "this file system does not tell who writes a file";
    EXPECT_FALSE(*isBeingWritten(file));
    {
        const std::ofstream writer(file, std::ios::app);
        EXPECT_TRUE(*isBeingWritten(file));
    }
    EXPECT_FALSE(*isBeingWritten(file));
    EXPECT_FALSE(isBeingWritten(sample::scratch("none")));
}
