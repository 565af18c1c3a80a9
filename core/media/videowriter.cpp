// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/videowriter.h"
#include "media/avhandles.h"
#include <algorithm>
#include <array>
#include <libyuv.h>
#include <system_error>
extern "C" {
#include <libavutil/dict.h>
#include <libavutil/opt.h>
}

namespace telltale {
namespace {

namespace fs = std::filesystem;

struct Container {
    const char* extension;
    const char* muxer;
    int bFrames; ///< AVI has no presentation time stamps, so reordered pictures would have none
};
constexpr std::array kContainers{
    Container{".mp4", "mp4", 3}, Container{".mkv", "matroska", 3}, Container{".avi", "avi", 0}};

const Container* containerOf(const fs::path& file)
{
    std::string extension = file.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
        [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    const auto* found = std::find_if(
        kContainers.begin(), kContainers.end(), [&](const Container& c) { return extension == c.extension; });
    return found == kContainers.end() ? nullptr : found;
}

fs::path temporaryName(const fs::path& file)
{
    // Keeps the extension last, hidden from people and from folder scans.
    return file.parent_path() / ("." + file.stem().string() + ".part" + file.extension().string());
}

class LibavVideoWriter final : public VideoWriter {
public:
    LibavVideoWriter(fs::path file, const VideoWriterOptions& options)
        : m_file(std::move(file))
        , m_temporary(temporaryName(m_file))
        , m_options(options)
    {
    }
    LibavVideoWriter(const LibavVideoWriter&) = delete;
    LibavVideoWriter& operator=(const LibavVideoWriter&) = delete;
    ~LibavVideoWriter() override { discard(); }

    Status open(const Container& container);
    Status writeBgra(std::span<const uint8_t> pixels) override;
    Status finish() override;

private:
    Status openEncoder(const Container& container);
    Status openFile();
    /// Null frame: flush.
    Status encode(const AVFrame* frame);
    void discard();
    Error failure(ErrorCode code, const std::string& what) const
    {
        return {code, "cannot write the video " + m_file.string() + ": " + what};
    }
    Error ioFailure(int code) const
    {
        return failure(
            ErrorCode::Io, av::errorText(code) + "; check the folder, its permissions and the free space");
    }

    fs::path m_file;
    fs::path m_temporary;
    VideoWriterOptions m_options;
    av::CodecPtr m_encoder;
    av::FramePtr m_frame;
    av::PacketPtr m_packet;
    AVFormatContext* m_muxer = nullptr;
    AVStream* m_stream = nullptr;
    int64_t m_next = 0;
    bool m_finished = false;
};

Status LibavVideoWriter::open(const Container& container)
{
    const std::string url = av::fileUrl(m_temporary);
    const int code = avformat_alloc_output_context2(&m_muxer, nullptr, container.muxer, url.c_str());
    if (code < 0)
        return failure(ErrorCode::Unsupported, av::errorText(code));
    m_muxer->flags |= AVFMT_FLAG_BITEXACT;
    if (Status status = openEncoder(container); !status)
        return status;
    return openFile();
}

Status LibavVideoWriter::openEncoder(const Container& container)
{
    const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
    if (!codec)
        return failure(
            ErrorCode::Unsupported, "this FFmpeg has no libx264 encoder; install a build that has it");
    m_encoder.reset(avcodec_alloc_context3(codec));
    m_frame.reset(av_frame_alloc());
    m_packet.reset(av_packet_alloc());
    m_stream = avformat_new_stream(m_muxer, nullptr);
    if (!m_encoder || !m_frame || !m_packet || !m_stream)
        return failure(ErrorCode::Internal, "out of memory");
    AVCodecContext& encoder = *m_encoder;
    encoder.width = m_options.width;
    encoder.height = m_options.height;
    encoder.pix_fmt = AV_PIX_FMT_YUV420P;
    encoder.time_base = {m_options.fpsDen, m_options.fpsNum};
    encoder.framerate = {m_options.fpsNum, m_options.fpsDen};
    encoder.gop_size = m_options.gop;
    encoder.max_b_frames = container.bFrames;
    encoder.thread_count = m_options.threads;
    encoder.colorspace = AVCOL_SPC_SMPTE170M;
    encoder.color_primaries = AVCOL_PRI_SMPTE170M;
    encoder.color_trc = AVCOL_TRC_SMPTE170M;
    encoder.color_range = AVCOL_RANGE_MPEG;
    encoder.flags |= AV_CODEC_FLAG_BITEXACT;
    if (m_muxer->oformat->flags & AVFMT_GLOBALHEADER)
        encoder.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    AVDictionary* settings = nullptr;
    av_dict_set(&settings, "preset", m_options.preset.c_str(), 0);
    av_dict_set_int(&settings, "crf", m_options.crf, 0);
    const int code = avcodec_open2(m_encoder.get(), codec, &settings);
    av_dict_free(&settings);
    if (code < 0)
        return failure(ErrorCode::InvalidArgument,
            "the encoder refuses the settings (preset " + m_options.preset + "): " + av::errorText(code));
    m_stream->time_base = encoder.time_base;
    m_stream->avg_frame_rate = encoder.framerate;
    avcodec_parameters_from_context(m_stream->codecpar, m_encoder.get());
    m_frame->format = encoder.pix_fmt;
    m_frame->width = encoder.width;
    m_frame->height = encoder.height;
    return {};
}

Status LibavVideoWriter::openFile()
{
    if (const int code = avio_open(&m_muxer->pb, m_muxer->url, AVIO_FLAG_WRITE); code < 0)
        return ioFailure(code);
    AVDictionary* settings = nullptr;
    av_dict_set(&settings, "movflags", "+faststart", 0);
    const int code = avformat_write_header(m_muxer, &settings);
    av_dict_free(&settings);
    if (code < 0)
        return ioFailure(code);
    return {};
}

Status LibavVideoWriter::writeBgra(std::span<const uint8_t> pixels)
{
    if (m_finished)
        return failure(ErrorCode::InvalidArgument, "it is already finished");
    const auto wanted = static_cast<size_t>(m_options.width) * static_cast<size_t>(m_options.height) * 4;
    if (pixels.size() != wanted)
        return failure(ErrorCode::InvalidArgument,
            "picture " + std::to_string(m_next) + " has " + std::to_string(pixels.size())
                + " bytes instead of " + std::to_string(wanted));
    int code
        = m_frame->buf[0] ? av_frame_make_writable(m_frame.get()) : av_frame_get_buffer(m_frame.get(), 0);
    if (code < 0)
        return failure(ErrorCode::Internal, av::errorText(code));
    AVFrame& frame = *m_frame;
    libyuv::ARGBToI420(pixels.data(), m_options.width * 4, frame.data[0], frame.linesize[0], frame.data[1],
        frame.linesize[1], frame.data[2], frame.linesize[2], m_options.width, m_options.height);
    frame.pts = m_next++;
    return encode(&frame);
}

Status LibavVideoWriter::encode(const AVFrame* frame)
{
    int code = avcodec_send_frame(m_encoder.get(), frame);
    while (code >= 0) {
        code = avcodec_receive_packet(m_encoder.get(), m_packet.get());
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
            return {};
        if (code < 0)
            break;
        m_packet->duration = 1;
        av_packet_rescale_ts(m_packet.get(), m_encoder->time_base, m_stream->time_base);
        m_packet->stream_index = m_stream->index;
        if (const int written = av_interleaved_write_frame(m_muxer, m_packet.get()); written < 0)
            return ioFailure(written);
    }
    return failure(ErrorCode::Internal, "the encoder failed: " + av::errorText(code));
}

Status LibavVideoWriter::finish()
{
    if (m_finished)
        return {};
    if (m_next == 0)
        return failure(ErrorCode::InvalidArgument, "no picture was written to it");
    if (Status status = encode(nullptr); !status)
        return status;
    if (const int code = av_write_trailer(m_muxer); code < 0)
        return ioFailure(code);
    if (const int code = avio_closep(&m_muxer->pb); code < 0)
        return ioFailure(code);
    std::error_code error;
    fs::rename(m_temporary, m_file, error);
    if (error)
        return failure(ErrorCode::Io, error.message());
    m_finished = true;
    return {};
}

void LibavVideoWriter::discard()
{
    const bool hadFile = m_muxer && !m_finished;
    if (m_muxer) {
        avio_closep(&m_muxer->pb);
        avformat_free_context(m_muxer);
        m_muxer = nullptr;
    }
    if (hadFile) {
        std::error_code ignored;
        fs::remove(m_temporary, ignored);
    }
}

Status checkOptions(const fs::path& file, const VideoWriterOptions& options)
{
    const auto refuse = [&](const std::string& what) {
        return Error{ErrorCode::InvalidArgument, "cannot write the video " + file.string() + ": " + what};
    };
    if (options.width < 2 || options.height < 2 || options.width % 2 != 0 || options.height % 2 != 0)
        return refuse("its size " + std::to_string(options.width) + " x " + std::to_string(options.height)
            + " is not even in both directions; crop or pad the pictures");
    if (options.fpsNum <= 0 || options.fpsDen <= 0 || options.gop < 1 || options.threads < 0)
        return refuse("frame rate, distance of key pictures and threads must be positive");
    return {};
}

} // namespace

Result<std::unique_ptr<VideoWriter>> createVideo(const fs::path& file, const VideoWriterOptions& options)
{
    av::silenceLog();
    if (Status status = checkOptions(file, options); !status)
        return status.error();
    const Container* container = containerOf(file);
    if (!container)
        return Error{ErrorCode::Unsupported,
            "cannot write the video " + file.string() + ": give it a name that ends in .mp4, .mkv or .avi"};
    auto writer = std::make_unique<LibavVideoWriter>(file, options);
    if (Status status = writer->open(*container); !status)
        return status.error();
    return std::unique_ptr<VideoWriter>(std::move(writer));
}

} // namespace telltale
