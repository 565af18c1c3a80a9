// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/clipparts.h"
#include <algorithm>
extern "C" {
#include <libavutil/display.h>
}

namespace telltale {

Status ClipTask::step(int64_t done, std::string_view what) const
{
    if (!progress)
        return {};
    if (progress->cancelled())
        return Error{ErrorCode::Cancelled, video.string() + ": writing the clip was cancelled"};
    progress->report(done, options.frames.length(), what);
    return {};
}

namespace {

/// Room for a display matrix beside the stream's codec; null if there is no memory.
uint8_t* matrixOf(AVStream& stream)
{
    constexpr size_t kBytes = 9 * sizeof(int32_t);
    // From FFmpeg 6.1 on it belongs to the codec's parameters.
#if LIBAVFORMAT_VERSION_INT < AV_VERSION_INT(60, 15, 100)
    return av_stream_new_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, kBytes);
#else
    AVPacketSideData* data = av_packet_side_data_new(&stream.codecpar->coded_side_data,
        &stream.codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX, kBytes, 0);
    return data ? data->data : nullptr;
#endif
}

} // namespace

void describeStream(const VideoInfo& info, bool asDisplayed, AVStream& stream)
{
    if (!info.variableRate && info.meanFps > 0)
        stream.avg_frame_rate = av_d2q(info.meanFps, 60000);
    const bool turned = !asDisplayed && (info.rotation == 90 || info.rotation == 270);
    stream.sample_aspect_ratio
        = turned ? AVRational{info.sarDen, info.sarNum} : AVRational{info.sarNum, info.sarDen};
    stream.codecpar->sample_aspect_ratio = stream.sample_aspect_ratio;
    if (info.rotation == 0 || asDisplayed)
        return;
    if (uint8_t* matrix = matrixOf(stream))
        av_display_rotation_set(reinterpret_cast<int32_t*>(matrix), info.rotation);
}

Result<std::unique_ptr<ClipSound>> openSound(const ClipTask& task, bool copy)
{
    if (!task.options.sound)
        return std::unique_ptr<ClipSound>();
    const FrameTimes& times = task.source->times();
    ClipSoundRequest request;
    request.video = task.video;
    request.videoStream = task.source->info().streamIndex;
    request.from = times.timeOf(task.options.frames.first);
    request.to = times.timeOf(task.options.frames.last);
    request.copy = copy;
    return ClipSound::open(request, *task.output);
}

Result<std::string> finishSound(ClipSound* sound)
{
    if (!sound)
        return std::string();
    if (Status status = sound->finish(); !status)
        return status.error();
    return std::string(sound->description());
}

namespace {

/// Decoding times for stamps in decoding order, all different: the same stamps in rising order, early enough
/// that none lies after its own picture. Containers that keep none (Matroska) leave them to be guessed.
std::vector<int64_t> decodingTimes(const std::vector<int64_t>& stamps)
{
    std::vector<int64_t> times = stamps;
    std::sort(times.begin(), times.end());
    int64_t early = 0;
    for (size_t i = 0; i < stamps.size(); ++i)
        early = std::max(early, times[i] - stamps[i]);
    for (int64_t& time : times)
        time -= early;
    return times;
}

/// Stamps of the packets that are copied, after the first one's.
std::vector<int64_t> copiedStamps(const PacketIndex& index, const CopyPlan& plan)
{
    const int64_t start = index.packets()[static_cast<size_t>(plan.first)].pts;
    std::vector<int64_t> stamps;
    stamps.reserve(static_cast<size_t>(plan.last - plan.first));
    for (int64_t number = plan.first; number < plan.last; ++number)
        if (const int64_t pts = index.packets()[static_cast<size_t>(number)].pts; pts >= start)
            stamps.push_back(pts - start);
    return stamps;
}

} // namespace

CopyPlan planCopy(const PacketIndex& index, const FrameSpan& frames)
{
    CopyPlan plan;
    if (index.madeByDecoding() || index.identity() != PictureIdentity::Pts) {
        plan.obstacle = "the video's time stamps do not tell its pictures";
        return plan;
    }
    plan.first = index.shown()[static_cast<size_t>(frames.first)].packet;
    plan.last = plan.first + 1;
    if (!index.packets()[static_cast<size_t>(plan.first)].key) {
        plan.obstacle = "picture " + std::to_string(frames.first) + " needs pictures before it";
        return plan;
    }
    for (int64_t i = frames.first; i < frames.last; ++i)
        plan.last = std::max(plan.last, index.shown()[static_cast<size_t>(i)].packet + 1);
    const int64_t start = index.packets()[static_cast<size_t>(plan.first)].pts;
    for (int64_t number = plan.first; number < plan.last; ++number) {
        const PacketInfo packet = index.packets()[static_cast<size_t>(number)];
        const auto shown = index.findShown(packet.pts);
        if (packet.hidden || !shown)
            plan.obstacle = "an edit list hides pictures in this range";
        else if (*shown >= frames.last)
            plan.obstacle = "picture " + std::to_string(frames.last - 1) + " needs picture "
                + std::to_string(*shown) + " after it";
        else if (packet.pts > start && *shown < frames.first)
            plan.obstacle = "pictures in this range are out of order";
    }
    return plan;
}

Result<std::string> copyPictures(const ClipTask& task, const CopyPlan& plan)
{
    const AVStream& input = *task.demuxer->stream();
    AVStream* stream = task.output->addStream();
    if (!stream || avcodec_parameters_copy(stream->codecpar, input.codecpar) < 0)
        return Error{ErrorCode::Internal, task.video.string() + ": out of memory"};
    stream->codecpar->codec_tag = 0;
    stream->time_base = input.time_base;
    describeStream(task.source->info(), false, *stream);
    auto sound = openSound(task, true);
    if (!sound)
        return sound.error();
    if (Status status = task.output->writeHeader(nullptr); !status)
        return status.error();
    const PacketIndex& index = task.source->packetIndex();
    if (Status status = task.demuxer->seek(index, plan.first); !status)
        return status.error();
    const int64_t start = index.packets()[static_cast<size_t>(plan.first)].pts;
    const std::vector<int64_t> decoded = decodingTimes(copiedStamps(index, plan));
    const av::PacketPtr packet(av_packet_alloc());
    auto dts = decoded.begin();
    for (int64_t number = plan.first; number < plan.last; ++number) {
        if (task.demuxer->read(index, packet.get()) != number)
            return Error{ErrorCode::Io,
                task.video.string() + ": the file changed while the clip was written; try again"};
        const auto shown = index.findShown(packet->pts);
        if (!shown || packet->pts < start)
            continue; // shown before the clip; that nothing in it is predicted from it is looked at later
        if (Status status = task.step(number - plan.first, "copying pictures"); !status)
            return status.error();
        packet->pts -= start;
        packet->dts = *dts++;
        packet->duration = av_rescale_q(
            (task.timeOf(*shown + 1) - task.timeOf(*shown)).count(), {1, 1000000}, input.time_base);
        packet->stream_index = stream->index;
        packet->pos = -1;
        av_packet_rescale_ts(packet.get(), input.time_base, stream->time_base);
        if (*sound)
            if (Status written = (*sound)->writeUntil(task.timeOf(*shown)); !written)
                return written.error();
        if (Status written = task.output->write(*packet); !written)
            return written.error();
    }
    return finishSound(sound->get());
}

} // namespace telltale
