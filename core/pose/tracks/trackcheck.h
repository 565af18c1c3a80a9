// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "pose/posetrack.h"
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace telltale {

/// What a track has to fit to. A size of 0 is not known.
struct VideoShape {
    std::string name;
    int64_t frames = 0;
    int width = 0; ///< of the displayed picture
    int height = 0;
};

/// What the user or the file says about the coordinates.
struct TrackScale {
    std::optional<double> factor; ///< pixels of the video per unit of the track
    std::optional<std::pair<int, int>> size; ///< width and height of the picture that the track was made on
    /// The same as the file has it, which counts only where its points do not fit: some programs write any.
    std::optional<std::pair<int, int>> told = {};
};

struct CheckedTrack {
    PoseTrack track; ///< fits the video: frames ascend and exist, points are pixels of it
    std::vector<std::string> notes; ///< what was done or is odd, a sentence each, for the user
};

/// Holds a track that came from the file `name` against its video.
/// - No rows, or not as many points as frames, persons and layout say: BadFormat.
/// - Numbers that are none: those points are missing; a note.
/// - Frames that come twice: the row with the greater sum of scores stays; out of order: sorted; notes.
/// - Frames counted from 1 (they are 1 to the video's number of frames): moved by one; a note.
/// - Longer than the video: rows behind its end are dropped, a note; if that is more than half, BadFormat.
///   Shorter, or with frames between that are missing: a note.
/// - Coordinates: `scale` decides where given. Else all in 0..1: shares of the picture, scaled, a note. Else
///   more than a few points far outside the picture: they are pixels of another picture, BadFormat with the
///   remedy; all of them in a corner of it: a note.
/// - Nobody in any frame: a note.
/// A track that fits keeps its mapping.
Result<CheckedTrack> checkTrack(
    PoseTrack track, const std::string& name, const VideoShape& video, const TrackScale& scale = {});

} // namespace telltale
