// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/clipsound.h"
#include "media/audiodecoder.h"
#include "media/soundinput.h"
#include <algorithm>
#include <cmath>
#include <string_view>
extern "C" {
#include <libavutil/channel_layout.h>
}

namespace telltale {
namespace {

constexpr AVRational kMicroseconds{1, 1000000};

bool isMatroska(const AVFormatContext& format)
{
    return std::string_view(format.oformat->name) == "matroska";
}

/// Packets as they are. One packet more before the start lets the decoder give the first samples right; the
/// clip's edit list hides it.
class CopiedSound final : public ClipSound {
public:
    CopiedSound(const ClipSoundRequest& request, MuxFile& output) : m_request(request), m_output(output) { }
    Status open(SoundInput input);
    Status writeUntil(MediaTime time) override;
    Status finish() override { return writeUntil(m_request.to - m_request.from); }
    const char* description() const override { return "copied, in whole packets"; }

private:
    bool readPacket();

    const ClipSoundRequest m_request;
    MuxFile& m_output;
    SoundInput m_input;
    AVStream* m_stream = nullptr;
    av::PacketPtr m_packet{av_packet_alloc()};
    bool m_waiting = false; ///< m_packet is read and not written
    bool m_ended = false;
    int64_t m_start = 0; ///< of the clip, in the input's time base
    int64_t m_end = 0;
    int64_t m_earliest = 0; ///< packets that end before are left out
};

Status CopiedSound::open(SoundInput input)
{
    m_input = std::move(input);
    const AVStream& sound = m_input.sound();
    m_stream = m_output.addStream();
    if (!m_stream || avcodec_parameters_copy(m_stream->codecpar, sound.codecpar) < 0)
        return Error{ErrorCode::Internal, m_request.video.string() + ": out of memory"};
    m_stream->codecpar->codec_tag = 0;
    m_stream->time_base = sound.time_base;
    const auto ticks = [&](MediaTime time) {
        return av_rescale_q(time.count() + m_input.origin, kMicroseconds, sound.time_base);
    };
    m_start = ticks(m_request.from);
    m_end = ticks(m_request.to);
    const int64_t frame = sound.codecpar->frame_size > 0 && sound.codecpar->sample_rate > 0
        ? av_rescale_q(sound.codecpar->frame_size, {1, sound.codecpar->sample_rate}, sound.time_base)
        : 0;
    m_earliest = isMatroska(m_output.format()) ? m_start : m_start - frame;
    const int64_t place = m_earliest - av_rescale_q(1, {1, 1}, sound.time_base);
    if (av_seek_frame(m_input.format.get(), m_input.stream, place, AVSEEK_FLAG_BACKWARD) < 0)
        av_seek_frame(m_input.format.get(), m_input.stream, 0, AVSEEK_FLAG_BACKWARD);
    return {};
}

bool CopiedSound::readPacket()
{
    while (!m_waiting && !m_ended) {
        av_packet_unref(m_packet.get());
        if (av_read_frame(m_input.format.get(), m_packet.get()) < 0) {
            m_ended = true;
            break;
        }
        const int64_t pts = m_packet->pts;
        if (m_packet->stream_index != m_input.stream || pts == AV_NOPTS_VALUE)
            continue;
        m_ended = pts >= m_end;
        m_waiting = !m_ended && pts + m_packet->duration > m_earliest;
    }
    return m_waiting;
}

Status CopiedSound::writeUntil(MediaTime time)
{
    const AVRational base = m_input.sound().time_base;
    const int64_t until = m_start + av_rescale_q(time.count(), kMicroseconds, base);
    while (readPacket() && m_packet->pts <= until) {
        m_waiting = false;
        m_packet->pts -= m_start;
        m_packet->dts = m_packet->dts == AV_NOPTS_VALUE ? m_packet->pts : m_packet->dts - m_start;
        m_packet->stream_index = m_stream->index;
        m_packet->pos = -1;
        av_packet_rescale_ts(m_packet.get(), base, m_stream->time_base);
        if (Status status = m_output.write(*m_packet); !status)
            return status;
    }
    return {};
}

/// Decoded and encoded again, so that it begins and ends with the very sample.
class EncodedSound final : public ClipSound {
public:
    EncodedSound(const ClipSoundRequest& request, MuxFile& output) : m_request(request), m_output(output) { }
    Status open();
    Status writeUntil(MediaTime time) override;
    Status finish() override;
    const char* description() const override
    {
        return m_lossless ? "cut to the sample, as FLAC" : "cut to the sample, encoded again as AAC";
    }

private:
    Status openEncoder();
    /// Samples until number `end`, with silence where there are none.
    Status fill(int64_t end);
    Status encodeFrame(size_t samples);
    Status send(const AVFrame* frame);
    void store(AVFrame& frame, size_t samples) const;

