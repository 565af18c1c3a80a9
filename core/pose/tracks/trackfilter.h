// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "base/timebase.h"
#include "pose/posetrack.h"
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace telltale {

/// A track after a filter and which of its points the filter made up: 1 for each of rows * persons *
/// pointCount, in their order. Made-up points have a lowered score, so that they never pass for seen ones.
struct FilteredTrack {
    PoseTrack track;
    std::vector<uint8_t> filled;
    int64_t filledPoints = 0;
};

struct GapFilling {
    double longestGap = 0.4; ///< seconds between the two seen places. Ours.
    double scoreShare = 0.5; ///< of the lesser of the two scores. Ours.
};

/// Missing points between two seen ones go on the straight line between them, at even speed in real time.
/// Gaps at the start and the end of the track stay. InvalidArgument: options that are none, frames that the
/// video does not have.
Result<FilteredTrack> fillGaps(const PoseTrack& track, const GapFilling& options, const FrameTimes& times);

enum class SmoothingMethod {
    /// Casiez, Roussel and Vogel 2012: "1 Euro filter", an exponential filter whose cutoff grows with speed.
    /// Looks only back.
    OneEuro,
    /// Median of each coordinate over the seen points of the window around the row: takes out single errors.
    Median,
    /// Kalman filter with constant velocity forward and Rauch, Tung and Striebel 1965 backward: the best
    /// straight motion through all measurements, of which those with a low score count less; predicts gaps.
    Rts,
};
/// "one-euro", "median", "rts"
std::string_view nameOf(SmoothingMethod method);
Result<SmoothingMethod> smoothingMethodOf(std::string_view name);

/// Defaults: ours, for a person about 700 pixels tall; all pixels scale with the person.
struct Smoothing {
    SmoothingMethod method = SmoothingMethod::OneEuro;
    double minCutoff = 1.5; ///< one-euro: Hz at rest
    double beta = 0.02; ///< one-euro: Hz more per pixel a second
    double derivativeCutoff = 1.0; ///< one-euro: Hz
    int window = 5; ///< median: rows, odd
    double measurementNoise = 2.0; ///< rts: standard deviation in pixels of a point of score 1
    double accelerationDensity = 1e5; ///< rts: of white acceleration, in square pixels per cubic second
    double startSpeed = 500; ///< rts: standard deviation of the first velocity, pixels per second
    double longestGap = 0.4; ///< one-euro and rts: seconds after which a point begins anew
    double scoreShare = 0.5; ///< rts: score of predicted points, of the lesser score beside the gap
};

/// Each coordinate of each point for itself, in real time. Missing points stay missing except in gaps that
/// the RTS smoother predicts; scores of seen points stay. InvalidArgument as fillGaps().
Result<FilteredTrack> smoothTrack(const PoseTrack& track, const Smoothing& options, const FrameTimes& times);

/// A track file with the marks in an array of their own, `filled` u1 [T, P, V], beside those that readTrack()
/// reads. As writeTrack() of the track alone.
Status writeTrack(const std::filesystem::path& file, const FilteredTrack& filtered);
/// The marks of a track file; empty if it has none. NotFound, Io; BadFormat if they are not one for each
/// point.
Result<std::vector<uint8_t>> readFilledMarks(const std::filesystem::path& file);

} // namespace telltale
