// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <filesystem>
#include <ostream>
#include <span>
#include <string>
#include <vector>

namespace telltale::sample {

/// One video of the corpus, made by the program `ffmpeg` when a test asks for it.
struct CorpusVideo {
    const char* name; ///< of the file; its ending chooses the container
    const char* encode; ///< ffmpeg's options between the source and the file
    const char* cut = nullptr; ///< the stream is copied from here on into the final file
    const char* timing = ""; ///< filter that changes the time stamps or drops pictures
};
inline void PrintTo(const CorpusVideo& video, std::ostream* out) { *out << video.name; }

/// Constant and variable rate, B-frames, open groups of pictures, edit lists, gradual refresh, missing time
/// stamps, fragments, missing seek tables; every codec and container that the engine promises.
std::span<const CorpusVideo> corpus();

/// Whether there is a program `ffmpeg` to make and to judge the corpus.
bool hasFfmpeg();

/// Makes the video of about `seconds` seconds at 160 x 96 and 28 pictures a second into scratch(). Empty if
/// ffmpeg failed (its words are on stderr).
std::filesystem::path makeCorpusVideo(const CorpusVideo& video, int seconds);

/// What sequential decoding with one thread by the program `ffmpeg` delivers.
struct LinearDecode {
    std::vector<std::string> md5; ///< of the planes, per picture
    std::vector<int64_t> pts; ///< in the stream's time base
};
LinearDecode linearDecode(const std::filesystem::path& file);

} // namespace telltale::sample
