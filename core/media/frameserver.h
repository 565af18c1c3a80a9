// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "media/framesource.h"
#include <functional>
#include <memory>

namespace telltale {

/// Owns the frame thread of one open video. The newest request wins: it interrupts what is being decoded, and
/// a request that was overtaken is never delivered. All functions are non-blocking and may be called from any
/// one thread (usually the GUI's); callbacks run on the frame thread, so a GUI posts them on to itself.
class FrameServer {
public:
    struct Callbacks {
        /// Comes before any picture but a first stand-in. Comes again when more of the video is known: while
        /// a long file is being indexed, and when it grows on disk. Pictures keep their numbers, except where
        /// a damaged file had to be counted anew.
        std::function<void(std::shared_ptr<const VideoInfo>, std::shared_ptr<const FrameTimes>)> opened;
        /// At most one stand-in (`pending`) and then one last picture for each request: `exact`, or the
        /// nearest good one where the video is damaged.
        std::function<void(std::shared_ptr<const VideoFrame>)> frame;
        std::function<void(Error)> failed;
    };
    static constexpr int64_t kCacheBytes = int64_t{384} << 20;

    /// Starts opening `file` at once; a file that cannot be opened yet is tried again when it changes.
    /// `cacheBytes` bounds the decoded pictures that are kept.
    FrameServer(std::filesystem::path file, Callbacks callbacks, int64_t cacheBytes = kCacheBytes);
    /// `options.cacheBytes` bounds the decoded pictures that are kept.
    FrameServer(std::filesystem::path file, Callbacks callbacks, const OpenOptions& options);
    /// Stops and joins the thread; no callback runs afterwards.
    ~FrameServer();
    FrameServer(const FrameServer&) = delete;
    FrameServer& operator=(const FrameServer&) = delete;

    /// Asks for the picture of `index`, clamped into the video. May be called before `opened`.
    void request(int64_t index);
    /// From now on pictures come cut and scaled like this; the one that was delivered last comes again.
    void setView(const PictureView& view);
    /// Pictures that are likely to be asked for soon, likeliest first: where the next spans of a review
    /// begin.
    void setHints(std::vector<int64_t> indices);
    /// A video with the same pictures that is quick to jump in; its pictures stand in until the exact ones
    /// come. Ignored while it has another number of pictures or cannot be opened. Empty: none.
    void setProxy(std::filesystem::path file);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace telltale
