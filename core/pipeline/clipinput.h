// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "features/cache/featurecache.h"
#include "features/crops/croppath.h"
#include "features/features.h"
#include "learn/ensemble.h"
#include "media/framesource.h"
#include "pose/posetrack.h"
#include <functional>
#include <span>
#include <string>
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
    int damaged = 0; ///< of them could not be decoded
};

struct PictureSize {
    int width = 0;
    int height = 0;
};
/// The size with the longer side at most kClipPictureSide.
PictureSize clipPictureSize(int width, int height);

/// Where the RGB modality looks, in pixels of `pictures`: the moving part inside the person's box; without
/// points ([T, 68, 3], video pixels; may be empty) the moving part of the whole picture.
CropBox clipBox(const ClipPictures& pictures, const NdArray& points);

/// The same by the crops of the video, as far as they cover the clip's person and span: all of the motion
/// path; without one, the moving part inside the person's path; without either, as above.
CropBox clipBox(const ClipPictures& pictures, const NdArray& points, const ClipSpan& clip,
    std::span<const CropPath> crops);

/// joint and heatmap of points gathered at kJointFrames and kHeatmapFrames uniform frames; empty without a
/// body.
void addSkeletonInputs(const NdArray& jointPoints, const NdArray& heatmapPoints, ClipInput& input);

/// Everything there is: skeleton inputs if `track68` is not null, RGB if there are pictures. `crops`: where
/// to look, as people corrected it.
ClipInput makeClipInput(const PoseTrack* track68, const ClipSpan& clip, const ClipPictures& pictures,
    std::span<const CropPath> crops = {});

/// Digest of all that makeClipInput() takes but the pictures: equal digests of clips of one video mean equal
/// inputs.
std::string clipDigest(
    const PoseTrack* track68, const ClipSpan& clip, bool pictures, std::span<const CropPath> crops = {});

/// Calls `visit(index, pictures)` for every clip, in order of their last frame, with its kRgbFrames pictures.
/// One ascending pass over the video; only the pictures of clips that are still open are kept. A picture that
/// cannot be decoded is replaced by the one before it and counted in the result. Cancelled; errors of
/// `visit`.
Result<int64_t> forEachClip(FrameSource& source, const std::vector<ClipSpan>& clips, ProgressSink& progress,
    const std::function<Status(size_t, const ClipPictures&)>& visit);

/// What the inputs of clips are made from, beside the video; all of it belongs to the caller.
struct ClipSources {
    const PoseTrack* track68 = nullptr; ///< null: no skeleton inputs
    std::span<const CropPath> crops; ///< where to look, as people corrected it
    FeatureCache* cache = nullptr; ///< keeps what the pictures gave, so that they are not decoded again
};

/// Calls `visit(index, input)` once for every clip with all of its inputs: first for those whose RGB the
/// cache has, then for the others as forEachClip(). The inputs are the same to the bit with and without a
/// cache.
Result<int64_t> forEachClipInput(FrameSource& source, const std::vector<ClipSpan>& clips,
    const ClipSources& from, ProgressSink& progress,
    const std::function<Status(size_t, const ClipInput&)>& visit);

} // namespace telltale
