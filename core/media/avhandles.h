// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: owners for libav objects.
#include <filesystem>
#include <memory>
#include <string>
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/error.h>
#include <libavutil/frame.h>
}

namespace telltale::av {

struct Deleter {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
    void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};
using FramePtr = std::unique_ptr<AVFrame, Deleter>;
using PacketPtr = std::unique_ptr<AVPacket, Deleter>;
using CodecPtr = std::unique_ptr<AVCodecContext, Deleter>;
/// Of a file that is read; a muxer is closed in another way.
using InputPtr = std::unique_ptr<AVFormatContext, Deleter>;

/// What a negative return value of libav means, in libav's words.
std::string errorText(int code);
/// The name libav opens, so that a colon in a path is never taken for a protocol.
std::string fileUrl(const std::filesystem::path& file);
/// Routes libav's log to nothing: what matters reaches the user as a sentence of ours. Safe from any thread.
void silenceLog();
/// Gives memory that libav has freed back to the system, where the C library would keep it.
void returnFreeMemory();

} // namespace telltale::av
