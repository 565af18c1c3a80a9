// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "media/camera.h"
#include <memory>

namespace telltale {

struct LiveStreamOptions {
    double waitSeconds = 5; ///< that a file may stay as it is before it counts as finished
    CameraOptions camera;
};

/// Pictures that come as time goes by: of a file that may still be written, or of a camera. One thread.
class LiveStream {
public:
    /// Waits for a file that cannot be read yet as long as it grows. NotFound, BadFormat, Io, Unsupported;
    /// Cancelled.
    static Result<std::unique_ptr<LiveStream>> open(
        const std::string& source, const LiveStreamOptions& options, ProgressSink& progress);
    virtual ~LiveStream() = default;

    enum class State { Picture, Waiting, Ended };
    /// The next picture, or word that there is none for now. Waits a tenth of a second at most.
    virtual Result<State> next(VideoFrame& frame) = 0;

    virtual bool isCamera() const = 0;
    virtual const VideoInfo& info() const = 0;
    virtual void setView(const PictureView& view) = 0;
    virtual int64_t lost() const = 0; ///< pictures of a camera that came too fast
    virtual int64_t damaged() const = 0; ///< coded pictures of a file that could not be decoded
};

} // namespace telltale
