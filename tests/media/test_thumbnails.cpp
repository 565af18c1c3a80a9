// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/proxy.h"
#include "media/thumbnails.h"
#include "videosamples.h"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace telltale;

namespace {

namespace fs = std::filesystem;

fs::path cacheFor(const std::string& test) { return sample::scratch("cache_thumbnails_" + test); }

std::unique_ptr<Thumbnails> mustOpen(const fs::path& video, const fs::path& cache, int height = 96)
{
    auto thumbnails = Thumbnails::open(video, cache, height);
    EXPECT_TRUE(thumbnails) << (thumbnails ? "" : thumbnails.error().message);
    return thumbnails ? *std::move(thumbnails) : nullptr;
}

int numberIn(const Thumbnail& thumbnail)
{
    return sample::numberIn(thumbnail.frame.picture.bgra, thumbnail.frame.picture.width);
}

/// Values of one row or column, `step` bytes apart, as means over `to` equal parts of it.
std::vector<double> averagedLine(const uint8_t* line, size_t step, int from, int to)
{
    std::vector<double> means(static_cast<size_t>(to));
    for (int part = 0; part < to; ++part) {
        const double start = static_cast<double>(part) * from / to;
        const double end = static_cast<double>(part + 1) * from / to;
        for (int i = static_cast<int>(start); i < from && i < end; ++i)
            means[static_cast<size_t>(part)] += line[static_cast<size_t>(i) * step]
                * (std::min<double>(i + 1, end) - std::max<double>(i, start)) / (end - start);
    }
    return means;
}

/// Every pixel the mean of what it stands for.
Picture averaged(const Picture& large, int width, int height)
{
    Picture flat{width, large.height, {}};
    flat.bgra.resize(static_cast<size_t>(flat.stride()) * static_cast<size_t>(flat.height));
    const auto at = [](const Picture& picture, int x, int y, size_t channel) {
        return static_cast<size_t>(y) * static_cast<size_t>(picture.stride()) + static_cast<size_t>(x) * 4
            + channel;
    };
    for (size_t channel = 0; channel < 4; ++channel)
        for (int y = 0; y < large.height; ++y) {
            const auto means = averagedLine(&large.bgra[at(large, 0, y, channel)], 4, large.width, width);
            for (int x = 0; x < width; ++x)
                flat.bgra[at(flat, x, y, channel)]
                    = static_cast<uint8_t>(std::lround(means[static_cast<size_t>(x)]));
        }
    Picture small{width, height, {}};
    small.bgra.resize(static_cast<size_t>(small.stride()) * static_cast<size_t>(height));
    for (size_t channel = 0; channel < 4; ++channel)
        for (int x = 0; x < width; ++x) {
            const auto means = averagedLine(
                &flat.bgra[at(flat, x, 0, channel)], static_cast<size_t>(flat.stride()), flat.height, height);
            for (int y = 0; y < height; ++y)
                small.bgra[at(small, x, y, channel)]
                    = static_cast<uint8_t>(std::lround(means[static_cast<size_t>(y)]));
        }
    return small;
}

/// Mean difference of two pictures of the same size.
double apart(const Picture& a, const Picture& b)
{
    double sum = 0;
    for (size_t i = 0; i < a.bgra.size(); ++i)
        sum += std::abs(int{a.bgra[i]} - int{b.bgra[i]});
    return sum / static_cast<double>(a.bgra.size());
}

/// Pictures whose turn it is to be key pictures, and perhaps some more.
fs::path everyTwentieth(const std::string& name) { return sample::numberedVideo(name, {200, 20, 160, 96}); }

} // namespace

TEST(Thumbnails, OfAKeyPictureIsThatPictureAndSaysSo)
{
    const auto thumbnails = mustOpen(everyTwentieth("keys.mp4"), cacheFor("keys"));
    ASSERT_TRUE(thumbnails);
    for (int64_t wanted = 0; wanted < 200; wanted += 7) {
        const auto thumbnail = thumbnails->at(wanted, ThumbnailChoice::KeyPicture);
        ASSERT_TRUE(thumbnail) << thumbnail.error().message;
        EXPECT_EQ(numberIn(*thumbnail), thumbnail->frame.index);
        EXPECT_LE(std::abs(thumbnail->frame.index - wanted), wanted > 180 ? 19 : 10);
        EXPECT_EQ(thumbnail->frame.exact, thumbnail->frame.index == wanted);
        EXPECT_EQ(thumbnail->wanted, wanted);
    }
}

