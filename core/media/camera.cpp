// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/camera.h"
#include "media/avhandles.h"
#include "media/newestslot.h"
#include "media/pictureconvert.h"
#include <atomic>
#include <cmath>
#include <string_view>
#include <thread>
extern "C" {
#include <libavdevice/avdevice.h>
}

namespace telltale {

namespace {

constexpr std::string_view kGraph = "lavfi:";
constexpr std::string_view kDevice = "/dev/video";
constexpr double kUsualRate = 25; // where a device does not say (ours)
constexpr std::chrono::milliseconds kPause{2}; // between two looks at a device that has nothing yet (ours)

struct CameraKind {
    const char* format; ///< of libavdevice
    std::string name;
    bool ownPace; ///< pictures come when it is their time
};

CameraKind kindOf(const std::string& name)
{
    if (name.starts_with(kGraph))
        return {"lavfi", name.substr(kGraph.size()), false};
    return {"video4linux2,v4l2", name, true};
}

/// Decoded pictures of a device, one after the other; blocks.
class DeviceReader {
public:
    DeviceReader(std::string name, ProgressSink& progress) : m_name(std::move(name)), m_progress(progress) { }
    Status open(const CameraOptions& options);
    /// Null at the end.
    Result<std::shared_ptr<const AVFrame>> next();
    const VideoInfo& info() const { return m_info; }
    AVRational timeBase() const { return m_format->streams[m_stream]->time_base; }
    void stop() { m_stop = true; }

private:
    Status openCodec();
    Error failure(int code) const
    {
        if (m_stop || m_progress.cancelled())
            return {ErrorCode::Cancelled, m_name + ": stopped"};
        return {ErrorCode::Io,
            m_name + ": cannot be read (" + av::errorText(code)
                + "); check that it is plugged in, that you may read it and that no other program uses it"};
    }
    static int interrupted(void* self)
    {
        const auto* reader = static_cast<const DeviceReader*>(self);
        return reader->m_stop || reader->m_progress.cancelled() ? 1 : 0;
    }

    std::string m_name;
    ProgressSink& m_progress;
    std::atomic<bool> m_stop = false;
    av::InputPtr m_format;
    av::CodecPtr m_codec;
    int m_stream = -1;
    VideoInfo m_info;
};

Status DeviceReader::open(const CameraOptions& options)
{
    av::silenceLog();
    avdevice_register_all();
    const CameraKind kind = kindOf(m_name);
    const AVInputFormat* format = av_find_input_format(kind.format);
    if (format == nullptr)
        return Error{ErrorCode::Unsupported,
            m_name + ": this FFmpeg has no input device \"" + kind.format + "\"; take one that has"};
    AVDictionary* wishes = nullptr;
    if (options.width > 0 && options.height > 0)
        av_dict_set(&wishes, "video_size",
            (std::to_string(options.width) + "x" + std::to_string(options.height)).c_str(), 0);
    if (options.rate > 0)
        av_dict_set(&wishes, "framerate", std::to_string(options.rate).c_str(), 0);
    AVFormatContext* context = avformat_alloc_context();
    context->interrupt_callback = {interrupted, this};
    if (kind.ownPace)
        context->flags |= AVFMT_FLAG_NONBLOCK; // a camera that hangs would never let go of the thread
    const int opened
        = avformat_open_input(&context, kind.name.c_str(), format, kind.ownPace ? &wishes : nullptr);
    av_dict_free(&wishes);
    if (opened < 0)
        return opened == AVERROR(ENOENT)
            ? Error{ErrorCode::NotFound, m_name + ": there is no such camera; look for /dev/video*"}
            : failure(opened);
    m_format.reset(context);
    if (const int code = avformat_find_stream_info(context, nullptr); code < 0)
        return failure(code);
    m_stream = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (m_stream < 0)
        return Error{ErrorCode::InvalidArgument, m_name + ": gives no pictures; name a source of video"};
    return openCodec();
}

Status DeviceReader::openCodec()
{
    const AVStream& stream = *m_format->streams[m_stream];
    const AVCodec* codec = avcodec_find_decoder(stream.codecpar->codec_id);
    m_codec.reset(codec != nullptr ? avcodec_alloc_context3(codec) : nullptr);
    if (!m_codec || avcodec_parameters_to_context(m_codec.get(), stream.codecpar) < 0
        || avcodec_open2(m_codec.get(), codec, nullptr) < 0)
        return Error{ErrorCode::Unsupported,
            m_name + ": this FFmpeg cannot decode " + avcodec_get_name(stream.codecpar->codec_id)};
    m_info.file = m_name;
    m_info.codec = avcodec_get_name(stream.codecpar->codec_id);
    m_info.decoder = codec->name;
    m_info.codedWidth = m_info.width = stream.codecpar->width;
    m_info.codedHeight = m_info.height = stream.codecpar->height;
    for (const AVRational rate : {stream.avg_frame_rate, stream.r_frame_rate})
        if (m_info.meanFps <= 0 && rate.num > 0 && rate.den > 0)
            m_info.meanFps = av_q2d(rate);
    if (m_info.meanFps <= 0)
        m_info.meanFps = kUsualRate;
    return {};
}

Result<std::shared_ptr<const AVFrame>> DeviceReader::next()
{
    const av::PacketPtr packet(av_packet_alloc());
    av::FramePtr frame(av_frame_alloc());
    for (;;) {
        if (avcodec_receive_frame(m_codec.get(), frame.get()) == 0)
            return std::shared_ptr<const AVFrame>(frame.release(), av::Deleter());
        const int code = av_read_frame(m_format.get(), packet.get());
        if (interrupted(this) != 0)
            return Error{ErrorCode::Cancelled, m_name + ": stopped"};
        if (code == AVERROR_EOF)
            return std::shared_ptr<const AVFrame>();
        if (code == AVERROR(EAGAIN)) {
            std::this_thread::sleep_for(kPause);
            continue;
        }
        if (code < 0)
            return failure(code);
        if (packet->stream_index == m_stream)
            avcodec_send_packet(m_codec.get(), packet.get()); // what is damaged is passed over
        av_packet_unref(packet.get());
    }
}

class DeviceCamera final : public Camera {
public:
    DeviceCamera(const std::string& name, ProgressSink& progress)
        : m_reader(name, progress)
        , m_ownPace(kindOf(name).ownPace)
    {
    }
    ~DeviceCamera() override { m_reader.stop(); }
    Status open(const CameraOptions& options)
    {
        if (Status status = m_reader.open(options); !status)
            return status;
        if (m_ownPace)
            m_thread = std::jthread([this](const std::stop_token& stop) { pump(stop); });
        return {};
    }
    const VideoInfo& info() const override { return m_reader.info(); }
    void setView(const PictureView& view) override { m_view = view; }
    Result<std::optional<VideoFrame>> next(std::chrono::milliseconds patience) override;
    bool atEnd() const override { return m_atEnd; }
    int64_t lost() const override { return m_slot.lost(); }

private:
    using Read = Result<std::shared_ptr<const AVFrame>>;
    void pump(const std::stop_token& stop)
    {
        while (!stop.stop_requested()) {
            Read read = m_reader.next();
            const bool more = read && *read;
            if (!read || more)
                m_slot.put(std::move(read));
            if (!more)
                break;
        }
        m_slot.close();
    }
    Result<std::optional<VideoFrame>> shown(const AVFrame& picture);

