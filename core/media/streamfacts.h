// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: what a container tells of one of its video streams.
#include "media/avhandles.h"
#include "media/containerlayout.h"
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

class ByteReader;
class ByteWriter;

/// Kept when the file's own tables are let go, and with a saved index. Immutable once made.
struct StreamFacts {
    std::filesystem::path file;
    std::string container; ///< libav's name of the format
    ContainerLayout::Kind kind = ContainerLayout::Kind::Other;
    /// Every packet is the bytes of the file at its place, so that no demuxer is needed to read it.
    bool direct = false;
    std::vector<int> videoStreams;
    bool hasAudio = false;
    int rotation = 0; ///< degrees clockwise: 0, 90, 180, 270
    bool mirrored = false; ///< the file asks for it
    AVRational pixelAspect{0, 1}; ///< of the stored picture; 0 unknown
    int64_t duration = AV_NOPTS_VALUE; ///< that the container gives, microseconds
    /// Number in the file, codec parameters, time base, start, number of frames; owned by `shell`.
    AVStream* stream = nullptr;
    int streamIndex = -1; ///< of it in the file
    std::shared_ptr<AVFormatContext> shell; ///< reads nothing
};

/// Of stream `index` of an open file. Null if there is no memory.
std::shared_ptr<StreamFacts> factsOf(
    AVFormatContext& format, int index, const std::filesystem::path& file, ContainerLayout::Kind kind);

/// Fills in what only the first picture tells (pixel format, fields, size as coded), instead of libav's
/// probing of several pictures of all streams. False if it stays unknown.
bool describeFromFirstPacket(AVStream& stream, const AVPacket& packet);

void write(ByteWriter& out, const StreamFacts& facts);
/// Null if the bytes are nothing of the kind.
std::shared_ptr<StreamFacts> readFacts(ByteReader& in, const std::filesystem::path& file);

} // namespace telltale
