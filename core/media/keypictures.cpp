// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/keypictures.h"

namespace telltale {

Result<std::unique_ptr<KeyPictures>> KeyPictures::open(const std::filesystem::path& file, int stream)
{
    auto demuxer = Demuxer::open(file, nullptr, stream);
    if (!demuxer)
        return demuxer.error();
    std::unique_ptr<KeyPictures> pictures(new KeyPictures);
    pictures->m_demuxer = *std::move(demuxer);
    pictures->m_packet.reset(av_packet_alloc());
    const AVCodecParameters& parameters = *pictures->m_demuxer->stream()->codecpar;
    const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
    pictures->m_codec.reset(codec ? avcodec_alloc_context3(codec) : nullptr);
    AVCodecContext* context = pictures->m_codec.get();
    if (!context || avcodec_parameters_to_context(context, &parameters) < 0)
        return Error{ErrorCode::Unsupported, file.string() + ": cannot be decoded by this FFmpeg"};
    context->pkt_timebase = pictures->m_demuxer->stream()->time_base;
    context->thread_count = 1;
    if (const int code = avcodec_open2(context, codec, nullptr); code < 0)
        return Error{ErrorCode::BadFormat,
            file.string() + ": its pictures cannot be decoded (" + av::errorText(code) + ")"};
    return pictures;
}

std::shared_ptr<const AVFrame> KeyPictures::read(const PacketIndex& index, int64_t number)
{
    if (index.identity() != PictureIdentity::Pts || index.madeByDecoding())
        return nullptr;
    avcodec_flush_buffers(m_codec.get());
    if (!m_demuxer->seek(index, number) || m_demuxer->read(index, m_packet.get()) != number)
        return nullptr;
    const int64_t pts = m_packet->pts;
    const int sent = avcodec_send_packet(m_codec.get(), m_packet.get());
    av_packet_unref(m_packet.get());
    av::FramePtr frame(av_frame_alloc());
    // Draining gives what the decoder holds back for reordering.
    if (sent < 0 || !frame || avcodec_send_packet(m_codec.get(), nullptr) < 0
        || avcodec_receive_frame(m_codec.get(), frame.get()) < 0 || frame->pts != pts)
        return nullptr;
    return {frame.release(), av::Deleter()};
}

std::vector<int64_t> shownKeyPictures(const PacketIndex& index)
{
    std::vector<int64_t> keys;
    for (int64_t i = 0; i < index.frameCount(); ++i)
        if (index.packets()[static_cast<size_t>(index.shown()[static_cast<size_t>(i)].packet)].key)
            keys.push_back(i);
    return keys;
}

} // namespace telltale
