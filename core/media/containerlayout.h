// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: the outermost structure of a video file.
#include "media/sparseio.h"

namespace telltale {

/// Read from the headers of the outermost boxes alone: a few dozen bytes each, however long the file is.
struct ContainerLayout {
    enum class Kind {
        Other,
        Mp4, ///< and QuickTime
        Matroska, ///< and WebM
        Avi
    };
    Kind kind = Kind::Other;
    std::vector<ByteRange> payload; ///< of an MP4: what lies inside `mdat`, as far as it is in the file
    int64_t promisedBytes = 0; ///< where the last box that has begun says that it ends; 0 unknown
    /// Where the part begins that grows while it is being recorded: the first fragment of an MP4, the first
    /// cluster of a Matroska file. -1 if there is none.
    int64_t firstFragment = -1;
    std::vector<int64_t> fragments; ///< places of all fragments of an MP4
    int64_t lastBox = 0; ///< place of the last outermost box of an MP4

    /// Place of the last fragment before `place`, or -1.
    int64_t fragmentBefore(int64_t place) const;
};

ContainerLayout layoutOf(const SparseIo& io);
/// Takes in what an MP4 has got since.
void continueLayout(const SparseIo& io, ContainerLayout& layout);

/// Bytes that make everything from a fragment's place up to `until` one element that readers pass over.
std::string skippingHeader(ContainerLayout::Kind kind, int64_t bytes);

/// Place of the last complete beginning of a Matroska cluster before `before`, or -1.
int64_t lastClusterBefore(const SparseIo& io, int64_t first, int64_t before);

} // namespace telltale
