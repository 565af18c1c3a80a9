// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "base/timebase.h"
#include "pose/posetrack.h"
#include <cstdint>
#include <vector>

namespace telltale {

/// The detector's view of a video: rows at a fixed rate by time stamps, so that 25, 30 and 60 frames a second
/// and variable rates look alike. Pure functions.

inline constexpr double kSequenceRate = 14; ///< rows a second
inline constexpr int kSequenceChannels = 56;

/// Rows that cover the video; at least 1 unless it has no frames.
int64_t sequenceRows(const FrameTimes& times);
/// First instant of row `row`; row == sequenceRows() gives the end of the last row.
MediaTime rowStart(const FrameTimes& times, int64_t row);
/// The frames that the half-open range of rows shows, clamped into the video.
FrameSpan framesOfRows(const FrameTimes& times, int64_t firstRow, int64_t lastRow);

/// The person's points per row, [rows, 68, 3] in pixels: mean of the frames near the row with triangular
/// weights, gaps up to 0.3 s bridged; missing points stay 0, 0, 0.
NdArray resampleTrack(const PoseTrack& track68, int person, const FrameTimes& times);

/// Detector input [kSequenceChannels, rows] in body units: positions relative to the neck, velocities, motion
/// energy by body part, hand shape and validity flags. Missing parts are 0 with flag 0.
NdArray sequenceFeatures(const NdArray& rowPoints);

/// Motion energy of the busiest body part per row, [0, 1] against the video's own strongest, for the
/// timeline.
std::vector<float> skeletonMotion(const NdArray& features);

/// 1 where the row shows a plausible upper body (shoulders, and a neck or head above their middle), else 0.
std::vector<float> bodyPresence(const NdArray& rowPoints);

/// 1 for every row whose middle lies in one of `spans`: the detector's target. All other rows are background,
/// so this is for videos that are labelled from end to end, as synthetic ones are: in a project, unreviewed
/// is never background.
std::vector<float> gestureRows(const std::vector<FrameSpan>& spans, const FrameTimes& times);

/// One value per frame from one value per row, linear between the middles of rows.
std::vector<float> rowsToFrames(const std::vector<float>& rows, const FrameTimes& times);

} // namespace telltale
