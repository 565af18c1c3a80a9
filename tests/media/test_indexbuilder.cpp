// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "corpus.h"
#include "media/indexbuilder.h"
#include "videosamples.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;
using Stage = IndexBuilder::Stage;

std::shared_ptr<const IndexedVideo> indexed(const fs::path& file, const OpenOptions& options = {})
{
    auto builder = IndexBuilder::open(file, options, nullptr);
    EXPECT_TRUE(builder) << (builder ? "" : builder.error().message);
    if (!builder)
        return nullptr;
    const Status finished = (*builder)->finish();
    EXPECT_TRUE(finished) << (finished ? "" : finished.error().message);
    return (*builder)->published();
}

/// What libav's own demuxing of the whole file, with all its probing and parsing, tells of stream `stream`.
std::vector<PacketInfo> demuxed(const fs::path& file, int stream)
{
    av::silenceLog();
    std::vector<PacketInfo> packets;
    AVFormatContext* context = nullptr;
    if (avformat_open_input(&context, av::fileUrl(file).c_str(), nullptr, nullptr) < 0)
        return packets;
    const av::InputPtr format(context);
    avformat_find_stream_info(context, nullptr);
    const av::PacketPtr packet(av_packet_alloc());
    for (; av_read_frame(context, packet.get()) >= 0; av_packet_unref(packet.get()))
        if (packet->stream_index == stream)
            packets.push_back(infoOf(*packet));
    return packets;
}

void expectSamePackets(
    const IndexedVideo& video, const std::vector<PacketInfo>& expected, const fs::path& file)
{
    ASSERT_EQ(video.packets.packetCount(), static_cast<int64_t>(expected.size())) << file;
    const bool decodeTimes = video.facts->kind != ContainerLayout::Kind::Matroska;
    for (size_t n = 0; n < expected.size(); ++n) {
        const PacketInfo packet = video.packets.packet(static_cast<int64_t>(n));
        ASSERT_EQ(packet.pts, expected[n].pts) << file << " packet " << n;
        ASSERT_EQ(packet.position, expected[n].position) << file << " packet " << n;
        ASSERT_EQ(packet.size, expected[n].size) << file << " packet " << n;
        ASSERT_EQ(packet.key, expected[n].key) << file << " packet " << n;
        ASSERT_EQ(packet.hidden, expected[n].hidden) << file << " packet " << n;
        if (decodeTimes) {
            ASSERT_EQ(packet.dts, expected[n].dts) << file << " packet " << n;
        }
    }
}

void expectSameVideo(const IndexedVideo& a, const IndexedVideo& b)
{
    ASSERT_EQ(a.packets.packetCount(), b.packets.packetCount());
    ASSERT_EQ(a.packets.frameCount(), b.packets.frameCount());
    ASSERT_EQ(a.packets.identity(), b.packets.identity());
    for (int64_t n = 0; n < a.packets.packetCount(); ++n) {
        PacketInfo left = a.packets.packet(n);
        left.dts = b.packets.packet(n).dts; // libav guesses them from where reading began
        ASSERT_EQ(left, b.packets.packet(n)) << n;
    }
    for (int64_t i = 0; i < a.packets.frameCount(); ++i) {
        ASSERT_EQ(a.packets.picture(i).packet, b.packets.picture(i).packet) << i;
        ASSERT_EQ(a.times.timeOf(i), b.times.timeOf(i)) << i;
    }
    EXPECT_EQ(a.info.longestGop, b.info.longestGop);
    EXPECT_EQ(a.info.pixelFormat, b.info.pixelFormat);
    EXPECT_EQ(a.info.width, b.info.width);
    EXPECT_EQ(a.info.rotation, b.info.rotation);
    EXPECT_EQ(a.info.cutShort, b.info.cutShort);
    EXPECT_EQ(a.info.warnings, b.info.warnings);
}

bool isMp4(const fs::path& file) { return file.extension() == ".mp4" || file.extension() == ".mov"; }

const sample::CorpusVideo& fromCorpus(const std::string& name)
{
    for (const sample::CorpusVideo& video : sample::corpus())
        if (video.name == name)
            return video;
    throw std::invalid_argument(name);
}

} // namespace

TEST(IndexBuilder, TheTablesOfAnMp4TellWhatReadingTheWholeFileTells)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "no program ffmpeg to make the videos";
    for (const sample::CorpusVideo& row : sample::corpus()) {
        if (!isMp4(row.name))
            continue;
        const fs::path file = sample::makeCorpusVideo(row, 4);
        ASSERT_FALSE(file.empty()) << row.name;
        const auto video = indexed(file);
        ASSERT_TRUE(video);
        EXPECT_TRUE(video->facts->direct) << row.name;
        expectSamePackets(*video, demuxed(file, video->info.streamIndex), file);
    }
}