TEST(Thumbnails, ExactOnesShowThePictureThatWasAskedFor)
{
    const auto thumbnails = mustOpen(everyTwentieth("exact.mp4"), cacheFor("exact"));
    ASSERT_TRUE(thumbnails);
    for (const int64_t wanted : {150, 3, 77, 199, 0}) {
        const auto thumbnail = thumbnails->at(wanted, ThumbnailChoice::Exact);
        ASSERT_TRUE(thumbnail);
        EXPECT_EQ(numberIn(*thumbnail), wanted);
        EXPECT_EQ(thumbnail->frame.index, wanted);
        EXPECT_TRUE(thumbnail->frame.exact);
    }
    EXPECT_EQ(thumbnails->at(5000, ThumbnailChoice::Exact)->frame.index, 199);
    EXPECT_EQ(thumbnails->at(-5, ThumbnailChoice::Exact)->frame.index, 0);
}

TEST(Thumbnails, ComeFromTheProxyWithTheSameNumbers)
{
    const fs::path video = everyTwentieth("withproxy.mp4");
    const fs::path cache = cacheFor("proxy");
    ASSERT_TRUE(makeProxy(video, cache, {}));
    const auto thumbnails = mustOpen(video, cache);
    ASSERT_TRUE(thumbnails);
    for (const int64_t wanted : {150, 3, 77, 199, 0})
        EXPECT_EQ(numberIn(*thumbnails->at(wanted, ThumbnailChoice::Exact)), wanted);
}

TEST(Thumbnails, AStripStandsInTheMiddlesOfEqualParts)
{
    const auto thumbnails = mustOpen(everyTwentieth("strip.mp4"), cacheFor("strip"));
    ASSERT_TRUE(thumbnails);
    std::vector<int64_t> told;
    const auto strip = thumbnails->strip({100, 200}, 5, ThumbnailChoice::Exact, nullptr,
        [&](const Thumbnail& thumbnail) { told.push_back(thumbnail.frame.index); });
    ASSERT_TRUE(strip);
    ASSERT_EQ(strip->size(), 5U);
    const std::vector<int64_t> expected{110, 130, 150, 170, 190};
    EXPECT_EQ(told, expected);
    for (size_t k = 0; k < expected.size(); ++k)
        EXPECT_EQ(numberIn((*strip)[k]), expected[k]);
    const Picture together = sideBySide(*strip);
    EXPECT_EQ(together.width, 5 * 160);
    EXPECT_EQ(together.height, 96);
    EXPECT_EQ(std::vector<uint8_t>(together.bgra.begin() + 160 * 4, together.bgra.begin() + 161 * 4),
        std::vector<uint8_t>(
            (*strip)[1].frame.picture.bgra.begin(), (*strip)[1].frame.picture.bgra.begin() + 4));
}

TEST(Thumbnails, AStripTakesKeyPicturesOnlyFromTheSamePart)
{
    const auto thumbnails = mustOpen(everyTwentieth("inside.mp4"), cacheFor("inside"));
    ASSERT_TRUE(thumbnails);
    const auto wide = thumbnails->strip({0, 200}, 4, ThumbnailChoice::KeyPictureInside);
    ASSERT_TRUE(wide);
    for (size_t k = 0; k < 4; ++k) {
        const int64_t index = (*wide)[k].frame.index;
        EXPECT_TRUE(index >= static_cast<int64_t>(k) * 50 && index < static_cast<int64_t>(k + 1) * 50)
            << index;
        EXPECT_EQ(numberIn((*wide)[k]), index);
    }
    const auto narrow = thumbnails->strip({41, 51}, 10, ThumbnailChoice::KeyPictureInside);
    ASSERT_TRUE(narrow);
    for (size_t k = 0; k < 10; ++k)
        EXPECT_EQ(numberIn((*narrow)[k]), 41 + static_cast<int>(k));
}

