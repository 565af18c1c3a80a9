// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/demuxer.h"
#include "media/payloadcheck.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

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

Error openFailure(const fs::path& file, ContainerLayout::Kind kind, int code)
{
    if (code == AVERROR_EXIT)
        return {ErrorCode::Cancelled, file.string() + ": opening was cancelled"};
    const bool nothing = code == AVERROR_INVALIDDATA || code == AVERROR_STREAM_NOT_FOUND;
    if (nothing && kind == ContainerLayout::Kind::Mp4)
        return {ErrorCode::BadFormat,
            file.string()
                + ": the video is cut short, its table of contents (moov) is missing or damaged; copy it "
                  "again from its source or restore it with a repair tool"};
    if (nothing)
        return {ErrorCode::BadFormat,
            file.string()
                + ": is not a video file that can be understood; choose an mp4, mov, mkv, avi or webm file"};
    return {
        ErrorCode::BadFormat, file.string() + ": cannot be opened as a video (" + av::errorText(code) + ")"};
}

/// A video stream that is not the cover of an album. `sized`: its size has been found out, if it has one.
bool hasPictures(const AVStream& stream, bool sized)
{
    return stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO && (stream.codecpar->width > 0 || !sized)
        && (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0;
}

int interrupted(void* demuxer) { return static_cast<Demuxer*>(demuxer)->cancelled() ? 1 : 0; }

/// With these the bytes of a packet in the file are not all that the decoder needs.
bool needsSideData(const AVPacket& packet)
{
    for (int i = 0; i < packet.side_data_elems; ++i) {
        const AVPacketSideDataType type = packet.side_data[i].type;
        if (type == AV_PKT_DATA_NEW_EXTRADATA || type == AV_PKT_DATA_PALETTE
            || type == AV_PKT_DATA_ENCRYPTION_INFO || type == AV_PKT_DATA_ENCRYPTION_INIT_INFO)
            return true;
    }
    return false;
}

} // namespace

Result<std::unique_ptr<Demuxer>> Demuxer::open(const fs::path& file, ProgressSink* progress, int stream)
{
    if (Status status = checkFile(file); !status)
        return status.error();
    std::unique_ptr<Demuxer> demuxer(new Demuxer(file));
    demuxer->m_progress = progress;
    if (Status status = demuxer->openIo(); !status)
        return status.error();
    demuxer->m_layout = layoutOf(*demuxer->m_io);
    if (Status status = demuxer->openForScan(stream); !status)
        return status.error();
    return demuxer;
}

Result<std::unique_ptr<Demuxer>> Demuxer::open(std::shared_ptr<const StreamFacts> facts)
{
    std::unique_ptr<Demuxer> demuxer(new Demuxer(facts->file));
    demuxer->m_stream = facts->streamIndex;
    demuxer->m_facts = std::move(facts);
    if (Status status = demuxer->openIo(); !status)
        return status.error();
    return demuxer;
}

Status Demuxer::openIo()
{
    m_format.reset();
    auto io = SparseIo::open(m_file);
    if (!io)
        return io.error();
    m_io = *std::move(io);
    return {};
}

Status Demuxer::openFormat(bool tables)
{
    m_hasPending = false;
    m_next = 0;
    m_tables = tables;
    m_format.reset();
    AVFormatContext* context = avformat_alloc_context();
    if (!context)
        return Error{ErrorCode::Internal, m_file.string() + ": out of memory"};
    context->interrupt_callback = {interrupted, this};
    context->pb = m_io->context();
    avio_seek(context->pb, 0, SEEK_SET);
    if (tables)
        context->flags |= AVFMT_FLAG_NOPARSE | AVFMT_FLAG_NOFILLIN;
    const ContainerLayout::Kind kind = m_facts ? m_facts->kind : m_layout.kind;
    const std::string url = av::fileUrl(m_file);
    int code = avformat_open_input(&context, url.c_str(), nullptr, nullptr);
    if (code < 0)
        return openFailure(m_file, kind, code);
    m_format.reset(context);
    // The headers of these name all streams; others are found by reading on.
    if (tables || (m_facts && kind == ContainerLayout::Kind::Matroska))
        return {};
    code = avformat_find_stream_info(context, nullptr);
    return code < 0 ? Status(openFailure(m_file, kind, code)) : Status();
}