    const ClipSoundRequest m_request;
    MuxFile& m_output;
    std::unique_ptr<AudioDecoder> m_decoder;
    av::CodecPtr m_encoder;
    av::PacketPtr m_packet{av_packet_alloc()};
    AVStream* m_stream = nullptr;
    bool m_lossless = false;
    std::vector<float> m_samples; ///< not encoded yet
    AudioBlock m_block; ///< decoded, not taken yet
    bool m_ended = false;
    int64_t m_next = 0; ///< number of the sample that is taken next
    int64_t m_end = 0;
    int64_t m_encoded = 0; ///< samples
};

Status EncodedSound::open()
{
    AudioOptions options;
    options.videoStream = m_request.videoStream;
    auto decoder = AudioDecoder::open(m_request.video, options);
    if (!decoder)
        return decoder.error();
    m_decoder = *std::move(decoder);
    const auto sampleAt = [&](MediaTime time) {
        return static_cast<int64_t>(
            std::llround(static_cast<double>(time.count()) * 1e-6 * m_decoder->rate()));
    };
    m_next = sampleAt(m_request.from);
    m_end = sampleAt(m_request.to);
    if (Status status = m_decoder->seek(m_next); !status)
        return status;
    return openEncoder();
}

Status EncodedSound::openEncoder()
{
    m_lossless = isMatroska(m_output.format());
    const AVCodec* codec = avcodec_find_encoder(m_lossless ? AV_CODEC_ID_FLAC : AV_CODEC_ID_AAC);
    m_encoder.reset(codec ? avcodec_alloc_context3(codec) : nullptr);
    if (!m_encoder)
        return Error{ErrorCode::Unsupported,
            "this FFmpeg has no encoder for the sound of " + m_request.video.string()
                + "; write the clip without sound"};
    AVCodecContext& encoder = *m_encoder;
    const std::string_view coded = m_decoder->codecName();
    const bool fine = coded.starts_with("pcm_s24") || coded.starts_with("pcm_s32")
        || coded.starts_with("pcm_f") || coded == "flac" || coded == "alac";
    encoder.sample_fmt = !m_lossless ? AV_SAMPLE_FMT_FLTP : fine ? AV_SAMPLE_FMT_S32 : AV_SAMPLE_FMT_S16;
    encoder.bits_per_raw_sample = m_lossless && fine ? 24 : 0;
    encoder.sample_rate = m_decoder->rate();
    av_channel_layout_default(&encoder.ch_layout, m_decoder->channels());
    encoder.time_base = {1, m_decoder->rate()};
    encoder.bit_rate = m_lossless ? 0 : int64_t{96000} * m_decoder->channels();
    encoder.flags |= AV_CODEC_FLAG_BITEXACT;
    if ((m_output.format().oformat->flags & AVFMT_GLOBALHEADER) != 0)
        encoder.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (const int code = avcodec_open2(&encoder, codec, nullptr); code < 0)
        return Error{ErrorCode::Unsupported,
            m_request.video.string() + ": its sound (" + std::to_string(m_decoder->rate()) + " Hz, "
                + std::to_string(m_decoder->channels()) + " channels) cannot be written as " + codec->name
                + " (" + av::errorText(code) + "); write the clip as .mkv, or without sound"};
    m_stream = m_output.addStream();
    if (!m_stream || avcodec_parameters_from_context(m_stream->codecpar, &encoder) < 0)
        return Error{ErrorCode::Internal, m_request.video.string() + ": out of memory"};
    m_stream->time_base = encoder.time_base;
    return {};
}

Status EncodedSound::fill(int64_t end)
{
    const int channels = m_decoder->channels();
    while (m_next < end) {
        if (m_block.samples.empty() && !m_ended) {
            auto block = m_decoder->read();
            if (!block)
                return block.error();
            m_block = *std::move(block);
            m_ended = m_block.samples.empty();
        }
        const int64_t available = static_cast<int64_t>(m_block.samples.size()) / channels;
        if (m_ended || m_block.first >= end) {
            // Before the sound, in a hole or after it.
            m_samples.insert(m_samples.end(), static_cast<size_t>((end - m_next) * channels), 0.0F);
            m_next = end;
            break;
        }
        if (m_block.first > m_next) {
            m_samples.insert(m_samples.end(), static_cast<size_t>((m_block.first - m_next) * channels), 0.0F);
            m_next = m_block.first;
        }
        const int64_t skipped = std::min(available, m_next - m_block.first);
        const int64_t taken = std::min(available - skipped, end - m_next);
        const auto from = m_block.samples.begin() + skipped * channels;
        m_samples.insert(m_samples.end(), from, from + taken * channels);
        m_block.samples.erase(m_block.samples.begin(), from + taken * channels);
        m_block.first += skipped + taken;
        m_next += taken;
    }
    return {};
}

void EncodedSound::store(AVFrame& frame, size_t samples) const
{
    const auto channels = static_cast<size_t>(m_decoder->channels());
    const auto scaled = [](float value, double full) {
        return std::llround(std::clamp(static_cast<double>(value) * full, -full, full - 1));
    };
    for (size_t i = 0; i < samples; ++i) {
        for (size_t c = 0; c < channels; ++c) {
            const float value = m_samples[i * channels + c];
            if (frame.format == AV_SAMPLE_FMT_FLTP)
                reinterpret_cast<float*>(frame.extended_data[c])[i] = value;
            else if (frame.format == AV_SAMPLE_FMT_S16)
                reinterpret_cast<int16_t*>(frame.data[0])[i * channels + c]
                    = static_cast<int16_t>(scaled(value, 32768.0));
            else
                reinterpret_cast<int32_t*>(frame.data[0])[i * channels + c]
                    = static_cast<int32_t>(scaled(value, 8388608.0) * 256);
        }
    }
}

Status EncodedSound::encodeFrame(size_t samples)
{
    const av::FramePtr frame(av_frame_alloc());
    frame->format = m_encoder->sample_fmt;
    frame->nb_samples = static_cast<int>(samples);
    frame->sample_rate = m_encoder->sample_rate;
    if (av_channel_layout_copy(&frame->ch_layout, &m_encoder->ch_layout) < 0
        || av_frame_get_buffer(frame.get(), 0) < 0)
        return Error{ErrorCode::Internal, m_request.video.string() + ": out of memory"};
    store(*frame, samples);
    frame->pts = m_encoded;
    m_encoded += static_cast<int64_t>(samples);
    const auto used = static_cast<ptrdiff_t>(samples * static_cast<size_t>(m_decoder->channels()));
    m_samples.erase(m_samples.begin(), m_samples.begin() + used);
    return send(frame.get());
}

Status EncodedSound::send(const AVFrame* frame)
{
    int code = avcodec_send_frame(m_encoder.get(), frame);
    while (code >= 0) {
        code = avcodec_receive_packet(m_encoder.get(), m_packet.get());
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
            return {};
        if (code < 0)
            break;
        m_packet->stream_index = m_stream->index;
        av_packet_rescale_ts(m_packet.get(), m_encoder->time_base, m_stream->time_base);
        if (Status status = m_output.write(*m_packet); !status)
            return status;
    }
    return Error{ErrorCode::Internal,
        m_request.video.string() + ": its sound could not be encoded (" + av::errorText(code) + ")"};
}

Status EncodedSound::writeUntil(MediaTime time)
{
    const int64_t from = m_end
        - static_cast<int64_t>(std::llround(
            static_cast<double>((m_request.to - m_request.from).count()) * 1e-6 * m_decoder->rate()));
    const auto wanted = static_cast<int64_t>(static_cast<double>(time.count()) * 1e-6 * m_decoder->rate());
    if (Status status = fill(std::min(m_end, from + wanted)); !status)
        return status;
    const auto frame = static_cast<size_t>(m_encoder->frame_size > 0 ? m_encoder->frame_size : 4096);
    while (m_samples.size() >= frame * static_cast<size_t>(m_decoder->channels()))
        if (Status status = encodeFrame(frame); !status)
            return status;
    return {};
}

Status EncodedSound::finish()
{
    if (Status status = fill(m_end); !status)
        return status;
    if (Status status = writeUntil(m_request.to - m_request.from); !status)
        return status;
    if (!m_samples.empty())
        if (Status status = encodeFrame(m_samples.size() / static_cast<size_t>(m_decoder->channels()));
            !status)
            return status;
    return send(nullptr);
}

} // namespace

Result<std::unique_ptr<ClipSound>> ClipSound::open(const ClipSoundRequest& request, MuxFile& output)
{
    auto input = openSoundInput(request.video, -1, request.videoStream);
    if (!input && input.error().code == ErrorCode::NotFound)
        return std::unique_ptr<ClipSound>();
    if (!input)
        return input.error();
    const AVCodecID codec = input->sound().codecpar->codec_id;
    if (request.copy && avformat_query_codec(output.format().oformat, codec, FF_COMPLIANCE_NORMAL) == 1) {
        auto sound = std::make_unique<CopiedSound>(request, output);
        if (Status status = sound->open(*std::move(input)); !status)
            return status.error();
        return std::unique_ptr<ClipSound>(std::move(sound));
    }
    auto sound = std::make_unique<EncodedSound>(request, output);
    if (Status status = sound->open(); !status)
        return status.error();
    return std::unique_ptr<ClipSound>(std::move(sound));
}

} // namespace telltale
