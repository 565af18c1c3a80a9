// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "corpus.h"
#include "media/framesource.h"
#include "videosamples.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using ::testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

Result<VideoInfo> infoOf(const fs::path& file)
{
    auto source = openVideo(file);
    if (!source)
        return source.error();
    return (*source)->info();
}

/// Streams for broadcast promise nothing about their length, nor does what is sent out while it is recorded.
bool promisesItsLength(const std::string& name)
{
    return name.find(".ts") == std::string::npos && name.find("nocues") == std::string::npos;
}

} // namespace

TEST(CutShort, NoWholeVideoIsTakenForOneAndEveryCutOneIsFoundOut)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "no program ffmpeg to make the videos";
    constexpr sample::CorpusVideo kWithSound[] = {
        {"sound.mkv", "-c:v libx264 -preset veryfast -g 50 -c:a aac"},
        {"sound.avi", "-c:v mpeg4 -q:v 4 -g 40 -c:a mp2"},
        {"sound.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 60 -c:a libopus"},
    };
    std::vector<sample::CorpusVideo> rows(sample::corpus().begin(), sample::corpus().end());
    rows.insert(rows.end(), std::begin(kWithSound), std::end(kWithSound));
    for (const sample::CorpusVideo& row : rows) {
        const fs::path file = sample::makeCorpusVideo(row, 4);
        ASSERT_FALSE(file.empty()) << row.name;
        const auto whole = infoOf(file);
        ASSERT_TRUE(whole) << whole.error().message;
        EXPECT_FALSE(whole->cutShort) << row.name << ": " << whole->missing;
        EXPECT_TRUE(whole->damaged.empty()) << row.name;
        if (!promisesItsLength(row.name))
            continue;
        const std::string bytes = sample::bytesOf(file);
        const fs::path cut = sample::scratch("cut_" + std::string(row.name));
        sample::writeBytes(cut, bytes.substr(0, bytes.size() * 7 / 10));
        const auto rest = infoOf(cut);
        if (!rest) { // without its table of contents there is nothing
            EXPECT_THAT(rest.error().message, HasSubstr("cut short")) << row.name;
            continue;
        }
        EXPECT_TRUE(rest->cutShort) << row.name;
        EXPECT_THAT(cutShortError(*rest).message, HasSubstr(cut.string()));
        EXPECT_THAT(cutShortError(*rest).message, HasSubstr("copy it again"));
        EXPECT_LT(rest->frameCount, whole->frameCount) << row.name;
    }
}

TEST(CutShort, BytesBehindTheEndOfAVideoAreNoPromise)
{
    const std::string whole = sample::bytesOf(sample::numberedVideo("tail.mp4", {20, 10, 160, 96}));
    for (const std::string& tail : {std::string("junk!"), std::string(4000, '\x7f'), std::string(64, '\0')}) {
        const fs::path file = sample::scratch("tailed.mp4");
        sample::writeBytes(file, whole + tail);
        const auto info = infoOf(file);
        ASSERT_TRUE(info);
        EXPECT_FALSE(info->cutShort) << info->missing;
        EXPECT_EQ(info->frameCount, 20);
    }
}

TEST(CutShort, RealVideosAreWhole)
{
    std::error_code ignored;
    int files = 0;
    for (const char* folder : {"video", "awkward"})
        for (const auto& entry : fs::directory_iterator(sample::testData() / folder, ignored)) {
            const std::string ending = entry.path().extension();
            if (ending != ".mp4" && ending != ".mov" && ending != ".mkv")
                continue;
            ++files;
            const auto info = infoOf(entry.path());
            ASSERT_TRUE(info) << info.error().message;
            EXPECT_FALSE(info->cutShort) << entry.path() << ": " << info->missing;
            EXPECT_EQ(info->damaged.empty(), entry.path().filename() != "corrupted_decord.mp4")
                << entry.path();
        }
    if (files == 0)
        GTEST_SKIP() << "no videos in " << sample::testData() << "; set TELLTALE_TESTDATA";
}
