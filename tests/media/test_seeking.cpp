// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "media/disposable.h"
#include "media/videosource.h"
#include "videosamples.h"
#include <gtest/gtest.h>

using namespace telltale;

namespace {

std::unique_ptr<VideoSource> mustOpen(const std::filesystem::path& file, int64_t cacheBytes)
{
    OpenOptions options;
    options.cacheBytes = cacheBytes;
    auto source = VideoSource::open(file, options, nullptr);
    EXPECT_TRUE(source && (*source)->finishIndex());
    return source ? *std::move(source) : nullptr;
}

int numberAt(VideoSource& source, int64_t index)
{
    const auto frame = source.read(index);
    EXPECT_TRUE(frame) << (frame ? "" : frame.error().message);
    return frame ? sample::numberIn(frame->picture.bgra, frame->picture.width) : -2;
}

const sample::Numbered kLongGroup{260, 250, 160, 96};

} // namespace

TEST(Seeking, AfterLeavingPicturesOutNoStepEverMeetsAHole)
{
    const auto file = sample::numberedVideo("holes.mp4", kLongGroup);
    for (const int64_t cacheBytes : {int64_t{1}, int64_t{64} << 20}) {
        const auto source = mustOpen(file, cacheBytes);
        ASSERT_TRUE(source);
        Random random(4);
        int64_t at = 200;
        for (int i = 0; i < 150; ++i) {
            ASSERT_EQ(numberAt(*source, at), at) << "request " << i;
            const int64_t kind = random.below(5);
            at = kind == 0 ? random.below(250) : at + (kind < 3 ? 1 : kind == 3 ? -1 : 40);
            at = std::clamp<int64_t>(at, 0, 259);
        }
    }
}

TEST(Seeking, AJumpDecodesTheNeighboursBeforeAndLeavesTheRestOut)
{
    const auto source = mustOpen(sample::numberedVideo("jump.mp4", kLongGroup), int64_t{64} << 20);
    ASSERT_TRUE(source);
    ASSERT_TRUE(source->prepare(200, 190));
    for (int64_t i = 190; i <= 200; ++i)
        EXPECT_TRUE(source->pictures().isKept(i)) << i;
    EXPECT_LT(source->pictures().keptCount(), 60) << "what nobody asked for should not push out what is kept";
    EXPECT_FALSE(source->pictures().isKept(100));
}

TEST(Seeking, OneRunFillsTheGroupSoThatSteppingBackIsALookUp)
{
    const auto source = mustOpen(sample::numberedVideo("fill.mp4", kLongGroup), int64_t{64} << 20);
    ASSERT_TRUE(source);
    ASSERT_TRUE(source->prepare(200, 0));
    for (int64_t i = 0; i <= 200; ++i)
        EXPECT_TRUE(source->pictures().isKept(i)) << i;
}

TEST(Seeking, TheCacheStaysInItsLimitWhateverIsRead)
{
    const int64_t limit = 30 * 160 * 96 * 3 / 2;
    const auto source = mustOpen(sample::numberedVideo("limit.mp4", kLongGroup), limit);
    ASSERT_TRUE(source);
    Random random(8);
    for (int i = 0; i < 40; ++i) {
        ASSERT_TRUE(source->prepare(random.below(260), 0));
        ASSERT_LE(source->pictures().keptBytes(), limit);
    }
    EXPECT_GT(source->pictures().keptBytes(), limit * 8 / 10) << "and makes use of it";
}

TEST(Seeking, AnInterruptedJumpGoesOnWhereItWas)
{
    const auto source = mustOpen(sample::numberedVideo("goon.mp4", kLongGroup), int64_t{64} << 20);
    ASSERT_TRUE(source);
    int packets = 0;
    source->setInterrupt([&] { return ++packets == 150; });
    ASSERT_FALSE(source->prepare(240, 230));
    const int before = packets;
    EXPECT_EQ(numberAt(*source, 240), 240);
    EXPECT_LT(packets - before, 130) << "the packets before the interruption were not decoded again";
}

TEST(Seeking, AnInterruptedJumpCanEndEarlier)
{
    const auto source = mustOpen(sample::numberedVideo("earlier.mp4", kLongGroup), int64_t{64} << 20);
    ASSERT_TRUE(source);
    int packets = 0;
    source->setInterrupt([&] { return ++packets == 120; });
    ASSERT_FALSE(source->prepare(240, 230));
    for (int64_t i = 125; i < 140; ++i)
        EXPECT_EQ(numberAt(*source, i), i);
    EXPECT_LT(packets, 160) << "the run went on without leaving out what is wanted now";
}

TEST(Seeking, HardwareThatIsNotThereIsMadeUpForSilently)
{
    OpenOptions options;
    options.hardware = true;
    auto source = openVideo(sample::numberedVideo("hardware.mp4", {30, 10, 160, 96}), options, nullptr);
    ASSERT_TRUE(source) << source.error().message;
    EXPECT_EQ((*source)->info().decoder.substr(0, 4), "h264");
    for (const int64_t i : {29, 3, 17}) {
        const auto frame = (*source)->read(i);
        ASSERT_TRUE(frame) << frame.error().message;
        EXPECT_EQ(sample::numberIn(frame->picture.bgra, frame->picture.width), i);
    }
}

TEST(Seeking, AnHevcPacketMayBeLeftOutOnlyInTheHighestTemporalLayer)
{
    // A video parameter set after a start code, which promises `layers` temporal sub-layers.
    const auto extraOf = [](int layers) {
        return std::vector<uint8_t>{
            0, 0, 0, 1, 32 << 1, 1, 0x0c, static_cast<uint8_t>((layers - 1) << 1 | 1), 0xff, 0xff};
    };
    const auto mayGo = [](std::vector<uint8_t> extra, int type, int layer) {
        AVCodecParameters parameters{};
        parameters.codec_id = AV_CODEC_ID_HEVC;
        parameters.extradata = extra.data();
        parameters.extradata_size = static_cast<int>(extra.size());
        std::vector<uint8_t> slice{
            0, 0, 1, static_cast<uint8_t>(type << 1), static_cast<uint8_t>(layer + 1), 0x80, 0x11};
        AVPacket packet{};
        packet.data = slice.data();
        packet.size = static_cast<int>(slice.size());
        return DisposableTest(parameters)(packet);
    };
    EXPECT_TRUE(mayGo(extraOf(1), 0, 0)) << "TRAIL_N";
    EXPECT_TRUE(mayGo(extraOf(1), 8, 0)) << "RASL_N";
    EXPECT_FALSE(mayGo(extraOf(1), 1, 0)) << "TRAIL_R";
    EXPECT_FALSE(mayGo(extraOf(1), 19, 0)) << "IDR";
    EXPECT_FALSE(mayGo(extraOf(3), 0, 0)) << "higher layers may be predicted from it";
    EXPECT_FALSE(mayGo(extraOf(3), 0, 1));
    EXPECT_TRUE(mayGo(extraOf(3), 0, 2));
    EXPECT_FALSE(mayGo({}, 0, 0)) << "nothing is known of the layers";
}
