// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/pictureseeker.h"
#include <algorithm>

namespace telltale {
namespace {

/// A decoder may deliver a picture this much later than its place when a file lies about its reordering.
constexpr int kLateDelivery = 17;
/// Decoding this many pictures onwards costs less than a jump.
constexpr int64_t kShortWay = 32;
/// Leaving pictures out is worth it over more packets than this.
constexpr int64_t kSkipWay = 16;

/// What the picture really holds in memory.
int64_t bytesOf(const AVFrame& frame)
{
    int64_t bytes = 0;
    for (const AVBufferRef* buffer : frame.buf)
        bytes += buffer ? static_cast<int64_t>(buffer->size) : 0;
    return bytes;
}

} // namespace

PictureSeeker::PictureSeeker(
    std::shared_ptr<const IndexedVideo> video, Demuxer& demuxer, Decoder& decoder, int64_t cacheBytes)
    : m_video(std::move(video))
    , m_demuxer(&demuxer)
    , m_decoder(&decoder)
    , m_kept(cacheBytes)
{
    setVideo(m_video, true);
}

void PictureSeeker::setVideo(std::shared_ptr<const IndexedVideo> video, bool sameNumbers)
{
    m_video = std::move(video);
    m_missing.clear();
    m_running = m_running && sameNumbers;
    if (!sameNumbers)
        m_kept.clear();
    const PacketIndex& index = m_video->packets;
    // Counting needs every picture. What a decoder makes up for damaged pictures may depend on all before.
    m_maySkip
        = m_decoder->canSkip() && index.identity() != PictureIdentity::Count && index.damagedPackets() == 0;
}

void PictureSeeker::setReader(Demuxer& demuxer, Decoder& decoder)
{
    m_demuxer = &demuxer;
    m_decoder = &decoder;
    m_running = false;
}

ShownPicture PictureSeeker::shown(int64_t index) const
{
    return m_video->packets.shown()[static_cast<size_t>(index)];
}

PacketInfo PictureSeeker::packet(int64_t number) const
{
    return m_video->packets.packets()[static_cast<size_t>(number)];
}

std::optional<int64_t> PictureSeeker::identify(const DecodedPicture& decoded)
{
    const PacketIndex& packets = m_video->packets;
    const int64_t ordinal = m_delivered++;
    std::optional<int64_t> index;
    switch (packets.identity()) {
    case PictureIdentity::Pts:
        index = packets.findShown(decoded.frame->pts);
        break;
    case PictureIdentity::Packet:
        index = packets.findShown(decoded.packet);
        break;
    case PictureIdentity::Count:
        index = ordinal;
        break;
    }
    if (!index || *index >= packets.frameCount() || !isTrue(decoded, shown(*index)))
        return std::nullopt;
    return index;
}

bool PictureSeeker::isTrue(const DecodedPicture& decoded, const ShownPicture& picture) const
{
    // After a jump, pictures shown before the key picture may have been predicted from what was not decoded.
    if (m_runStart > 0 && picture.pts < packet(m_runStart).pts)
        return false;
    // In a damaged file a picture can differ from what decoding in sequence shows: then it is not that
    // picture.
    const bool fromTheStart = m_runStart == 0 && m_completeFrom == 0;
    const bool passing = m_proven && decoded.packet < m_completeFrom;
    if (!m_video->packets.madeByDecoding() || fromTheStart || passing)
        return true;
    return planesHash(*decoded.frame) == picture.hash;
}

void PictureSeeker::keep(int64_t index, const NativePicture& picture)
{
    m_kept.insert(index, picture, bytesOf(*picture));
}

Result<PictureSeeker::NativePicture> PictureSeeker::decodeUntil(int64_t index)
{
    for (int late = 0; late < kLateDelivery;) {
        const DecodedPicture decoded = m_decoder->next(m_video->packets);
        if (decoded.interrupted)
            return Error{ErrorCode::Cancelled, m_video->info.file.string() + ": reading was cancelled"};
        if (!decoded.frame) {
            m_running = false;
            return NativePicture();
        }
        const std::optional<int64_t> found = identify(decoded);
        if (!found)
            continue;
        const bool first = !m_proven;
        if (first && !provesRun(decoded)) {
            m_unfit.insert(m_runStart);
            m_running = false;
            return NativePicture();
        }
        m_last = *found;
        const bool passing = decoded.packet < m_completeFrom && *found != index;
        if (!passing || first)
            keep(*found, decoded.frame);
        if (first && m_firstDelivered && *found != index)
            m_firstDelivered(*found);
        if (*found == index)
            return decoded.frame;
        late += *found > index ? 1 : 0;
    }
    return NativePicture();
}

bool PictureSeeker::provesRun(const DecodedPicture& decoded)
{
    // With gradual refresh a "key" packet is only the beginning of a clean picture: the decoder then holds
    // back its own picture, and what it delivers later need not be exact.
    m_proven = m_runStart == 0 || decoded.packet == m_runStart
        || m_video->packets.identity() != PictureIdentity::Pts || packet(m_runStart).hidden
        || decoded.frame->pts == packet(m_runStart).pts;
    return m_proven;
}

std::vector<int64_t> PictureSeeker::startsFor(int64_t index) const
{
    std::vector<int64_t> starts = m_video->packets.startsFor(index);
    std::erase_if(starts, [&](int64_t start) { return start > 0 && m_unfit.count(start) > 0; });
    return starts;
}

int64_t PictureSeeker::keyOf(int64_t index) const
{
    const int64_t start = startsFor(index).front();
    int64_t key = index;
    while (key > 0 && shown(key).packet != start && shown(key - 1).packet >= start)
        --key;
    return key;
}

bool PictureSeeker::canContinueTo(int64_t index) const
{
    if (!m_running || index <= m_last)
        return false;
    // Its packet may have gone by while pictures were left out.
    const int64_t number = shown(index).packet;
    if (number < m_demuxer->position() && number < m_completeFrom)
        return false;
    // A key picture between here and there is a shorter way.
    return index - m_last <= kShortWay || startsFor(index).front() <= m_demuxer->position();
}

Status PictureSeeker::startRun(int64_t start)
{
    m_running = false;
    if (Status status = m_decoder->start(m_video->packets, start); !status)
        return status;
    m_running = true;
    m_proven = false;
    m_runStart = start;
    m_completeFrom = start;
    m_delivered = 0;
    m_last = -1;
    return {};
}

void PictureSeeker::skipTowards(int64_t index, int64_t from)
{
    if (!m_maySkip)
        return;
    const int64_t position = m_demuxer->position();
    int64_t complete = shown(index).packet;
    for (int64_t i = index - 1; i >= std::max<int64_t>(0, from) && shown(i).packet >= position; --i)
        complete = std::min(complete, shown(i).packet);
    // An interrupted run may have been on its way to somewhere farther on.
    if (complete - position <= kSkipWay)
        complete = std::min(position, m_completeFrom);
    m_completeFrom = complete;
    m_decoder->skipUntil(complete);
}

Result<PictureSeeker::NativePicture> PictureSeeker::runTo(int64_t index, int64_t from)
{
    if (canContinueTo(index)) {
        skipTowards(index, from);
        if (auto picture = decodeUntil(index); !picture || *picture)
            return picture;
    }
    for (const int64_t start : startsFor(index)) {
        if (Status status = startRun(start); !status)
            return status.error();
        skipTowards(index, from);
        if (auto picture = decodeUntil(index); !picture || *picture)
            return picture;
    }
    if (m_completeFrom == 0)
        return NativePicture();
    // Leaving nothing out may still deliver it.
    if (Status status = startRun(0); !status)
        return status.error();
    return decodeUntil(index);
}

Result<PictureSeeker::NativePicture> PictureSeeker::picture(int64_t index, int64_t from)
{
    const std::string file = m_video->info.file.string();
    if (index < 0 || index >= m_video->packets.frameCount())
        return Error{ErrorCode::InvalidArgument,
            file + ": there is no picture " + std::to_string(index) + "; the video has pictures 0 to "
                + std::to_string(m_video->packets.frameCount() - 1)};
    if (auto picture = m_kept.find(index))
        return picture;
    if (m_missing.count(index) == 0)
        if (auto picture = runTo(index, from); !picture || *picture)
            return picture;
    m_missing.insert(index);
    return Error{ErrorCode::BadFormat,
        file + ": picture " + std::to_string(index) + " at " + std::to_string(m_video->times.seconds(index))
            + " s is damaged and cannot be decoded; go to another one, or copy the file again from its "
              "source"};
}

} // namespace telltale
