// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "features/features.h"
#include "learn/ensemble.h"
#include "media/framesource.h"
#include "pose/posetrack.h"
#include <functional>
#include <vector>

namespace telltale {

/// The networks' inputs of a span, made the same way for training, analysis and retraining.

inline constexpr int kJointFrames = 32;
inline constexpr int kHeatmapFrames = 16;
inline constexpr int kRgbFrames = 8;
inline constexpr int kRgbSize = 64;
inline constexpr int kClipPictureSide = 320; ///< pictures are scaled down to this longer side when decoded

/// One span of one person.
struct ClipSpan {
    FrameSpan span;
    int person = 0;
};

/// The pictures of one clip, all of one size.
struct ClipPictures {
    std::vector<Picture> pictures;
    float scale = 1; ///< their width divided by the video's
};

struct PictureSize {
    int width = 0;
    int height = 0;
};
/// The size with the longer side at most kClipPictureSide.
PictureSize clipPictureSize(int width, int height);

/// Where the RGB modality looks, in pixels of `pictures`: the moving part inside the person's box; without
/// points
/// ([T, 68, 3], video pixels; may be empty) the moving part of the whole picture.
CropBox clipBox(const ClipPictures& pictures, const NdArray& points);

/// joint and heatmap of points gathered at kJointFrames and kHeatmapFrames uniform frames; empty without a
/// body.
void addSkeletonInputs(const NdArray& jointPoints, const NdArray& heatmapPoints, ClipInput& input);

/// Everything there is: skeleton inputs if `track68` is not null, RGB if there are pictures.
ClipInput makeClipInput(const PoseTrack* track68, const ClipSpan& clip, const ClipPictures& pictures);

/// Calls `visit(index, pictures)` for every clip, in order of their last frame, with its kRgbFrames pictures.
/// One ascending pass over the video; only the pictures of clips that are still open are kept. A picture that
/// cannot be decoded is replaced by the one before it and counted in the result. Cancelled; errors of
/// `visit`.
Result<int64_t> forEachClip(FrameSource& source, const std::vector<ClipSpan>& clips, ProgressSink& progress,
    const std::function<Status(size_t, const ClipPictures&)>& visit);

} // namespace telltale
