// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "media/framesource.h"
#include <functional>
#include <memory>

namespace telltale {

/// Owns the frame thread of one open video. The newest request wins: a request that was overtaken is never
/// delivered. All functions are non-blocking and may be called from any one thread (usually the GUI's);
/// callbacks run on the frame thread, so a GUI posts them on to itself.
class FrameServer {
public:
    struct Callbacks {
        std::function<void(std::shared_ptr<const VideoInfo>, std::shared_ptr<const FrameTimes>)> opened;
        std::function<void(std::shared_ptr<const VideoFrame>)> frame;
        std::function<void(Error)> failed;
    };
    /// Starts opening `file` at once. `cacheBytes` bounds the decoded pictures that are kept.
    FrameServer(std::filesystem::path file, Callbacks callbacks, int64_t cacheBytes = int64_t{256} << 20);
    /// Stops and joins the thread; no callback runs afterwards.
    ~FrameServer();
    FrameServer(const FrameServer&) = delete;
    FrameServer& operator=(const FrameServer&) = delete;

    /// Asks for the picture of `index`, clamped into the video. May be called before `opened`.
    void request(int64_t index);
    /// From now on pictures come cut and scaled like this; the one that was delivered last comes again.
    void setView(const PictureView& view);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace telltale
