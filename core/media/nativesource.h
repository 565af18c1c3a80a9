// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: a frame source that also gives its pictures as they were decoded.
#include "media/framesource.h"
#include "media/packetindex.h"

namespace telltale {

class NativeSource : public FrameSource {
public:
    /// The picture that read() converts: same identity, same errors. Shared with the source's cache.
    virtual Result<std::shared_ptr<const AVFrame>> native(int64_t index) = 0;
    virtual const PacketIndex& packetIndex() const = 0;
};

/// As openVideo() does it.
Result<std::unique_ptr<NativeSource>> openNativeSource(
    const std::filesystem::path& file, const OpenOptions& options, ProgressSink* progress);

} // namespace telltale
