// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "media/framesource.h"
#include "media/videowriter.h"
#include "videosamples.h"
#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>
#include <unistd.h>

using namespace telltale;
using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

std::vector<int64_t> shuffled(int64_t count, uint64_t seed)
{
    std::vector<int64_t> order(static_cast<size_t>(count));
    std::iota(order.begin(), order.end(), 0);
    Random random(seed);
    for (size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[static_cast<size_t>(random.below(static_cast<int64_t>(i)))]);
    return order;
}

std::unique_ptr<FrameSource> mustOpen(const fs::path& file)
{
    auto source = openVideo(file);
    EXPECT_TRUE(source) << (source ? "" : source.error().message);
    return source ? *std::move(source) : nullptr;
}

int numberAt(FrameSource& source, int64_t index)
{
    auto frame = source.read(index);
    EXPECT_TRUE(frame) << (frame ? "" : frame.error().message);
    if (!frame)
        return -2;
    EXPECT_EQ(frame->index, index);
    EXPECT_EQ(frame->time, source.times().timeOf(index));
    return sample::numberIn(frame->picture.bgra, frame->picture.width);
}

class EveryContainer : public ::testing::TestWithParam<const char*> { };

} // namespace

TEST_P(EveryContainer, GivesThePictureWithTheNumberThatWasAskedForInAnyOrder)
{
    const fs::path file = sample::numberedVideo(std::string("order") + GetParam(), {150, 40, 160, 96});
    const auto source = mustOpen(file);
    ASSERT_TRUE(source);
    ASSERT_EQ(source->info().frameCount, 150);
    for (int64_t i = 0; i < 150; ++i)
        ASSERT_EQ(numberAt(*source, i), i);
    for (const int64_t i : shuffled(150, 7))
        ASSERT_EQ(numberAt(*source, i), i);
    for (int64_t i = 149; i >= 0; --i)
        ASSERT_EQ(numberAt(*source, i), i);
}

INSTANTIATE_TEST_SUITE_P(FrameSource, EveryContainer, ::testing::Values(".mp4", ".mkv", ".avi"),
    [](const auto& row) { return std::string(row.param).substr(1); });

TEST(FrameSource, JumpsReadTheSameBytesAsReadingInSequence)
{
    const fs::path file = sample::numberedVideo("digests.mp4", {120, 30, 160, 96});
    const auto sequential = mustOpen(file);
    const auto jumping = mustOpen(file);
    ASSERT_TRUE(sequential && jumping);
    std::vector<std::string> expected;
    for (int64_t i = 0; i < 120; ++i)
        expected.push_back(sequential->digest(i)->md5);
    for (const int64_t i : shuffled(120, 3))
        EXPECT_EQ(jumping->digest(i)->md5, expected[static_cast<size_t>(i)]) << i;
}

TEST(FrameSource, DescribesTheVideo)
{
    const auto source = mustOpen(sample::numberedVideo("described.mp4", {56, 14, 160, 96}));
    ASSERT_TRUE(source);
    const VideoInfo& info = source->info();
    EXPECT_EQ(info.codec, "h264");
    EXPECT_EQ(info.pixelFormat, "yuv420p");
    EXPECT_EQ(info.width, 160);
    EXPECT_EQ(info.height, 96);
    EXPECT_EQ(info.rotation, 0);
    EXPECT_GE(info.keyFrames, 4); // the encoder may add some where the scene changes
    EXPECT_GE(info.longestGop, 56 / info.keyFrames);
    EXPECT_LE(info.longestGop, 14);
    EXPECT_FALSE(info.variableRate);
    EXPECT_FALSE(info.hasAudio);
    EXPECT_EQ(info.videoStreams, std::vector<int>{0});
    EXPECT_TRUE(info.warnings.empty());
    EXPECT_NEAR(info.meanFps, 28.0, 0.01);
    EXPECT_EQ(source->times().timeOf(0), 0us);
    EXPECT_EQ(source->times().timeOf(28), 1s);
    EXPECT_EQ(source->times().duration(), 2s);
}

