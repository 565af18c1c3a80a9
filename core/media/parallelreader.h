// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/progress.h"
#include "base/result.h"
#include "media/framesource.h"
#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace telltale {

/// Which pictures, how they are wanted, and what that may cost.
struct ParallelOptions {
    FrameSpan frames; ///< cut to the video; empty: all
    PictureView view; ///< cut and scaled in the workers
    int workers = 0; ///< 0: one for each core
    /// Finished pictures that wait. To keep all workers busy in order there must be room for a group of
    /// pictures for each of them but one.
    int64_t queueBytes = int64_t{512} << 20;
    bool inOrder = true; ///< false: as they are finished, for work that does not mind
    int stream = -1; ///< which of several video streams
    std::filesystem::path cacheFolder; ///< of saved indexes, as in OpenOptions
};

/// Reads a range of pictures faster than one thread can: workers decode different groups of pictures, from
/// key picture to key picture, each once. The pictures are those of FrameSource, byte for byte. One worker
/// decodes a range of one group, a video whose pictures must be counted, and one without clean key pictures
/// (gradual refresh). For extraction.
class ParallelReader {
public:
    virtual ~ParallelReader() = default;
    /// As openVideo(); workers start at once.
    static Result<std::unique_ptr<ParallelReader>> open(
        const std::filesystem::path& file, const ParallelOptions& options, ProgressSink* progress = nullptr);

    virtual const VideoInfo& info() const = 0;
    virtual const FrameTimes& times() const = 0;
    virtual FrameSpan frames() const = 0; ///< that are read
    virtual int workers() const = 0; ///< threads that decode
    /// The next picture, waiting for it; nothing after the last. BadFormat: this one is damaged, ask for the
    /// next. Any other error ends the reading. One thread at a time.
    virtual Result<std::optional<VideoFrame>> next() = 0;
    /// From any thread: next() returns Cancelled within a picture's time.
    virtual void cancel() = 0;
};

/// A picture as it was coded: no rotation, no colour conversion. Valid during the call that gets it.
struct NativePicture {
    int64_t index = -1;
    MediaTime time{};
    int width = 0;
    int height = 0;
    const char* pixelFormat = ""; ///< as FFmpeg names it: "yuv420p"
    std::array<const uint8_t*, 4> planes{};
    std::array<int, 4> strides{}; ///< bytes from row to row
};

/// Gives every picture of the range to `take`, from several threads at once, in no order but each exactly
/// once; `options.view` is not used. Damaged pictures are left out and counted in the result. Ends with the
/// first error of `take`. Cancelled.
Result<int64_t> takeNativePictures(const std::filesystem::path& file, const ParallelOptions& options,
    const std::function<Status(const NativePicture&)>& take, ProgressSink* progress = nullptr);

/// The digests of the range in order, as FrameSource::digest() gives them. The first damaged picture is an
/// error.
Result<std::vector<FrameDigest>> digestPictures(
    const std::filesystem::path& file, const ParallelOptions& options, ProgressSink* progress = nullptr);

} // namespace telltale
