// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/audiodecoder.h"
#include "media/soundinput.h"
#include <algorithm>
#include <cstdlib>
extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
}

namespace telltale {
namespace {

namespace fs = std::filesystem;

struct SwrDeleter {
    void operator()(SwrContext* context) const { swr_free(&context); }
};

/// Decoders need some sound before the place that is wanted until they give what they give in sequence.
constexpr double kPreRollSeconds = 0.15;
/// Stamps that deviate less than this from the count are rounding.
constexpr double kGapSeconds = 0.03;

class LibavAudioDecoder final : public AudioDecoder {
public:
    Status open(const fs::path& file, const AudioOptions& options);
    int rate() const override { return m_rate; }
    int channels() const override { return m_channels; }
    const char* codecName() const override { return avcodec_get_name(m_codec->codec_id); }
    int64_t lengthEstimate() const override;
    Status seek(int64_t sample) override;
    Result<AudioBlock> read() override;

private:
    Status openCodec();
    Status openResampler();
    /// Decodes the next frame into m_frame; false at the end.
    bool decodeFrame();
    /// m_frame, or what the resampler still holds, as samples of the wanted format.
    std::vector<float> convert(const AVFrame* frame);
    /// Number of the sample at `pts` of the sound's stream.
    int64_t sampleAt(int64_t pts) const;
    AVStream& stream() const { return m_input.sound(); }

