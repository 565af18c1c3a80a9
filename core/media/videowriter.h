// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace telltale {

struct VideoWriterOptions {
    int width = 0; ///< even
    int height = 0; ///< even
    int fpsNum = 28;
    int fpsDen = 1;
    int crf = 23;
    int gop = 250;
    std::string preset = "veryfast";
    int threads = 1;
};

/// Encodes H.264 (libx264, yuv420p, bt601 limited) into the container that the file name asks for (.mp4,
/// .mkv, .avi). Written under a temporary name, renamed by finish(). Belongs to one thread at a time. The
/// same frames and options give the same bytes.
class VideoWriter {
public:
    virtual ~VideoWriter() = default;
    /// One picture of width x height, bytes B, G, R, x, rows packed.
    virtual Status writeBgra(std::span<const uint8_t> pixels) = 0;
    virtual Status finish() = 0;
};

Result<std::unique_ptr<VideoWriter>> createVideo(
    const std::filesystem::path& file, const VideoWriterOptions& options);

} // namespace telltale
