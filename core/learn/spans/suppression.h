// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/spans/segment.h"
#include <cstddef>
#include <cstdint>
#include <vector>

namespace telltale {

/// What happens to a segment that overlaps a better one.
enum class SuppressionMethod {
    Hard, ///< it goes if tIoU >= overlap
    SoftHard, ///< its score becomes 0 if tIoU >= overlap
    Linear, ///< score * (1 - tIoU) if tIoU >= overlap
    Gaussian, ///< score * exp(-tIoU^2 / sigma)
    ImprovedGaussian, ///< as Gaussian, if tIoU >= overlapBase + overlapSlope * length of the better one
};

/// Segments are moved to the weighted mean of all segments (before suppression, with their first scores)
/// that overlap them by at least votingOverlap.
enum class SegmentVoting {
    None,
    ScoreTimesOverlap, ///< weight: score * tIoU (ActionFormer)
    Score, ///< weight: score (OpenTAD)
};

/// Defaults are ActionFormer's for THUMOS-14, without its voting, which never acts on classes by themselves.
struct SuppressionOptions {
    SuppressionMethod method = SuppressionMethod::Gaussian;
    bool perClass = true; ///< segments of different classes leave each other alone
    float sigma = 0.5F; ///< above 0
    float overlap = 0.1F;
    float overlapBase = 0;
    float overlapSlope = 0; ///< per unit of time
    /// What falls below it goes; the best segment of a class stays whatever its score. Hard: all at or below
    /// it goes first, if it is above 0.
    float minimumScore = 0.001F;
    int64_t most = 200; ///< segments that are left, of each class and in total; below 1: all
    SegmentVoting voting = SegmentVoting::None; ///< only where perClass is false, as in both references
    float votingOverlap = 0.7F;
};

/// The segments that are left, best first; of equal scores the lower class first. Results are those of the
/// quadratic algorithm of ActionFormer and OpenTAD (nms_cpu.cpp: float32, 1e-6 added to lengths, of equal
/// scores the lowest current place, a removed segment replaced by the last), ties included, but only
/// segments that overlap are looked at. Segments with a number that is not finite are left out; one without
/// length overlaps nothing. Any thread.
std::vector<Segment> suppressed(const std::vector<Segment>& segments, const SuppressionOptions& options);

/// The same, each survivor with its place in `segments`. Voting does not apply.
struct Survivor {
    size_t index = 0; ///< in the list that was given
    float score = 0; ///< what is left of it
};
std::vector<Survivor> survivors(const std::vector<Segment>& segments, const SuppressionOptions& options);

} // namespace telltale
