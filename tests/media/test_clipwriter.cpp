// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "corpus.h"
#include "media/audiodecoder.h"
#include "media/clipwriter.h"
#include "media/parallelreader.h"
#include "soundsamples.h"
#include "videosamples.h"
#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using ::testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

ClipOptions clipOf(int64_t first, int64_t last, ClipWay way = ClipWay::CopyWhereExact)
{
    ClipOptions options;
    options.frames = {first, last};
    options.way = way;
    return options;
}

ClipResult mustWrite(const fs::path& video, const fs::path& file, ClipOptions options)
{
    options.overwrite = true;
    auto result = writeClip(video, file, options);
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    return result ? *result : ClipResult{};
}

std::unique_ptr<FrameSource> mustOpen(const fs::path& file)
{
    auto source = openVideo(file);
    EXPECT_TRUE(source) << (source ? "" : source.error().message);
    return source ? *std::move(source) : nullptr;
}

std::vector<std::string> digestsOf(const fs::path& file, const FrameSpan& frames = {})
{
    ParallelOptions options;
    options.frames = frames;
    auto digests = digestPictures(file, options);
    EXPECT_TRUE(digests) << (digests ? "" : digests.error().message);
    std::vector<std::string> sums;
    if (digests)
        for (const FrameDigest& digest : *digests)
            sums.push_back(digest.md5);
    return sums;
}

/// Each picture of the clip is as long after the first one as in the video.
void expectSameTimes(const fs::path& video, const FrameSpan& frames, const fs::path& clip, int64_t tolerance)
{
    const auto original = mustOpen(video);
    const auto cut = mustOpen(clip);
    ASSERT_TRUE(original && cut);
    ASSERT_EQ(cut->info().frameCount, frames.length()) << clip;
    for (int64_t i = 0; i < frames.length(); ++i) {
        const MediaTime wanted
            = original->times().timeOf(frames.first + i) - original->times().timeOf(frames.first);
        ASSERT_NEAR(static_cast<double>((cut->times().timeOf(i) - cut->times().timeOf(0)).count()),
            static_cast<double>(wanted.count()), static_cast<double>(tolerance))
            << clip << " picture " << i;
    }
}

/// Indices of the pictures at which a copy may begin.
std::vector<int64_t> keysOf(const fs::path& video)
{
    std::vector<int64_t> keys;
    const auto source = mustOpen(video);
    for (int64_t i = 0; i < source->info().frameCount; ++i)
        if (auto clip = writeClip(video, sample::scratch("probe.mkv"), [&] {
                ClipOptions options = clipOf(i, i + 1, ClipWay::CopyOnly);
                options.overwrite = true;
                return options;
            }()))
            keys.push_back(i);
    return keys;
}

std::vector<float> samplesOf(const fs::path& file, int64_t& first)
{
    std::vector<float> samples;
    auto decoder = AudioDecoder::open(file, {});
    EXPECT_TRUE(decoder) << (decoder ? "" : decoder.error().message);
    first = INT64_MIN;
    while (decoder) {
        const auto block = (*decoder)->read();
        if (!block || block->samples.empty())
            break;
        first = first == INT64_MIN ? block->first : first;
        samples.insert(samples.end(), block->samples.begin(), block->samples.end());
    }
    return samples;
}

bool leftovers(const fs::path& folder, const std::string& part)
{
    return std::any_of(fs::directory_iterator(folder), fs::directory_iterator(),
        [&](const auto& entry) { return entry.path().filename().string().find(part) != std::string::npos; });
}

class ClipCorpus : public ::testing::TestWithParam<sample::CorpusVideo> { };

} // namespace

TEST_P(ClipCorpus, AnyRangeGivesTheseVeryPicturesAtTheirTimes)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    const fs::path video = sample::makeCorpusVideo(GetParam(), 4);
    ASSERT_FALSE(video.empty());
    const std::vector<std::string> truth = sample::linearDecode(video).md5;
    const auto count = static_cast<int64_t>(truth.size());
    const std::string stem = fs::path(GetParam().name).stem().string();
    for (const FrameSpan frames : {FrameSpan{0, count}, FrameSpan{0, 3}, FrameSpan{count / 3, count / 3 + 20},
             FrameSpan{count / 2, count}, FrameSpan{count - 1, count}}) {
        const fs::path clip = sample::scratch("clip_" + stem + (frames.first == 0 ? ".mkv" : ".mp4"));
        ClipOptions options = clipOf(frames.first, frames.last);
        options.crf = 0; // loses nothing, so that both ways can be judged by md5
        const ClipResult result = mustWrite(video, clip, options);
        EXPECT_EQ(result.copied, result.reason.empty());
        const std::vector<std::string> expected(truth.begin() + static_cast<ptrdiff_t>(frames.first),
            truth.begin() + static_cast<ptrdiff_t>(frames.last));
        EXPECT_EQ(digestsOf(clip), expected) << video << " from " << frames.first << " to " << frames.last
                                             << ": " << (result.copied ? "copied" : result.reason);
        expectSameTimes(video, frames, clip, clip.extension() == ".mkv" ? 1001 : 2);
    }
}