TEST(IndexBuilder, RealVideosHaveTheSamePacketsHoweverTheyAreRead)
{
    std::error_code ignored;
    int files = 0;
    for (const char* folder : {"video", "awkward"})
        for (const auto& entry : fs::directory_iterator(sample::testData() / folder, ignored)) {
            if (!isMp4(entry.path()) && entry.path().extension() != ".mkv")
                continue;
            ++files;
            const auto video = indexed(entry.path());
            ASSERT_TRUE(video);
            expectSamePackets(*video, demuxed(entry.path(), video->info.streamIndex), entry.path());
        }
    if (files == 0)
        GTEST_SKIP() << "no videos in " << sample::testData() << "; set TELLTALE_TESTDATA";
}

TEST(IndexBuilder, AnMp4IsPublishedAtOnceAndItsPicturesAreNotRead)
{
    const fs::path file = sample::numberedVideo("heavy.mp4", {200, 50, 960, 540});
    OpenOptions options;
    options.verify = false;
    auto demuxer = Demuxer::open(file, nullptr, -1);
    ASSERT_TRUE(demuxer);
    PacketIndex index;
    ASSERT_TRUE((*demuxer)->scan(index, std::chrono::steady_clock::time_point::max()));
    int64_t payload = 0;
    for (int64_t n = 1; n < index.packetCount(); ++n)
        payload += index.packet(n).size;
    const auto bytes = static_cast<int64_t>(fs::file_size(file));
    constexpr int64_t kBuffers
        = 3 * 32 * 1024; // libav looks at the start of the file before it knows what it is
    EXPECT_GT(payload, 2 * kBuffers) << "else this test proves nothing";
    EXPECT_LT((*demuxer)->io().bytesRead(), bytes - payload + kBuffers);
    auto builder = IndexBuilder::open(file, options, nullptr);
    ASSERT_TRUE(builder);
    ASSERT_TRUE((*builder)->published());
    EXPECT_EQ((*builder)->published()->info.frameCount, 200);
    EXPECT_EQ((*builder)->stage(), Stage::Done);
}

TEST(IndexBuilder, DamageBehindSoundTablesIsFoundAfterwards)
{
    std::string bytes = sample::bytesOf(sample::numberedVideo("sound.mp4", {60, 12, 160, 96}));
    const size_t mdat = bytes.find("mdat");
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(mdat + (bytes.size() - mdat) / 2), 400, '\xff');
    const fs::path file = sample::scratch("unsound.mp4");
    sample::writeBytes(file, bytes);
    auto builder = IndexBuilder::open(file, {}, nullptr);
    ASSERT_TRUE(builder);
    ASSERT_EQ((*builder)->stage(), Stage::Verifying);
    EXPECT_EQ((*builder)->published()->info.frameCount, 60) << "what the tables say";
    EXPECT_TRUE((*builder)->published()->info.damaged.empty());
    std::set<Stage> stages;
    while ((*builder)->stage() != Stage::Done) {
        ASSERT_TRUE((*builder)->advance(0ms));
        stages.insert((*builder)->stage());
    }
    EXPECT_EQ(stages.count(Stage::Counting), 1U);
    const VideoInfo& info = (*builder)->published()->info;
    ASSERT_FALSE(info.damaged.empty());
    EXPECT_FALSE(info.damaged.front().frames.empty());
    EXPECT_GT(info.damaged.front().frames.first, 0);
    EXPECT_LE(info.damaged.back().frames.last, info.frameCount);
    EXPECT_FALSE(info.cutShort);
}

TEST(IndexBuilder, APacketThatTheDecoderRefusesMakesThePicturesBeCounted)
{
    auto builder = IndexBuilder::open(sample::numberedVideo("refused.mp4", {30, 10, 160, 96}), {}, nullptr);
    ASSERT_TRUE(builder);
    ASSERT_TRUE((*builder)->finish());
    (*builder)->suspect(5);
    ASSERT_EQ((*builder)->stage(), Stage::Counting);
    ASSERT_TRUE((*builder)->finish());
    EXPECT_TRUE((*builder)->published()->packets.madeByDecoding());
    EXPECT_EQ((*builder)->published()->info.frameCount, 30);
    (*builder)->suspect(6);
    EXPECT_EQ((*builder)->stage(), Stage::Done) << "they have been counted";
}

