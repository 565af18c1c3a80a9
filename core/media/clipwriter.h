// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/progress.h"
#include "base/result.h"
#include "media/framesource.h"
#include <filesystem>
#include <string>

namespace telltale {

/// How the pictures get into a clip.
enum class ClipWay {
    CopyWhereExact, ///< as they are coded if that gives exactly these pictures, else encoded again
    CopyOnly, ///< as they are coded, or not at all
    Reencode, ///< always encoded again
};

struct ClipOptions {
    FrameSpan frames; ///< that the clip holds
    ClipWay way = ClipWay::CopyWhereExact;
    bool sound = true; ///< cut along where there is any
    int crf = 16; ///< quality of libx264: 0 loses nothing, 16 shows no loss, 28 is small
    bool overwrite = false;
    int stream = -1; ///< which of several video streams
    std::filesystem::path cacheFolder
        = {}; ///< of saved indexes, as in OpenOptions; for many clips of a video
};

struct ClipResult {
    bool copied = false; ///< the coded pictures, bit for bit
    std::string reason; ///< why they were not copied, a sentence without a full stop; empty if they were
    std::string sound; ///< how the sound was cut; empty: there is none in the clip
    int64_t frames = 0;
    int64_t bytes = 0; ///< of the file
};

/// Writes the pictures [first, last) of `video` to `file` (.mp4, .mov or .mkv): these pictures, no other,
/// each as long after the first one as in the video (Matroska rounds to milliseconds). Size, pixel format,
/// colour tags, rotation and pixel aspect stay; formats that H.264 lacks become RGB as displayed. What was
/// written is read back and compared before the file gets its name: of copied pictures every one by its md5.
/// Blocks. InvalidArgument (range, name), Conflict (the file is there), Unsupported (cannot be copied
/// exactly), Io, BadFormat, Cancelled; then nothing is left behind.
Result<ClipResult> writeClip(const std::filesystem::path& video, const std::filesystem::path& file,
    const ClipOptions& options, ProgressSink* progress = nullptr);

} // namespace telltale