TEST(Thumbnails, AreKeptAndMadeAgainWhenWhatWasKeptIsDamaged)
{
    const fs::path video = everyTwentieth("kept.mp4");
    const fs::path cache = cacheFor("kept");
    ASSERT_EQ(numberIn(*mustOpen(video, cache)->at(60, ThumbnailChoice::Exact)), 60);
    ASSERT_EQ(numberIn(*mustOpen(video, cache)->at(61, ThumbnailChoice::Exact)), 61);
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(cache / "thumbnails"))
        if (entry.is_regular_file())
            files.push_back(entry.path());
    ASSERT_EQ(files.size(), 2U);
    const fs::path sixty = files[0].parent_path() / "60.jpg";
    fs::copy_file(files[0].parent_path() / "61.jpg", sixty, fs::copy_options::overwrite_existing);
    EXPECT_EQ(numberIn(*mustOpen(video, cache)->at(60, ThumbnailChoice::Exact)), 61) << "was not read";
    for (const std::string& bytes :
        {std::string(), std::string("no picture"), sample::bytesOf(sixty).substr(0, 300)}) {
        sample::writeBytes(sixty, bytes);
        EXPECT_EQ(numberIn(*mustOpen(video, cache)->at(60, ThumbnailChoice::Exact)), 60);
    }
}

TEST(Thumbnails, WorkWithoutACacheAndInOtherSizes)
{
    const auto thumbnails = mustOpen(everyTwentieth("small.mp4"), {}, 48);
    ASSERT_TRUE(thumbnails);
    const auto thumbnail = thumbnails->at(40, ThumbnailChoice::Exact);
    ASSERT_TRUE(thumbnail);
    EXPECT_EQ(thumbnail->frame.picture.width, 80);
    EXPECT_EQ(thumbnail->frame.picture.height, 48);
    EXPECT_FALSE(Thumbnails::open(everyTwentieth("small.mp4"), {}, 5));
    EXPECT_FALSE(Thumbnails::open(sample::scratch("missing.mp4"), {}, 48));
}

TEST(Thumbnails, ACancelledStripSaysSo)
{
    const auto thumbnails = mustOpen(everyTwentieth("cancelled_strip.mp4"), {}, 48);
    ASSERT_TRUE(thumbnails);
    CancelFlag cancel;
    const auto strip
        = thumbnails->strip({}, 8, ThumbnailChoice::Exact, &cancel, [&](const Thumbnail& thumbnail) {
              if (thumbnail.wanted > 60)
                  cancel.cancel();
          });
    ASSERT_FALSE(strip);
    EXPECT_EQ(strip.error().code, ErrorCode::Cancelled);
    EXPECT_TRUE(thumbnails->at(10, ThumbnailChoice::Exact)) << "goes on afterwards";
}

TEST(Thumbnails, OfRealVideosLookLikeTheirPictures)
{
    for (const char* folder : {"video", "awkward"}) {
        if (!fs::exists(sample::testData() / folder))
            GTEST_SKIP() << "no videos in " << sample::testData() << "; set TELLTALE_TESTDATA";
        for (const auto& entry : fs::directory_iterator(sample::testData() / folder)) {
            if (entry.path().extension() == ".csv" || entry.path().extension() == ".json")
                continue;
            const auto thumbnails = mustOpen(entry.path(), {}, 64);
            auto source = openVideo(entry.path());
            ASSERT_TRUE(thumbnails && source);
            const auto strip = thumbnails->strip({}, 3, ThumbnailChoice::KeyPicture);
            ASSERT_TRUE(strip) << strip.error().message;
            for (const Thumbnail& thumbnail : *strip) {
                const Picture& picture = thumbnail.frame.picture;
                const auto frame = (*source)->read(thumbnail.frame.index);
                ASSERT_TRUE(frame) << entry.path();
                // Coarse, so that one filter is about as good as another.
                EXPECT_LT(apart(averaged(frame->picture, 16, 12), averaged(picture, 16, 12)), 6.0)
                    << entry.path();
                EXPECT_LT(apart(averaged(frame->picture, 1, 1), averaged(picture, 1, 1)), 1.5)
                    << entry.path();
            }
        }
    }
}
