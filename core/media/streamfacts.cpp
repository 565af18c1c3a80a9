// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/streamfacts.h"
#include "base/bytestream.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
extern "C" {
#include <libavutil/display.h>
#include <libavutil/mem.h>
}

namespace telltale {
namespace {

using DisplayMatrix = std::array<int32_t, 9>;

// Side data moved from the stream to its codec parameters, and is copied with those.
#if LIBAVFORMAT_VERSION_MAJOR >= 61
void copySideData(const AVStream&, AVStream&) { }
const uint8_t* displayMatrixOf(const AVStream& stream)
{
    const AVCodecParameters& codec = *stream.codecpar;
    const AVPacketSideData* data
        = av_packet_side_data_get(codec.coded_side_data, codec.nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    return data && data->size >= sizeof(DisplayMatrix) ? data->data : nullptr;
}
uint8_t* newDisplayMatrix(AVStream& stream)
{
    AVCodecParameters& codec = *stream.codecpar;
    AVPacketSideData* data = av_packet_side_data_new(&codec.coded_side_data, &codec.nb_coded_side_data,
        AV_PKT_DATA_DISPLAYMATRIX, sizeof(DisplayMatrix), 0);
    return data ? data->data : nullptr;
}
#else
void copySideData(const AVStream& from, AVStream& to)
{
    for (int i = 0; i < from.nb_side_data; ++i) {
        const AVPacketSideData& data = from.side_data[i];
        if (uint8_t* copy = av_stream_new_side_data(&to, data.type, data.size))
            std::memcpy(copy, data.data, data.size);
    }
}
const uint8_t* displayMatrixOf(const AVStream& stream)
{
    size_t bytes = 0;
    const uint8_t* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &bytes);
    return bytes >= sizeof(DisplayMatrix) ? data : nullptr;
}
uint8_t* newDisplayMatrix(AVStream& stream)
{
    return av_stream_new_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, sizeof(DisplayMatrix));
}
#endif

void readRotation(StreamFacts& facts)
{
    const uint8_t* data = displayMatrixOf(*facts.stream);
    if (!data)
        return;
    DisplayMatrix matrix{};
    std::memcpy(matrix.data(), data, sizeof matrix);
    const double determinant
        = static_cast<double>(matrix[0]) * matrix[4] - static_cast<double>(matrix[1]) * matrix[3];
    facts.mirrored = determinant < 0;
    const double counterClockwise = av_display_rotation_get(matrix.data());
    if (!(counterClockwise >= -360 && counterClockwise <= 360) || facts.mirrored)
        return;
    const int quarter = static_cast<int>(std::lround(-counterClockwise / 90.0));
    facts.rotation = ((quarter % 4 + 4) % 4) * 90;
}

bool makeShell(StreamFacts& facts)
{
    facts.shell = {avformat_alloc_context(), [](AVFormatContext* shell) { avformat_free_context(shell); }};
    facts.stream = facts.shell ? avformat_new_stream(facts.shell.get(), nullptr) : nullptr;
    return facts.stream != nullptr;
}

/// The numbers of AVCodecParameters that a decoder is given.
template <typename Parameters, typename Visit> void visitParameters(Parameters& codec, const Visit& visit)
{
    visit(codec.codec_type);
    visit(codec.codec_id);
    visit(codec.codec_tag);
    visit(codec.format);
    visit(codec.bit_rate);
    visit(codec.bits_per_coded_sample);
    visit(codec.bits_per_raw_sample);
    visit(codec.profile);
    visit(codec.level);
    visit(codec.width);
    visit(codec.height);
    visit(codec.sample_aspect_ratio);
    visit(codec.field_order);
    visit(codec.color_range);
    visit(codec.color_primaries);
    visit(codec.color_trc);
    visit(codec.color_space);
    visit(codec.chroma_location);
    visit(codec.video_delay);
}

template <typename Stream, typename Visit> void visitStream(Stream& stream, const Visit& visit)
{
    visit(stream.time_base);
    visit(stream.start_time);
    visit(stream.duration);
    visit(stream.nb_frames);
    visit(stream.disposition);
    visit(stream.sample_aspect_ratio);
    visit(stream.avg_frame_rate);
    visit(stream.r_frame_rate);
}

template <typename Facts, typename Visit> void visitFacts(Facts& facts, const Visit& visit)
{
    visit(facts.kind);
    visit(facts.direct);
    visit(facts.hasAudio);
    visit(facts.pixelAspect);
    visit(facts.duration);
    visit(facts.streamIndex);
}

/// Size, format and fields from the headers in the packet, without decoding. False if they do not tell.
bool parseHeaders(AVStream& stream, const AVPacket& packet)
{
    AVCodecParameters& codec = *stream.codecpar;
    AVCodecParserContext* parser = av_parser_init(codec.codec_id);
    if (!parser)
        return false;
    const av::CodecPtr context(avcodec_alloc_context3(nullptr));
    bool known = false;
    if (context && avcodec_parameters_to_context(context.get(), &codec) >= 0) {
        parser->flags |= PARSER_FLAG_COMPLETE_FRAMES;
        uint8_t* out = nullptr;
        int bytes = 0;
        av_parser_parse2(parser, context.get(), &out, &bytes, packet.data, packet.size, packet.pts,
            packet.dts, packet.pos);
        codec.field_order = parser->field_order != AV_FIELD_UNKNOWN ? parser->field_order : codec.field_order;
        known = parser->format >= 0 && parser->width > 0 && parser->height > 0;
        if (known) {
            codec.format = parser->format;
            codec.width = parser->width;
            codec.height = parser->height;
        }
    }
    av_parser_close(parser);
    return known;
}

/// By decoding; `headersOnly` leaves the picture itself out, which not every decoder can do.
bool decodeHeaders(AVStream& stream, const AVPacket& packet, bool headersOnly)
{
    AVCodecParameters& codec = *stream.codecpar;
    const AVCodec* decoder = avcodec_find_decoder(codec.codec_id);
    const av::CodecPtr context(avcodec_alloc_context3(decoder));
    if (!decoder || !context || avcodec_parameters_to_context(context.get(), &codec) < 0)
        return false;
    context->thread_count = 1;
    context->skip_frame = headersOnly ? AVDISCARD_ALL : AVDISCARD_DEFAULT;
    if (avcodec_open2(context.get(), decoder, nullptr) < 0)
        return false;
    avcodec_send_packet(context.get(), &packet);
    const av::FramePtr frame(av_frame_alloc());
    if (context->pix_fmt == AV_PIX_FMT_NONE) {
        avcodec_send_packet(context.get(), nullptr);
        avcodec_receive_frame(context.get(), frame.get());
    }
    if (context->pix_fmt == AV_PIX_FMT_NONE || context->width <= 0 || context->height <= 0)
        return false;
    codec.format = context->pix_fmt;
    codec.width = context->width;
    codec.height = context->height;
    codec.sample_aspect_ratio = context->sample_aspect_ratio;
    codec.video_delay = std::max(codec.video_delay, context->has_b_frames);
    if (context->field_order != AV_FIELD_UNKNOWN)
        codec.field_order = context->field_order;
    return true;
}

} // namespace

