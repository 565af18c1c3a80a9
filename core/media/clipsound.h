// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: the sound of a clip.
#include "base/timebase.h"
#include "media/muxfile.h"
#include <filesystem>
#include <memory>
#include <string>

namespace telltale {

/// Which sound goes into a clip.
struct ClipSoundRequest {
    std::filesystem::path video;
    int videoStream = -1; ///< whose start is time 0
    MediaTime from{};
    MediaTime to{};
    bool copy = false; ///< packets as they are, where the container can hold them
};

/// Adds its stream to the clip when it is opened, before the clip's header is written.
class ClipSound {
public:
    virtual ~ClipSound() = default;
    /// Null where the video has no sound. Unsupported where no encoder fits the container.
    static Result<std::unique_ptr<ClipSound>> open(const ClipSoundRequest& request, MuxFile& output);

    /// Writes what is heard until `time` after the start of the clip.
    virtual Status writeUntil(MediaTime time) = 0;
    /// Writes the rest.
    virtual Status finish() = 0;
    /// How it was cut, in words: "copied, whole packets".
    virtual const char* description() const = 0;
};

} // namespace telltale
