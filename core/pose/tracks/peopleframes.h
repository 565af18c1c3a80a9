// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "pose/posetrack.h"
#include "pose/readers/skeletonfile.h"
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What an estimator of several people says about one picture, in no order that lasts.
struct PeopleFrame {
    int64_t frame = 0;
    std::vector<std::vector<PosePoint>> people;
};

struct JoinedPeople {
    PoseTrack track;
    size_t people = 0; ///< who were seen; the track has at most 16 of them
};

/// Gives people identities over time (PersonTracker at 25 frames a second); the one seen most often comes
/// first. At most 16 stay, fewer where that would be a large track of hardly anybody. `frames` ascend; all
/// people have the layout's number of points.
JoinedPeople joinPeople(std::vector<PeopleFrame> frames, std::string_view layout, int pointCount);

/// The same for people who have numbers already, the same ones in all frames: `numbers` has one for each of
/// `frames`' people, from 0 on, no two alike in a frame. They come in the order of their numbers.
JoinedPeople joinNumbered(std::vector<PeopleFrame> frames, const std::vector<std::vector<int64_t>>& numbers,
    std::string_view layout, int pointCount);

/// Puts the track in its place; a note where it does not have everybody, about the file `name`.
void takeJoined(JoinedPeople joined, const std::string& name, SkeletonFile& file);

/// Folder of OpenPose JSON files (the last number in the file name is the frame): BODY_25, BODY_25B or
/// COCO-18, with or without face and hands, of versions 0.1 to 1.3. People are told apart by their person_id
/// where all have one, else by joinPeople(). Reads with several threads.
Result<SkeletonFile> readOpenPoseFolder(const std::filesystem::path& folder);
/// One JSON file: MMPose predictions (17, 133 or 136 points), or one OpenPose picture, whose frame is the
/// number in a name that ends as OpenPose's do (clip_000000000012_keypoints.json), else 0.
Result<SkeletonFile> readPeopleJson(const std::filesystem::path& file, std::string_view text);

} // namespace telltale