TEST(FrameSource, ColoursSurviveTheRoundTrip)
{
    VideoWriterOptions options;
    options.width = 64;
    options.height = 64;
    options.crf = 1;
    const fs::path file = sample::scratch("colours.mp4");
    auto writer = createVideo(file, options);
    ASSERT_TRUE(writer);
    const std::vector<std::array<uint8_t, 3>> colours{
        {0, 0, 220}, {0, 220, 0}, {220, 0, 0}, {128, 128, 128}, {255, 255, 255}, {0, 0, 0}, {30, 120, 200}};
    for (const auto& c : colours) {
        std::vector<uint8_t> pixels;
        for (int i = 0; i < 64 * 64; ++i)
            pixels.insert(pixels.end(), {c[0], c[1], c[2], 255});
        ASSERT_TRUE((*writer)->writeBgra(pixels));
    }
    ASSERT_TRUE((*writer)->finish());
    const auto source = mustOpen(file);
    ASSERT_TRUE(source);
    for (size_t i = 0; i < colours.size(); ++i) {
        const auto frame = source->read(static_cast<int64_t>(i));
        ASSERT_TRUE(frame);
        const uint8_t* p = &frame->picture.bgra[(32 * 64 + 32) * 4];
        for (size_t c = 0; c < 3; ++c)
            EXPECT_NEAR(p[c], colours[i][c], 4) << "colour " << i << " channel " << c;
        EXPECT_EQ(p[3], 255);
    }
}

TEST(FrameSource, ScaledShrinksByAveraging)
{
    Picture source{4, 2, {}};
    for (int i = 0; i < 8; ++i)
        source.bgra.insert(source.bgra.end(), {static_cast<uint8_t>(i % 2 == 0 ? 0 : 200), 100, 50, 255});
    const Picture half = scaled(source, 2, 1);
    ASSERT_EQ(half.bgra.size(), 8U);
    EXPECT_NEAR(half.bgra[0], 100, 1);
    EXPECT_EQ(half.bgra[1], 100);
    EXPECT_EQ(half.bgra[3], 255);
    EXPECT_TRUE(scaled(source, 0, 5).empty());
}

TEST(FrameSource, AnIndexOutsideTheVideoIsRefusedWithTheRange)
{
    const auto source = mustOpen(sample::numberedVideo("range.mp4", {10, 5, 160, 96}));
    ASSERT_TRUE(source);
    for (const int64_t index : {int64_t{-1}, int64_t{10}, INT64_MAX}) {
        const auto frame = source->read(index);
        ASSERT_FALSE(frame);
        EXPECT_EQ(frame.error().code, ErrorCode::InvalidArgument);
        EXPECT_THAT(frame.error().message, HasSubstr("0 to 9"));
    }
}

TEST(FrameSource, AnInterruptedReadReturnsCancelledAndTheNextOneIsRight)
{
    const auto source = mustOpen(sample::numberedVideo("interrupt.mp4", {100, 100, 160, 96}));
    ASSERT_TRUE(source);
    int asked = 0;
    source->setInterrupt([&] { return ++asked == 20; });
    const auto frame = source->read(90);
    ASSERT_FALSE(frame);
    EXPECT_EQ(frame.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(asked, 20);
    EXPECT_EQ(numberAt(*source, 90), 90);
}

TEST(FrameSource, OpeningCanBeCancelled)
{
    CancelFlag cancelled;
    cancelled.cancel();
    const auto source = openVideo(sample::numberedVideo("cancel.mp4", {10, 5, 160, 96}), &cancelled);
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().code, ErrorCode::Cancelled);
}

namespace {

struct BadFile {
    const char* name;
    std::string (*bytes)();
    ErrorCode code;
    const char* says;
};

/// A 16-bit mono WAVE file with 0.1 s of silence.
std::string wave()
{
    const auto le = [](uint32_t value, int bytes) {
        std::string text;
        for (int i = 0; i < bytes; ++i)
            text += static_cast<char>(value >> (8 * i));
        return text;
    };
    return "RIFF" + le(36 + 1600, 4) + "WAVEfmt " + le(16, 4) + le(1, 2) + le(1, 2) + le(8000, 4)
        + le(16000, 4) + le(2, 2) + le(16, 2) + "data" + le(1600, 4) + std::string(1600, '\0');
}

std::string wholeMp4()
{
    static const std::string bytes = sample::bytesOf(sample::numberedVideo("whole.mp4", {60, 12, 160, 96}));
    return bytes;
}

/// The same boxes with the table of contents cut off: what a camera leaves that lost its power.
std::string withoutTableOfContents()
{
    const std::string whole = wholeMp4();
    const size_t moov = whole.find("moov");
    const size_t mdat = whole.find("mdat");
    return whole.substr(0, moov - 4) + whole.substr(mdat - 4);
}

const BadFile kBadFiles[] = {
    {"empty.mp4", [] { return std::string(); }, ErrorCode::BadFormat, "is empty"},
    {"text.mp4", [] { return std::string("Subject 3 touched the neck at 00:12.\n"); }, ErrorCode::BadFormat,
        "is not a video file"},
    {"sound.wav", wave, ErrorCode::BadFormat, "no pictures"},
    {"nomoov.mp4", withoutTableOfContents, ErrorCode::BadFormat, "cut short"},
    {"head.mp4", [] { return wholeMp4().substr(0, 100); }, ErrorCode::BadFormat, "cut short"},
    {"nopayload.mp4", [] { return wholeMp4().substr(0, wholeMp4().find("mdat") + 4); }, ErrorCode::BadFormat,
        "cut short"},
};

} // namespace

