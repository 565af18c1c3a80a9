// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include <algorithm>
#include <cmath>
#include <cstdint>

namespace telltale {

/// Frames to pixels and back for the part of a video that is in view. Boundary f (the start of frame f) lies
/// at xOf(f). The view never leaves [0, frameCount] and never shows more than the whole video. A value type
/// without any Qt in it.
class TimelineMapping {
public:
    int64_t frameCount() const { return m_frames; }
    double left() const { return m_left; }
    double width() const { return m_width; }
    double right() const { return m_left + m_width; }
    double pixelsPerFrame() const { return m_scale; }

    double xOf(double frame) const { return m_left + (frame - m_first) * m_scale; }
    /// Position in frames, not clamped: 3.5 is the middle of frame 3.
    double positionAt(double x) const { return m_first + (x - m_left) / m_scale; }
    /// The frame drawn at `x`, clamped into the video.
    int64_t frameAt(double x) const
    {
        const auto frame = static_cast<int64_t>(std::floor(positionAt(x)));
        return std::clamp<int64_t>(frame, 0, std::max<int64_t>(0, m_frames - 1));
    }
    /// The frame boundary nearest to `x`, in [0, frameCount].
    int64_t boundaryAt(double x) const
    {
        return std::clamp<int64_t>(std::llround(positionAt(x)), 0, m_frames);
    }
    /// Frames that are at least partly in view.
    FrameSpan visible() const
    {
        // A hair less than the exact ends: rounding must not add a frame that has no width on screen.
        const auto first = static_cast<int64_t>(std::floor(m_first + 1e-6));
        const auto last = static_cast<int64_t>(std::ceil(m_first + m_width / m_scale - 1e-6));
        return clampSpan({first, last}, m_frames);
    }
    bool showsAll() const { return m_scale <= smallestScale() * (1 + 1e-9); }

    /// A new video: everything in view.
    void setFrameCount(int64_t frames)
    {
        m_frames = std::max<int64_t>(0, frames);
        fitAll();
    }
    /// The area changed: a view of the whole video stays one, any other keeps its first frame and scale.
    void setArea(double left, double width, double largestScale)
    {
        const bool all = showsAll();
        m_left = left;
        m_width = std::max(1.0, width);
        m_largestScale = std::max(1.0, largestScale);
        if (all)
            fitAll();
        else
            clampView();
    }
    void fitAll()
    {
        m_first = 0;
        m_scale = smallestScale();
    }
    /// `span` in the middle with a tenth of its length on either side.
    void fit(const FrameSpan& span)
    {
        const double length = static_cast<double>(std::max<int64_t>(1, span.length()));
        m_scale = m_width / (length * 1.2);
        clampScale();
        const double middle = static_cast<double>(span.first) + length / 2;
        m_first = middle - m_width / m_scale / 2;
        clampView();
    }
    /// What is under `x` stays there, unless an end of the video comes into view.
    void zoomAbout(double x, double factor)
    {
        const double anchor = positionAt(x);
        m_scale *= factor;
        clampScale();
        m_first = anchor - (x - m_left) / m_scale;
        clampView();
    }
    /// Positive: later frames come into view.
    void pan(double pixels)
    {
        m_first += pixels / m_scale;
        clampView();
    }
    /// Moves the view, not the scale, so that `frame` lies at the share `where` of the width.
    void showAt(int64_t frame, double where)
    {
        m_first = static_cast<double>(frame) - where * m_width / m_scale;
        clampView();
    }

    /// Moves the view, not the scale, so that it begins at `frame`.
    void showFrom(double frame)
    {
        m_first = frame;
        clampView();
    }

private:
    double smallestScale() const { return m_frames > 0 ? m_width / static_cast<double>(m_frames) : 1.0; }
    void clampScale()
    {
        const double smallest = smallestScale();
        m_scale = std::clamp(m_scale, smallest, std::max(smallest, m_largestScale));
    }
    void clampView()
    {
        clampScale();
        const double most = static_cast<double>(m_frames) - m_width / m_scale;
        m_first = std::clamp(m_first, 0.0, std::max(0.0, most));
    }

    double m_left = 0;
    double m_width = 1;
    double m_largestScale = 64; ///< pixels per frame
    int64_t m_frames = 0;
    double m_first = 0; ///< position at the left edge, in frames
    double m_scale = 1; ///< pixels per frame
};

} // namespace telltale
