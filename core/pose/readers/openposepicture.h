// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/readers/skeletonfile.h"
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// One person as OpenPose writes people: the points of its body, face, left and right hand, one after the
/// other.
struct OpenPosePerson {
    std::vector<PosePoint> points;
    std::array<uint32_t, 4> lengths{}; ///< numbers of the four blocks, three for each point; 0: not there
    int64_t id = -1; ///< -1: the file does not say who it is
    size_t place = 0; ///< in the list of people; somebody without any number is left out
};

struct OpenPosePicture {
    int64_t frame = 0;
    std::vector<OpenPosePerson> people;
    std::string layout; ///< as this program's files say; empty: OpenPose's own
};

/// The JSON of one picture. BadFormat names `file` and the place.
Result<OpenPosePicture> parseOpenPosePicture(
    std::string_view text, int64_t frame, const std::filesystem::path& file);

/// The last run of digits in a file's name without its ending; -1 without one.
int64_t openPoseFrame(const std::string& stem);

/// Pictures of one video, by ascending frame, as a track; `files` are those they came from, `path` is used
/// in messages about all of them. BadFormat for points that no model of OpenPose has; what has no place in
/// the layout is noted.
Result<SkeletonFile> joinOpenPosePictures(std::vector<OpenPosePicture> pictures,
    const std::vector<std::string>& files, const std::filesystem::path& path);

} // namespace telltale
