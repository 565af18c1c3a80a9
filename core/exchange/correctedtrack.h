// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/posetypes.h"
#include "pose/posetrack.h"
#include "pose/tracks/identityedit.h"
#include <span>
#include <string>
#include <vector>

namespace telltale {

/// A row of the project as core/pose works with it. BadFormat for an operation that is not known.
Result<IdentityEdit> identityEditOf(const TrackEdit& row);
std::vector<PointCorrection> pointCorrectionsOf(std::span<const PoseCorrection> rows);

struct CorrectedTrack {
    PoseTrack track;
    std::vector<std::string> notes; ///< sentences: changes that do not fit the track and were left out
};

/// A 68-point track as people want it: the changes of persons in their order, then the corrected points. What
/// does not fit (a track file that was replaced, a change that a conflict left behind) is left out and noted.
/// Without changes the points are shared with `track68`.
CorrectedTrack correctedTrack(
    PoseTrack track68, std::span<const TrackEdit> edits, std::span<const PoseCorrection> corrections);

} // namespace telltale
