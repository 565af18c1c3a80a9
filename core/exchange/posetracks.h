// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "pose/posetrack.h"
#include <string>
#include <vector>

namespace telltale {

/// The pose track of a video as people want it, for files of others: in its own layout where nobody changed
/// anything, else in our 68 points with the changes in it. What does not fit any more goes to `notes`. Errors
/// of readTrack().
Result<PoseTrack> outgoingTrack(
    const Document& document, const VideoEntry& video, std::vector<std::string>& notes);

} // namespace telltale
