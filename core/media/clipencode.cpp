// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/clipparts.h"
#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
extern "C" {
#include <libavutil/dict.h>
#include <libavutil/pixdesc.h>
}

namespace telltale {
namespace {

constexpr AVRational kMicroseconds{1, 1000000};
/// Clips are stepped through: a short way from any picture to a key picture.
constexpr int kGroup = 48;
/// Pictures that libx264 looks at before it decides on one, in the thread that calls it. A thread of its own
/// would finish all that it holds before the encoder can be closed, also when somebody wants to stop.
constexpr int kLookAhead = 10;
constexpr const char* kLookAheadHere = "sync-lookahead=0";
/// Formats that libx264 takes as they are.
constexpr std::array kTaken{"yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p", "nv12",
    "nv16", "yuv420p10le", "yuv422p10le", "yuv444p10le", "gray", "gray10le"};

class ClipEncoder {
public:
    ClipEncoder(const ClipTask& task, bool asDisplayed) : m_task(task), m_asDisplayed(asDisplayed) { }
    Result<std::string> run();

private:
    void planStamps();
    Status open(const AVFrame& first);
    void describe(AVCodecContext& encoder, const AVFrame& first) const;
    /// Picture `index` as the encoder wants it.
    Result<av::FramePtr> frame(int64_t index);
    /// Null: what the encoder still holds.
    Status encode(const AVFrame* frame);
    Error failure(const std::string& what) const
    {
        return {ErrorCode::Internal, m_task.video.string() + ": the clip could not be encoded: " + what};
    }

