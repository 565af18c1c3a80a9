// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: pictures to H.264 in which each one stands alone.
#include "base/result.h"
#include "media/avhandles.h"
#include "media/framesource.h"
#include <memory>

namespace telltale {

/// One picture in, one packet out. All encoders of the same size give streams that can be put together.
/// Belongs to one thread at a time.
class IntraEncoder {
public:
    /// `width` and `height` are even; `aspect`: width to height of a pixel. Unsupported without libx264.
    static Result<std::unique_ptr<IntraEncoder>> open(int width, int height, AVRational aspect);

    /// `picture` has the encoder's size.
    Result<av::PacketPtr> encode(const Picture& picture);
    const AVCodecContext& codec() const { return *m_codec; }

private:
    IntraEncoder() = default;

    av::CodecPtr m_codec;
    av::FramePtr m_frame;
    int64_t m_next = 0;
};

} // namespace telltale
