// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace telltale {

/// Path of a video on this machine, by its id. Members of a team keep the same videos in different places.
using VideoPlaces = std::map<int64_t, std::string>;

/// From places.json in the project's local folder; empty if there is none or it cannot be read (then the
/// videos are looked for again).
VideoPlaces readVideoPlaces(const std::filesystem::path& folder);
Status writeVideoPlaces(const std::filesystem::path& folder, const VideoPlaces& places);

} // namespace telltale
