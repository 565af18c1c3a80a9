// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "pose/posetrack.h"
#include <filesystem>
#include <string_view>
#include <vector>

namespace telltale {

/// What an estimator of several people says about one picture, in no order that lasts.
struct PeopleFrame {
    int64_t frame = 0;
    std::vector<std::vector<PosePoint>> people;
};

/// Gives people identities over time (PersonTracker at 25 frames a second); the one seen most often comes
/// first. At most 16 stay. `frames` ascend; all people have the layout's number of points.
PoseTrack joinPeople(const std::vector<PeopleFrame>& frames, std::string_view layout, int pointCount);

/// Folder of OpenPose JSON files (the last number in the file name is the frame): BODY_25, BODY_25B or
/// COCO-18, with or without face and hands.
Result<PoseTrack> readOpenPoseFolder(const std::filesystem::path& folder);
/// One JSON file: MMPose predictions (17, 133 or 136 points), or one OpenPose picture.
Result<PoseTrack> readPeopleJson(const std::filesystem::path& file, std::string_view text);

} // namespace telltale
