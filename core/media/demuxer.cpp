// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/demuxer.h"
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

namespace telltale {
namespace {

namespace fs = std::filesystem;

Status checkFile(const fs::path& file)
{
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (!fs::exists(status))
        return Error{
            ErrorCode::NotFound, file.string() + ": there is no such file; check the name and the folder"};
    if (fs::is_directory(status))
        return Error{ErrorCode::BadFormat, file.string() + ": is a folder; choose a video file inside it"};
    const std::ifstream probe(file, std::ios::binary);
    if (!probe)
        return Error{ErrorCode::Io,
            file.string() + ": cannot be read (" + std::strerror(errno) + "); check its permissions"};
    if (fs::is_regular_file(status) && fs::file_size(file, error) == 0)
        return Error{ErrorCode::BadFormat, file.string() + ": is empty (0 bytes); copy or record it again"};
    return {};
}

/// MP4 and MOV start with a box whose name is one of these.
bool looksLikeMp4(const fs::path& file)
{
    std::array<char, 8> head{};
    std::ifstream in(file, std::ios::binary);
    in.read(head.data(), head.size());
    const std::string_view box(head.data() + 4, 4);
    return in && (box == "ftyp" || box == "moov" || box == "mdat" || box == "wide" || box == "free");
}

Error openFailure(const fs::path& file, int code)
{
    if (code == AVERROR_EXIT)
        return {ErrorCode::Cancelled, file.string() + ": opening was cancelled"};
    if ((code == AVERROR_INVALIDDATA || code == AVERROR_STREAM_NOT_FOUND) && looksLikeMp4(file))
        return {ErrorCode::BadFormat,
            file.string()
                + ": the video is cut short, its table of contents (moov) is missing or damaged; copy it "
                  "again from "
                  "its source or restore it with a repair tool"};
    if (code == AVERROR_INVALIDDATA || code == AVERROR_STREAM_NOT_FOUND)
        return {ErrorCode::BadFormat,
            file.string()
                + ": is not a video file that can be understood; choose an mp4, mov, mkv, avi or webm file"};
    return {
        ErrorCode::BadFormat, file.string() + ": cannot be opened as a video (" + av::errorText(code) + ")"};
}

/// A video stream that is not the cover of an album.
bool hasPictures(const AVStream& stream)
{
    return stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO && stream.codecpar->width > 0
        && (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0;
}

int interrupted(void* demuxer) { return static_cast<Demuxer*>(demuxer)->cancelled() ? 1 : 0; }

} // namespace

Result<std::unique_ptr<Demuxer>> Demuxer::open(const fs::path& file, ProgressSink* progress, int stream)
{
    if (Status status = checkFile(file); !status)
        return status.error();
    std::unique_ptr<Demuxer> demuxer(new Demuxer(file));
    demuxer->m_progress = progress;
    if (Status status = demuxer->openFormat(stream); !status)
        return status.error();
    return demuxer;
}

Status Demuxer::openFormat(int wantedStream)
{
    m_hasPending = false;
    m_next = 0;
    AVFormatContext* context = avformat_alloc_context();
    if (!context)
        return Error{ErrorCode::Internal, m_file.string() + ": out of memory"};
    context->interrupt_callback = {interrupted, this};
    const std::string url = av::fileUrl(m_file);
    int code = avformat_open_input(&context, url.c_str(), nullptr, nullptr);
    if (code < 0)
        return openFailure(m_file, code);
    m_format.reset(context);
    code = avformat_find_stream_info(context, nullptr);
    if (code < 0)
        return openFailure(m_file, code);
    return chooseStream(wantedStream);
}

Status Demuxer::chooseStream(int wanted)
{
    m_stream = -1;
    bool sound = false;
    int fallback = -1;
    for (int i = 0; i < static_cast<int>(m_format->nb_streams); ++i) {
        const AVStream& candidate = *m_format->streams[i];
        sound = sound || candidate.codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
        if (!hasPictures(candidate))
            continue;
        fallback = fallback < 0 ? i : fallback;
        const bool fits = wanted < 0 ? (candidate.disposition & AV_DISPOSITION_DEFAULT) != 0 : i == wanted;
        if (fits && m_stream < 0)
            m_stream = i;
    }
    if (m_format->nb_streams == 0)
        return openFailure(m_file, AVERROR_STREAM_NOT_FOUND);
    if (fallback < 0)
        return Error{ErrorCode::BadFormat,
            m_file.string() + (sound ? ": has sound but no pictures" : ": has no pictures")
                + "; choose the file that holds the video"};
    if (m_stream < 0 && wanted >= 0)
        return Error{ErrorCode::InvalidArgument,
            m_file.string() + ": stream " + std::to_string(wanted) + " is not a video stream; stream "
                + std::to_string(fallback) + " is one"};
    m_stream = m_stream < 0 ? fallback : m_stream;
    for (int i = 0; i < static_cast<int>(m_format->nb_streams); ++i)
        m_format->streams[i]->discard = i == m_stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    return {};
}

int Demuxer::readStream(AVPacket* packet)
{
    for (;;) {
        const int code = av_read_frame(m_format.get(), packet);
        if (code < 0 || packet->stream_index == m_stream)
            return code;
        av_packet_unref(packet);
    }
}

Result<bool> Demuxer::scan(PacketIndex& index)
{
    const av::PacketPtr packet(av_packet_alloc());
    const int64_t bytes = m_format->pb ? avio_size(m_format->pb) : 0;
    int64_t lastPts = AV_NOPTS_VALUE;
    int code = 0;
    while ((code = readStream(packet.get())) >= 0) {
        index.add(*packet, *stream()->codecpar);
        if (packet->pts != AV_NOPTS_VALUE && (packet->flags & AV_PKT_FLAG_DISCARD) == 0
            && packet->pts >= lastPts) {
            lastPts = packet->pts;
            index.setLastDuration(packet->duration);
        }
        av_packet_unref(packet.get());
        if (m_progress && index.packets().size() % 1024 == 0)
            m_progress->report(
                m_format->pb ? avio_tell(m_format->pb) : 0, bytes, "reading the video's index");
        if (cancelled())
            break;
    }
    if (cancelled())
        return Error{ErrorCode::Cancelled, m_file.string() + ": opening was cancelled"};
    m_next = static_cast<int64_t>(index.packets().size());
    return code == AVERROR_EOF;
}

bool Demuxer::advanceTo(const PacketIndex& index, int64_t number, bool fromStart)
{
    // Right after a seek a parser may deliver the end of a picture whose beginning it missed.
    constexpr int kUnknownAllowed = 64;
    int unknown = 0;
    m_next = fromStart ? 0 : number;
    for (;;) {
        av_packet_unref(m_pending.get());
        m_hasPending = false;
        if (readStream(m_pending.get()) < 0)
            return false;
        const auto found = index.findPacket(m_pending->pos, m_pending->size, m_next);
        if (!found && !fromStart) {
            if (++unknown > kUnknownAllowed)
                return false;
            continue;
        }
        if (found && !fromStart)
            m_next = *found;
        if (m_next > number)
            return false;
        if (m_next == number) {
            m_hasPending = true;
            return true;
        }
        ++m_next;
    }
}

Status Demuxer::seek(const PacketIndex& index, int64_t number)
{
    if (number == m_next && (m_hasPending || number == 0))
        return {};
    const PacketInfo& target = index.packets()[static_cast<size_t>(number)];
    const int64_t time = target.dts != AV_NOPTS_VALUE ? target.dts : target.pts;
    const int64_t second = av_rescale_q(1, {1, 1}, stream()->time_base);
    for (const int64_t earlier : {int64_t{0}, second, 10 * second}) {
        if (time == AV_NOPTS_VALUE || target.position < 0)
            break;
        if (av_seek_frame(m_format.get(), m_stream, time - earlier, AVSEEK_FLAG_BACKWARD) < 0)
            continue;
        if (advanceTo(index, number, false))
            return {};
    }
    // Counting from the start always arrives.
    if (Status status = openFormat(m_stream); !status)
        return status;
    if (advanceTo(index, number, true))
        return {};
    return Error{ErrorCode::Io,
        m_file.string() + ": packet " + std::to_string(number)
            + " is no longer there; the file has changed since it was opened, open it again"};
}

int64_t Demuxer::read(const PacketIndex& index, AVPacket* packet)
{
    const auto count = static_cast<int64_t>(index.packets().size());
    if (m_next >= count)
        return -1;
    if (m_hasPending) {
        av_packet_move_ref(packet, m_pending.get());
        m_hasPending = false;
    } else if (readStream(packet) < 0) {
        m_next = count;
        return -1;
    }
    return m_next++;
}

} // namespace telltale
