// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "corpus.h"
#include "media/parallelreader.h"
#include "videosamples.h"
#include <algorithm>
#include <atomic>
#include <gtest/gtest.h>
#include <map>
#include <mutex>
#include <set>
#include <thread>

using namespace telltale;

namespace {

namespace fs = std::filesystem;

ParallelOptions withWorkers(int workers)
{
    ParallelOptions options;
    options.workers = workers;
    return options;
}

std::unique_ptr<ParallelReader> mustOpen(const fs::path& file, const ParallelOptions& options)
{
    auto reader = ParallelReader::open(file, options);
    EXPECT_TRUE(reader) << (reader ? "" : reader.error().message);
    return reader ? *std::move(reader) : nullptr;
}

/// Index and number shown of every picture, in the order they come.
std::vector<std::pair<int64_t, int>> readAll(ParallelReader& reader)
{
    std::vector<std::pair<int64_t, int>> pictures;
    for (;;) {
        auto frame = reader.next();
        EXPECT_TRUE(frame) << (frame ? "" : frame.error().message);
        if (!frame || !*frame)
            return pictures;
        EXPECT_EQ((*frame)->time, reader.times().timeOf((*frame)->index));
        pictures.emplace_back(
            (*frame)->index, sample::numberIn((*frame)->picture.bgra, (*frame)->picture.width));
    }
}

class ParallelCorpus : public ::testing::TestWithParam<sample::CorpusVideo> { };

} // namespace

TEST_P(ParallelCorpus, DigestsAreThoseOfSequentialDecoding)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    const fs::path file = sample::makeCorpusVideo(GetParam(), 5);
    ASSERT_FALSE(file.empty());
    const sample::LinearDecode truth = sample::linearDecode(file);
    const auto digests = digestPictures(file, withWorkers(3));
    ASSERT_TRUE(digests) << digests.error().message;
    ASSERT_EQ(digests->size(), truth.md5.size());
    for (size_t i = 0; i < truth.md5.size(); ++i) {
        EXPECT_EQ((*digests)[i].index, static_cast<int64_t>(i));
        EXPECT_EQ((*digests)[i].md5, truth.md5[i]) << i;
        EXPECT_EQ((*digests)[i].pts, truth.pts[i]) << i;
    }
}

INSTANTIATE_TEST_SUITE_P(Media, ParallelCorpus,
    ::testing::ValuesIn(sample::corpus().begin(), sample::corpus().end()), [](const auto& row) {
        std::string name = row.param.name;
        std::replace(name.begin(), name.end(), '.', '_');
        return name;
    });

TEST(ParallelReader, GivesEveryPictureOfTheRangeInOrder)
{
    const fs::path file = sample::numberedVideo("parallel.mp4", {300, 40, 160, 96});
    ParallelOptions options = withWorkers(4);
    options.frames = {17, 283};
    const auto reader = mustOpen(file, options);
    ASSERT_TRUE(reader);
    const auto pictures = readAll(*reader);
    ASSERT_EQ(pictures.size(), 266U);
    for (size_t i = 0; i < pictures.size(); ++i) {
        EXPECT_EQ(pictures[i].first, 17 + static_cast<int64_t>(i));
        EXPECT_EQ(pictures[i].second, 17 + static_cast<int>(i));
    }
}

TEST(ParallelReader, WithoutAnOrderEveryPictureStillComesOnce)
{
    const fs::path file = sample::numberedVideo("unordered.mkv", {300, 40, 160, 96});
    ParallelOptions options = withWorkers(3);
    options.inOrder = false;
    const auto reader = mustOpen(file, options);
    ASSERT_TRUE(reader);
    std::set<int64_t> seen;
    for (const auto& [index, number] : readAll(*reader)) {
        EXPECT_EQ(index, number);
        EXPECT_TRUE(seen.insert(index).second) << index;
    }
    EXPECT_EQ(seen.size(), 300U);
}

TEST(ParallelReader, AQueueSmallerThanOnePictureStillGivesAllInOrder)
{
    const fs::path file = sample::numberedVideo("narrow.mp4", {200, 33, 160, 96});
    ParallelOptions options = withWorkers(4);
    options.queueBytes = 1;
    const auto reader = mustOpen(file, options);
    ASSERT_TRUE(reader);
    const auto pictures = readAll(*reader);
    ASSERT_EQ(pictures.size(), 200U);
    for (size_t i = 0; i < pictures.size(); ++i)
        EXPECT_EQ(pictures[i].first, static_cast<int64_t>(i));
}