    fs::path m_file;
    SoundInput m_input;
    av::CodecPtr m_codec;
    av::PacketPtr m_packet{av_packet_alloc()};
    av::FramePtr m_frame{av_frame_alloc()};
    std::unique_ptr<SwrContext, SwrDeleter> m_resampler;
    int m_rate = 0;
    int m_channels = 0;
    int64_t m_next = 0; ///< number of the sample that comes next
    int64_t m_from = INT64_MIN; ///< samples before this one are dropped
    bool m_counting = false; ///< m_next is known
    bool m_draining = false;
    bool m_ended = false;
};

Status LibavAudioDecoder::open(const fs::path& file, const AudioOptions& options)
{
    m_file = file;
    m_rate = options.rate;
    m_channels = options.channels;
    auto input = openSoundInput(file, options.stream, options.videoStream);
    if (!input)
        return input.error();
    m_input = *std::move(input);
    if (Status status = openCodec(); !status)
        return status;
    return openResampler();
}

Status LibavAudioDecoder::openCodec()
{
    const AVCodecParameters& parameters = *stream().codecpar;
    const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
    if (!codec)
        return Error{ErrorCode::Unsupported,
            m_file.string() + ": its sound is coded as " + avcodec_get_name(parameters.codec_id)
                + ", which this FFmpeg cannot decode"};
    m_codec.reset(avcodec_alloc_context3(codec));
    if (!m_codec || avcodec_parameters_to_context(m_codec.get(), &parameters) < 0)
        return Error{ErrorCode::Internal, m_file.string() + ": out of memory"};
    m_codec->pkt_timebase = stream().time_base;
    m_codec->thread_count = 1;
    if (const int code = avcodec_open2(m_codec.get(), codec, nullptr); code < 0)
        return Error{ErrorCode::BadFormat,
            m_file.string() + ": its " + codec->name + " sound cannot be decoded (" + av::errorText(code)
                + ")"};
    if (m_codec->sample_rate <= 0 || m_codec->ch_layout.nb_channels <= 0)
        return Error{ErrorCode::BadFormat,
            m_file.string() + ": its sound tells no sample rate or no channels, so it cannot be decoded"};
    m_rate = m_rate > 0 ? m_rate : m_codec->sample_rate;
    m_channels = m_channels > 0 ? m_channels : m_codec->ch_layout.nb_channels;
    return {};
}

Status LibavAudioDecoder::openResampler()
{
    AVChannelLayout wanted{};
    av_channel_layout_default(&wanted, m_channels);
    AVChannelLayout coded{};
    if (m_codec->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
        av_channel_layout_default(&coded, m_codec->ch_layout.nb_channels);
    else
        av_channel_layout_copy(&coded, &m_codec->ch_layout);
    if (m_channels == coded.nb_channels)
        av_channel_layout_copy(&wanted, &coded);
    SwrContext* context = nullptr;
    int code = swr_alloc_set_opts2(&context, &wanted, AV_SAMPLE_FMT_FLT, m_rate, &coded, m_codec->sample_fmt,
        m_codec->sample_rate, 0, nullptr);
    av_channel_layout_uninit(&wanted);
    av_channel_layout_uninit(&coded);
    m_resampler.reset(context);
    code = code < 0 ? code : swr_init(context);
    if (code < 0)
        return Error{ErrorCode::Unsupported,
            m_file.string() + ": its sound cannot be converted (" + av::errorText(code) + ")"};
    return {};
}

int64_t LibavAudioDecoder::sampleAt(int64_t pts) const
{
    const AVRational base = stream().time_base;
    const int64_t origin = av_rescale_q(m_input.origin, AV_TIME_BASE_Q, {1, m_rate});
    return av_rescale_q(pts, base, {1, m_rate}) - origin;
}

int64_t LibavAudioDecoder::lengthEstimate() const
{
    const AVStream& sound = stream();
    if (sound.duration != AV_NOPTS_VALUE && sound.duration > 0)
        return std::max<int64_t>(
            0, sampleAt((sound.start_time == AV_NOPTS_VALUE ? 0 : sound.start_time) + sound.duration));
    if (m_input.format->duration == AV_NOPTS_VALUE || m_input.format->duration <= 0)
        return 0;
    return av_rescale(m_input.format->duration, m_rate, AV_TIME_BASE);
}

Status LibavAudioDecoder::seek(int64_t sample)
{
    const int64_t early = sample - static_cast<int64_t>(kPreRollSeconds * m_rate);
    const int64_t time = av_rescale_q(early, {1, m_rate}, stream().time_base)
        + av_rescale_q(m_input.origin, AV_TIME_BASE_Q, stream().time_base);
    if (const int code = av_seek_frame(m_input.format.get(), m_input.stream, time, AVSEEK_FLAG_BACKWARD);
        code < 0) {
        // Before the first packet some containers refuse; the start is then the place.
        const int64_t start = stream().start_time == AV_NOPTS_VALUE ? 0 : stream().start_time;
        if (time > start
            || av_seek_frame(m_input.format.get(), m_input.stream, start, AVSEEK_FLAG_BACKWARD) < 0)
            return Error{ErrorCode::Io,
                m_file.string() + ": cannot jump inside its sound (" + av::errorText(code) + ")"};
    }
    avcodec_flush_buffers(m_codec.get());
    if (Status status = openResampler(); !status)
        return status;
    m_counting = false;
    m_draining = false;
    m_ended = false;
    m_from = sample;
    return {};
}

bool LibavAudioDecoder::decodeFrame()
{
    for (;;) {
        const int code = avcodec_receive_frame(m_codec.get(), m_frame.get());
        if (code == 0)
            return true;
        if (code == AVERROR_EOF || m_draining)
            return false;
        if (code != AVERROR(EAGAIN))
            continue; // a damaged packet
        if (av_read_frame(m_input.format.get(), m_packet.get()) < 0) {
            m_draining = true;
            avcodec_send_packet(m_codec.get(), nullptr);
            continue;
        }
        if (m_packet->stream_index == m_input.stream)
            avcodec_send_packet(m_codec.get(), m_packet.get());
        av_packet_unref(m_packet.get());
    }
}

std::vector<float> LibavAudioDecoder::convert(const AVFrame* frame)
{
    const int incoming = frame ? frame->nb_samples : 0;
    const int room = std::max(0, swr_get_out_samples(m_resampler.get(), incoming));
    std::vector<float> samples(static_cast<size_t>(room) * static_cast<size_t>(m_channels));
    auto* out = reinterpret_cast<uint8_t*>(samples.data());
    const auto** in = frame ? const_cast<const uint8_t**>(frame->extended_data) : nullptr;
    const int made = room > 0 ? swr_convert(m_resampler.get(), &out, room, in, incoming) : 0;
    samples.resize(static_cast<size_t>(std::max(0, made)) * static_cast<size_t>(m_channels));
    return samples;
}

Result<AudioBlock> LibavAudioDecoder::read()
{
    while (!m_ended) {
        AudioBlock block;
        if (decodeFrame()) {
            // A stream that changes its format on the way is left out where it differs.
            const bool fits = m_frame->format == m_codec->sample_fmt
                && m_frame->ch_layout.nb_channels == m_codec->ch_layout.nb_channels;
            const int64_t pts = m_frame->best_effort_timestamp;
            if (pts != AV_NOPTS_VALUE) {
                const int64_t stamped = sampleAt(pts);
                if (!m_counting || std::abs(stamped - m_next) > static_cast<int64_t>(kGapSeconds * m_rate))
                    m_next = std::max(stamped, m_counting ? m_next : stamped);
            }
            m_counting = true;
            if (fits)
                block.samples = convert(m_frame.get());
            av_frame_unref(m_frame.get());
        } else {
            m_ended = true;
            block.samples = convert(nullptr);
        }
        block.first = m_next;
        m_next += static_cast<int64_t>(block.samples.size()) / m_channels;
        if (block.first < m_from) {
            const int64_t skip
                = std::min(m_from - block.first, static_cast<int64_t>(block.samples.size()) / m_channels);
            block.samples.erase(block.samples.begin(), block.samples.begin() + skip * m_channels);
            block.first += skip;
        }
        if (!block.samples.empty())
            return block;
    }
    return AudioBlock{m_next, {}};
}

} // namespace

Result<std::unique_ptr<AudioDecoder>> AudioDecoder::open(const fs::path& file, const AudioOptions& options)
{
    auto decoder = std::make_unique<LibavAudioDecoder>();
    if (Status status = decoder->open(file, options); !status)
        return status.error();
    return std::unique_ptr<AudioDecoder>(std::move(decoder));
}

} // namespace telltale
