// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/layout.h"
#include "pose/posetrack.h"
#include <string_view>
#include <vector>

namespace telltale {

/// How one point is made from the points of another layout: m + push * (m - a), m the mean of `mean`, a the
/// mean of `away` (where it is not empty). The score is the least of `mean`. A point of which one ingredient
/// is missing is missing, as is one with an empty `mean`. An index may stand in `mean` more than once.
struct PointSource {
    std::vector<int> mean;
    std::vector<int> away;
    float push = 0;
};

/// For each point of `to` how it comes from `from`: by the joints' names, else by the table of joints that
/// can be made from others (neck between the shoulders, head over the eyes). No joint is guessed beyond that.
std::vector<PointSource> layoutMap(const PoseLayout& from, const PoseLayout& to);

/// One point by its recipe; `points` are those of the source layout.
PosePoint makePoint(const PosePoint* points, const PointSource& source);

/// `track` in the points of another layout, persons and frames as they are. NotFound for a layout that is not
/// known; BadFormat where the track does not have its own layout's number of points. mapTo68 is this for
/// "telltale68".
Result<PoseTrack> mapTrack(const PoseTrack& track, const PoseLayout& target);
Result<PoseTrack> mapTrack(const PoseTrack& track, std::string_view targetLayout);

} // namespace telltale
