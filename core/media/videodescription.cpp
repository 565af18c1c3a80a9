// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/videodescription.h"
#include <algorithm>
#include <cmath>
extern "C" {
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
}

namespace telltale {
namespace {

MediaTime microseconds(int64_t ticks, AVRational timeBase)
{
    return MediaTime(av_rescale_q(ticks, timeBase, {1, 1000000}));
}

int rotationOf(const AVStream& stream, std::vector<std::string>& warnings)
{
    size_t bytes = 0;
    const uint8_t* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &bytes);
    if (!data || bytes < 9 * sizeof(int32_t))
        return 0;
    const auto* matrix = reinterpret_cast<const int32_t*>(data);
    const double determinant
        = static_cast<double>(matrix[0]) * matrix[4] - static_cast<double>(matrix[1]) * matrix[3];
    if (determinant < 0)
        warnings.emplace_back(
            "the file asks to show its pictures mirrored; they are shown as they are stored");
    const double counterClockwise = av_display_rotation_get(matrix);
    if (!(counterClockwise >= -360 && counterClockwise <= 360) || determinant < 0)
        return 0;
    const int quarter = static_cast<int>(std::lround(-counterClockwise / 90.0));
    return ((quarter % 4 + 4) % 4) * 90;
}

/// Start of each picture after the start of the stream, ascending even where the file's stamps are not.
FrameTimes timesOf(const PacketIndex& index, const AVStream& stream, bool& repaired)
{
    const auto& shown = index.shown();
    // Guessed stamps carry the decoder's delay, so they start with the first picture.
    const bool guessed = index.identity() != PictureIdentity::Pts || stream.start_time == AV_NOPTS_VALUE;
    const int64_t origin = guessed ? shown.front().pts : std::min(stream.start_time, shown.front().pts);
    std::vector<MediaTime> starts;
    const int64_t step = index.lastDuration();
    int64_t last = 0;
    repaired = index.repairedStamps();
    for (const ShownPicture& picture : shown) {
        int64_t ticks = picture.pts - origin;
        if (!starts.empty() && ticks <= last) {
            repaired = true;
            ticks = last + step;
        }
        starts.push_back(microseconds(ticks, stream.time_base));
        last = ticks;
    }
    return {std::move(starts), microseconds(last + step, stream.time_base)};
}

/// Constant within the rounding of the time base.
bool hasVariableRate(const std::vector<ShownPicture>& shown)
{
    if (shown.size() < 3)
        return false;
    int64_t shortest = shown[1].pts - shown[0].pts;
    int64_t longest = shortest;
    for (size_t i = 2; i < shown.size(); ++i) {
        const int64_t step = shown[i].pts - shown[i - 1].pts;
        shortest = std::min(shortest, step);
        longest = std::max(longest, step);
    }
    return longest - shortest > 1;
}

void describeStreams(const AVFormatContext& format, VideoInfo& info)
{
    std::string others;
    for (unsigned i = 0; i < format.nb_streams; ++i) {
        const AVStream& stream = *format.streams[i];
        const AVMediaType type = stream.codecpar->codec_type;
        info.hasAudio = info.hasAudio || type == AVMEDIA_TYPE_AUDIO;
        if (type != AVMEDIA_TYPE_VIDEO || (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0)
            continue;
        info.videoStreams.push_back(static_cast<int>(i));
        if (static_cast<int>(i) != info.streamIndex)
            others += (others.empty() ? "" : ", ") + std::to_string(i);
    }
    if (!others.empty())
        info.warnings.push_back("the file has " + std::to_string(info.videoStreams.size())
            + " video streams; stream " + std::to_string(info.streamIndex)
            + " is shown; also there: " + others);
}

void addCutShort(const Demuxer& demuxer, const PacketIndex& index, bool complete, VideoDescription& result)
{
    const auto packets = static_cast<int64_t>(index.packets().size());
    const int64_t promised = demuxer.stream()->nb_frames;
    VideoInfo& info = result.info;
    info.cutShort = promised > packets || !complete;
    if (info.cutShort) {
        info.warnings.push_back("the file is cut short: "
            + (promised > packets ? std::to_string(packets) + " of " + std::to_string(promised)
                                  : std::to_string(packets))
            + " coded pictures are there; copy it again if the rest is needed");
        return;
    }
    const int64_t said = demuxer.format()->duration;
    if (info.hasAudio || info.videoStreams.size() > 1 || said == AV_NOPTS_VALUE
        || MediaTime(said) - info.duration <= std::max(MediaTime(1000000), info.duration / 20))
        return;
    info.cutShort = true;
    info.warnings.push_back("the pictures end after " + std::to_string(result.times.seconds(info.frameCount))
        + " s although the file says " + std::to_string(static_cast<double>(said) * 1e-6)
        + " s; it is cut short, copy it again if the rest is needed");
}

void addIndexWarnings(const PacketIndex& index, std::vector<std::string>& warnings)
{
    if (index.damagedPackets() > 0)
        warnings.push_back(std::to_string(index.damagedPackets()) + " of "
            + std::to_string(index.packets().size()) + " coded pictures are damaged or empty");
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

void describeShape(const Demuxer& demuxer, VideoInfo& info)
{
    AVStream& stream = *demuxer.stream();
    const AVCodecParameters& codec = *stream.codecpar;
    info.codec = avcodec_get_name(codec.codec_id);
    const char* pixelFormat = av_get_pix_fmt_name(static_cast<AVPixelFormat>(codec.format));
    info.pixelFormat = pixelFormat ? pixelFormat : "unknown";
    info.codedWidth = codec.width;
    info.codedHeight = codec.height;
    info.rotation = rotationOf(stream, info.warnings);
    const bool turned = info.rotation == 90 || info.rotation == 270;
    info.width = turned ? codec.height : codec.width;
    info.height = turned ? codec.width : codec.height;
    const AVRational aspect = av_guess_sample_aspect_ratio(demuxer.format(), &stream, nullptr);
    if (aspect.num > 0 && aspect.den > 0) {
        info.sarNum = turned ? aspect.den : aspect.num;
        info.sarDen = turned ? aspect.num : aspect.den;
    }
}

} // namespace

VideoDescription describeVideo(const Demuxer& demuxer, const PacketIndex& index, bool complete)
{
    VideoDescription result;
    VideoInfo& info = result.info;
    const AVStream& stream = *demuxer.stream();
    info.file = demuxer.file();
    info.container = demuxer.format()->iformat->name;
    describeShape(demuxer, info);
    info.timeBaseNum = stream.time_base.num;
    info.timeBaseDen = stream.time_base.den;
    info.streamIndex = stream.index;
    describeStreams(*demuxer.format(), info);
    bool repaired = false;
    result.times = timesOf(index, stream, repaired);
    if (repaired)
        info.warnings.emplace_back(
            "some time stamps are missing or run backwards; they were replaced by regular steps");
    info.frameCount = index.frameCount();
    info.duration = result.times.duration();
    info.meanFps = result.times.meanFps();
    info.variableRate = hasVariableRate(index.shown());
    info.keyFrames = index.shownKeys();
    info.longestGop = index.longestGop();
    addCutShort(demuxer, index, complete, result);
    addIndexWarnings(index, info.warnings);
    return result;
}

} // namespace telltale
