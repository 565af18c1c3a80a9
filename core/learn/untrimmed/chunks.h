// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/untrimmed/untrimmedset.h"

namespace telltale {

struct ChunkCounts {
    int64_t gestures = 0;
    int64_t chunks = 0;
    int64_t leftOut = 0; ///< gestures of videos that are shorter than a chunk
};

/// The labelled gestures of whole videos as a ClipSet of chunks: `pictures` pictures in a row, as a video
/// transformer sees them in a detector, with the points of their frames. A gesture gives as many as fit into
/// it, one beside the other; of a shorter one its middle is shown with what lies around it. InvalidArgument:
/// the set has no pictures, or no gesture is left. Io; Cancelled, with nothing at `file`.
Result<ChunkCounts> writeChunks(
    const UntrimmedSet& set, const std::filesystem::path& file, int pictures, ProgressSink& progress);

} // namespace telltale
