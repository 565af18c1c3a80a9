// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/jpegpicture.h"
#include "media/avhandles.h"
#include <cstring>
#include <libyuv.h>

namespace telltale {
namespace {

/// libav's scale from 2 (finest) to 31; skin and hair stay smooth at 4.
constexpr int kQuality = 4;

Error jpegFailure(ErrorCode code, int reason)
{
    return {code, "a small picture could not be kept as JPEG: " + av::errorText(reason)};
}

av::CodecPtr openCodec(const AVCodec* codec, int width, int height)
{
    av::CodecPtr context(codec ? avcodec_alloc_context3(codec) : nullptr);
    if (!context)
        return nullptr;
    context->thread_count = 1;
    if (width > 0) {
        context->width = width;
        context->height = height;
        context->pix_fmt = AV_PIX_FMT_YUVJ420P;
        context->color_range = AVCOL_RANGE_JPEG;
        context->time_base = {1, 25};
        context->flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT;
        context->global_quality = kQuality * FF_QP2LAMBDA;
    }
    if (avcodec_open2(context.get(), codec, nullptr) < 0)
        return nullptr;
    return context;
}

} // namespace

Result<std::string> encodeJpeg(const Picture& picture)
{
    av::silenceLog();
    const av::CodecPtr codec
        = openCodec(avcodec_find_encoder(AV_CODEC_ID_MJPEG), picture.width, picture.height);
    const av::FramePtr frame(av_frame_alloc());
    const av::PacketPtr packet(av_packet_alloc());
    if (!codec || !frame || !packet || picture.empty())
        return jpegFailure(ErrorCode::Internal, AVERROR(EINVAL));
    frame->format = codec->pix_fmt;
    frame->color_range = AVCOL_RANGE_JPEG;
    frame->width = picture.width;
    frame->height = picture.height;
    frame->quality = codec->global_quality;
    int code = av_frame_get_buffer(frame.get(), 0);
    if (code < 0)
        return jpegFailure(ErrorCode::Internal, code);
    libyuv::ARGBToJ420(picture.bgra.data(), picture.stride(), frame->data[0], frame->linesize[0],
        frame->data[1], frame->linesize[1], frame->data[2], frame->linesize[2], picture.width,
        picture.height);
    frame->pts = 0;
    code = avcodec_send_frame(codec.get(), frame.get());
    code = code < 0 ? code : avcodec_send_frame(codec.get(), nullptr);
    code = code < 0 ? code : avcodec_receive_packet(codec.get(), packet.get());
    if (code < 0)
        return jpegFailure(ErrorCode::Internal, code);
    return std::string(reinterpret_cast<const char*>(packet->data), static_cast<size_t>(packet->size));
}

Result<Picture> decodeJpeg(std::string_view bytes)
{
    av::silenceLog();
    const av::CodecPtr codec = openCodec(avcodec_find_decoder(AV_CODEC_ID_MJPEG), 0, 0);
    const av::FramePtr frame(av_frame_alloc());
    const av::PacketPtr packet(av_packet_alloc());
    if (!codec || !frame || !packet || bytes.size() > 1U << 30
        || av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0)
        return jpegFailure(ErrorCode::Internal, AVERROR(ENOMEM));
    if (!bytes.empty())
        std::memcpy(packet->data, bytes.data(), bytes.size());
    codec->err_recognition = AV_EF_EXPLODE;
    int code = bytes.empty() ? AVERROR_INVALIDDATA : avcodec_send_packet(codec.get(), packet.get());
    code = code < 0 ? code : avcodec_receive_frame(codec.get(), frame.get());
    if (code < 0 || frame->format != AV_PIX_FMT_YUVJ420P)
        return jpegFailure(ErrorCode::BadFormat, code < 0 ? code : AVERROR_INVALIDDATA);
    Picture picture;
    picture.width = frame->width;
    picture.height = frame->height;
    picture.bgra.resize(static_cast<size_t>(picture.stride()) * static_cast<size_t>(picture.height));
    libyuv::J420ToARGB(frame->data[0], frame->linesize[0], frame->data[1], frame->linesize[1], frame->data[2],
        frame->linesize[2], picture.bgra.data(), picture.stride(), picture.width, picture.height);
    return picture;
}

} // namespace telltale
