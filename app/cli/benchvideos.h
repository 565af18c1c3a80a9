// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <filesystem>

namespace telltale {

/// The videos that are measured. All are H.264 in MP4 at 28 pictures a second, key picture every 250
/// pictures, three B-pictures between two others.
enum class BenchVideo {
    TenMinutes, ///< 1280 x 720, 17,500 pictures
    Light, ///< 640 x 360, 2,000 pictures
    Heavy, ///< the same pictures, filled up to twenty times the bytes and more
    ShortTiny, ///< 64 x 64, 17,500 pictures
    TenHoursTiny, ///< 64 x 64, 1,008,000 pictures
};

/// Makes the video in `folder` by the program ffmpeg unless it is there already. NotFound where there is no
/// ffmpeg, Io.
Result<std::filesystem::path> benchVideo(const std::filesystem::path& folder, BenchVideo video);
int64_t benchVideoFrames(BenchVideo video);

} // namespace telltale