Status Demuxer::openForScan(int wantedStream)
{
    if (m_layout.kind == ContainerLayout::Kind::Mp4) {
        if (Status status = openFormat(true); !status)
            return status;
        if (const auto stream = chooseStream(wantedStream); stream && tablesTellAll(*stream))
            if (Status status = describe(*stream); status || status.error().code == ErrorCode::Cancelled)
                return status;
        // Something in it is unusual: everything is read as it comes.
        if (Status status = openIo(); !status)
            return status;
    }
    if (Status status = openFormat(false); !status)
        return status;
    return describe(wantedStream);
}

bool Demuxer::tablesTellAll(int stream) const
{
    const AVCodecParameters& codec = *m_format->streams[stream]->codecpar;
    return codec.codec_id != AV_CODEC_ID_MPEG1VIDEO && codec.codec_id != AV_CODEC_ID_MPEG2VIDEO
        && codec.codec_id != AV_CODEC_ID_RAWVIDEO && PacketIndex::onePicturePerPacket(codec.codec_id);
}

Status Demuxer::describe(int wantedStream)
{
    const auto chosen = chooseStream(wantedStream);
    if (!chosen)
        return chosen.error();
    listenTo(*chosen);
    AVStream& stream = *m_format->streams[m_stream];
    if (m_tables) {
        m_hasPending = readStream(m_pending.get()) >= 0;
        if (!m_hasPending || needsSideData(*m_pending) || !describeFromFirstPacket(stream, *m_pending))
            return Error{cancelled() ? ErrorCode::Cancelled : ErrorCode::BadFormat,
                m_file.string() + ": its first picture is damaged"};
        m_io->pretend(m_layout.payload);
    }
    const auto facts = factsOf(*m_format, m_stream, m_file, m_layout.kind);
    if (!facts)
        return Error{ErrorCode::Internal, m_file.string() + ": out of memory"};
    facts->direct = m_tables;
    m_facts = facts;
    return {};
}

Result<int> Demuxer::chooseStream(int wanted) const
{
    bool sound = false;
    int fallback = -1;
    int chosen = -1;
    for (int i = 0; i < static_cast<int>(m_format->nb_streams); ++i) {
        const AVStream& candidate = *m_format->streams[i];
        sound = sound || candidate.codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
        if (!hasPictures(candidate, !m_tables))
            continue;
        fallback = fallback < 0 ? i : fallback;
        const bool fits = wanted < 0 ? (candidate.disposition & AV_DISPOSITION_DEFAULT) != 0 : i == wanted;
        if (fits && chosen < 0)
            chosen = i;
    }
    if (m_format->nb_streams == 0)
        return openFailure(m_file, m_layout.kind, AVERROR_STREAM_NOT_FOUND);
    if (fallback < 0)
        return Error{ErrorCode::BadFormat,
            m_file.string() + (sound ? ": has sound but no pictures" : ": has no pictures")
                + "; choose the file that holds the video"};
    if (chosen < 0 && wanted >= 0)
        return Error{ErrorCode::InvalidArgument,
            m_file.string() + ": stream " + std::to_string(wanted) + " is not a video stream; stream "
                + std::to_string(fallback) + " is one"};
    return chosen < 0 ? fallback : chosen;
}

void Demuxer::listenTo(int stream)
{
    m_stream = stream;
    for (int i = 0; i < static_cast<int>(m_format->nb_streams); ++i)
        m_format->streams[i]->discard = i == m_stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
}

int Demuxer::readStream(AVPacket* packet)
{
    for (;;) {
        av_packet_unref(packet); // what is still in it would be lost
        const int code = av_read_frame(m_format.get(), packet);
        if (code < 0 || packet->stream_index == m_stream)
            return code;
    }
}

