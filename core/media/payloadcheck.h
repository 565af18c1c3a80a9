// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: whether coded pictures are put together as their codec wants it.
#include "media/packetindex.h"
#include "media/sparseio.h"

namespace telltale {

/// Looks at the lengths of NAL units, where the codec and its container have them, and at nothing else. What
/// is damaged inside a unit shows only when it is decoded.
class PayloadCheck {
public:
    explicit PayloadCheck(const AVCodecParameters& parameters);
    /// Whether there is anything to look at.
    bool possible() const { return m_lengthBytes > 0; }
    /// Whether the NAL units fill the packet exactly and none has its forbidden bit set.
    bool isWhole(const AVPacket& packet) const;
    /// The same for the packet at its place in the file, of which only a few bytes are read.
    bool isWhole(const PacketInfo& packet, const SparseIo& io) const;

private:
    template <typename ReadAt> bool unitsFit(int64_t size, const ReadAt& readAt) const;

    int m_lengthBytes = 0; ///< of the length before each NAL unit; 0 where there are start codes instead
};

} // namespace telltale
