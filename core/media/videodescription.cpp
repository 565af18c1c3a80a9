// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/videodescription.h"
#include <algorithm>
extern "C" {
#include <libavutil/pixdesc.h>
}

namespace telltale {
namespace {

MediaTime microseconds(int64_t ticks, AVRational timeBase)
{
    return MediaTime(av_rescale_q(ticks, timeBase, {1, 1000000}));
}

/// Start of each picture after the start of the stream, ascending even where the file's stamps are not.
FrameTimes timesOf(const PacketIndex& index, const AVStream& stream, bool& repaired)
{
    const int64_t first = index.picture(0).pts;
    const int64_t begin = stream.start_time != AV_NOPTS_VALUE ? stream.start_time : index.firstPts();
    // Guessed stamps carry the decoder's delay, so they start with the first picture.
    const bool guessed = index.identity() != PictureIdentity::Pts || begin == AV_NOPTS_VALUE;
    const int64_t origin = guessed ? first : std::min(begin, first);
    const int64_t step = index.lastDuration();
    PackedColumn starts;
    int64_t last = 0;
    repaired = index.repairedStamps();
    for (int64_t i = 0; i < index.frameCount(); ++i) {
        int64_t ticks = index.picture(i).pts - origin;
        if (i > 0 && ticks <= last) {
            repaired = true;
            ticks = last + step;
        }
        starts.push_back(microseconds(ticks, stream.time_base).count());
        last = ticks;
    }
    return {std::move(starts), microseconds(last + step, stream.time_base)};
}

/// Constant within the rounding of the time base.
bool hasVariableRate(const PacketIndex& index)
{
    int64_t shortest = INT64_MAX;
    int64_t longest = INT64_MIN;
    for (int64_t i = 1; i < index.frameCount(); ++i) {
        const int64_t step = index.picture(i).pts - index.picture(i - 1).pts;
        shortest = std::min(shortest, step);
        longest = std::max(longest, step);
    }
    return index.frameCount() > 2 && longest - shortest > 1;
}

void describeStreams(const StreamFacts& facts, VideoInfo& info)
{
    info.hasAudio = facts.hasAudio;
    info.streamIndex = facts.streamIndex;
    info.videoStreams = facts.videoStreams;
    std::string others;
    for (const int stream : info.videoStreams)
        if (stream != info.streamIndex)
            others += (others.empty() ? "" : ", ") + std::to_string(stream);
    if (!others.empty())
        info.warnings.push_back("the file has " + std::to_string(info.videoStreams.size())
            + " video streams; stream " + std::to_string(info.streamIndex)
            + " is shown; also there: " + others);
}

/// What a file lacks whose end is missing; empty if nothing does.
std::string missingPart(
    const StreamFacts& facts, const PacketIndex& index, const ReadingState& reading, const FrameTimes& times)
{
    if (!reading.whole)
        return {};
    const int64_t packets = index.packetCount();
    // An AVI also counts the places of pictures that were left out.
    const int64_t promised = facts.kind == ContainerLayout::Kind::Mp4 ? facts.stream->nb_frames : 0;
    if (promised > packets)
        return std::to_string(packets) + " of " + std::to_string(promised) + " coded pictures are there";
    if (reading.promisedBytes > reading.fileBytes)
        return "it has " + std::to_string(reading.fileBytes) + " of " + std::to_string(reading.promisedBytes)
            + " bytes, with " + std::to_string(packets) + " coded pictures";
    if (reading.broken)
        return "only " + std::to_string(packets) + " coded pictures can be read";
    if (facts.hasAudio || facts.videoStreams.size() > 1 || facts.duration == AV_NOPTS_VALUE
        || MediaTime(facts.duration) - times.duration()
            <= std::max(MediaTime(1000000), times.duration() / 20))
        return {};
    return "its pictures end after " + std::to_string(times.seconds(index.frameCount()))
        + " s although it says " + std::to_string(static_cast<double>(facts.duration) * 1e-6) + " s";
}

void addIndexWarnings(const PacketIndex& index, std::vector<std::string>& warnings)
{
    if (index.damagedPackets() > 0)
        warnings.push_back(std::to_string(index.damagedPackets()) + " of "
            + std::to_string(index.packetCount()) + " coded pictures are damaged or empty");
    if (index.hiddenPackets() > 0)
        warnings.push_back(std::to_string(index.hiddenPackets())
            + " coded pictures are not shown because an edit list cuts them off");
    if (index.madeByDecoding())
        warnings.push_back(
            "its time stamps alone do not tell its pictures, so they were counted by decoding: "
            + std::to_string(index.frameCount()) + " are shown");
    if (index.identity() == PictureIdentity::Count)
        warnings.emplace_back(
            "its pictures cannot be told apart by time stamp, so that jumping decodes from the start "
            "every time; remux it to mkv or mp4 to make that fast");
}

/// The picture on screen where packet `number` belongs.
int64_t placeOf(const PacketIndex& index, int64_t number)
{
    if (const auto shown = index.shownOf(number))
        return *shown;
    const int64_t pts = index.packet(number).pts;
    int64_t low = 0;
    int64_t high = index.frameCount() - 1;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        const ShownPicture picture = index.picture(middle);
        const bool before = pts != AV_NOPTS_VALUE && index.identity() == PictureIdentity::Pts
            ? picture.pts < pts
            : picture.packet < number;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return low;
}

/// A damaged picture and all that may have been predicted from it.
FrameSpan affectedBy(const PacketIndex& index, int64_t number)
{
    const int64_t first = placeOf(index, number);
    const int64_t key = index.keyAfter(number);
    const int64_t last = key < index.packetCount() ? placeOf(index, key) : index.frameCount();
    return {first, std::max(first + 1, last)};
}

void addDamage(const PacketIndex& index, std::vector<DamagedRange>& ranges)
{
    // Without their own time stamps, pictures that are missing cannot be told from those that are late.
    const bool stamped = index.madeByDecoding() && index.identity() == PictureIdentity::Pts;
    if (index.damagedPackets() == 0 && !stamped)
        return;
    int64_t missing = 0;
    for (int64_t n = 0; n < index.packetCount(); ++n) {
        const PacketInfo packet = index.packet(n);
        const bool absent
            = stamped && !packet.hidden && packet.pts != AV_NOPTS_VALUE && !index.findShown(packet.pts);
        missing += absent ? 1 : 0;
        if (!packet.damaged && !absent)
            continue;
        const FrameSpan span = affectedBy(index, n);
        if (!ranges.empty() && span.first <= ranges.back().frames.last) {
            ranges.back().frames.first = std::min(ranges.back().frames.first, span.first);
            ranges.back().frames.last = std::max(ranges.back().frames.last, span.last);
            continue;
        }
        ranges.push_back({span,
            absent ? "a coded picture cannot be decoded; those predicted from it may look wrong"
                   : "a coded picture is damaged; those predicted from it may look wrong"});
    }
    std::sort(ranges.begin(), ranges.end(),
        [](const DamagedRange& a, const DamagedRange& b) { return a.frames.first < b.frames.first; });
}

void describeShape(const StreamFacts& facts, VideoInfo& info)
{
    const AVCodecParameters& codec = *facts.stream->codecpar;
    info.codec = avcodec_get_name(codec.codec_id);
    const char* pixelFormat = av_get_pix_fmt_name(static_cast<AVPixelFormat>(codec.format));
    info.pixelFormat = pixelFormat ? pixelFormat : "unknown";
    info.codedWidth = codec.width;
    info.codedHeight = codec.height;
    info.rotation = facts.rotation;
    if (facts.mirrored)
        info.warnings.emplace_back(
            "the file asks to show its pictures mirrored; they are shown as they are stored");
    const bool turned = info.rotation == 90 || info.rotation == 270;
    info.width = turned ? codec.height : codec.width;
    info.height = turned ? codec.width : codec.height;
    const AVRational aspect = facts.pixelAspect;
    if (aspect.num > 0 && aspect.den > 0) {
        info.sarNum = turned ? aspect.den : aspect.num;
        info.sarDen = turned ? aspect.num : aspect.den;
    }
}

} // namespace

VideoDescription describeVideo(
    const StreamFacts& facts, const PacketIndex& index, const ReadingState& reading)
{
    VideoDescription result;
    VideoInfo& info = result.info;
    info.file = facts.file;
    info.container = facts.container;
    describeShape(facts, info);
    info.timeBaseNum = facts.stream->time_base.num;
    info.timeBaseDen = facts.stream->time_base.den;
    describeStreams(facts, info);
    bool repaired = false;
    result.times = timesOf(index, *facts.stream, repaired);
    if (repaired)
        info.warnings.emplace_back(
            "some time stamps are missing or run backwards; they were replaced by regular steps");
    info.frameCount = index.frameCount();
    info.duration = result.times.duration();
    info.meanFps = result.times.meanFps();
    info.variableRate = hasVariableRate(index);
    info.keyFrames = index.shownKeys();
    info.longestGop = index.longestGop();
    info.missing = missingPart(facts, index, reading, result.times);
    info.cutShort = !info.missing.empty();
    if (info.cutShort)
        info.warnings.push_back(
            "the file is cut short: " + info.missing + "; copy it again if the rest is needed");
    addIndexWarnings(index, info.warnings);
    addDamage(index, info.damaged);
    return result;
}

Error cutShortError(const VideoInfo& info)
{
    return {ErrorCode::BadFormat,
        info.file.string() + ": the video is cut short, " + info.missing + "; copy it again from its source"};
}

} // namespace telltale
