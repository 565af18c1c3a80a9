// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/spans/suppression.h"
#include <cstdint>
#include <vector>

namespace telltale {

/// Where the positions of a feature grid lie in time: position g is at (g * step + offset) / rate.
struct GridTime {
    double step = 1; ///< frames from one position to the next
    double offset = 0; ///< frames
    double rate = 1; ///< frames in a unit of time; 1: time is counted in frames
    double duration = 0; ///< of the video, in units of time
};

/// Segments of a window that begins at frame `windowStart`, from positions of its grid to time, held inside
/// [0, duration].
std::vector<Segment> inTime(std::vector<Segment> segments, const GridTime& time, double windowStart = 0);

/// Segments of all windows of a video, in time, to those of the video.
std::vector<Segment> mergedWindows(
    const std::vector<std::vector<Segment>>& windows, const SuppressionOptions& options);

/// The same as OpenTAD has it: times are rounded to two decimals and scores to four, before and after, and
/// classes count in the order in which they appear. For parity alone.
std::vector<Segment> mergedWindowsRounded(
    const std::vector<std::vector<Segment>>& windows, const SuppressionOptions& options);
/// Times of two decimals, scores of four, as Python rounds.
std::vector<Segment> rounded(std::vector<Segment> segments);

} // namespace telltale