INSTANTIATE_TEST_SUITE_P(Media, ClipCorpus,
    ::testing::ValuesIn(sample::corpus().begin(), sample::corpus().end()), [](const auto& row) {
        std::string name = row.param.name;
        std::replace(name.begin(), name.end(), '.', '_');
        return name;
    });

TEST(ClipWriter, FromOneKeyPictureToTheNextThePicturesAreCopied)
{
    const fs::path video = sample::numberedVideo("copied.mp4", {200, 40, 160, 96});
    const std::vector<int64_t> keys = keysOf(video);
    ASSERT_GE(keys.size(), 5U);
    for (const char* ending : {".mp4", ".mov", ".mkv"}) {
        const fs::path clip = sample::scratch(std::string("copied_clip") + ending);
        const ClipResult result = mustWrite(video, clip, clipOf(keys[1], keys[3], ClipWay::CopyOnly));
        EXPECT_TRUE(result.copied);
        EXPECT_EQ(result.frames, keys[3] - keys[1]);
        EXPECT_EQ(digestsOf(clip), digestsOf(video, {keys[1], keys[3]})) << ending;
        expectSameTimes(video, {keys[1], keys[3]}, clip, clip.extension() == ".mkv" ? 1001 : 2);
    }
}

TEST(ClipWriter, ElsewhereThePicturesAreEncodedAgainAndItSaysWhy)
{
    const fs::path video = sample::numberedVideo("encoded.mp4", {120, 100, 160, 96});
    const fs::path clip = sample::scratch("encoded_clip.mp4");
    const ClipResult result = mustWrite(video, clip, clipOf(37, 61));
    EXPECT_FALSE(result.copied);
    EXPECT_THAT(result.reason, HasSubstr("picture 37 needs pictures before it"));
    const auto source = mustOpen(clip);
    ASSERT_TRUE(source);
    ASSERT_EQ(source->info().frameCount, 24);
    for (int64_t i = 0; i < 24; ++i) {
        const auto frame = source->read(i);
        ASSERT_TRUE(frame);
        EXPECT_EQ(sample::numberIn(frame->picture.bgra, frame->picture.width), 37 + i);
    }
    EXPECT_EQ(mustWrite(video, clip, clipOf(0, 100, ClipWay::Reencode)).reason, "it was asked for");
}

TEST(ClipWriter, WhatCannotBeCopiedIsRefusedWhenOnlyACopyWillDo)
{
    const fs::path video = sample::numberedVideo("onlycopy.mp4", {60, 50, 160, 96});
    const fs::path clip = sample::scratch("onlycopy_clip.mp4");
    const auto refused = writeClip(video, clip, clipOf(10, 20, ClipWay::CopyOnly));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Unsupported);
    EXPECT_THAT(refused.error().message, HasSubstr("picture 10 needs pictures before it"));
    EXPECT_FALSE(leftovers(clip.parent_path(), "onlycopy_clip"));
}

TEST(ClipWriter, NeverReplacesAFileUnaskedNorTheVideoItself)
{
    const fs::path video = sample::numberedVideo("kept_video.mp4", {20, 10, 160, 96});
    const fs::path clip = sample::scratch("there.mp4");
    sample::writeBytes(clip, "precious");
    const auto refused = writeClip(video, clip, clipOf(0, 10));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    EXPECT_EQ(sample::bytesOf(clip), "precious");
    mustWrite(video, clip, clipOf(0, 10));
    EXPECT_NE(sample::bytesOf(clip), "precious");
    ClipOptions forced = clipOf(0, 10);
    forced.overwrite = true;
    EXPECT_FALSE(writeClip(video, video, forced));
    EXPECT_EQ(mustOpen(video)->info().frameCount, 20);
}

