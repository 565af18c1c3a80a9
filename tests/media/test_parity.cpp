// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "media/framesource.h"
#include "videosamples.h"
#include <fstream>
#include <gtest/gtest.h>
#include <numeric>
#include <sstream>

using namespace telltale;

namespace {

namespace fs = std::filesystem;

struct Reference {
    std::vector<std::string> md5;
    std::vector<int64_t> pts;
};

Reference referenceOf(const fs::path& framemd5)
{
    Reference reference;
    std::ifstream sums(framemd5);
    for (std::string line; std::getline(sums, line);)
        if (!line.empty() && line[0] != '#')
            reference.md5.push_back(line.substr(line.find_last_of(' ') + 1));
    fs::path csv = framemd5;
    std::ifstream stamps(csv.replace_extension(".pts.csv"));
    std::string line;
    std::getline(stamps, line);
    while (std::getline(stamps, line))
        if (const size_t comma = line.find(','); comma != std::string::npos)
            reference.pts.push_back(std::stoll(line.substr(comma + 1)));
    return reference;
}

std::vector<fs::path> referenceFiles()
{
    std::vector<fs::path> files;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(sample::testData() / "video_ref", ignored))
        if (entry.path().extension() == ".framemd5")
            files.push_back(entry.path());
    return files;
}

fs::path videoOf(const fs::path& framemd5)
{
    for (const char* folder : {"video", "awkward"})
        if (const fs::path file = sample::testData() / folder / framemd5.stem(); fs::exists(file))
            return file;
    return {};
}

} // namespace

TEST(RealVideos, parityWithSequentialDecodingForwardsAndInJumps)
{
    const std::vector<fs::path> files = referenceFiles();
    if (files.empty())
        GTEST_SKIP() << "no reference videos in " << sample::testData() << "; set TELLTALE_TESTDATA";
    for (const fs::path& file : files) {
        const Reference reference = referenceOf(file);
        auto source = openVideo(videoOf(file));
        ASSERT_TRUE(source) << source.error().message;
        ASSERT_EQ((*source)->info().frameCount, static_cast<int64_t>(reference.md5.size())) << file;
        ASSERT_EQ(reference.pts.size(), reference.md5.size()) << file;
        const auto check = [&](int64_t index) {
            const auto digest = (*source)->digest(index);
            ASSERT_TRUE(digest) << digest.error().message;
            EXPECT_EQ(digest->md5, reference.md5[static_cast<size_t>(index)]) << file << " picture " << index;
            EXPECT_EQ(digest->pts, reference.pts[static_cast<size_t>(index)]) << file << " picture " << index;
        };
        for (int64_t i = 0; i < (*source)->info().frameCount; ++i)
            check(i);
        Random random(1);
        for (int i = 0; i < 10; ++i)
            check(random.below((*source)->info().frameCount));
    }
}

namespace {

VideoInfo infoOf(const char* name)
{
    auto source = openVideo(sample::testData() / "awkward" / name);
    EXPECT_TRUE(source) << (source ? "" : source.error().message);
    return source ? (*source)->info() : VideoInfo{};
}

bool warns(const VideoInfo& info, const std::string& part)
{
    for (const std::string& warning : info.warnings)
        if (warning.find(part) != std::string::npos)
            return true;
    return false;
}

} // namespace

TEST(RealVideos, AwkwardOnesAreDescribedAsTheyAre)
{
    if (!fs::exists(sample::testData() / "awkward"))
        GTEST_SKIP() << "no awkward videos in " << sample::testData() << "; set TELLTALE_TESTDATA";
    EXPECT_TRUE(infoOf("vfr_hevc_face_noface.mov").variableRate);
    EXPECT_FALSE(infoOf("mkv_ms_timebase_pancake.mkv").variableRate);
    const VideoInfo turned = infoOf("rot90_decord.mov");
    EXPECT_EQ(turned.rotation, 90);
    EXPECT_EQ(turned.width, turned.codedHeight);
    EXPECT_EQ(infoOf("rot0_decord.mov").rotation, 0);
    EXPECT_TRUE(warns(infoOf("corrupted_decord.mp4"), "damaged"));
    EXPECT_TRUE(warns(infoOf("editlist_open_start_no_face.mp4"), "edit list"));
    const VideoInfo several = infoOf("multistream_nasa_13013.mp4");
    EXPECT_EQ(several.videoStreams, (std::vector<int>{0, 3}));
    EXPECT_TRUE(warns(several, "2 video streams"));
}

TEST(RealVideos, AnotherStreamCanBeChosen)
{
    const fs::path file = sample::testData() / "awkward" / "multistream_nasa_13013.mp4";
    if (!fs::exists(file))
        GTEST_SKIP() << file << " is not there; set TELLTALE_TESTDATA";
    auto other = openVideo(file, nullptr, 3);
    ASSERT_TRUE(other) << other.error().message;
    EXPECT_EQ((*other)->info().frameCount, 390);
    EXPECT_EQ((*other)->info().streamIndex, 3);
    EXPECT_FALSE(openVideo(file, nullptr, 1)) << "stream 1 is sound";
}
