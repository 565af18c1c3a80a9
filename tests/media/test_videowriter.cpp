// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/videowriter.h"
#include "videosamples.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using ::testing::HasSubstr;

namespace {

VideoWriterOptions small()
{
    VideoWriterOptions options;
    options.width = 160;
    options.height = 96;
    return options;
}

} // namespace

TEST(VideoWriter, TheSamePicturesGiveTheSameBytes)
{
    for (const std::string extension : {".mp4", ".mkv", ".avi"}) {
        const auto first = sample::bytesOf(sample::numberedVideo("first" + extension, {40, 10, 160, 96}));
        const auto second = sample::bytesOf(sample::numberedVideo("second" + extension, {40, 10, 160, 96}));
        EXPECT_GT(first.size(), 1000U);
        EXPECT_TRUE(first == second) << extension;
    }
}

TEST(VideoWriter, TheNameAppearsOnlyWhenTheVideoIsWhole)
{
    const auto folder = sample::scratch("atomic");
    std::filesystem::create_directories(folder);
    const auto file = folder / "clip.mp4";
    {
        auto writer = createVideo(file, small());
        ASSERT_TRUE(writer);
        ASSERT_TRUE((*writer)->writeBgra(sample::numberedPixels(0, 160, 96)));
        EXPECT_FALSE(std::filesystem::exists(file));
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder)) << "an abandoned video leaves nothing behind";
    auto writer = createVideo(file, small());
    ASSERT_TRUE(writer);
    ASSERT_TRUE((*writer)->writeBgra(sample::numberedPixels(0, 160, 96)));
    ASSERT_TRUE((*writer)->finish());
    EXPECT_TRUE(std::filesystem::exists(file));
}

TEST(VideoWriter, ARelativeNameWithAColonIsAFileAndNoProtocol)
{
    const auto here = std::filesystem::current_path();
    std::filesystem::current_path(sample::scratch("").parent_path());
    auto writer = createVideo("take:2.mp4", small());
    const bool written
        = writer && (*writer)->writeBgra(sample::numberedPixels(0, 160, 96)) && (*writer)->finish();
    std::filesystem::current_path(here);
    EXPECT_TRUE(written);
    EXPECT_TRUE(std::filesystem::exists(sample::scratch("take:2.mp4")));
}

TEST(VideoWriter, EveryImpossibleOrderIsRefusedWithASentence)
{
    struct Row {
        const char* name;
        void (*change)(VideoWriterOptions&);
        const char* says;
    };
    const Row rows[] = {
        {"odd.mp4", [](VideoWriterOptions& o) { o.width = 161; }, "even"},
        {"none.mp4", [](VideoWriterOptions& o) { o.height = 0; }, "even"},
        {"rate.mp4", [](VideoWriterOptions& o) { o.fpsNum = 0; }, "frame rate"},
        {"name.webm", [](VideoWriterOptions&) {}, ".mp4"},
        {"preset.mp4", [](VideoWriterOptions& o) { o.preset = "quick"; }, "preset quick"},
        {"no/such/folder.mp4", [](VideoWriterOptions&) {}, "folder"},
    };
    for (const Row& row : rows) {
        VideoWriterOptions options = small();
        row.change(options);
        const auto writer = createVideo(sample::scratch(row.name), options);
        ASSERT_FALSE(writer) << row.name;
        EXPECT_THAT(writer.error().message, HasSubstr(row.name));
        EXPECT_THAT(writer.error().message, HasSubstr(row.says));
    }
}

TEST(VideoWriter, APictureOfAnotherSizeIsRefusedAndTheVideoGoesOn)
{
    const auto file = sample::scratch("sizes.mp4");
    auto writer = createVideo(file, small());
    ASSERT_TRUE(writer);
    EXPECT_FALSE((*writer)->finish()) << "a video without pictures is none";
    EXPECT_FALSE((*writer)->writeBgra(sample::numberedPixels(0, 80, 48)));
    EXPECT_TRUE((*writer)->writeBgra(sample::numberedPixels(0, 160, 96)));
    EXPECT_TRUE((*writer)->finish());
    EXPECT_FALSE((*writer)->writeBgra(sample::numberedPixels(1, 160, 96)));
}
