// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// Private to core/media: the packets of a video's sound.
#include "base/result.h"
#include "media/avhandles.h"
#include <cstdint>
#include <filesystem>

namespace telltale {

/// A file of which only the sound is read.
struct SoundInput {
    av::InputPtr format;
    int stream = -1;
    int64_t origin = 0; ///< start of the pictures (time 0 of FrameTimes) in AV_TIME_BASE units of the file

    AVStream& sound() const { return *format->streams[stream]; }
};

/// `stream`: which sound, -1 the one that belongs to the pictures; `videoStream`: whose start is time 0, -1
/// the one that openVideo() shows. NotFound where there is no sound.
Result<SoundInput> openSoundInput(const std::filesystem::path& file, int stream, int videoStream);

} // namespace telltale
