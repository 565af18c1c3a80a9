// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <filesystem>
#include <string>

namespace telltale::sample {

/// A video with sound, made by the program `ffmpeg`.
struct Sounding {
    std::string name; ///< of the file; its ending chooses the container
    std::string sound; ///< value of the sample at `t` seconds or number `n`, as ffmpeg's aevalsrc takes it
    std::string encode; ///< ffmpeg's options for pictures and sound
    int rate = 48000;
    double seconds = 6;
    std::string inputOptions; ///< before the sound, such as "-itsoffset 0.5"
};

/// Silence but for the first tenth of every second, which holds a tone at half of full scale.
extern const char* const kBeeps;
/// Sample n of a 16-bit track has the value n % 20000.
extern const char* const kCounting;

/// Pictures of 160 x 96, 25 a second, all different. Empty if ffmpeg failed (its words are on stderr).
std::filesystem::path makeSounding(const Sounding& video);

} // namespace telltale::sample
