// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/posetracks.h"
#include "exchange/correctedtrack.h"

namespace telltale {

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
    CorrectedTrack corrected = correctedTrack(std::move(*mapped), edits, corrections);
    notes.push_back(video.name + ": its points are written as people corrected them, in our 68 points");
    for (const std::string& left : corrected.notes)
        notes.push_back(video.name + ": " + left);
    return std::move(corrected.track);
}

} // namespace telltale
