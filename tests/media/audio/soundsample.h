// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

namespace telltale::sample {

struct Sound {
    std::string codec = "flac";
    int rate = 48000;
    double seconds = 4;
    double delay = 0; ///< seconds from the start of the pictures to the start of the sound
};

/// The left channel at a time after the start of the pictures: tones that never come together in the same way
/// again, so that a sample tells its place; 0 before and after the sound. The right channel is its opposite.
float toneAt(const Sound& sound, double seconds);
/// The pictures of `video` with that sound, as `name` in the test's folder.
std::filesystem::path withSound(
    const std::filesystem::path& video, const std::string& name, const Sound& sound);

} // namespace telltale::sample
