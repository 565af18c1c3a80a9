// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: what the index and the container tell of a video, in the user's terms.
#include "media/framesource.h"
#include "media/packetindex.h"
#include "media/streamfacts.h"

namespace telltale {

struct VideoDescription {
    VideoInfo info;
    FrameTimes times;
};

/// How far a file was read.
struct ReadingState {
    bool whole = true; ///< false: more packets may come
    bool broken = false; ///< reading stopped before the end of the file
    int64_t fileBytes = 0;
    int64_t promisedBytes = 0; ///< that the file says it has, 0 if it does not
};

/// `index` is ordered and has at least one picture.
VideoDescription describeVideo(
    const StreamFacts& facts, const PacketIndex& index, const ReadingState& reading);

} // namespace telltale