TEST(IndexBuilder, ALongFileIsPublishedBeginningByBeginning)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "no program ffmpeg to make the videos";
    for (const char* name : {"h264_opengop.mkv", "h264_bframes.ts", "h264_fragments.mp4"}) {
        const fs::path file = sample::makeCorpusVideo(fromCorpus(name), 12);
        const auto whole = indexed(file);
        auto builder = IndexBuilder::open(file, {}, nullptr);
        ASSERT_TRUE(builder && whole);
        std::set<int64_t> counts;
        while ((*builder)->stage() != Stage::Done) {
            if (const auto video = (*builder)->published()) {
                counts.insert(video->info.frameCount);
                ASSERT_FALSE(video->info.cutShort);
                for (int64_t i = 0; i < video->packets.frameCount(); ++i)
                    ASSERT_EQ(video->packets.picture(i).packet, whole->packets.picture(i).packet) << name;
            }
            ASSERT_TRUE((*builder)->advance(0ms));
        }
        EXPECT_GE(counts.size(), isMp4(name) ? 1U : 2U) << name;
        expectSameVideo(*(*builder)->published(), *whole);
    }
}

namespace {

/// A recording that is looked at again and again while it is written.
void expectFollowed(const std::string& name, const std::vector<double>& shares)
{
    const fs::path source = sample::makeCorpusVideo(fromCorpus(name), 12);
    ASSERT_FALSE(source.empty());
    const std::string bytes = sample::bytesOf(source);
    const fs::path file = sample::scratch("growing_" + name);
    const auto write = [&](double share) {
        sample::writeBytes(
            file, bytes.substr(0, static_cast<size_t>(share * static_cast<double>(bytes.size()))));
    };
    write(shares.front());
    auto builder = IndexBuilder::open(file, {}, nullptr);
    ASSERT_TRUE(builder) << name << " " << builder.error().message;
    ASSERT_TRUE((*builder)->finish());
    int64_t known = (*builder)->published()->info.frameCount;
    for (size_t i = 1; i < shares.size(); ++i) {
        ASSERT_FALSE(*(*builder)->pollGrowth()) << "nothing is new";
        const auto before = (*builder)->published();
        write(shares[i]);
        const auto grown = (*builder)->pollGrowth();
        ASSERT_TRUE(grown) << grown.error().message;
        ASSERT_TRUE(*grown) << name;
        EXPECT_EQ((*builder)->published(), before) << "what is known stays until there is more";
        ASSERT_TRUE((*builder)->finish());
        const auto after = (*builder)->published();
        EXPECT_GE(after->info.frameCount, known) << name << " " << shares[i];
        known = after->info.frameCount;
        const auto fresh = indexed(file);
        ASSERT_TRUE(fresh);
        expectSameVideo(*after, *fresh);
    }
    EXPECT_EQ(known, 12 * 28);
}

} // namespace

TEST(IndexBuilder, ARecordingInProgressIsFollowedToItsEnd)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "no program ffmpeg to make the videos";
    for (const char* name : {"h264_nocues.mkv", "h264_bframes.mkv", "vp9.webm", "h264_bframes.ts", "mpeg2.ts",
             "h264_fragments.mp4", "h264_fragmentsound.mp4"}) {
        SCOPED_TRACE(name);
        expectFollowed(name, {0.31, 0.5, 0.501, 0.77, 0.93, 1.0});
    }
}

TEST(IndexBuilder, OnlyWhatIsNewInARecordingIsRead)
{
    if (!sample::hasFfmpeg())
        GTEST_SKIP() << "no program ffmpeg to make the videos";
    for (const char* name : {"h264_nocues.mkv", "h264_fragments.mp4"}) {
        const std::string bytes = sample::bytesOf(sample::makeCorpusVideo(fromCorpus(name), 40));
        const fs::path file = sample::scratch("read_" + std::string(name));
        const size_t first = bytes.size() * 9 / 10;
        sample::writeBytes(file, bytes.substr(0, first));
        auto demuxer = Demuxer::open(file, nullptr, -1);
        ASSERT_TRUE(demuxer) << demuxer.error().message;
        PacketIndex index;
        ASSERT_TRUE((*demuxer)->scan(index, std::chrono::steady_clock::time_point::max()));
        const int64_t before = index.packetCount();
        sample::writeBytes(file, bytes);
        ASSERT_TRUE((*demuxer)->resume(index));
        EXPECT_GT(index.packetCount(), before / 2) << name << ": most of it is still known";
        ASSERT_TRUE((*demuxer)->scan(index, std::chrono::steady_clock::time_point::max()));
        EXPECT_GT(index.packetCount(), before) << name;
        EXPECT_LT((*demuxer)->io().bytesRead(), static_cast<int64_t>(bytes.size()) / 2) << name;
    }
}
