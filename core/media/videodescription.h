// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: what the index and the container tell of a video, in the user's terms.
#include "media/demuxer.h"
#include "media/framesource.h"

namespace telltale {

struct VideoDescription {
    VideoInfo info;
    FrameTimes times;
};

/// `index` is ordered and has at least one picture. `complete`: reading it reached the end of the file.
VideoDescription describeVideo(const Demuxer& demuxer, const PacketIndex& index, bool complete);

} // namespace telltale
