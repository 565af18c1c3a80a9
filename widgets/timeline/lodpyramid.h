// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include <cstdint>
#include <span>
#include <vector>

namespace telltale {

/// A span and how strongly it wants to be seen where there is no room for all: of several in one place the
/// largest mark is seen. 0 is no span.
struct MarkedSpan {
    FrameSpan span;
    uint32_t mark = 0;
};

/// What a row of any number of spans looks like from afar: the largest mark and the covered frames of bins
/// that double in length from level to level, so that a column of pixels costs a few bins at any zoom. Spans
/// fill the bins that they touch. A value type without any Qt in it.
class LodPyramid {
public:
    /// Bins over [0, frames); what lies outside is left out. O(spans + bins).
    void build(int64_t frames, const std::vector<MarkedSpan>& spans);
    /// Makes the bins that `range` touches anew from `touching`, all the spans that touch one of these bins
    /// (see widened()); others may be among them. O(spans + bins touched + levels).
    void update(const FrameSpan& range, std::span<const MarkedSpan> touching);
    /// `range` to whole bins, within the frames.
    FrameSpan widened(const FrameSpan& range) const;

    bool empty() const { return m_levels.empty(); }
    int64_t binFrames() const { return m_bin; }
    /// Columns of this many frames are at least two bins wide: nothing is seen more than half a column off.
    bool resolves(double framesPerColumn) const
    {
        return !m_levels.empty() && framesPerColumn >= 2.0 * static_cast<double>(m_bin);
    }

    /// The bins of each column: column i begins at `position` (in frames) + i * `framesPerColumn`. The same
    /// for all pyramids over as many frames.
    struct Plan {
        struct Bins {
            uint32_t first;
            uint32_t last;
        };
        size_t level = 0;
        std::vector<Bins> bins;
    };
    Plan plan(double position, double framesPerColumn, size_t columns) const;
    /// Raises each of `marks` to the largest mark in its column. Only where resolves().
    void columns(const Plan& plan, std::span<uint32_t> marks) const;
    /// Adds to each of `shares` how much of its column is covered; spans that lie over each other count each.
    void coverage(double position, double framesPerColumn, std::span<float> shares) const;

private:
    struct Level {
        std::vector<uint32_t> marks;
        std::vector<float> covered; ///< frames
    };
    struct Bins {
        size_t first;
        size_t last;
    };
    size_t levelFor(double framesPerColumn, double& binFrames) const;
    void paint(const MarkedSpan& marked, const Bins& within);
    /// Bins [first, last) of level 0 have changed: the levels above follow.
    void raise(Bins bins);

    int64_t m_frames = 0;
    int64_t m_bin = 1; ///< frames of a bin of level 0
    std::vector<Level> m_levels;
};

} // namespace telltale
