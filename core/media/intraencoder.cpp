// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/intraencoder.h"
#include <libyuv.h>
extern "C" {
#include <libavutil/dict.h>
}

namespace telltale {
namespace {

/// Constant, so that a picture comes out the same on every worker. x264 takes three steps off for key
/// pictures; at 360 lines hands and faces then show no blocks.
constexpr int kQuantiser = 30;

Error encoderFailure(const std::string& what)
{
    return {ErrorCode::Internal, "a picture could not be encoded: " + what};
}

} // namespace

Result<std::unique_ptr<IntraEncoder>> IntraEncoder::open(int width, int height, AVRational aspect)
{
    av::silenceLog();
    const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
    if (!codec)
        return Error{ErrorCode::Unsupported,
            "this FFmpeg has no libx264 encoder; install a build of FFmpeg that has it"};
    std::unique_ptr<IntraEncoder> encoder(new IntraEncoder);
    encoder->m_codec.reset(avcodec_alloc_context3(codec));
    encoder->m_frame.reset(av_frame_alloc());
    if (!encoder->m_codec || !encoder->m_frame)
        return encoderFailure("out of memory");
    AVCodecContext& context = *encoder->m_codec;
    context.width = width;
    context.height = height;
    context.sample_aspect_ratio = aspect;
    context.pix_fmt = AV_PIX_FMT_YUV420P;
    context.time_base = {1, 1000};
    context.gop_size = 1;
    context.max_b_frames = 0;
    context.thread_count = 1;
    context.colorspace = AVCOL_SPC_SMPTE170M;
    context.color_primaries = AVCOL_PRI_SMPTE170M;
    context.color_trc = AVCOL_TRC_SMPTE170M;
    context.color_range = AVCOL_RANGE_MPEG;
    context.flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_GLOBAL_HEADER;
    AVDictionary* settings = nullptr;
    av_dict_set(&settings, "preset", "ultrafast", 0);
    av_dict_set(&settings, "tune", "fastdecode,zerolatency", 0);
    av_dict_set_int(&settings, "qp", kQuantiser, 0);
    const int code = avcodec_open2(&context, codec, &settings);
    av_dict_free(&settings);
    if (code < 0)
        return encoderFailure(av::errorText(code));
    AVFrame& frame = *encoder->m_frame;
    frame.format = context.pix_fmt;
    frame.width = width;
    frame.height = height;
    if (av_frame_get_buffer(&frame, 0) < 0)
        return encoderFailure("out of memory");
    return encoder;
}

Result<av::PacketPtr> IntraEncoder::encode(const Picture& picture)
{
    AVFrame& frame = *m_frame;
    if (picture.width != frame.width || picture.height != frame.height)
        return encoderFailure("it has another size than the pictures before");
    if (av_frame_make_writable(&frame) < 0)
        return encoderFailure("out of memory");
    libyuv::ARGBToI420(picture.bgra.data(), picture.stride(), frame.data[0], frame.linesize[0], frame.data[1],
        frame.linesize[1], frame.data[2], frame.linesize[2], frame.width, frame.height);
    frame.pts = m_next++;
    av::PacketPtr packet(av_packet_alloc());
    int code = avcodec_send_frame(m_codec.get(), &frame);
    code = code < 0 ? code : avcodec_receive_packet(m_codec.get(), packet.get());
    if (code < 0)
        return encoderFailure(av::errorText(code));
    return packet;
}

} // namespace telltale