TEST(FrameSource, EveryBadFileIsRefusedWithASentenceThatNamesIt)
{
    for (const BadFile& bad : kBadFiles) {
        const fs::path file = sample::scratch(bad.name);
        sample::writeBytes(file, bad.bytes());
        const auto source = openVideo(file);
        ASSERT_FALSE(source) << bad.name;
        EXPECT_EQ(source.error().code, bad.code) << bad.name;
        EXPECT_THAT(source.error().message, HasSubstr(file.string()));
        EXPECT_THAT(source.error().message, HasSubstr(bad.says));
    }
}

TEST(FrameSource, AMissingFileAFolderAndAForbiddenFileAreToldApart)
{
    const auto missing = openVideo(sample::scratch("nowhere.mp4"));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
    const auto folder = openVideo(sample::scratch("x").parent_path());
    ASSERT_FALSE(folder);
    EXPECT_THAT(folder.error().message, HasSubstr("is a folder"));
    if (geteuid() == 0)
        GTEST_SKIP() << "root may read everything, so that a forbidden file cannot be tried";
    const fs::path forbidden = sample::numberedVideo("forbidden.mp4", {3, 3, 160, 96});
    fs::permissions(forbidden, fs::perms::none);
    const auto refused = openVideo(forbidden);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("permissions"));
}

TEST(FrameSource, AVideoCutInTheMiddlePlaysWhatIsThereAndSaysSo)
{
    const fs::path file = sample::scratch("half.mp4");
    sample::writeBytes(file, wholeMp4().substr(0, wholeMp4().size() / 2));
    const auto source = mustOpen(file);
    ASSERT_TRUE(source);
    const int64_t count = source->info().frameCount;
    EXPECT_GT(count, 5);
    EXPECT_LT(count, 60);
    EXPECT_THAT(source->info().warnings, Contains(HasSubstr("cut short")));
    for (const int64_t i : shuffled(count - 3, 5)) // the cut goes through one of the last pictures
        EXPECT_EQ(numberAt(*source, i), i);
}

TEST(FrameSource, AMatroskaFileCutInTheMiddleSaysThatItsPicturesEndEarly)
{
    const std::string whole = sample::bytesOf(sample::numberedVideo("long.mkv", {120, 12, 160, 96}));
    const fs::path file = sample::scratch("half.mkv");
    sample::writeBytes(file, whole.substr(0, whole.size() / 2));
    const auto source = mustOpen(file);
    ASSERT_TRUE(source);
    EXPECT_LT(source->info().frameCount, 100);
    EXPECT_THAT(source->info().warnings, Contains(HasSubstr("cut short")));
    EXPECT_EQ(numberAt(*source, source->info().frameCount / 2), source->info().frameCount / 2);
}

TEST(FrameSource, AnAviWithoutTimeStampsStartsAtZeroWithRegularSteps)
{
    const auto source = mustOpen(sample::numberedVideo("stamps.avi", {56, 14, 160, 96}));
    ASSERT_TRUE(source);
    EXPECT_EQ(source->times().timeOf(0), 0us);
    EXPECT_EQ(source->times().timeOf(28), 1s);
    EXPECT_EQ(source->times().duration(), 2s);
    EXPECT_FALSE(source->info().variableRate);
}

TEST(FrameSource, DamageInTheMiddleIsNamedAndTheRestIsRight)
{
    std::string bytes = wholeMp4();
    // The length of a NAL unit somewhere in the third group of pictures becomes impossible.
    const size_t middle = bytes.find("mdat") + (bytes.size() - bytes.find("mdat")) / 2;
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(middle), 400, '\xff');
    const fs::path file = sample::scratch("damaged.mp4");
    sample::writeBytes(file, bytes);
    const auto source = mustOpen(file);
    ASSERT_TRUE(source);
    EXPECT_THAT(source->info().warnings, Contains(HasSubstr("damaged")));
    EXPECT_EQ(numberAt(*source, 0), 0);
    const auto again = mustOpen(file);
    std::vector<std::string> inOrder;
    for (int64_t i = 0; i < source->info().frameCount; ++i)
        inOrder.push_back(source->digest(i)->md5);
    for (const int64_t i : shuffled(again->info().frameCount, 11))
        EXPECT_EQ(again->digest(i)->md5, inOrder[static_cast<size_t>(i)]) << i;
}
