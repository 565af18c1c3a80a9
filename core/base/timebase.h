// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/packedcolumn.h"
#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

namespace telltale {

using MediaTime = std::chrono::microseconds;

/// When each picture of a video is shown, in presentation order. Made from the container's time stamps, so a
/// variable frame rate is handled like a constant one; nothing here computes index / fps.
/// A value type whose copies share their memory; const use is safe from any thread.
class FrameTimes {
public:
    FrameTimes() = default;
    /// `starts`: start of each frame, ascending; `end`: end of the last frame.
    FrameTimes(const std::vector<MediaTime>& starts, MediaTime end);
    /// The same with `starts` in microseconds.
    FrameTimes(PackedColumn starts, MediaTime end);
    /// Nominal times for a video that is not there: frame i starts at i / fps.
    static FrameTimes nominal(int64_t frames, double fps);

    int64_t frameCount() const { return m_starts ? m_starts->size() : 0; }
    /// Start of `frame`; for frame >= frameCount() the end of the video (so it serves exclusive ends too).
    MediaTime timeOf(int64_t frame) const;
    /// The frame on screen at `time`: the last one that starts at or before it, clamped into the video.
    int64_t frameAt(MediaTime time) const;
    /// The frame whose start is nearest to `time`; frameCount() if the end is nearer.
    int64_t nearestBoundary(MediaTime time) const;
    /// The boundary that a time of another program means: the frame on screen half a millisecond later, so
    /// that whole milliseconds and single precision find the frame that they came from (frames shorter than
    /// 2 ms: a quarter of the frame instead). frameCount() from the end on.
    int64_t boundaryAt(MediaTime time) const;
    /// Frames of a time span in seconds, each end by boundaryAt().
    FrameSpan spanOf(double startSeconds, double endSeconds) const;
    double seconds(int64_t frame) const { return std::chrono::duration<double>(timeOf(frame)).count(); }
    MediaTime duration() const { return m_end; }
    /// Mean frames per second over the whole video; 0 if empty.
    double meanFps() const;
    /// What the times occupy in memory, however many copies there are.
    int64_t bytes() const { return m_starts ? m_starts->bytes() : 0; }

private:
    std::shared_ptr<const PackedColumn> m_starts; ///< microseconds; null if there are none
    MediaTime m_end{};
};

} // namespace telltale
