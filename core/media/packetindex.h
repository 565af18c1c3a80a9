// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: the presentation order of one video stream.
#include "base/packedcolumn.h"
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
    bool operator==(const PacketInfo&) const = default;
};
/// All of a packet but its contents.
PacketInfo infoOf(const AVPacket& packet);

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

/// About 12 bytes a picture, 8 more where they were counted by decoding. Reads no file itself: the demuxer
/// fills it. A value type; const use is safe from any thread.
class PacketIndex {
public:
    void add(const PacketInfo& packet);
    /// Forgets the packets from `count` on, and the order.
    void truncate(int64_t count);
    void setLastDuration(int64_t ticks) { m_lastDuration = ticks; }
    void markDamaged(int64_t number);
    /// Time stamp of the first packet that is shown, in decode order: where the stream's time begins.
    int64_t firstPts() const { return m_firstPts; }

    /// Presentation order by time stamps alone. False where they cannot be trusted: the pictures must then be
    /// counted by decoding. `whole`: no packets are to come; otherwise pictures that they could still precede
    /// are left out.
    bool orderByTimeStamps(const AVCodecParameters& parameters, bool whole = true);
    /// Presentation order as decoding delivered it; identified by the strongest sign that is unique.
    /// `framePts`: time stamp that each picture itself carried.
    void orderByDecoding(const std::vector<ShownPicture>& pictures, const std::vector<int64_t>& framePts);
    /// Whether each packet of this codec gives one picture, if the file is sound.
    static bool onePicturePerPacket(AVCodecID codec);

    int64_t packetCount() const { return m_position.size(); }
    PacketInfo packet(int64_t number) const;
    int64_t frameCount() const { return m_order.size(); }
    ShownPicture picture(int64_t index) const;
    PictureIdentity identity() const { return m_identity; }
    bool madeByDecoding() const { return m_madeByDecoding; }
    /// Whether missing or backward time stamps of pictures were replaced by regular steps.
    bool repairedStamps() const { return m_repairedStamps; }
    /// Ticks that the last picture is shown.
    int64_t lastDuration() const;

    /// Both orders as if they were lists of values.
    struct PacketList {
        const PacketIndex& index;
        PacketInfo operator[](size_t number) const { return index.packet(static_cast<int64_t>(number)); }
        size_t size() const { return static_cast<size_t>(index.packetCount()); }
        bool empty() const { return index.packetCount() == 0; }
    };
    struct PictureList {
        const PacketIndex& index;
        ShownPicture operator[](size_t number) const { return index.picture(static_cast<int64_t>(number)); }
        size_t size() const { return static_cast<size_t>(index.frameCount()); }
        bool empty() const { return index.frameCount() == 0; }
    };
    PacketList packets() const { return {*this}; }
    PictureList shown() const { return {*this}; }

    /// Number of the packet at this place of the file; `expected` is tried first.
    std::optional<int64_t> findPacket(int64_t position, int32_t size, int64_t expected) const;
    /// Presentation index by time stamp or by packet number, whichever identity() is.
    std::optional<int64_t> findShown(int64_t key) const;
    /// Presentation index of the picture that packet `number` is, if it is shown.
    std::optional<int64_t> shownOf(int64_t number) const;
    /// Key packets from which picture `index` can be decoded, nearest first, the file's start last.
    std::vector<int64_t> startsFor(int64_t index) const;
    /// The last key packet at or before `number`, or -1.
    int64_t keyAtOrBefore(int64_t number) const;
    /// The first key packet after `number`, or packetCount().
    int64_t keyAfter(int64_t number) const;
    bool isKey(int64_t number) const { return (m_flags[static_cast<size_t>(number)] & kKey) != 0; }
    bool isDamaged(int64_t number) const { return (m_flags[static_cast<size_t>(number)] & kDamaged) != 0; }

    int64_t damagedPackets() const { return m_damaged; }
    int64_t hiddenPackets() const { return m_hidden; }
    int64_t shownKeys() const;
    /// Longest distance in pictures from one shown key picture to the next (or to an end of the video).
    int64_t longestGop() const;
    /// What it occupies in memory.
    int64_t bytes() const;

    void write(ByteWriter& out) const;
    /// False if the bytes are not an index; then it is not to be used.
    bool read(ByteReader& in);

private:
    enum Flag : uint8_t { kKey = 1, kHidden = 2, kDamaged = 4 };

    void clearOrder();
    /// Pictures from time `until` on and the last `heldBack` ones are left out.
    bool sortByPts(int64_t until, size_t heldBack);
    void repairStamps(std::vector<ShownPicture>& pictures);
    /// Look-ups, once the order is known.
    void finish();
    bool isConsistent() const;
    int64_t ptsOf(int64_t index) const
    {
        return m_madeByDecoding ? m_shownPts[index] : m_pts[m_order[index]];
    }
    int64_t keyOfShown(int64_t index) const;
    /// Number of the first row whose key is not less, in the order that `permutation` gives (empty: as it
    /// is).
    template <typename KeyOf>
    static int64_t lowerBound(int64_t rows, const PackedColumn& permutation, int64_t key, const KeyOf& keyOf);

    // One row per packet.
    PackedColumn m_pts;
    PackedColumn m_dts;
    PackedColumn m_position;
    PackedColumn m_size;
    std::vector<uint8_t> m_flags;
    // One row per picture that is shown.
    PackedColumn m_order; ///< packet number
    PackedColumn m_shownPts; ///< empty unless counted by decoding: otherwise the packet's
    std::vector<uint64_t> m_hashes; ///< the same
    // Row numbers sorted by place and by identity; empty where the rows are in that order anyway.
    PackedColumn m_byPosition;
    PackedColumn m_byKey;
    PictureIdentity m_identity = PictureIdentity::Pts;
    bool m_madeByDecoding = false;
    bool m_repairedStamps = false;
    bool m_anyWithoutPts = false;
    int64_t m_firstPts = AV_NOPTS_VALUE;
    int64_t m_damaged = 0;
    int64_t m_hidden = 0;
    int64_t m_lastDuration = 0;
};

} // namespace telltale