Result<Demuxer::Scan> Demuxer::scan(PacketIndex& index, std::chrono::steady_clock::time_point deadline)
{
    constexpr int64_t kPacketsBetweenLooks = 64;
    const PayloadCheck check(*stream()->codecpar);
    int code = 0;
    for (int64_t done = 0;; ++done) {
        if (done % kPacketsBetweenLooks == 0) {
            if (cancelled())
                break;
            if (done > 0 && std::chrono::steady_clock::now() >= deadline)
                return Scan::More;
            if (m_progress)
                m_progress->report(avio_tell(m_io->context()), m_io->size(), "reading the video's index");
        }
        AVPacket* packet = m_pending.get();
        code = m_hasPending ? 0 : readStream(packet);
        m_hasPending = false;
        if (code < 0)
            break;
        if (m_tables && needsSideData(*packet)) {
            index = {};
            if (Status status = openIo(); !status)
                return status.error();
            if (Status status = openFormat(false); !status)
                return status.error();
            if (Status status = describe(m_stream); !status)
                return status.error();
            continue;
        }
        // The end of a recording in progress; the next look will find it whole.
        if (m_tables && m_layout.firstFragment >= 0 && (packet->flags & AV_PKT_FLAG_CORRUPT) != 0)
            break;
        PacketInfo info = infoOf(*packet);
        info.damaged = info.damaged || (!m_tables && !check.isWhole(*packet));
        // Matroska has none, and what libav makes up for them is of no use for jumping.
        info.dts = m_layout.kind == ContainerLayout::Kind::Matroska ? AV_NOPTS_VALUE : info.dts;
        index.add(info);
        if (info.pts != AV_NOPTS_VALUE && !info.hidden && info.pts >= m_lastPts) {
            m_lastPts = info.pts;
            index.setLastDuration(packet->duration);
        }
        av_packet_unref(packet);
    }
    if (cancelled() || code == AVERROR_EXIT)
        return Error{ErrorCode::Cancelled, m_file.string() + ": opening was cancelled"};
    m_next = index.packetCount();
    if (m_facts->direct)
        m_format.reset();
    return code == AVERROR_EOF || code >= 0 ? Scan::End : Scan::Broken;
}

Status Demuxer::resume(PacketIndex& index)
{
    m_io->refreshSize();
    const PacketInfo last = index.packet(index.packetCount() - 1);
    bool met = false;
    if (m_layout.kind == ContainerLayout::Kind::Matroska && m_layout.firstFragment >= 0) {
        met = resumeFrom(index, lastClusterBefore(*m_io, m_layout.firstFragment, last.position));
    } else if (m_layout.kind == ContainerLayout::Kind::Mp4 && m_layout.firstFragment >= 0) {
        continueLayout(*m_io, m_layout);
        met = resumeFrom(index, m_layout.fragmentBefore(last.position));
    } else if (m_layout.kind == ContainerLayout::Kind::Other && m_format) {
        // A picture that reaches to the old end may be incomplete, and so may the one before it seem to be.
        const int64_t key = index.keyAtOrBefore(std::max<int64_t>(0, index.packetCount() - 3));
        const int64_t place = key > 0 ? index.packet(key).position : -1;
        m_hasPending = false;
        met = place >= 0 && av_seek_frame(m_format.get(), m_stream, place, AVSEEK_FLAG_BYTE) >= 0
            && meet(index);
    }
    m_lastPts = AV_NOPTS_VALUE;
    if (met)
        return {};
    index = {};
    if (Status status = openIo(); !status)
        return status;
    m_layout = layoutOf(*m_io);
    m_facts.reset();
    return openForScan(m_stream);
}

bool Demuxer::resumeFrom(PacketIndex& index, int64_t place)
{
    const bool tables = m_facts->direct;
    if (place < m_layout.firstFragment || !openIo())
        return false;
    const std::string header = skippingHeader(m_layout.kind, place - m_layout.firstFragment);
    if (static_cast<int64_t>(header.size()) <= place - m_layout.firstFragment)
        m_io->overlay(m_layout.firstFragment, header);
    if (!openFormat(tables) || m_stream >= static_cast<int>(m_format->nb_streams))
        return false;
    listenTo(m_stream);
    if (tables)
        m_io->pretend(m_layout.payload);
    return meet(index);
}

