// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/disposable.h"
#include <algorithm>
#include <array>
#include <span>

namespace telltale {
namespace {

struct SkippingRow {
    AVCodecID codec;
    Skipping skipping;
};
constexpr std::array kSkipping{
    SkippingRow{AV_CODEC_ID_H264, Skipping::InDecoder},
    SkippingRow{AV_CODEC_ID_MPEG4, Skipping::InDecoder},
    SkippingRow{AV_CODEC_ID_MPEG2VIDEO, Skipping::InDecoder},
    SkippingRow{AV_CODEC_ID_MPEG1VIDEO, Skipping::InDecoder},
    SkippingRow{AV_CODEC_ID_HEVC, Skipping::ByPacket},
};

// NAL units of HEVC (ITU-T H.265, 7.3.1.2 and table 7-1).
constexpr int kHevcVps = 32;
constexpr int kFirstReservedNonReference = 10;
int nalType(const uint8_t* unit) { return unit[0] >> 1 & 63; }
int temporalId(const uint8_t* unit) { return (unit[1] & 7) - 1; }

/// Calls `visit` with each NAL unit until it returns false.
template <typename Visit> void forEachUnit(std::span<const uint8_t> data, int lengthBytes, const Visit& visit)
{
    if (lengthBytes > 0) {
        for (size_t at = 0; at + static_cast<size_t>(lengthBytes) < data.size();) {
            size_t length = 0;
            for (int i = 0; i < lengthBytes; ++i)
                length = length << 8 | data[at++];
            length = std::min(length, data.size() - at);
            if (!visit(data.subspan(at, length)))
                return;
            at += length;
        }
        return;
    }
    constexpr std::array<uint8_t, 3> kStartCode{0, 0, 1};
    auto at = std::search(data.begin(), data.end(), kStartCode.begin(), kStartCode.end());
    while (at != data.end()) {
        const auto begin = at + 3;
        at = std::search(begin, data.end(), kStartCode.begin(), kStartCode.end());
        if (!visit(std::span<const uint8_t>(begin, at)))
            return;
    }
}

/// From a video parameter set; -1 if it is cut short.
int highestLayerIn(std::span<const uint8_t> vps) { return vps.size() < 4 ? -1 : vps[3] >> 1 & 7; }

/// From the parameter sets of an hvcC box (ISO/IEC 14496-15, 8.3.3.1) or after start codes.
int highestLayerOf(std::span<const uint8_t> extra)
{
    int highest = -1;
    const auto look = [&](std::span<const uint8_t> unit) {
        if (unit.size() > 3 && nalType(unit.data()) == kHevcVps)
            highest = std::max(highest, highestLayerIn(unit));
        return true;
    };
    if (extra.size() < 23 || extra[0] != 1) {
        forEachUnit(extra, 0, look);
        return highest;
    }
    size_t at = 23;
    for (int array = 0; array < extra[22] && at + 3 <= extra.size(); ++array) {
        int units = extra[at + 1] << 8 | extra[at + 2];
        at += 3;
        for (; units > 0 && at + 2 <= extra.size(); --units) {
            const size_t length = static_cast<size_t>(extra[at]) << 8 | extra[at + 1];
            at += 2;
            look(extra.subspan(at, std::min(length, extra.size() - at)));
            at = std::min(at + length, extra.size());
        }
    }
    return highest;
}

} // namespace

Skipping skippingOf(AVCodecID codec)
{
    const auto* row = std::find_if(
        kSkipping.begin(), kSkipping.end(), [&](const SkippingRow& r) { return r.codec == codec; });
    return row == kSkipping.end() ? Skipping::None : row->skipping;
}

DisposableTest::DisposableTest(const AVCodecParameters& parameters)
{
    if (skippingOf(parameters.codec_id) != Skipping::ByPacket || parameters.extradata_size <= 0)
        return;
    const std::span<const uint8_t> extra(
        parameters.extradata, static_cast<size_t>(parameters.extradata_size));
    m_highestLayer = highestLayerOf(extra);
    m_lengthBytes = extra.size() >= 23 && extra[0] == 1 ? (extra[21] & 3) + 1 : 0;
}

bool DisposableTest::operator()(const AVPacket& packet) const
{
    if (m_highestLayer < 0 || packet.size <= 0)
        return false;
    // A sub-layer non-reference picture may still serve higher sub-layers, so it must be in the highest one.
    bool slices = false;
    bool disposable = true;
    forEachUnit(
        {packet.data, static_cast<size_t>(packet.size)}, m_lengthBytes, [&](std::span<const uint8_t> unit) {
            if (unit.size() < 2 || nalType(unit.data()) >= kHevcVps)
                return true;
            const int type = nalType(unit.data());
            slices = true;
            disposable = type < kFirstReservedNonReference && type % 2 == 0
                && temporalId(unit.data()) >= m_highestLayer;
            return disposable;
        });
    return slices && disposable;
}

} // namespace telltale
