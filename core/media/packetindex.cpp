// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/packetindex.h"
#include <algorithm>
#include <array>

namespace telltale {
namespace {

/// Codecs whose packets give one picture each, if the file is sound.
constexpr std::array kOnePicturePerPacket{AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_VP9,
    AV_CODEC_ID_AV1, AV_CODEC_ID_MPEG4, AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_H263,
    AV_CODEC_ID_MJPEG, AV_CODEC_ID_PRORES, AV_CODEC_ID_DNXHD, AV_CODEC_ID_FFV1, AV_CODEC_ID_HUFFYUV,
    AV_CODEC_ID_FFVHUFF, AV_CODEC_ID_UTVIDEO, AV_CODEC_ID_PNG, AV_CODEC_ID_RAWVIDEO, AV_CODEC_ID_DVVIDEO};

/// Bytes of the length before each NAL unit, 0 where the stream has start codes instead (or another codec).
int nalLengthBytes(const AVCodecParameters& parameters)
{
    const uint8_t* extra = parameters.extradata;
    if (parameters.codec_id == AV_CODEC_ID_H264 && parameters.extradata_size >= 7 && extra[0] == 1)
        return (extra[4] & 3) + 1;
    if (parameters.codec_id == AV_CODEC_ID_HEVC && parameters.extradata_size >= 23 && extra[0] == 1)
        return (extra[21] & 3) + 1;
    return 0;
}

/// Whether the NAL units fill the packet exactly and none has its forbidden bit set.
bool nalUnitsFit(const AVPacket& packet, int lengthBytes)
{
    int64_t at = 0;
    while (at + lengthBytes < packet.size) {
        int64_t length = 0;
        for (int i = 0; i < lengthBytes; ++i)
            length = length << 8 | packet.data[at + i];
        at += lengthBytes;
        if (length > packet.size - at || (length > 0 && (packet.data[at] & 0x80) != 0))
            return false;
        at += length;
    }
    return at == packet.size;
}

} // namespace

void PacketIndex::add(const AVPacket& packet, const AVCodecParameters& parameters)
{
    PacketInfo info;
    info.pts = packet.pts;
    info.dts = packet.dts;
    info.position = packet.pos;
    info.size = packet.size;
    info.key = (packet.flags & AV_PKT_FLAG_KEY) != 0;
    info.hidden = (packet.flags & AV_PKT_FLAG_DISCARD) != 0;
    const int lengthBytes = nalLengthBytes(parameters);
    info.damaged = (packet.flags & AV_PKT_FLAG_CORRUPT) != 0 || packet.size <= 0
        || (lengthBytes > 0 && !nalUnitsFit(packet, lengthBytes));
    const auto number = static_cast<int64_t>(m_packets.size());
    if (info.key)
        m_keys.push_back(number);
    if (info.position >= 0)
        m_byPosition.emplace_back(info.position, number);
    m_damaged += info.damaged ? 1 : 0;
    m_hidden += info.hidden ? 1 : 0;
    m_packets.push_back(info);
}

bool PacketIndex::orderByTimeStamps(const AVCodecParameters& parameters)
{
    const bool knownCodec
        = std::find(kOnePicturePerPacket.begin(), kOnePicturePerPacket.end(), parameters.codec_id)
        != kOnePicturePerPacket.end();
    const bool fields
        = parameters.field_order != AV_FIELD_PROGRESSIVE && parameters.field_order != AV_FIELD_UNKNOWN;
    // Some containers mark no key frames at all; a stream that starts without one loses pictures at its
    // start.
    if (m_packets.empty() || m_damaged > 0 || !knownCodec || fields || !m_packets.front().key)
        return false;
    for (size_t n = 0; n < m_packets.size(); ++n) {
        const PacketInfo& packet = m_packets[n];
        if (packet.hidden)
            continue;
        // Pictures shown before the first key picture lack what they were predicted from.
        if (packet.pts == AV_NOPTS_VALUE || packet.pts < m_packets.front().pts)
            return false;
        m_shown.push_back({static_cast<int64_t>(n), packet.pts, 0});
    }
    std::sort(m_shown.begin(), m_shown.end(),
        [](const ShownPicture& a, const ShownPicture& b) { return a.pts < b.pts; });
    const auto same = std::adjacent_find(m_shown.begin(), m_shown.end(),
        [](const ShownPicture& a, const ShownPicture& b) { return a.pts == b.pts; });
    if (same != m_shown.end() || m_shown.empty()) {
        m_shown.clear();
        return false;
    }
    m_identity = PictureIdentity::Pts;
    finish();
    return true;
}

void PacketIndex::orderByDecoding(std::vector<ShownPicture> pictures, const std::vector<int64_t>& framePts)
{
    const auto unique = [](std::vector<int64_t> keys) {
        std::sort(keys.begin(), keys.end());
        return (keys.empty() || keys.front() != AV_NOPTS_VALUE)
            && std::adjacent_find(keys.begin(), keys.end()) == keys.end();
    };
    m_shown = std::move(pictures);
    m_madeByDecoding = true;
    std::vector<int64_t> numbers;
    bool sameTimes = true; // false where libav had to guess better ones
    for (size_t i = 0; i < m_shown.size(); ++i) {
        numbers.push_back(m_shown[i].packet);
        sameTimes = sameTimes && m_shown[i].pts == framePts[i];
    }
    m_identity = PictureIdentity::Count;
    if (sameTimes && unique(framePts))
        m_identity = PictureIdentity::Pts;
    else if (unique(numbers))
        m_identity = PictureIdentity::Packet;
    // A stamp that tells which picture it is stays as it is.
    if (m_identity != PictureIdentity::Pts)
        repairStamps();
    finish();
}

void PacketIndex::repairStamps()
{
    const int64_t step = std::max<int64_t>(1, m_lastDuration);
    for (size_t i = 0; i < m_shown.size(); ++i) {
        int64_t& pts = m_shown[i].pts;
        if (pts != AV_NOPTS_VALUE && (i == 0 || pts > m_shown[i - 1].pts))
            continue;
        pts = i == 0 ? 0 : m_shown[i - 1].pts + step;
        m_repairedStamps = true;
    }
}

void PacketIndex::finish()
{
    std::sort(m_byPosition.begin(), m_byPosition.end());
    for (size_t i = 0; i < m_shown.size(); ++i)
        m_byIdentity.emplace_back(m_identity == PictureIdentity::Packet ? m_shown[i].packet : m_shown[i].pts,
            static_cast<int64_t>(i));
    std::sort(m_byIdentity.begin(), m_byIdentity.end());
}

int64_t PacketIndex::lastDuration() const
{
    if (m_lastDuration > 0 || m_shown.size() < 2)
        return std::max<int64_t>(1, m_lastDuration);
    return std::max<int64_t>(1, m_shown.back().pts - m_shown[m_shown.size() - 2].pts);
}

std::optional<int64_t> PacketIndex::findPacket(int64_t position, int32_t size, int64_t expected) const
{
    const auto fits = [&](int64_t number) {
        return m_packets[static_cast<size_t>(number)].position == position
            && m_packets[static_cast<size_t>(number)].size == size;
    };
    if (position < 0)
        return std::nullopt;
    if (expected >= 0 && expected < static_cast<int64_t>(m_packets.size()) && fits(expected))
        return expected;
    auto at = std::lower_bound(m_byPosition.begin(), m_byPosition.end(), std::pair{position, int64_t{0}});
    for (; at != m_byPosition.end() && at->first == position; ++at)
        if (fits(at->second))
            return at->second;
    return std::nullopt;
}

std::optional<int64_t> PacketIndex::findShown(int64_t key) const
{
    const auto at = std::lower_bound(m_byIdentity.begin(), m_byIdentity.end(), std::pair{key, int64_t{0}});
    if (at == m_byIdentity.end() || at->first != key)
        return std::nullopt;
    return at->second;
}

std::vector<int64_t> PacketIndex::startsFor(int64_t index) const
{
    const ShownPicture& picture = m_shown[static_cast<size_t>(index)];
    std::vector<int64_t> starts;
    if (m_identity != PictureIdentity::Count) {
        auto key = std::upper_bound(m_keys.begin(), m_keys.end(), picture.packet);
        // A picture shown before the key picture it follows in the file belongs to the group before (open
        // GOP).
        while (key != m_keys.begin()) {
            --key;
            const int64_t pts = m_packets[static_cast<size_t>(*key)].pts;
            if (pts != AV_NOPTS_VALUE && pts > picture.pts)
                continue;
            starts.push_back(*key);
            if (starts.size() == 4)
                break;
        }
    }
    if (starts.empty() || starts.back() != 0)
        starts.push_back(0);
    return starts;
}

int64_t PacketIndex::shownKeys() const
{
    return std::count_if(m_shown.begin(), m_shown.end(),
        [&](const ShownPicture& picture) { return m_packets[static_cast<size_t>(picture.packet)].key; });
}

int64_t PacketIndex::longestGop() const
{
    int64_t longest = 0;
    int64_t start = 0;
    for (int64_t i = 1; i <= frameCount(); ++i) {
        const bool ends
            = i == frameCount() || m_packets[static_cast<size_t>(m_shown[static_cast<size_t>(i)].packet)].key;
        if (!ends)
            continue;
        longest = std::max(longest, i - start);
        start = i;
    }
    return longest;
}

} // namespace telltale
