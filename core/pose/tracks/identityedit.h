// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "pose/posetrack.h"
#include "pose/tracks/pointcorrection.h"
#include <span>
#include <string_view>

namespace telltale {

enum class IdentityChange {
    Swap, ///< `person` and `other` change places
    Split, ///< `person` becomes a new person, whose number is the track's number of persons so far
    Join, ///< what `other` shows goes to `person`, `other` is empty then
    Remove, ///< `person` is not there
};
/// "swap", "split", "join", "remove"
std::string_view nameOf(IdentityChange change);
Result<IdentityChange> identityChangeOf(std::string_view name);

/// A change of who is who in the frames first <= frame < last. Numbers of persons never move: one who is
/// joined or removed leaves an empty place (keepPersons() closes them).
struct IdentityEdit {
    IdentityChange change = IdentityChange::Swap;
    int person = 0;
    int other = -1; ///< of a swap or join
    int64_t first = 0;
    int64_t last = -1; ///< -1: to the end

    bool operator==(const IdentityEdit&) const = default;
};

/// Frames in which both are seen, so that a join has to choose; -1 if there are none.
struct JoinOverlap {
    int64_t frames = 0;
    int64_t firstFrame = -1;
};
JoinOverlap joinOverlap(const PoseTrack& track, const IdentityEdit& join);

/// The edits in their order, each on what the ones before it left. Where both persons of a join are seen in a
/// frame, the one with the greater sum of scores stays, on a tie `person` (ask joinOverlap() to refuse
/// instead). InvalidArgument (a person that is not there, an empty span) names the edit by its number from 1.
/// Without edits the result shares the points of `track`.
Result<PoseTrack> applyIdentityEdits(const PoseTrack& track, std::span<const IdentityEdit> edits);

/// The edits, then the corrections, whose persons are those after the edits.
Result<PoseTrack> applyEdits(const PoseTrack& track, std::span<const IdentityEdit> edits,
    std::span<const PointCorrection> corrections);

/// Where corrections belong after one more edit, so that they stay with the points that they correct; those
/// of a removed person are gone. `track` is what the edit applies to (a join chooses by it); for two
/// corrections of one point the one of the person who stays counts.
std::vector<PointCorrection> movedCorrections(
    const PoseTrack& track, const IdentityEdit& edit, std::span<const PointCorrection> corrections);

/// Only these persons, in this order. InvalidArgument for one that is not there or named twice.
Result<PoseTrack> keepPersons(const PoseTrack& track, std::span<const int> persons);

} // namespace telltale
