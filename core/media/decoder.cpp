// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/decoder.h"
#include "media/hardware.h"
#include <array>
#include <vector>
extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/md5.h>
#include <libavutil/mem.h>
#include <libavutil/murmur3.h>
}

namespace telltale {
namespace {

// How a packet's number travels through the decoder's reordering; FFmpeg 6 gave it a new name.
#if LIBAVCODEC_VERSION_MAJOR >= 60
void enableTag(AVCodecContext& codec) { codec.flags |= AV_CODEC_FLAG_COPY_OPAQUE; }
void tagPacket(AVCodecContext&, AVPacket& packet, int64_t number)
{
    packet.opaque = reinterpret_cast<void*>(static_cast<intptr_t>(number));
}
int64_t tagOf(const AVFrame& frame) { return reinterpret_cast<intptr_t>(frame.opaque); }
#else
void enableTag(AVCodecContext&) { }
void tagPacket(AVCodecContext& codec, AVPacket&, int64_t number) { codec.reordered_opaque = number; }
int64_t tagOf(const AVFrame& frame) { return frame.reordered_opaque; }
#endif

/// The picture's bytes without padding, as one block.
std::vector<uint8_t> packedPlanes(const AVFrame& frame)
{
    const auto format = static_cast<AVPixelFormat>(frame.format);
    const int bytes = av_image_get_buffer_size(format, frame.width, frame.height, 1);
    std::vector<uint8_t> packed(bytes > 0 ? static_cast<size_t>(bytes) : 0);
    if (!packed.empty())
        av_image_copy_to_buffer(
            packed.data(), bytes, frame.data, frame.linesize, format, frame.width, frame.height, 1);
    return packed;
}

std::shared_ptr<const AVFrame> keep(AVFrame* frame)
{
    av::FramePtr kept(av_frame_alloc());
    av_frame_move_ref(kept.get(), frame);
    return {kept.release(), av::Deleter()};
}

} // namespace

Result<std::unique_ptr<Decoder>> Decoder::open(Demuxer& demuxer, bool hardware)
{
    const AVStream* stream = demuxer.stream();
    const std::string file = demuxer.file().string();
    const AVCodec* codec = avcodec_find_decoder(stream->codecpar->codec_id);
    if (!codec)
        return Error{ErrorCode::Unsupported,
            file + ": is coded as " + avcodec_get_name(stream->codecpar->codec_id)
                + ", which this FFmpeg cannot decode; convert it to H.264"};
    std::unique_ptr<Decoder> decoder(new Decoder(demuxer));
    decoder->m_codec.reset(avcodec_alloc_context3(codec));
    AVCodecContext* context = decoder->m_codec.get();
    if (!context || avcodec_parameters_to_context(context, stream->codecpar) < 0)
        return Error{ErrorCode::Internal, file + ": out of memory"};
    context->pkt_timebase = stream->time_base;
    context->thread_count = 1;
    enableTag(*context);
    if (hardware)
        attachHardware(*context, *codec);
    decoder->m_skipping = skippingOf(codec->id);
    decoder->m_disposable = DisposableTest(*stream->codecpar);
    if (const int code = avcodec_open2(context, codec, nullptr); code < 0)
        return Error{ErrorCode::BadFormat,
            file + ": its " + codec->name + " pictures cannot be decoded (" + av::errorText(code)
                + "); copy it again from its source"};
    return decoder;
}

Status Decoder::start(const PacketIndex& index, int64_t number)
{
    avcodec_flush_buffers(m_codec.get());
    m_draining = false;
    m_skipUntil = 0;
    return m_demuxer.seek(index, number);
}

void Decoder::send(int64_t number)
{
    const bool skip = number < m_skipUntil;
    if (skip && m_skipping == Skipping::ByPacket && m_disposable(*m_packet))
        return;
    m_codec->skip_frame = skip && m_skipping == Skipping::InDecoder ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
    tagPacket(*m_codec, *m_packet, number);
    if (avcodec_send_packet(m_codec.get(), m_packet.get()) < 0)
        ++m_refused;
}

DecodedPicture Decoder::next(const PacketIndex& index)
{
    const av::FramePtr frame(av_frame_alloc());
    for (;;) {
        const int code = avcodec_receive_frame(m_codec.get(), frame.get());
        if (code == 0) {
            const int64_t packet = tagOf(*frame);
            m_device = isOnHardware(*frame) ? hardwareName(*frame) : std::string();
            if (!m_device.empty() && !download(*frame)) {
                ++m_refused;
                continue;
            }
            return {keep(frame.get()), packet};
        }
        if (code == AVERROR_EOF || (m_draining && code == AVERROR(EAGAIN)))
            return {};
        if (code != AVERROR(EAGAIN)) {
            ++m_refused;
            continue;
        }
        if (m_interrupt && m_interrupt())
            return {nullptr, -1, true};
        const int64_t number = m_demuxer.read(index, m_packet.get());
        m_draining = number < 0;
        if (m_draining) {
            avcodec_send_packet(m_codec.get(), nullptr);
            continue;
        }
        send(number);
        av_packet_unref(m_packet.get());
    }
}

std::string Decoder::name() const
{
    const std::string codec = avcodec_get_name(m_codec->codec_id);
    return m_device.empty() ? codec : codec + " (" + m_device + ")";
}

uint64_t planesHash(const AVFrame& frame)
{
    const std::vector<uint8_t> packed = packedPlanes(frame);
    AVMurMur3* state = av_murmur3_alloc();
    if (!state)
        return 0;
    av_murmur3_init(state);
    av_murmur3_update(state, packed.data(), packed.size());
    std::array<uint8_t, 16> hash{};
    av_murmur3_final(state, hash.data());
    av_free(state);
    uint64_t value = 0;
    for (int i = 0; i < 8; ++i)
        value = value << 8 | hash[static_cast<size_t>(i)];
    return value;
}

std::string planesMd5(const AVFrame& frame)
{
    const std::vector<uint8_t> packed = packedPlanes(frame);
    if (packed.empty())
        return {};
    std::array<uint8_t, 16> sum{};
    av_md5_sum(sum.data(), packed.data(), packed.size());
    std::string text;
    for (const uint8_t byte : sum) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

} // namespace telltale
