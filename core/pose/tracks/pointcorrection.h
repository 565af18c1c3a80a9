// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/result.h"
#include "base/timebase.h"
#include "pose/posetrack.h"
#include <span>
#include <vector>

namespace telltale {

/// Score of a point that a person placed. Ours.
inline constexpr float kPlacedScore = 1.0F;
/// Score of a point on the way between two placed ones: a person's word, but not for this frame. Ours.
inline constexpr float kBetweenScore = 0.9F;

/// One point of one person in one frame as a person wants it.
struct PointCorrection {
    int64_t frame = 0;
    int person = 0;
    int point = 0; ///< index in the layout of the track
    float x = 0; ///< pixels of the displayed picture
    float y = 0;
    float score = kPlacedScore; ///< 0: the point is not there, and then x = y = 0

    bool operator==(const PointCorrection&) const = default;
};

/// The track with the corrections in it; of two of the same point the later counts. A frame that the track
/// has no row for gets one, in which all else is missing. InvalidArgument: person or point that is not there,
/// a number that is none. Without corrections the result shares the points of `track`.
Result<PoseTrack> applyCorrections(const PoseTrack& track, std::span<const PointCorrection> corrections);

/// Corrections that give `points` (all if empty) of `person` in `frame` the place they have in the row before
/// it; missing ones stay missing there too. Empty if there is no row before.
std::vector<PointCorrection> copyOfPreviousFrame(
    const PoseTrack& track, int person, int64_t frame, std::span<const int> points = {});

/// Corrections for all rows between the frames `from` and `to` that put `points` (all if empty) on the
/// straight line between the two, at even speed in real time (`times` of the video; empty: in frames). A
/// point that is missing at one end is left out. Nothing if one of the two has no row or there is none
/// between them.
std::vector<PointCorrection> interpolateBetween(const PoseTrack& track, int person, int64_t from, int64_t to,
    const FrameTimes& times, std::span<const int> points = {});

/// Between each two neighbours of `corrections` (one person's, of one point each, only those that were
/// placed: score kPlacedScore) within `frames`: the same line. What was on the way before is replaced by it.
std::vector<PointCorrection> interpolateCorrected(const PoseTrack& track,
    std::span<const PointCorrection> corrections, int person, const FrameSpan& frames,
    const FrameTimes& times);

} // namespace telltale
