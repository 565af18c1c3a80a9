// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "base/timebase.h"
#include "pose/layout.h"
#include "pose/posetrack.h"
#include <array>
#include <vector>

namespace telltale {

inline constexpr int kBodyParts = 8;

/// How far each body part of each person can be trusted in each row, from 0 to 1. The product of
///   presence  share of the part's points that are seen, of those that this person ever shows;
///   score     mean score of the seen ones (over 1 counts as 1);
///   bones     mean over the part's bones with both ends seen of exp(-ln(l / m)^2 / 2 s^2), l the length, m
///   the
///             person's median length of that bone, s = 0.35 (ours): 1 if no bone can be measured;
///   motion    mean over the seen points of min(1, v0 / v), v the slower of the speeds from the row before
///   and
///             to the row after (where those are within 0.2 s and seen), v0 = 8 times the person's median box
///             diagonal per second (ours): a point that jumps away and back is doubted, one that moves is
///             not.
/// A bone belongs to the part of its child point. A part without points in the layout, or that the person
/// never shows, has 0.
struct TrackQuality {
    int persons = 0;
    std::vector<float> values; ///< [rows, persons, 8], parts in the order of BodyPart

    float at(int64_t row, int person, BodyPart part) const
    {
        return values[static_cast<size_t>((row * persons + person) * kBodyParts + static_cast<int>(part))];
    }
};

/// `times` of the video; frames behind its end count as shown 1/25 s after each other. NotFound for an
/// unknown layout, BadFormat if the track has not its number of points.
Result<TrackQuality> qualityOf(const PoseTrack& track, const FrameTimes& times);

/// Of one person over all rows: share of rows in which a point of the part is seen, and the mean quality
/// there.
struct PartSummary {
    double seen = 0;
    double quality = 0;
};
std::array<PartSummary, kBodyParts> summaryOf(const TrackQuality& quality, int person);

} // namespace telltale