TEST(ClipWriter, WrongRangesNamesAndFoldersAreRefusedInASentence)
{
    const fs::path video = sample::numberedVideo("ranges.mp4", {20, 10, 160, 96});
    const fs::path clip = sample::scratch("ranges_clip.mp4");
    for (const FrameSpan frames : {FrameSpan{-1, 5}, FrameSpan{5, 21}, FrameSpan{7, 7}, FrameSpan{9, 3}}) {
        const auto refused = writeClip(video, clip, clipOf(frames.first, frames.last));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument);
        EXPECT_THAT(refused.error().message, HasSubstr("pictures 0 to 19"));
    }
    const auto named = writeClip(video, sample::scratch("clip.gif"), clipOf(0, 5));
    ASSERT_FALSE(named);
    EXPECT_THAT(named.error().message, HasSubstr(".mp4, .mov or .mkv"));
    EXPECT_FALSE(writeClip(video, video / "clip.mp4", clipOf(0, 5)));
    EXPECT_FALSE(writeClip(sample::scratch("nowhere.mp4"), clip, clipOf(0, 5)));
    EXPECT_FALSE(leftovers(clip.parent_path(), "ranges_clip"));
}

TEST(ClipWriter, CancellingLeavesNothingBehind)
{
    const fs::path video = sample::numberedVideo("cancel_clip_video.mp4", {100, 50, 160, 96});
    const fs::path clip = sample::scratch("cancelled_clip.mp4");
    class Cancel final : public ProgressSink {
    public:
        bool cancelled() const override { return m_reached; }
        void report(int64_t done, int64_t, std::string_view what) override
        {
            m_reached = m_reached || (what == "encoding pictures" && done > 20);
        }

    private:
        bool m_reached = false;
    } cancel;
    const auto cancelled = writeClip(video, clip, clipOf(3, 80), &cancel);
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().code, ErrorCode::Cancelled);
    EXPECT_FALSE(leftovers(clip.parent_path(), "cancelled_clip"));
}

TEST(ClipWriter, SoundIsCutToTheSampleWhereItCanBeCounted)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    const fs::path video = sample::makeSounding({"counted.mov", sample::kCounting,
        "-c:v libx264 -preset ultrafast -g 100 -c:a pcm_s16le", 48000, 6, ""});
    ASSERT_FALSE(video.empty());
    const fs::path clip = sample::scratch("counted_clip.mkv");
    const ClipResult result = mustWrite(video, clip, clipOf(33, 81, ClipWay::Reencode));
    EXPECT_THAT(result.sound, HasSubstr("FLAC"));
    int64_t first = 0;
    const std::vector<float> samples = samplesOf(clip, first);
    EXPECT_EQ(first, 0);
    ASSERT_EQ(samples.size(), 48U * 1920); // 25 pictures a second
    for (size_t i = 0; i < samples.size(); ++i)
        ASSERT_EQ(samples[i] * 32768, static_cast<float>((33 * 1920 + i) % 20000)) << i;
}

TEST(ClipWriter, SoundStaysWithThePicturesInEveryContainerAndWay)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    const char* const encode = "-c:v libx264 -preset ultrafast -bf 2 -g 25 -sc_threshold 0 -c:a aac";
    for (const char* source : {"sync.mp4", "sync.mkv", "sync.ts"}) {
        const fs::path video = sample::makeSounding({source, sample::kBeeps, encode, 48000, 6, ""});
        ASSERT_FALSE(video.empty());
        for (const char* ending : {".mp4", ".mov", ".mkv"}) {
            for (const ClipWay way : {ClipWay::CopyWhereExact, ClipWay::Reencode}) {
                // Ten pictures before the second beep and two seconds on.
                const int64_t from = way == ClipWay::Reencode ? 40 : 25;
                const fs::path clip = sample::scratch(std::string("sync_clip") + ending);
                const ClipResult result = mustWrite(video, clip, clipOf(from, from + 50, way));
                const std::string name = std::string(source) + " to " + ending + ", " + result.sound;
                EXPECT_EQ(result.copied, way != ClipWay::Reencode) << name << " " << result.reason;
                int64_t first = 0;
                const std::vector<float> samples = samplesOf(clip, first);
                // A copied clip may hold the rest of a packet at both ends.
                EXPECT_LE(first, result.copied ? 0 : 64) << name;
                EXPECT_GE(first, result.copied ? -2100 : -64) << name;
                const int64_t end = first + static_cast<int64_t>(samples.size());
                // An AAC packet is filled up with silence, which older readers play.
                EXPECT_NEAR(static_cast<double>(end), 50 * 1920, result.copied ? 2100 : 1024) << name;
                for (int64_t beep : {int64_t{50}, int64_t{75}}) {
                    const int64_t at = (beep - from) * 1920;
                    const auto loud = [&](int64_t begin, int64_t stop) {
                        float most = 0;
                        for (int64_t s = begin; s < stop; ++s)
                            if (s >= first && s < end)
                                most = std::max(most, std::abs(samples[static_cast<size_t>(s - first)]));
                        return most > 0.2F;
                    };
                    if (at + 4800 > 50 * 1920)
                        continue;
                    EXPECT_TRUE(loud(at + 240, at + 720)) << name;
                    EXPECT_TRUE(loud(at + 4200, at + 4600)) << name;
                    EXPECT_FALSE(loud(at + 5500, at + 40000)) << name;
                    EXPECT_FALSE(loud(at - 9000, at - 500)) << name;
                }
            }
        }
    }
}

