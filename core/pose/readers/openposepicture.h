// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/readers/skeletonfile.h"
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// One person as OpenPose writes people: numbers x, y, score of its body, face, left and right hand, one
/// after the other.
struct OpenPosePerson {
    std::vector<float> numbers;
    std::array<uint32_t, 4> lengths{}; ///< of the four blocks; 0: not there
    int64_t id = -1; ///< -1: the file does not say who it is
};

struct OpenPosePicture {
    int64_t frame = 0;
    std::vector<OpenPosePerson> people;
    std::string layout; ///< as this program's files say; empty: OpenPose's own
};

/// The JSON of one picture. BadFormat names `file` and the place.
Result<OpenPosePicture> parseOpenPosePicture(
    std::string_view text, int64_t frame, const std::filesystem::path& file);

/// Pictures of one video, by ascending frame, as a track; `files` are those they came from, `path` is used
/// in messages about all of them.
Result<SkeletonFile> joinOpenPosePictures(std::vector<OpenPosePicture> pictures,
    const std::vector<std::filesystem::path>& files, const std::filesystem::path& path);

} // namespace telltale