    DeviceReader m_reader;
    bool m_ownPace;
    PictureView m_view;
    NewestSlot<Read> m_slot;
    int64_t m_firstPts = AV_NOPTS_VALUE;
    int64_t m_given = 0;
    bool m_atEnd = false;
    std::jthread m_thread; ///< last, so that it ends before what it uses
};

Result<std::optional<VideoFrame>> DeviceCamera::next(std::chrono::milliseconds patience)
{
    if (m_atEnd)
        return std::optional<VideoFrame>();
    std::optional<Read> read = m_ownPace ? m_slot.take(patience) : std::optional<Read>(m_reader.next());
    if (!read) {
        m_atEnd = m_slot.isEmptied();
        return std::optional<VideoFrame>();
    }
    if (!*read) {
        m_atEnd = true;
        return read->error();
    }
    if (!**read) {
        m_atEnd = true;
        return std::optional<VideoFrame>();
    }
    return shown(***read);
}

Result<std::optional<VideoFrame>> DeviceCamera::shown(const AVFrame& picture)
{
    VideoFrame frame;
    const int64_t pts = picture.best_effort_timestamp;
    if (m_firstPts == AV_NOPTS_VALUE)
        m_firstPts = pts;
    // Pictures without a time stamp come at the device's rate.
    const double seconds = pts == AV_NOPTS_VALUE
        ? static_cast<double>(m_given) / info().meanFps
        : static_cast<double>(pts - m_firstPts) * av_q2d(m_reader.timeBase());
    frame.index = std::llround(seconds * info().meanFps);
    frame.wanted = frame.index;
    frame.time = MediaTime(std::llround(seconds * 1e6));
    frame.region = clipped(m_view.region, info().width, info().height);
    ++m_given;
    auto converted = toPicture(picture, info(), m_view);
    if (!converted)
        return Error{converted.error().code, info().file.string() + ": " + converted.error().message};
    frame.picture = *std::move(converted);
    return std::optional(std::move(frame));
}

} // namespace

Result<std::unique_ptr<Camera>> Camera::open(
    const std::string& name, const CameraOptions& options, ProgressSink& progress)
{
    auto camera = std::make_unique<DeviceCamera>(name, progress);
    if (Status status = camera->open(options); !status)
        return status.error();
    return std::unique_ptr<Camera>(std::move(camera));
}

bool isCameraName(const std::string& name) { return name.starts_with(kGraph) || name.starts_with(kDevice); }

} // namespace telltale
