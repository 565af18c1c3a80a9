// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/random.h"
#include "learn/untrimmed/untrimmedset.h"
#include <vector>

namespace telltale {

/// The regular grid that a detector sees an untrimmed video on: row r stands for the frames [r * step,
/// (r + 1) * step), its middle lies at r.
struct TimeGrid {
    int step = 4; ///< frames of a row
    int rows = 256; ///< of a window
    double overlap = 0.5; ///< of windows when detecting, share of their length
    double truncation
        = 0.75; ///< training: share of a gesture that must lie in the window, else it is left out
    bool operator==(const TimeGrid&) const = default;

    int64_t frames() const { return int64_t{step} * rows; }
    /// Place on the grid of a frame's beginning, counted from frame `first`, and back.
    double toRow(double frame, double first) const { return (frame - first) / step - 0.5; }
    double toFrame(double row, double first) const { return (row + 0.5) * step + first; }
};

/// A gesture on the grid of a window; may reach over its ends by half a row.
struct GridTruth {
    double start = 0;
    double end = 0;
    int label = 0;
};

/// A piece of a video that is seen at once.
struct GridWindow {
    size_t video = 0;
    int64_t first = 0; ///< frame; the window may reach over the video's end, where rows do not count
    double speed = 1; ///< frames of the video per frame of the window: above 1 gestures look faster
    uint64_t seed = 0; ///< of what is random in it
};

/// Gestures of the video inside the window, cut at its ends; those that lie in it by less than
/// `grid.truncation` are left out.
std::vector<GridTruth> truthIn(const UntrimmedVideo& video, const GridWindow& window, const TimeGrid& grid);
/// Rows of the window that lie in the video.
int64_t rowsIn(const UntrimmedVideo& video, const GridWindow& window, const TimeGrid& grid);
/// Of each row whether somebody has looked there, so that no gesture means none; gestures always count. Empty
/// where all rows do.
std::vector<char> countedRows(const UntrimmedVideo& video, const GridWindow& window, const TimeGrid& grid);

/// The windows of one training epoch: of each video as many as cover it once, at random places, in random
/// order. Depends on the arguments alone.
std::vector<GridWindow> epochWindows(const std::vector<UntrimmedVideo>& videos,
    const std::vector<size_t>& which, const TimeGrid& grid, Random random);

/// Windows that see every frame of the video, one after the other.
std::vector<GridWindow> detectionWindows(size_t video, int64_t frames, const TimeGrid& grid);

} // namespace telltale
