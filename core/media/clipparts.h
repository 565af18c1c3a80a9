// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: the two ways in which pictures get into a clip.
#include "media/clipsound.h"
#include "media/clipwriter.h"
#include "media/demuxer.h"
#include "media/nativesource.h"

namespace telltale {

/// What both ways work on.
struct ClipTask {
    std::filesystem::path video;
    ClipOptions options;
    NativeSource* source = nullptr;
    Demuxer* demuxer = nullptr;
    MuxFile* output = nullptr;
    ProgressSink* progress = nullptr;

    /// Time of picture `index` after the start of the clip.
    MediaTime timeOf(int64_t index) const
    {
        return source->times().timeOf(index) - source->times().timeOf(options.frames.first);
    }
    /// Cancelled, or after telling how far it is.
    Status step(int64_t done, std::string_view what) const;
};

/// The sound of the clip, if it is wanted and there; null otherwise.
Result<std::unique_ptr<ClipSound>> openSound(const ClipTask& task, bool copy);
/// Writes the rest; returns how it was cut.
Result<std::string> finishSound(ClipSound* sound);

/// The coded pictures of a range, if they can be taken as they are.
struct CopyPlan {
    int64_t first = 0; ///< packet
    int64_t last = 0; ///< packet after the last one
    std::string obstacle; ///< a sentence without a full stop; empty: packets [first, last) can be copied,
                          ///< less those that are shown before the clip
};
CopyPlan planCopy(const PacketIndex& index, const FrameSpan& frames);

/// Copies the packets of the plan. The output is not begun yet; it is complete but not closed afterwards.
/// Returns how the sound was cut.
Result<std::string> copyPictures(const ClipTask& task, const CopyPlan& plan);

/// Decodes and encodes the pictures; `asDisplayed`: turned, in RGB, for what H.264 cannot hold as it is.
Result<std::string> encodePictures(const ClipTask& task, bool asDisplayed);

/// Whether pictures of this kind can be encoded without changing format or size.
bool encoderTakes(const VideoInfo& info);

/// Rate and pixel aspect of the video, and its rotation unless the pictures are turned already.
void describeStream(const VideoInfo& info, bool asDisplayed, AVStream& stream);

} // namespace telltale
