// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/correctedtrack.h"

namespace telltale {
namespace {

/// Applies what fits; `left` takes the sentences about the rest.
PoseTrack withEdits(PoseTrack track, std::span<const TrackEdit> edits, std::vector<std::string>& left)
{
    for (const TrackEdit& row : edits) {
        const auto edit = identityEditOf(row);
        auto changed
            = edit ? applyIdentityEdits(track, std::span(&*edit, 1)) : Result<PoseTrack>(edit.error());
        if (changed)
            track = std::move(*changed);
        else
            left.push_back("A change of persons at frame " + std::to_string(row.first)
                + " does not fit the pose track any more and was left out: " + changed.error().message + ".");
    }
    return track;
}

} // namespace

Result<IdentityEdit> identityEditOf(const TrackEdit& row)
{
    const auto change = identityChangeOf(row.operation);
    if (!change)
        return change.error();
    return IdentityEdit{*change, row.person, row.other, row.first, row.last};
}

std::vector<PointCorrection> pointCorrectionsOf(std::span<const PoseCorrection> rows)
{
    std::vector<PointCorrection> result;
    for (const PoseCorrection& row : rows)
        for (const CorrectedPoint& one : row.points)
            result.push_back({row.frame, row.person, one.point, static_cast<float>(one.x),
                static_cast<float>(one.y), static_cast<float>(one.score)});
    return result;
}

CorrectedTrack correctedTrack(
    PoseTrack track68, std::span<const TrackEdit> edits, std::span<const PoseCorrection> corrections)
{
    CorrectedTrack result;
    result.track = withEdits(std::move(track68), edits, result.notes);
    std::vector<PointCorrection> points = pointCorrectionsOf(corrections);
    const auto strange = [&](const PointCorrection& one) {
        return one.person >= result.track.persons || one.point >= result.track.pointCount;
    };
    if (const size_t lost = std::erase_if(points, strange); lost > 0)
        result.notes.push_back(std::to_string(lost)
            + " corrected points belong to persons that the pose track does not have and were left out.");
    auto corrected = applyCorrections(result.track, points);
    if (corrected)
        result.track = std::move(*corrected);
    else
        result.notes.push_back("Corrected points were left out: " + corrected.error().message + ".");
    return result;
}

} // namespace telltale
