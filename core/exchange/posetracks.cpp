// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/posetracks.h"
#include "pose/tracks/identityedit.h"
#include "pose/tracks/pointcorrection.h"
#include <algorithm>
#include <span>

namespace telltale {
namespace {

/// Each change on its own: one that does not fit any more leaves the others.
PoseTrack withChangesOfPersons(PoseTrack track, const std::vector<TrackEdit>& edits, size_t& left)
{
    for (const TrackEdit& row : edits) {
        const auto change = identityChangeOf(row.operation);
        const IdentityEdit edit{
            change ? *change : IdentityChange::Swap, row.person, row.other, row.first, row.last};
        auto changed
            = change ? applyIdentityEdits(track, std::span(&edit, 1)) : Result<PoseTrack>(change.error());
        if (changed)
            track = std::move(*changed);
        else
            ++left;
    }
    return track;
}

} // namespace

Result<PoseTrack> outgoingTrack(
    const Document& document, const VideoEntry& video, std::vector<std::string>& notes)
{
    auto track = readTrack(document.absolute(video.track));
    if (!track)
        return track;
    const auto edits = document.trackEdits(video.id);
    const auto corrections = document.poseCorrections(video.id);
    if (edits.empty() && corrections.empty())
        return track;
    auto mapped = mapTo68(*track);
    if (!mapped)
        return mapped;
    size_t left = 0;
    PoseTrack changed = withChangesOfPersons(std::move(*mapped), edits, left);
    std::vector<PointCorrection> points;
    for (const PoseCorrection& row : corrections)
        for (const CorrectedPoint& one : row.points) {
            const bool fits = row.person < changed.persons && one.point < changed.pointCount;
            left += fits ? 0 : 1;
            if (fits)
                points.push_back({row.frame, row.person, one.point, static_cast<float>(one.x),
                    static_cast<float>(one.y), static_cast<float>(one.score)});
        }
    notes.push_back(video.name + ": its points are written as people corrected them, in our 68 points"
        + (left > 0
                ? "; " + std::to_string(left) + " corrections do not fit the track any more and were left out"
                : std::string()));
    return applyCorrections(changed, points);
}

} // namespace telltale
