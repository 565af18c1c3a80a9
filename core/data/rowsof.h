// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/state.h"
#include <iterator>
#include <tuple>

namespace telltale {

/// Rows of one video out of a table of all, in the order in which documents and frozen projects give them.

template <typename Value> std::vector<Value> ofVideo(const Rows<Value>& rows, int64_t videoId)
{
    std::vector<Value> result;
    std::ranges::copy_if(rows.all(), std::back_inserter(result),
        [videoId](const Value& one) { return one.videoId == videoId; });
    return result;
}

/// Of the video's active track; null: none.
template <typename Value> std::vector<Value> ofTrack(const Rows<Value>& rows, const VideoEntry* video)
{
    std::vector<Value> result;
    if (video && !video->track.empty())
        std::ranges::copy_if(rows.all(), std::back_inserter(result),
            [video](const Value& one) { return one.videoId == video->id && one.track == video->track; });
    return result;
}

inline std::vector<TrackEdit> orderedEdits(const Rows<TrackEdit>& rows, const VideoEntry* video)
{
    auto edits = ofTrack(rows, video);
    // Two programs may have given the same position at once; then the numbers decide, everywhere alike.
    std::ranges::sort(edits, [](const TrackEdit& a, const TrackEdit& b) {
        return std::tie(a.position, a.id) < std::tie(b.position, b.id);
    });
    return edits;
}

inline std::vector<PoseCorrection> orderedPoses(const Rows<PoseCorrection>& rows, const VideoEntry* video)
{
    auto corrections = ofTrack(rows, video);
    std::ranges::sort(corrections, [](const PoseCorrection& a, const PoseCorrection& b) {
        return std::tie(a.frame, a.person, a.id) < std::tie(b.frame, b.person, b.id);
    });
    return corrections;
}

inline std::vector<CropCorrection> orderedCrops(const Rows<CropCorrection>& rows, int64_t videoId)
{
    auto corrections = ofVideo(rows, videoId);
    std::ranges::stable_sort(corrections, {}, &CropCorrection::frame);
    return corrections;
}

} // namespace telltale
