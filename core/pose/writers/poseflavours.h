// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "pose/posetrack.h"
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What files of poses say of the video, beside its points.
struct PoseVideo {
    std::string name; ///< also the start of the files' names; may not leave the folder
    int width = 0; ///< pixels; 0: not known
    int height = 0;
};

/// One form of pose files. Those of others hold one layout; those with an empty `layout` the track's own.
struct PoseFlavour {
    std::string_view name; ///< "openpose"
    std::string_view title; ///< for people
    std::string_view layout;
    std::string_view ending; ///< of the file's name; of a folder's where `folder`
    bool folder = false; ///< a file for each frame
    bool onePerson = false; ///< no place for several people: each has a file
    Status (*write)(const std::filesystem::path& target, const PoseTrack& track, const PoseVideo& video);
};

/// All that can be written, the default first.
const std::vector<PoseFlavour>& poseFlavours();
/// nullptr: there is none of that name.
const PoseFlavour* findPoseFlavour(std::string_view name);

/// What the files of a video called `name` are called without the flavour's ending, where each of its people
/// has one: "clip", "clip_P2".
std::vector<std::string> poseFileNames(const std::string& name, int people);

/// Writes a track as `folder`/NAME and the flavour's ending: straight into that folder, which the caller made
/// and throws away on failure. Points that are no numbers are missing. Returns sentences: which points of the
/// track have no place in the flavour's layout, and what else it cannot say. Io, InvalidArgument.
Result<std::vector<std::string>> writePoses(const PoseFlavour& flavour, const PoseTrack& track,
    const PoseVideo& video, const std::filesystem::path& folder);

} // namespace telltale
