// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/posing.h"
#include "base/files.h"
#include "pose/estimator.h"
#include <algorithm>

namespace telltale {

Result<std::string> poseTrackPath(const std::string& videoFingerprint, const std::filesystem::path& poseModel)
{
    const Result<std::string> model = fileFingerprint(poseModel);
    if (!model)
        return model.error();
    return "cache/tracks/" + videoFingerprint.substr(0, 16) + "-" + model->substr(0, 16) + ".npz";
}

Result<PoseTrack> estimateTrack(
    FrameSource& source, const std::filesystem::path& poseModel, ProgressSink& progress, int64_t stride)
{
    Result<std::unique_ptr<PoseEstimator>> estimator = openPoseModel(poseModel);
    if (!estimator)
        return estimator.error();
    PoseTrack track;
    track.layout = (*estimator)->card().layout;
    track.persons = 1;
    const int64_t frames = source.times().frameCount();
    for (int64_t frame = 0; frame < frames; frame += std::max<int64_t>(stride, 1)) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        progress.report(frame, frames, "pose");
        Result<VideoFrame> read = source.read(frame);
        if (!read && read.error().code == ErrorCode::BadFormat)
            continue;
        if (!read)
            return read.error();
        const Picture& picture = read->picture;
        Result<std::vector<PosePoint>> points
            = (*estimator)->estimate(picture.bgra, picture.width, picture.height);
        if (!points)
            return points.error();
        track.pointCount = static_cast<int>(points->size());
        track.frames.push_back(frame);
        track.points.insert(track.points.end(), points->begin(), points->end());
    }
    progress.report(frames, frames, "pose");
    if (track.frames.empty())
        return Error{ErrorCode::BadFormat,
            source.info().file.string()
                + ": no picture could be decoded, so there is nothing to find poses in."};
    return mapTo68(track);
}

} // namespace telltale