std::shared_ptr<StreamFacts> factsOf(
    AVFormatContext& format, int index, const std::filesystem::path& file, ContainerLayout::Kind kind)
{
    auto facts = std::make_shared<StreamFacts>();
    AVStream& stream = *format.streams[index];
    if (!makeShell(*facts) || avcodec_parameters_copy(facts->stream->codecpar, stream.codecpar) < 0)
        return nullptr;
    facts->file = file;
    facts->container = format.iformat->name;
    facts->kind = kind;
    facts->streamIndex = index;
    facts->duration = format.duration;
    for (unsigned i = 0; i < format.nb_streams; ++i) {
        const AVStream& other = *format.streams[i];
        facts->hasAudio = facts->hasAudio || other.codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
        if (other.codecpar->codec_type == AVMEDIA_TYPE_VIDEO
            && (other.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0)
            facts->videoStreams.push_back(static_cast<int>(i));
    }
    copySideData(stream, *facts->stream);
    readRotation(*facts);
    facts->pixelAspect = av_guess_sample_aspect_ratio(&format, &stream, nullptr);
    facts->stream->index = index;
    AVStream& own = *facts->stream;
    own.time_base = stream.time_base;
    own.start_time = stream.start_time;
    own.duration = stream.duration;
    own.nb_frames = stream.nb_frames;
    own.disposition = stream.disposition;
    own.sample_aspect_ratio = stream.sample_aspect_ratio;
    own.avg_frame_rate = stream.avg_frame_rate;
    own.r_frame_rate = stream.r_frame_rate;
    return facts;
}

bool describeFromFirstPacket(AVStream& stream, const AVPacket& packet)
{
    const bool parsed = parseHeaders(stream, packet);
    // H.264 hides the shape of its pixels from the parser, and its decoder does nothing without decoding.
    if (stream.codecpar->codec_id == AV_CODEC_ID_H264)
        return (parsed && stream.sample_aspect_ratio.num > 0) || decodeHeaders(stream, packet, false);
    return decodeHeaders(stream, packet, true) || decodeHeaders(stream, packet, false);
}

void write(ByteWriter& out, const StreamFacts& facts)
{
    const auto put = [&out](const auto& value) { out.value(value); };
    const AVCodecParameters& codec = *facts.stream->codecpar;
    out.text(facts.container);
    out.list(facts.videoStreams);
    visitFacts(facts, put);
    visitStream(*facts.stream, put);
    visitParameters(codec, put);
    const uint8_t* matrix = displayMatrixOf(*facts.stream);
    out.text({reinterpret_cast<const char*>(matrix), matrix ? sizeof(DisplayMatrix) : 0});
    out.text({reinterpret_cast<const char*>(codec.extradata), static_cast<size_t>(codec.extradata_size)});
}

std::shared_ptr<StreamFacts> readFacts(ByteReader& in, const std::filesystem::path& file)
{
    auto facts = std::make_shared<StreamFacts>();
    if (!makeShell(*facts))
        return nullptr;
    const auto get = [&in](auto& value) { value = in.value<std::remove_reference_t<decltype(value)>>(); };
    AVCodecParameters& codec = *facts->stream->codecpar;
    facts->file = file;
    facts->container = in.text();
    facts->videoStreams = in.list<int>();
    visitFacts(*facts, get);
    visitStream(*facts->stream, get);
    visitParameters(codec, get);
    facts->stream->index = facts->streamIndex;
    const std::string matrix = in.text();
    if (uint8_t* own = matrix.size() == sizeof(DisplayMatrix) ? newDisplayMatrix(*facts->stream) : nullptr)
        std::copy(matrix.begin(), matrix.end(), own);
    readRotation(*facts);
    const std::string extra = in.text();
    if (!in.ok())
        return nullptr;
    if (!extra.empty()) {
        codec.extradata = static_cast<uint8_t*>(av_mallocz(extra.size() + AV_INPUT_BUFFER_PADDING_SIZE));
        if (!codec.extradata)
            return nullptr;
        std::copy(extra.begin(), extra.end(), codec.extradata);
        codec.extradata_size = static_cast<int>(extra.size());
    }
    return facts;
}

} // namespace telltale
