// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/firstpicture.h"

namespace telltale {
namespace {

constexpr int kPackets = 400; ///< of all streams; a beginning without pictures is not worth more

av::InputPtr openInput(const std::filesystem::path& file)
{
    AVFormatContext* context = nullptr;
    if (avformat_open_input(&context, av::fileUrl(file).c_str(), nullptr, nullptr) < 0)
        return nullptr;
    av::InputPtr input(context);
    return avformat_find_stream_info(context, nullptr) < 0 ? nullptr : std::move(input);
}

av::CodecPtr openCodec(const AVStream& stream)
{
    const AVCodec* codec = avcodec_find_decoder(stream.codecpar->codec_id);
    av::CodecPtr context(codec ? avcodec_alloc_context3(codec) : nullptr);
    if (!context || avcodec_parameters_to_context(context.get(), stream.codecpar) < 0)
        return nullptr;
    context->thread_count = 1;
    return avcodec_open2(context.get(), codec, nullptr) < 0 ? nullptr : std::move(context);
}

} // namespace

std::shared_ptr<const AVFrame> firstPicture(const std::filesystem::path& file, int stream)
{
    const av::InputPtr input = openInput(file);
    if (!input)
        return nullptr;
    const int chosen = av_find_best_stream(input.get(), AVMEDIA_TYPE_VIDEO, stream, -1, nullptr, 0);
    const av::CodecPtr codec = chosen < 0 ? nullptr : openCodec(*input->streams[chosen]);
    const av::PacketPtr packet(av_packet_alloc());
    av::FramePtr frame(av_frame_alloc());
    if (!codec || !packet || !frame)
        return nullptr;
    for (int i = 0; i < kPackets && av_read_frame(input.get(), packet.get()) >= 0; ++i) {
        const bool sent
            = packet->stream_index == chosen && avcodec_send_packet(codec.get(), packet.get()) >= 0;
        av_packet_unref(packet.get());
        if (sent && avcodec_receive_frame(codec.get(), frame.get()) == 0)
            return {frame.release(), av::Deleter()};
    }
    return nullptr;
}

} // namespace telltale
