// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What people changed in pose tracks and crops, and the commands that change it.
#include "data/documentprivate.h"
#include "data/rowsof.h"
#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>

namespace telltale {
namespace {

/// Operations and the commands that the log knows them by.
constexpr std::array<std::pair<const char*, const char*>, 4> kCommands{{{"swap", "swap_persons"},
    {"split", "split_person"}, {"join", "join_persons"}, {"remove", "remove_person"}}};

} // namespace

std::vector<TrackEdit> Document::trackEdits(int64_t videoId) const
{
    return orderedEdits(d->state.trackEdits(), video(videoId));
}

std::vector<PoseCorrection> Document::poseCorrections(int64_t videoId) const
{
    return orderedPoses(d->state.poseCorrections(), video(videoId));
}

std::vector<SavedCrop> Document::crops(int64_t videoId) const { return ofVideo(d->state.crops(), videoId); }

std::vector<CropCorrection> Document::cropCorrections(int64_t videoId) const
{
    return orderedCrops(d->state.cropCorrections(), videoId);
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