TEST(ClipWriter, LeavesTheSoundOutWhenAsked)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "the program ffmpeg is not installed";
    const fs::path video = sample::makeSounding(
        {"mute.mp4", sample::kBeeps, "-c:v libx264 -preset ultrafast -g 25 -c:a aac", 48000, 2, ""});
    ClipOptions options = clipOf(3, 20);
    options.sound = false;
    const fs::path clip = sample::scratch("mute_clip.mp4");
    EXPECT_EQ(mustWrite(video, clip, options).sound, "");
    EXPECT_FALSE(mustOpen(clip)->info().hasAudio);
    EXPECT_EQ(
        mustWrite(sample::numberedVideo("nosound_clip.mp4", {20, 10, 160, 96}), clip, clipOf(0, 5)).sound,
        "");
}

TEST(ClipWriter, RotationPixelFormatAndAspectOfRealVideosStay)
{
    const fs::path folder = sample::testData() / "awkward";
    if (!fs::exists(folder))
        GTEST_SKIP() << "no awkward videos in " << sample::testData() << "; set TELLTALE_TESTDATA";
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".json" || entry.path().filename() == "corrupted_decord.mp4")
            continue;
        const auto original = mustOpen(entry.path());
        ASSERT_TRUE(original);
        const VideoInfo info = original->info();
        const FrameSpan frames{info.frameCount / 4, std::min(info.frameCount, info.frameCount / 4 + 12)};
        for (const char* ending : {".mov", ".mkv"}) {
            for (const ClipWay way : {ClipWay::CopyWhereExact, ClipWay::Reencode}) {
                const fs::path clip = sample::scratch(std::string("real_clip") + ending);
                ClipOptions options = clipOf(frames.first, frames.last, way);
                const ClipResult result = mustWrite(entry.path(), clip, options);
                const std::string name
                    = entry.path().filename().string() + " to " + ending + " " + result.reason;
                const auto cut = mustOpen(clip);
                ASSERT_TRUE(cut) << name;
                EXPECT_EQ(cut->info().width, info.width) << name;
                EXPECT_EQ(cut->info().height, info.height) << name;
                EXPECT_EQ(cut->info().sarNum * info.sarDen, info.sarNum * cut->info().sarDen) << name;
                EXPECT_EQ(cut->info().hasAudio, info.hasAudio) << name;
                if (std::string(ending) != ".mkv" || info.rotation == 0) {
                    EXPECT_EQ(cut->info().pixelFormat, info.pixelFormat) << name;
                    EXPECT_EQ(cut->info().rotation, info.rotation) << name;
                }
                expectSameTimes(entry.path(), frames, clip, clip.extension() == ".mkv" ? 1001 : 2);
                for (const int64_t i : {int64_t{0}, frames.length() - 1}) {
                    const auto before = original->read(frames.first + i);
                    const auto after = cut->read(i);
                    ASSERT_TRUE(before && after) << name;
                    double difference = 0;
                    for (size_t p = 0; p < before->picture.bgra.size(); ++p)
                        difference += std::abs(int{before->picture.bgra[p]} - int{after->picture.bgra[p]});
                    EXPECT_LT(difference / static_cast<double>(before->picture.bgra.size()), 2.0) << name;
                }
            }
        }
    }
}
