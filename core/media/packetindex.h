// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: the presentation order of one video stream.
#include "media/avhandles.h"
#include <cstdint>
#include <optional>
#include <vector>

namespace telltale {

/// What demuxing tells of one coded picture. Packets are numbered in decode order.
struct PacketInfo {
    int64_t pts = AV_NOPTS_VALUE;
    int64_t dts = AV_NOPTS_VALUE;
    int64_t position = -1; ///< byte in the file, -1 unknown
    int32_t size = 0;
    bool key = false;
    bool hidden = false; ///< decoded but not shown (edit list)
    bool damaged = false;
};

/// One picture that is shown.
struct ShownPicture {
    int64_t packet = 0; ///< number of the packet it was decoded from
    int64_t pts = 0; ///< in the stream's time base
    uint64_t hash = 0; ///< of its planes; 0 unless the index was made by decoding
};

/// How a decoded picture tells which one it is.
enum class PictureIdentity {
    Pts, ///< every shown picture has its own time stamp
    Packet, ///< by the number of its packet
    Count, ///< only by counting from the start of the file
};

/// Reads no file itself: the demuxer fills it.
class PacketIndex {
public:
    void add(const AVPacket& packet, const AVCodecParameters& parameters);
    void setLastDuration(int64_t ticks) { m_lastDuration = ticks; }

    /// Presentation order by time stamps alone. False where they cannot be trusted: the pictures must then be
    /// counted by decoding.
    bool orderByTimeStamps(const AVCodecParameters& parameters);
    /// Presentation order as decoding delivered it; identified by the strongest sign that is unique.
    /// `framePts`: time stamp that each picture itself carried.
    void orderByDecoding(std::vector<ShownPicture> pictures, const std::vector<int64_t>& framePts);

    const std::vector<PacketInfo>& packets() const { return m_packets; }
    const std::vector<ShownPicture>& shown() const { return m_shown; }
    PictureIdentity identity() const { return m_identity; }
    bool madeByDecoding() const { return m_madeByDecoding; }
    /// Whether missing or backward time stamps of pictures were replaced by regular steps.
    bool repairedStamps() const { return m_repairedStamps; }
    int64_t frameCount() const { return static_cast<int64_t>(m_shown.size()); }
    /// Ticks that the last picture is shown.
    int64_t lastDuration() const;

    /// Number of the packet at this place of the file; `expected` is tried first.
    std::optional<int64_t> findPacket(int64_t position, int32_t size, int64_t expected) const;
    /// Presentation index by time stamp or by packet number, whichever identity() is.
    std::optional<int64_t> findShown(int64_t key) const;
    /// Key packets from which picture `index` can be decoded, nearest first, the file's start last.
    std::vector<int64_t> startsFor(int64_t index) const;

    int64_t damagedPackets() const { return m_damaged; }
    int64_t hiddenPackets() const { return m_hidden; }
    int64_t shownKeys() const;
    /// Longest distance in pictures from one shown key picture to the next (or to an end of the video).
    int64_t longestGop() const;

private:
    void repairStamps();
    void finish();

    std::vector<PacketInfo> m_packets;
    std::vector<ShownPicture> m_shown;
    std::vector<int64_t> m_keys; ///< packet numbers
    std::vector<std::pair<int64_t, int64_t>> m_byPosition; ///< position, packet number; sorted
    std::vector<std::pair<int64_t, int64_t>>
        m_byIdentity; ///< pts or packet number, presentation index; sorted
    PictureIdentity m_identity = PictureIdentity::Pts;
    bool m_madeByDecoding = false;
    bool m_repairedStamps = false;
    int64_t m_damaged = 0;
    int64_t m_hidden = 0;
    int64_t m_lastDuration = 0;
};

} // namespace telltale