bool Demuxer::meet(PacketIndex& index)
{
    // Right after a jump a parser may deliver the end of a picture whose beginning it missed.
    constexpr int kUnknownAllowed = 8;
    for (int unknown = 0; unknown < kUnknownAllowed; ++unknown) {
        av_packet_unref(m_pending.get());
        m_hasPending = readStream(m_pending.get()) >= 0;
        if (!m_hasPending)
            return false;
        const auto known = index.findPacket(m_pending->pos, m_pending->size, -1);
        if (!known || index.packet(*known).pts != m_pending->pts)
            continue;
        index.truncate(*known);
        return true;
    }
    return false;
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

bool Demuxer::seekByTime(const PacketIndex& index, int64_t number)
{
    const PacketInfo target = index.packet(number);
    const int64_t time = target.dts != AV_NOPTS_VALUE ? target.dts : target.pts;
    if (time == AV_NOPTS_VALUE || target.position < 0)
        return false;
    const int64_t second = av_rescale_q(1, {1, 1}, stream()->time_base);
    for (const int64_t earlier : {int64_t{0}, second, 10 * second}) {
        if (av_seek_frame(m_format.get(), m_stream, time - earlier, AVSEEK_FLAG_BACKWARD) < 0)
            continue;
        if (advanceTo(index, number, false))
            return true;
    }
    return false;
}

Status Demuxer::seek(const PacketIndex& index, int64_t number)
{
    if (m_facts->direct) {
        m_next = number;
        return {};
    }
    if (m_format && number == m_next && (m_hasPending || number == 0))
        return {};
    m_io->refreshSize();
    const auto reopen = [&]() -> Status {
        Status status = openFormat(false);
        if (status)
            listenTo(m_stream);
        return status;
    };
    if (!m_format)
        if (Status status = reopen(); !status || number == 0)
            return status;
    if (seekByTime(index, number))
        return {};
    // Counting from the start always arrives.
    if (Status status = reopen(); !status)
        return status;
    if (advanceTo(index, number, true))
        return {};
    return Error{ErrorCode::Io,
        m_file.string() + ": packet " + std::to_string(number)
            + " is no longer there; the file has changed since it was opened, open it again"};
}

int64_t Demuxer::readDirectly(const PacketIndex& index, AVPacket* packet)
{
    const PacketInfo info = index.packet(m_next);
    av_packet_unref(packet);
    if (av_new_packet(packet, std::max(0, info.size)) < 0)
        return -1;
    const int64_t got = m_io->readAt(info.position, packet->data, info.size);
    av_shrink_packet(packet, static_cast<int>(got));
    packet->pts = info.pts;
    packet->dts = info.dts;
    packet->pos = info.position;
    packet->stream_index = m_stream;
    packet->time_base = stream()->time_base;
    packet->flags = (info.key ? AV_PKT_FLAG_KEY : 0) | (info.hidden ? AV_PKT_FLAG_DISCARD : 0)
        | (got < info.size ? AV_PKT_FLAG_CORRUPT : 0);
    return m_next++;
}

int64_t Demuxer::read(const PacketIndex& index, AVPacket* packet)
{
    const int64_t count = index.packetCount();
    if (m_next >= count)
        return -1;
    if (m_facts->direct)
        return readDirectly(index, packet);
    if (!m_format && !seek(index, m_next))
        return -1;
    if (m_hasPending) {
        av_packet_move_ref(packet, m_pending.get());
        m_hasPending = false;
    } else if (readStream(packet) < 0) {
        // A file that has grown goes on where it ended before.
        const bool grown = m_io->refreshSize() > m_knownSize;
        m_knownSize = m_io->size();
        if (grown && seek(index, m_next))
            return read(index, packet);
        m_next = count;
        return -1;
    }
    return m_next++;
}

} // namespace telltale
