// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/payloadcheck.h"
#include <algorithm>
#include <array>

namespace telltale {

PayloadCheck::PayloadCheck(const AVCodecParameters& parameters)
{
    const uint8_t* extra = parameters.extradata;
    if (parameters.codec_id == AV_CODEC_ID_H264 && parameters.extradata_size >= 7 && extra[0] == 1)
        m_lengthBytes = (extra[4] & 3) + 1;
    if (parameters.codec_id == AV_CODEC_ID_HEVC && parameters.extradata_size >= 23 && extra[0] == 1)
        m_lengthBytes = (extra[21] & 3) + 1;
}

template <typename ReadAt> bool PayloadCheck::unitsFit(int64_t size, const ReadAt& readAt) const
{
    std::array<uint8_t, 5> head{}; // a length and the first byte of the unit
    int64_t at = 0;
    while (at + m_lengthBytes < size) {
        const int64_t wanted = std::min<int64_t>(m_lengthBytes + 1, size - at);
        if (!readAt(at, head.data(), wanted))
            return false;
        int64_t length = 0;
        for (int i = 0; i < m_lengthBytes; ++i)
            length = length << 8 | head[static_cast<size_t>(i)];
        at += m_lengthBytes;
        if (length > size - at || (length > 0 && (head[static_cast<size_t>(m_lengthBytes)] & 0x80) != 0))
            return false;
        at += length;
    }
    return at == size;
}

bool PayloadCheck::isWhole(const AVPacket& packet) const
{
    return !possible() || unitsFit(packet.size, [&](int64_t at, uint8_t* to, int64_t bytes) {
        std::copy_n(packet.data + at, bytes, to);
        return true;
    });
}

bool PayloadCheck::isWhole(const PacketInfo& packet, const SparseIo& io) const
{
    return !possible() || unitsFit(packet.size, [&](int64_t at, uint8_t* to, int64_t bytes) {
        return io.readAt(packet.position + at, to, bytes) == bytes;
    });
}

} // namespace telltale
