// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "soundsample.h"
#include "../videosamples.h"
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace telltale::sample {
namespace {

namespace fs = std::filesystem;

void store(AVFrame& frame, int index, float value)
{
    const std::array<float, 2> both{value, -value};
    for (size_t c = 0; c < both.size(); ++c) {
        const auto flat = static_cast<size_t>(index) * 2 + c;
        switch (frame.format) {
        case AV_SAMPLE_FMT_FLTP:
            reinterpret_cast<float*>(frame.extended_data[c])[index] = both[c];
            break;
        case AV_SAMPLE_FMT_FLT:
            reinterpret_cast<float*>(frame.extended_data[0])[flat] = both[c];
            break;
        case AV_SAMPLE_FMT_S16:
            reinterpret_cast<int16_t*>(frame.extended_data[0])[flat]
                = static_cast<int16_t>(std::lround(both[c] * 32767));
            break;
        default:
            reinterpret_cast<int16_t*>(frame.extended_data[c])[index]
                = static_cast<int16_t>(std::lround(both[c] * 32767));
        }
    }
}

/// Encodes the sound and muxes it with the packets of a video.
class Muxer {
public:
    Muxer(const fs::path& video, const fs::path& file, const Sound& sound) : m_sound(sound)
    {
        EXPECT_GE(avformat_open_input(&m_in, video.c_str(), nullptr, nullptr), 0);
        EXPECT_GE(avformat_find_stream_info(m_in, nullptr), 0);
        EXPECT_GE(avformat_alloc_output_context2(&m_out, nullptr, nullptr, file.c_str()), 0);
        AVStream* pictures = avformat_new_stream(m_out, nullptr);
        avcodec_parameters_copy(pictures->codecpar, m_in->streams[0]->codecpar);
        pictures->codecpar->codec_tag = 0;
        pictures->time_base = m_in->streams[0]->time_base;
        const AVCodec* encoder = avcodec_find_encoder_by_name(sound.codec.c_str());
        EXPECT_TRUE(encoder) << sound.codec;
        m_codec = avcodec_alloc_context3(encoder);
        m_codec->sample_rate = sound.rate;
        m_codec->sample_fmt = encoder->sample_fmts[0];
        m_codec->bit_rate = 192000;
        m_codec->time_base = {1, sound.rate};
        m_codec->strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL;
        av_channel_layout_default(&m_codec->ch_layout, 2);
        if (m_out->oformat->flags & AVFMT_GLOBALHEADER)
            m_codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
        EXPECT_GE(avcodec_open2(m_codec, encoder, nullptr), 0);
        AVStream* track = avformat_new_stream(m_out, nullptr);
        avcodec_parameters_from_context(track->codecpar, m_codec);
        track->time_base = m_codec->time_base;
        m_out->strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL;
        EXPECT_GE(avio_open(&m_out->pb, file.c_str(), AVIO_FLAG_WRITE), 0);
        EXPECT_GE(avformat_write_header(m_out, nullptr), 0);
    }
    Muxer(const Muxer&) = delete;
    Muxer& operator=(const Muxer&) = delete;

    void run()
    {
        AVPacket* packet = av_packet_alloc();
        while (av_read_frame(m_in, packet) >= 0) {
            packet->stream_index = 0;
            av_packet_rescale_ts(packet, m_in->streams[0]->time_base, m_out->streams[0]->time_base);
            av_interleaved_write_frame(m_out, packet);
        }
        const int size = m_codec->frame_size > 0 ? m_codec->frame_size : 1024;
        const auto total = static_cast<int64_t>(m_sound.seconds * m_sound.rate);
        const auto delay = static_cast<int64_t>(std::llround(m_sound.delay * m_sound.rate));
        for (int64_t first = 0; first < total; first += size)
            encode(first, static_cast<int>(std::min<int64_t>(size, total - first)), delay, packet);
        avcodec_send_frame(m_codec, nullptr);
        drain(packet);
        av_write_trailer(m_out);
        av_packet_free(&packet);
    }

    ~Muxer()
    {
        avcodec_free_context(&m_codec);
        avio_closep(&m_out->pb);
        avformat_free_context(m_out);
        avformat_close_input(&m_in);
    }

private:
    void encode(int64_t first, int count, int64_t delay, AVPacket* packet)
    {
        AVFrame* frame = av_frame_alloc();
        frame->nb_samples = count;
        frame->format = m_codec->sample_fmt;
        frame->sample_rate = m_sound.rate;
        av_channel_layout_copy(&frame->ch_layout, &m_codec->ch_layout);
        EXPECT_GE(av_frame_get_buffer(frame, 0), 0);
        for (int i = 0; i < count; ++i)
            store(*frame, i, toneAt(m_sound, static_cast<double>(first + i + delay) / m_sound.rate));
        frame->pts = first + delay;
        EXPECT_GE(avcodec_send_frame(m_codec, frame), 0);
        av_frame_free(&frame);
        drain(packet);
    }

    void drain(AVPacket* packet)
    {
        while (avcodec_receive_packet(m_codec, packet) >= 0) {
            packet->stream_index = 1;
            av_packet_rescale_ts(packet, m_codec->time_base, m_out->streams[1]->time_base);
            EXPECT_GE(av_interleaved_write_frame(m_out, packet), 0);
        }
    }

    Sound m_sound;
    AVFormatContext* m_in = nullptr;
    AVFormatContext* m_out = nullptr;
    AVCodecContext* m_codec = nullptr;
};

} // namespace

float toneAt(const Sound& sound, double seconds)
{
    const double t = seconds - sound.delay;
    if (t < -1e-9 || t >= sound.seconds - 1e-9)
        return 0;
    double sum = 0; // no two places look alike
    for (const double hertz :
        {211.78, 348.29, 524.94, 814.01, 1107.09, 1494.52, 2006.42, 2666.86, 3313.25, 4015.84})
        sum += std::sin(2 * std::numbers::pi * hertz * t);
    return static_cast<float>(0.06 * sum);
}

fs::path withSound(const fs::path& video, const std::string& name, const Sound& sound)
{
    const fs::path file = scratch(name);
    Muxer(video, file, sound).run();
    return file;
}

} // namespace telltale::sample