    const ClipTask& m_task;
    const bool m_asDisplayed;
    AVRational m_timeBase = kMicroseconds;
    std::vector<int64_t> m_stamps; ///< of the clip's pictures and of its end
    av::CodecPtr m_encoder;
    av::PacketPtr m_packet{av_packet_alloc()};
    AVStream* m_stream = nullptr;
};

void ClipEncoder::planStamps()
{
    const FrameSpan frames = m_task.options.frames;
    const PacketIndex& index = m_task.source->packetIndex();
    const AVRational ticks = m_task.demuxer->stream()->time_base;
    const int64_t start = index.shown()[static_cast<size_t>(frames.first)].pts;
    m_stamps.reserve(static_cast<size_t>(frames.length() + 1));
    bool exact = true;
    for (int64_t i = frames.first; i < frames.last; ++i) {
        m_stamps.push_back(index.shown()[static_cast<size_t>(i)].pts - start);
        const int64_t time = av_rescale_q(m_stamps.back(), ticks, kMicroseconds);
        exact = exact && std::abs(time - m_task.timeOf(i).count()) <= 1;
    }
    m_timeBase = ticks;
    m_stamps.push_back(av_rescale_q(m_task.timeOf(frames.last).count(), kMicroseconds, ticks));
    if (exact)
        return;
    // Stamps that were missing or ran backwards: the times that took their place.
    m_timeBase = kMicroseconds;
    m_stamps.clear();
    for (int64_t i = frames.first; i <= frames.last; ++i)
        m_stamps.push_back(m_task.timeOf(i).count());
}

void ClipEncoder::describe(AVCodecContext& encoder, const AVFrame& first) const
{
    const VideoInfo& info = m_task.source->info();
    encoder.width = first.width;
    encoder.height = first.height;
    encoder.pix_fmt = static_cast<AVPixelFormat>(first.format);
    encoder.time_base = m_timeBase;
    encoder.framerate = av_d2q(std::max(info.meanFps, 1.0), 60000);
    encoder.gop_size = kGroup;
    encoder.color_range = first.color_range;
    encoder.colorspace = first.colorspace;
    encoder.color_primaries = first.color_primaries;
    encoder.color_trc = first.color_trc;
    encoder.chroma_sample_location = first.chroma_location;
    const bool turned = !m_asDisplayed && (info.rotation == 90 || info.rotation == 270);
    encoder.sample_aspect_ratio
        = turned ? AVRational{info.sarDen, info.sarNum} : AVRational{info.sarNum, info.sarDen};
    encoder.flags |= AV_CODEC_FLAG_BITEXACT;
    if ((m_task.output->format().oformat->flags & AVFMT_GLOBALHEADER) != 0)
        encoder.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
}

Status ClipEncoder::open(const AVFrame& first)
{
    const char* name = m_asDisplayed ? "libx264rgb" : "libx264";
    const AVCodec* codec = avcodec_find_encoder_by_name(name);
    if (!codec)
        return Error{ErrorCode::Unsupported,
            std::string("this FFmpeg has no ") + name + " encoder; install a build of FFmpeg that has it"};
    m_encoder.reset(avcodec_alloc_context3(codec));
    m_stream = m_task.output->addStream();
    if (!m_encoder || !m_stream)
        return failure("out of memory");
    describe(*m_encoder, first);
    AVDictionary* settings = nullptr;
    av_dict_set_int(&settings, "crf", m_task.options.crf, 0);
    av_dict_set_int(&settings, "rc-lookahead", kLookAhead, 0);
    av_dict_set(&settings, "x264-params", kLookAheadHere, 0);
    const int code = avcodec_open2(m_encoder.get(), codec, &settings);
    av_dict_free(&settings);
    if (code < 0)
        return failure(av::errorText(code));
    if (avcodec_parameters_from_context(m_stream->codecpar, m_encoder.get()) < 0)
        return failure("out of memory");
    m_stream->time_base = m_timeBase;
    describeStream(m_task.source->info(), m_asDisplayed, *m_stream);
    return {};
}

Result<av::FramePtr> ClipEncoder::frame(int64_t index)
{
    av::FramePtr frame;
    if (!m_asDisplayed) {
        auto native = m_task.source->native(index);
        if (!native)
            return native.error();
        frame.reset(av_frame_clone(native->get()));
        if (!frame)
            return failure("out of memory");
        frame->pict_type = AV_PICTURE_TYPE_NONE;
    } else {
        auto shown = m_task.source->read(index);
        if (!shown)
            return shown.error();
        const Picture& picture = shown->picture;
        frame.reset(av_frame_alloc());
        frame->format = AV_PIX_FMT_BGR0;
        frame->width = picture.width;
        frame->height = picture.height;
        frame->colorspace = AVCOL_SPC_RGB;
        frame->color_range = AVCOL_RANGE_JPEG;
        if (av_frame_get_buffer(frame.get(), 0) < 0)
            return failure("out of memory");
        for (int y = 0; y < picture.height; ++y)
            std::memcpy(frame->data[0] + static_cast<ptrdiff_t>(y) * frame->linesize[0],
                picture.bgra.data() + static_cast<ptrdiff_t>(y) * picture.stride(),
                static_cast<size_t>(picture.stride()));
    }
    frame->pts = m_stamps[static_cast<size_t>(index - m_task.options.frames.first)];
    return frame;
}

Status ClipEncoder::encode(const AVFrame* frame)
{
    int code = avcodec_send_frame(m_encoder.get(), frame);
    while (code >= 0) {
        code = avcodec_receive_packet(m_encoder.get(), m_packet.get());
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
            return {};
        if (code < 0)
            break;
        const auto next = std::upper_bound(m_stamps.begin(), m_stamps.end(), m_packet->pts);
        m_packet->duration = next == m_stamps.end() ? 1 : *next - m_packet->pts;
        m_packet->stream_index = m_stream->index;
        av_packet_rescale_ts(m_packet.get(), m_timeBase, m_stream->time_base);
        if (Status status = m_task.output->write(*m_packet); !status)
            return status;
        // At the end the encoder still holds a second or two of pictures.
        if (m_task.progress && m_task.progress->cancelled())
            return Error{ErrorCode::Cancelled, m_task.video.string() + ": writing the clip was cancelled"};
    }
    return failure(av::errorText(code));
}

Result<std::string> ClipEncoder::run()
{
    const FrameSpan frames = m_task.options.frames;
    planStamps();
    auto first = frame(frames.first);
    if (!first)
        return first.error();
    const int width = (*first)->width;
    const int height = (*first)->height;
    const int format = (*first)->format;
    if (Status status = open(**first); !status)
        return status.error();
    auto sound = openSound(m_task, false);
    if (!sound)
        return sound.error();
    if (Status status = m_task.output->writeHeader(nullptr); !status)
        return status.error();
    for (int64_t i = frames.first; i < frames.last; ++i) {
        if (Status status = m_task.step(i - frames.first, "encoding pictures"); !status)
            return status.error();
        auto picture = frame(i);
        if (!picture)
            return picture.error();
        if ((*picture)->width != width || (*picture)->height != height || (*picture)->format != format)
            return Error{ErrorCode::Unsupported,
                m_task.video.string() + ": the size of its pictures changes at picture " + std::to_string(i)
                    + ", which one clip cannot hold; cut there"};
        if (*sound)
            if (Status status = (*sound)->writeUntil(m_task.timeOf(i)); !status)
                return status.error();
        if (Status status = encode(picture->get()); !status)
            return status.error();
    }
    if (Status status = encode(nullptr); !status)
        return status.error();
    return finishSound(sound->get());
}

} // namespace

bool encoderTakes(const VideoInfo& info)
{
    const bool known = std::find_if(kTaken.begin(), kTaken.end(), [&](const char* name) {
        return info.pixelFormat == name;
    }) != kTaken.end();
    const AVPixFmtDescriptor* format
        = known ? av_pix_fmt_desc_get(av_get_pix_fmt(info.pixelFormat.c_str())) : nullptr;
    if (!format)
        return false;
    // H.264 counts the size of pictures with shared colours in pairs.
    const auto fits = [](int length, int shift) { return length % (1 << shift) == 0; };
    return fits(info.codedWidth, format->log2_chroma_w) && fits(info.codedHeight, format->log2_chroma_h);
}

Result<std::string> encodePictures(const ClipTask& task, bool asDisplayed)
{
    return ClipEncoder(task, asDisplayed).run();
}

} // namespace telltale