TEST(ParallelReader, PicturesComeCutAndScaledAsWanted)
{
    const fs::path file = sample::numberedVideo("viewed.mp4", {80, 33, 160, 96});
    ParallelOptions options = withWorkers(2);
    options.view = {{80, 48, 80, 48}, 40, 24};
    const auto reader = mustOpen(file, options);
    ASSERT_TRUE(reader);
    for (int64_t i = 0; i < 80; ++i) {
        auto frame = reader->next();
        ASSERT_TRUE(frame && *frame);
        EXPECT_EQ((*frame)->picture.width, 40);
        EXPECT_EQ((*frame)->picture.height, 24);
        EXPECT_EQ((*frame)->region, (PictureRegion{80, 48, 80, 48}));
    }
}

TEST(ParallelReader, CancellingFromAnotherThreadEndsTheReading)
{
    const fs::path file = sample::numberedVideo("stopped.mp4", {300, 40, 160, 96});
    const auto reader = mustOpen(file, withWorkers(2));
    ASSERT_TRUE(reader);
    ASSERT_TRUE(reader->next());
    std::jthread([&] { reader->cancel(); }).join();
    const auto after = reader->next();
    ASSERT_FALSE(after);
    EXPECT_EQ(after.error().code, ErrorCode::Cancelled);
}

TEST(ParallelReader, ARangeOutsideTheVideoIsRefusedWithItsSize)
{
    ParallelOptions options;
    options.frames = {500, 600};
    const auto reader
        = ParallelReader::open(sample::numberedVideo("outside.mp4", {20, 10, 160, 96}), options);
    ASSERT_FALSE(reader);
    EXPECT_EQ(reader.error().code, ErrorCode::InvalidArgument);
    EXPECT_NE(reader.error().message.find("0 to 19"), std::string::npos);
}

TEST(ParallelReader, AsManyWorkAsThereAreGroupsThatStandAlone)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    for (const sample::CorpusVideo& video : sample::corpus()) {
        const std::string name = video.name;
        const bool refresh = name.find("refresh") != std::string::npos;
        if (!refresh && name != "h264_plain.mp4" && name != "hevc_opengop.mkv")
            continue;
        const auto reader = mustOpen(sample::makeCorpusVideo(video, 6), withWorkers(2));
        ASSERT_TRUE(reader);
        EXPECT_EQ(reader->workers(), refresh ? 1 : 2) << name;
    }
}

TEST(ParallelReader, NativePicturesComeOnceWithTheirPlanes)
{
    const fs::path file = sample::numberedVideo("native.mp4", {150, 40, 160, 96});
    std::mutex mutex;
    std::map<int64_t, int> seen;
    const auto damaged
        = takeNativePictures(file, withWorkers(3), [&](const NativePicture& picture) -> Status {
              int number = 0;
              for (int bit = 0; bit < 12; ++bit)
                  number |= (picture.planes[0][12 * picture.strides[0] + bit * 12 + 6] > 126 ? 1 : 0) << bit;
              EXPECT_STREQ(picture.pixelFormat, "yuv420p");
              EXPECT_EQ(number, picture.index);
              const std::lock_guard lock(mutex);
              ++seen[picture.index];
              return {};
          });
    ASSERT_TRUE(damaged) << damaged.error().message;
    EXPECT_EQ(*damaged, 0);
    ASSERT_EQ(seen.size(), 150U);
    EXPECT_TRUE(std::all_of(seen.begin(), seen.end(), [](const auto& row) { return row.second == 1; }));
}

TEST(ParallelReader, TheFirstErrorOfTheTakerEndsTheWork)
{
    const fs::path file = sample::numberedVideo("refused.mp4", {150, 40, 160, 96});
    const auto taken = takeNativePictures(file, withWorkers(2), [](const NativePicture& picture) -> Status {
        if (picture.index == 45)
            return Error{ErrorCode::Io, "the disk is full"};
        return {};
    });
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, ErrorCode::Io);
    EXPECT_EQ(taken.error().message, "the disk is full");
}

TEST(ParallelReader, ADamagedPictureIsAnErrorOfItsOwnAndTheRestComes)
{
    const fs::path file = sample::testData() / "awkward" / "corrupted_decord.mp4";
    if (!fs::exists(file))
        GTEST_SKIP() << file << " is not there; set TELLTALE_TESTDATA";
    auto source = openVideo(file);
    ASSERT_TRUE(source);
    const auto reader = mustOpen(file, withWorkers(2));
    ASSERT_TRUE(reader);
    int64_t pictures = 0;
    for (int64_t i = 0; i < (*source)->info().frameCount; ++i) {
        const auto frame = reader->next();
        EXPECT_EQ(frame.ok(), (*source)->read(i).ok()) << i;
        pictures += frame && *frame ? 1 : 0;
    }
    EXPECT_GT(pictures, 10);
    const auto end = reader->next();
    EXPECT_TRUE(end && !*end);
}
