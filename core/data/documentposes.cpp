// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What people changed in pose tracks and crops, and the commands that change it.
#include "data/documentprivate.h"
#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>

namespace telltale {
namespace {

/// Operations and the commands that the log knows them by.
constexpr std::array<std::pair<const char*, const char*>, 4> kCommands{{{"swap", "swap_persons"},
    {"split", "split_person"}, {"join", "join_persons"}, {"remove", "remove_person"}}};

/// Of the video's active track.
template <typename Value> std::vector<Value> ofTrack(const Rows<Value>& rows, const VideoEntry* video)
{
    std::vector<Value> result;
    if (video && !video->track.empty())
        std::ranges::copy_if(rows.all(), std::back_inserter(result),
            [video](const Value& one) { return one.videoId == video->id && one.track == video->track; });
    return result;
}

} // namespace

std::vector<TrackEdit> Document::trackEdits(int64_t videoId) const
{
    auto edits = ofTrack(d->state.trackEdits(), video(videoId));
    // Two programs may have given the same position at once; then the numbers decide, everywhere alike.
    std::ranges::sort(edits, [](const TrackEdit& a, const TrackEdit& b) {
        return std::tie(a.position, a.id) < std::tie(b.position, b.id);
    });
    return edits;
}

std::vector<PoseCorrection> Document::poseCorrections(int64_t videoId) const
{
    auto corrections = ofTrack(d->state.poseCorrections(), video(videoId));
    std::ranges::sort(corrections, [](const PoseCorrection& a, const PoseCorrection& b) {
        return std::tie(a.frame, a.person, a.id) < std::tie(b.frame, b.person, b.id);
    });
    return corrections;
}

std::vector<SavedCrop> Document::crops(int64_t videoId) const
{
    std::vector<SavedCrop> result;
    std::ranges::copy_if(d->state.crops().all(), std::back_inserter(result),
        [videoId](const SavedCrop& one) { return one.videoId == videoId; });
    return result;
}

std::vector<CropCorrection> Document::cropCorrections(int64_t videoId) const
{
    std::vector<CropCorrection> result;
    std::ranges::copy_if(d->state.cropCorrections().all(), std::back_inserter(result),
        [videoId](const CropCorrection& one) { return one.videoId == videoId; });
    std::ranges::stable_sort(result, {}, &CropCorrection::frame);
    return result;
}

Status Document::editTrack(TrackEdit edit, const std::vector<PoseCorrection>& corrections)
{
    const auto command
        = std::ranges::find_if(kCommands, [&](const auto& one) { return edit.operation == one.first; });
    const char* name = command != kCommands.end() ? command->second : kCommands.front().second;
    Draft draft = d->draft();
    draft.editTrack(std::move(edit), corrections);
    return d->run(name, commandText(name), draft);
}

Status Document::correctPoses(int64_t videoId, const std::vector<PoseCorrection>& corrections, int dragSerial)
{
    Draft draft = d->draft();
    int64_t row = 0;
    for (PoseCorrection one : corrections) {
        one.videoId = videoId;
        row = draft.correctPose(std::move(one));
    }
    return d->run("correct_pose", commandText("correct_pose"), draft, {row, dragSerial});
}

Status Document::uncorrectPoses(int64_t videoId, int person, const FrameSpan& frames)
{
    Draft draft = d->draft();
    draft.uncorrectPoses(videoId, person, frames);
    return d->run("uncorrect_pose", commandText("uncorrect_pose"), draft);
}

Status Document::setCrops(int64_t videoId, std::vector<SavedCrop> crops)
{
    Draft draft = d->draft();
    draft.setCrops(videoId, std::move(crops));
    return d->run("set_crops", commandText("set_crops"), draft);
}

Status Document::correctCrop(CropCorrection correction, int dragSerial)
{
    Draft draft = d->draft();
    const int64_t row = draft.correctCrop(std::move(correction));
    return d->run("correct_crop", commandText("correct_crop"), draft, {row, dragSerial});
}

Status Document::uncorrectCrops(int64_t videoId, int person, const std::string& kind, const FrameSpan& frames)
{
    Draft draft = d->draft();
    draft.uncorrectCrops(videoId, person, kind, frames);
    return d->run("uncorrect_crop", commandText("uncorrect_crop"), draft);
}

} // namespace telltale
