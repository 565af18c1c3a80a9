// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/progress.h"
#include "base/result.h"
#include "media/framesource.h"
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace telltale {

/// How near a small picture must be to the one that was asked for.
enum class ThumbnailChoice {
    KeyPicture, ///< the key picture nearest to it: one decoded picture each, so fast in any video
    KeyPictureInside, ///< in a strip: a key picture if there is one in the same part, else this very picture
    Exact, ///< this very picture; from the proxy if there is one
};

/// A small picture for timelines and lists.
struct Thumbnail {
    int64_t wanted = 0; ///< index that was asked for
    VideoFrame frame; ///< frame.index is the picture that is shown, frame.exact whether it is `wanted`
};

/// Small pictures of one video: made when they are asked for first, then kept in `cacheFolder`/thumbnails by
/// the file's fingerprint (empty folder: not kept). Turned as displayed and with square pixels; as high as
/// asked for, the width follows. An instance belongs to one thread at a time; everything blocks.
class Thumbnails {
public:
    virtual ~Thumbnails() = default;
    /// The video itself is opened with the first call of at() or strip(). `height` in pixels, 16 to 1080.
    static Result<std::unique_ptr<Thumbnails>> open(const std::filesystem::path& video,
        const std::filesystem::path& cacheFolder, int height, int stream = -1);

    /// `index` is clamped into the video.
    virtual Result<Thumbnail> at(int64_t index, ThumbnailChoice choice) = 0;
    /// `count` pictures at the middles of `count` equal parts of `range`, in order; `made` is called after
    /// each one, on this thread, so that a strip fills while it is made. Empty range: the whole video.
    /// Damaged pictures are replaced by the one before. Cancelled.
    virtual Result<std::vector<Thumbnail>> strip(const FrameSpan& range, int count, ThumbnailChoice choice,
        ProgressSink* progress = nullptr, const std::function<void(const Thumbnail&)>& made = {})
        = 0;
};

/// The thumbnails of a strip side by side in one picture, each as large as the first one.
Picture sideBySide(const std::vector<Thumbnail>& strip);

} // namespace telltale
