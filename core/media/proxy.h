// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "media/framesource.h"
#include <cstdint>
#include <filesystem>
#include <optional>

namespace telltale {

/// A small copy of a video in which every picture stands alone, so that any of them is on screen at once.
/// Picture i of the proxy is picture i of the video, shown at the same time, turned as it is displayed.
struct ProxyFile {
    std::filesystem::path file;
    int64_t frames = 0;
    int width = 0;
    int height = 0;
    int64_t bytes = 0;
    int64_t damaged = 0; ///< pictures that repeat the one before, because the video's is damaged
};

struct ProxyOptions {
    int height = 360; ///< of landscape pictures, width of portrait ones; never larger than the video's
    int workers = 0; ///< 0: one for each core
    int stream = -1; ///< which of several video streams
};

/// Whether jumping in this video takes so long that a proxy helps: far from one key picture to the next.
bool gainsByProxy(const VideoInfo& info);

/// The proxy of `video` in `cacheFolder`/proxy. None unless it was made from a file with the same fingerprint
/// and is whole. Opens the proxy's table of contents and reads 128 KiB of the video, decodes nothing.
std::optional<ProxyFile> findProxy(
    const std::filesystem::path& video, const std::filesystem::path& cacheFolder, int stream = -1);

/// Makes the proxy, unless there is one of this height, with all cores. It appears under its name only when
/// it is whole and its count of pictures and their times were compared with the video's. A core makes about
/// 300 pictures a second of a 720p video, which take 20 to 30 MB a minute. Io, BadFormat, Unsupported,
/// Cancelled (nothing is left behind).
Result<ProxyFile> makeProxy(const std::filesystem::path& video, const std::filesystem::path& cacheFolder,
    const ProxyOptions& options, ProgressSink* progress = nullptr);

} // namespace telltale
