// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/ndarray.h"
#include "base/timebase.h"
#include "pose/layout.h"
#include "pose/posetrack.h"
#include <cstdint>
#include <span>
#include <vector>

namespace telltale {

inline constexpr int kBodyParts = 8; ///< values of BodyPart

struct MotionOptions {
    /// Rows whose median a coordinate is: takes what single frames jump, keeps steady motion as it is. Ours.
    int medianRows = 5;
    /// Seconds between two sightings of a point that its speed is still taken over; a longer gap has none.
    /// Ours.
    double longestGap = 0.3;
};

/// How fast each part of the body moves at each row of a track.
struct PartMotion {
    NdArray speed; ///< [rows, 8], body units (shoulder widths) per second, parts in BodyPart order; 0 where
                   ///< unknown
    NdArray trust; ///< [rows, 8], mean score of the sightings behind it in [0, 1]; 0: nothing is known
};

/// Speeds of the points between the sightings around each row, weighted with their scores, over the part's
/// points. Time is that of the video, so changing frame rates and left-out frames do not matter. A person who
/// is not there, another layout or a track without rows give zeros. Pure; any thread.
PartMotion partMotion(
    const PoseTrack& track68, int person, const FrameTimes& times, const MotionOptions& options = {});

/// A part of the body begins or ceases to move.
struct MotionOnset {
    int64_t frame = 0; ///< the first that moves, or the first that rests again
    BodyPart part = BodyPart::Head;
    bool starts = true;
    float strength = 0; ///< greatest speed of the movement, body units per second
    bool operator==(const MotionOnset&) const = default;
};

/// A movement has to rise above one speed and lasts while it stays above the other; each is also a multiple
/// of the part's median speed, which is the tracker's unrest as people mostly sit still. All ours.
struct OnsetOptions {
    double rise = 0.5; ///< body units per second
    double rest = 0.2;
    double riseOfMedian = 4;
    double restOfMedian = 2;
    double leastMove = 0.1; ///< seconds; shorter movements are jitter
    double leastRest = 0.12; ///< seconds; a shorter rest does not end a movement
};

/// By frame, then by part. `frames`: frame of each row of `speed`, ascending, as in the track it was made of.
/// A movement that is under way where the track begins or ends has no onset there. Another shape gives
/// nothing.
std::vector<MotionOnset> motionOnsets(const NdArray& speed, std::span<const int64_t> frames,
    const FrameTimes& times, const OnsetOptions& options = {});

/// The onsets of `person` in `frames`, judged by what the person does in the seconds around them: quick
/// enough for a click whatever the length of the track.
std::vector<MotionOnset> onsetsIn(
    const PoseTrack& track68, int person, const FrameTimes& times, const FrameSpan& frames);

/// The span with its first frame at the nearest start and its last at the nearest end of a movement, each at
/// most `reach` frames away and the stronger of two as near; unchanged where there is none, or where nothing
/// would be left.
FrameSpan snapToMotion(const FrameSpan& span, std::span<const MotionOnset> onsets, int64_t reach);

} // namespace telltale
