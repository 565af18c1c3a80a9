// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "media/framesource.h"
#include <memory>
#include <optional>

namespace telltale {

struct FeedOptions {
    int64_t first = 0; ///< picture to begin with
    int64_t stride = 1;
    PictureView view;
};

/// Every n-th picture of a video in order: read through by several threads, or by jumps where these are wider
/// than the distance of key pictures. One thread at a time, but for cancel().
class PictureFeed {
public:
    virtual ~PictureFeed() = default;
    /// As openVideo(). `info` is of the same video.
    static Result<std::unique_ptr<PictureFeed>> open(
        const VideoInfo& info, const FeedOptions& options, ProgressSink& progress);

    virtual int64_t frameCount() const = 0;
    /// The next picture; nothing after the last. BadFormat: this one is damaged, ask for the next.
    virtual Result<std::optional<VideoFrame>> next() = 0;
    /// From any thread: next() returns Cancelled soon.
    virtual void cancel() = 0;
};

} // namespace telltale
