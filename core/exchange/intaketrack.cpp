// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/intaketrack.h"
#include "base/files.h"
#include "pose/readers/skeletonfile.h"
#include "pose/tracks/trackcheck.h"
#include <algorithm>
#include <optional>
#include <utility>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// Pixels of the video, frames of the video. What an offline video is like is not known yet.
Result<CheckedTrack> fitToVideo(SkeletonFile skeleton, const std::string& name, const VideoEntry& entry)
{
    VideoShape shape{entry.name, entry.offline ? 0 : entry.frameCount, entry.width, entry.height};
    if (skeleton.normalised && (shape.width < 1 || shape.height < 1))
        return Error{ErrorCode::Conflict,
            name + ": its coordinates are shares of the picture, and the size of video '" + entry.name
                + "' is not known while the video is not there; find the video first (project relocate)"};
    if (skeleton.normalised) {
        if (auto status = toPixels(skeleton, shape.width, shape.height); !status)
            return status.error();
        // The scale is beyond doubt: what lies outside the picture are joints that were guessed there.
        shape.width = shape.height = 0;
    }
    auto checked = checkTrack(std::move(skeleton.track), name, shape,
        {std::nullopt, std::nullopt, std::pair{skeleton.width, skeleton.height}});
    if (!checked)
        return Error{checked.error().code,
            checked.error().message + " (telltale-cli track fit makes a track of it that fits)"};
    return checked;
}

/// Of the points and where they belong: the same ones in other frames are another track.
std::string digestOf(const PoseTrack& track)
{
    const std::string_view points(
        reinterpret_cast<const char*>(track.points.data()), track.points.size() * sizeof(PosePoint));
    const std::string_view frames(
        reinterpret_cast<const char*>(track.frames.data()), track.frames.size() * sizeof(int64_t));
    return contentDigest(contentDigest(points) + contentDigest(frames));
}

} // namespace

Result<PoseTrack> readTrackFor(
    const VideoEntry& video, const std::vector<fs::path>& files, std::vector<std::string>& notes)
{
    auto skeleton = readSkeletonFiles(files);
    if (!skeleton)
        return skeleton.error();
    notes.insert(notes.end(), skeleton->notes.begin(), skeleton->notes.end());
    const auto checked = fitToVideo(std::move(*skeleton), files.front().string(), video);
    if (!checked)
        return checked.error();
    notes.insert(notes.end(), checked->notes.begin(), checked->notes.end());
    auto track = mapTo68(checked->track);
    if (track && std::ranges::none_of(track->points, [](const PosePoint& point) { return point.score > 0; }))
        return Error{ErrorCode::BadFormat,
            files.front().string()
                + ": nobody is seen in it, every point is missing or no number; look whether it is the right "
                  "file"};
    return track;
}

fs::path trackFileOf(const VideoEntry& video, const PoseTrack& track)
{
    return fs::path("tracks") / (video.name + "-" + digestOf(track).substr(0, 12) + ".npz");
}

} // namespace telltale
