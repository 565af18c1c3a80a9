// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/savedindex.h"
#include "base/bytestream.h"
#include "base/files.h"
#include <array>
#include <atomic>
#include <cstdio>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>
extern "C" {
#include <libavutil/mem.h>
#include <libavutil/murmur3.h>
}

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "TTINDEX";
/// To be raised with every change of what is written, and of how an index is made.
constexpr uint32_t kVersion = 2;

std::string checksum(std::string_view content)
{
    std::array<uint8_t, 16> hash{};
    if (AVMurMur3* state = av_murmur3_alloc()) {
        av_murmur3_init(state);
        av_murmur3_update(state, reinterpret_cast<const uint8_t*>(content.data()), content.size());
        av_murmur3_final(state, hash.data());
        av_free(state);
    }
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

fs::path placeOf(const fs::path& folder, const std::string& key, int stream)
{
    return folder / ("index_" + key + (stream < 0 ? "" : "_" + std::to_string(stream)) + ".tti");
}

/// Every plain value of a description, in one order for writing and reading.
template <typename Info, typename Visit> void visitInfo(Info& info, const Visit& visit)
{
    visit(info.codedWidth);
    visit(info.codedHeight);
    visit(info.width);
    visit(info.height);
    visit(info.rotation);
    visit(info.sarNum);
    visit(info.sarDen);
    visit(info.timeBaseNum);
    visit(info.timeBaseDen);
    visit(info.frameCount);
    visit(info.duration);
    visit(info.meanFps);
    visit(info.variableRate);
    visit(info.keyFrames);
    visit(info.longestGop);
    visit(info.hasAudio);
    visit(info.streamIndex);
    visit(info.cutShort);
}

template <typename Info, typename Visit> void visitTexts(Info& info, const Visit& visit)
{
    visit(info.container);
    visit(info.codec);
    visit(info.pixelFormat);
    visit(info.missing);
}

void writeInfo(ByteWriter& out, const VideoInfo& info)
{
    visitInfo(info, [&out](const auto& value) { out.value(value); });
    visitTexts(info, [&out](const std::string& text) { out.text(text); });
    out.list(info.videoStreams);
    out.value(static_cast<uint64_t>(info.damaged.size()));
    for (const DamagedRange& range : info.damaged) {
        out.value(range.frames);
        out.text(range.reason);
    }
    out.value(static_cast<uint64_t>(info.warnings.size()));
    for (const std::string& warning : info.warnings)
        out.text(warning);
}

VideoInfo readInfo(ByteReader& in, const fs::path& file)
{
    VideoInfo info;
    info.file = file;
    visitInfo(info, [&in](auto& value) { value = in.value<std::remove_reference_t<decltype(value)>>(); });
    visitTexts(info, [&in](std::string& text) { text = in.text(); });
    info.videoStreams = in.list<int>();
    for (auto left = in.value<uint64_t>(); left > 0 && in.ok(); --left) {
        const auto frames = in.value<FrameSpan>();
        info.damaged.push_back({frames, in.text()});
    }
    for (auto left = in.value<uint64_t>(); left > 0 && in.ok(); --left)
        info.warnings.push_back(in.text());
    return info;
}

/// Empty if there is no such file.
std::string contentOf(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    std::string content(in ? static_cast<size_t>(in.tellg()) : 0, '\0');
    in.seekg(0);
    in.read(content.data(), static_cast<std::streamsize>(content.size()));
    return in ? content : std::string();
}

} // namespace

Result<std::string> indexKey(const fs::path& file)
{
    auto edges = fileFingerprint(file);
    struct stat facts { };
    if (!edges || ::stat(file.c_str(), &facts) != 0)
        return edges ? Error{ErrorCode::Io, file.string() + ": cannot be read"} : edges.error();
    return contentDigest(
        *edges + " " + std::to_string(facts.st_mtim.tv_sec) + " " + std::to_string(facts.st_mtim.tv_nsec));
}

std::shared_ptr<const IndexedVideo> loadIndex(const fs::path& folder, const fs::path& file, int stream)
{
    const auto key = indexKey(file);
    if (!key)
        return nullptr;
    const std::string content = contentOf(placeOf(folder, *key, stream));
    ByteReader head(content);
    const bool known = head.view() == kMagic && head.value<uint32_t>() == kVersion && head.view() == *key;
    const std::string_view sum = head.view();
    const std::string_view body = known ? head.view() : std::string_view();
    if (!head.ok() || !head.atEnd() || sum != checksum(body))
        return nullptr;
    ByteReader in(body);
    auto video = std::make_shared<IndexedVideo>();
    video->fileBytes = in.value<int64_t>();
    video->facts = readFacts(in, file);
    video->info = readInfo(in, file);
    const auto end = MediaTime(in.value<int64_t>());
    PackedColumn starts;
    if (!video->facts || !starts.read(in) || !video->packets.read(in) || !in.atEnd()
        || starts.size() != video->packets.frameCount() || starts.size() != video->info.frameCount
        || starts.empty())
        return nullptr;
    video->times = FrameTimes(std::move(starts), end);
    return video;
}

void saveIndex(const fs::path& folder, const std::string& key, int stream, const IndexedVideo& video)
{
    ByteWriter body;
    body.value(video.fileBytes);
    write(body, *video.facts);
    writeInfo(body, video.info);
    body.value(video.times.duration().count());
    PackedColumn starts;
    for (int64_t i = 0; i < video.times.frameCount(); ++i)
        starts.push_back(video.times.timeOf(i).count());
    starts.write(body);
    video.packets.write(body);
    ByteWriter head;
    head.text(kMagic);
    head.value(kVersion);
    head.text(key);
    head.text(checksum(body.bytes()));
    head.value(static_cast<uint64_t>(body.bytes().size()));
    // Written beside and renamed. Not flushed to the disk: what a power cut damages fails its checksum.
    static std::atomic<int> serial{0};
    std::error_code ignored;
    fs::create_directories(folder, ignored);
    const fs::path place = placeOf(folder, key, stream);
    const fs::path part
        = place.string() + "." + std::to_string(::getpid()) + "_" + std::to_string(++serial) + ".part";
    {
        std::ofstream file(part, std::ios::binary | std::ios::trunc);
        file << head.bytes() << body.bytes();
        file.close();
        if (!file) {
            fs::remove(part, ignored);
            return;
        }
    }
    fs::rename(part, place, ignored);
    if (ignored)
        fs::remove(part, ignored);
}

} // namespace telltale
