// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: coded pictures that no other picture is predicted from.
#include "media/avhandles.h"

namespace telltale {

/// How pictures that nothing depends on can be left out of decoding without changing the others.
enum class Skipping {
    None, ///< every packet changes what the decoder does later: VP8 and VP9 (probabilities), unknown codecs
    InDecoder, ///< libavcodec's skip_frame does it exactly: H.264, MPEG-4, MPEG-1, MPEG-2
    ByPacket, ///< the packet says so: HEVC
};
Skipping skippingOf(AVCodecID codec);

/// Reads in the packets of one stream whether they may be left out.
class DisposableTest {
public:
    DisposableTest() = default;
    explicit DisposableTest(const AVCodecParameters& parameters);
    /// Always false unless skippingOf() is ByPacket.
    bool operator()(const AVPacket& packet) const;

private:
    int m_lengthBytes = 0; ///< before each NAL unit; 0: start codes
    int m_highestLayer = -1; ///< highest temporal sub-layer the stream may have; -1 unknown
};

} // namespace telltale
