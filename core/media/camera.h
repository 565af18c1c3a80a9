// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "media/framesource.h"
#include <memory>
#include <optional>
#include <string>

namespace telltale {

struct CameraOptions {
    int width = 0; ///< wanted of the device; 0: as it likes
    int height = 0;
    double rate = 0; ///< pictures a second wanted of the device; 0: as it likes
};

/// Pictures of an input device of FFmpeg. Their numbers are times: number n stands for the time n / rate
/// behind the first picture, so that pictures that were lost leave a gap and everything after it stays in
/// time.
class Camera {
public:
    /// "/dev/video0" (Video4Linux) or "lavfi:GRAPH", a source of libavfilter: "lavfi:testsrc=duration=5".
    /// A device delivers at its own pace: pictures that come while nobody asks for one are lost but for the
    /// newest, and counted. A graph waits, so nothing of it is lost. NotFound, Io with what to do,
    /// Unsupported.
    static Result<std::unique_ptr<Camera>> open(
        const std::string& name, const CameraOptions& options, ProgressSink& progress);
    virtual ~Camera() = default;

    /// Of the pictures as displayed: width, height, meanFps, decoder.
    virtual const VideoInfo& info() const = 0;
    virtual void setView(const PictureView& view) = 0;
    /// The newest picture that was not given before, waiting for it up to `patience`; nothing if none came or
    /// there are no more. Io where the device fails. Cancelled by the `progress` of open(). One thread.
    virtual Result<std::optional<VideoFrame>> next(std::chrono::milliseconds patience) = 0;
    virtual bool atEnd() const = 0;
    virtual int64_t lost() const = 0; ///< pictures that came too fast
};

/// Whether a name is a device's and not a file's.
bool isCameraName(const std::string& name);

} // namespace telltale
