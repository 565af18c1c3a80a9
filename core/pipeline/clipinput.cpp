// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipinput.h"
#include "pose/layout.h"
#include <algorithm>
#include <cmath>
#include <map>

namespace telltale {
namespace {

/// Luma of the pictures, [T, H, W].
NdArray grayOf(const std::vector<Picture>& pictures)
{
    const int width = pictures.front().width;
    const int height = pictures.front().height;
    NdArray gray({static_cast<int64_t>(pictures.size()), height, width});
    float* out = gray.values.data();
    for (const Picture& picture : pictures)
        for (size_t i = 0; i + 3 < picture.bgra.size(); i += 4)
            *out++ = 0.114f * static_cast<float>(picture.bgra[i])
                + 0.587f * static_cast<float>(picture.bgra[i + 1])
                + 0.299f * static_cast<float>(picture.bgra[i + 2]);
    return gray;
}

bool anyPoint(const NdArray& points)
{
    for (size_t i = 2; i < points.values.size(); i += 3)
        if (points.values[i] > 0)
            return true;
    return false;
}

/// One picture of one clip.
struct Wanted {
    size_t clip = 0;
    size_t slot = 0;
};

} // namespace

PictureSize clipPictureSize(int width, int height)
{
    const double factor = std::min(1.0, static_cast<double>(kClipPictureSide) / std::max({1, width, height}));
    const auto side
        = [factor](int length) { return std::max(2, static_cast<int>(std::lround(length * factor))); };
    return {side(width), side(height)};
}

CropBox clipBox(const ClipPictures& pictures, const NdArray& points)
{
    CropBox region;
    if (!points.empty() && anyPoint(points)) {
        region = poseBox(points);
        for (float* side : {&region.x, &region.y, &region.width, &region.height})
            *side *= pictures.scale;
    }
    return motionSaliency(grayOf(pictures.pictures), region);
}

void addSkeletonInputs(const NdArray& jointPoints, const NdArray& heatmapPoints, ClipInput& input)
{
    if (!anyPoint(jointPoints) || !anyPoint(heatmapPoints))
        return;
    input.joint = jointFeatures(normalizeSkeleton(jointPoints));
    input.heatmap = heatmapVolume(heatmapPoints, {});
}

ClipInput makeClipInput(const PoseTrack* track68, const ClipSpan& clip, const ClipPictures& pictures)
{
    ClipInput input;
    NdArray heatmapPoints;
    if (track68) {
        heatmapPoints = gatherPoints(*track68, clip.person, sampleUniform(clip.span, kHeatmapFrames));
        addSkeletonInputs(gatherPoints(*track68, clip.person, sampleUniform(clip.span, kJointFrames)),
            heatmapPoints, input);
    }
    if (pictures.pictures.empty())
        return input;
    const CropBox box = clipBox(pictures, heatmapPoints);
    input.rgb = NdArray({3, static_cast<int64_t>(pictures.pictures.size()), kRgbSize, kRgbSize});
    for (size_t t = 0; t < pictures.pictures.size(); ++t) {
        const Picture& picture = pictures.pictures[t];
        cropRgb(picture.bgra, picture.width, picture.height, box, static_cast<int64_t>(t), input.rgb);
    }
    return input;
}

Result<int64_t> forEachClip(FrameSource& source, const std::vector<ClipSpan>& clips, ProgressSink& progress,
    const std::function<Status(size_t, const ClipPictures&)>& visit)
{
    std::map<int64_t, std::vector<Wanted>> byFrame;
    for (size_t c = 0; c < clips.size(); ++c) {
        const std::vector<int64_t> frames = sampleUniform(clips[c].span, kRgbFrames);
        for (size_t slot = 0; slot < frames.size(); ++slot)
            byFrame[frames[slot]].push_back({c, slot});
    }
    std::map<size_t, ClipPictures> open;
    std::vector<size_t> missing(clips.size(), kRgbFrames);
    const PictureSize size = clipPictureSize(source.info().width, source.info().height);
    Picture last{
        size.width, size.height, std::vector<uint8_t>(static_cast<size_t>(size.width * size.height * 4))};
    int64_t damaged = 0;
    int64_t done = 0;
    for (const auto& [frame, wanted] : byFrame) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        progress.report(done++, static_cast<int64_t>(byFrame.size()), "frames");
        Result<VideoFrame> read = source.read(frame);
        if (read.ok())
            last = scaled(read->picture, size.width, size.height);
        else if (read.error().code == ErrorCode::Cancelled)
            return read.error();
        else
            ++damaged;
        for (const Wanted& want : wanted) {
            ClipPictures& pictures = open[want.clip];
            pictures.pictures.resize(kRgbFrames);
            pictures.pictures[want.slot] = last;
            if (--missing[want.clip] > 0)
                continue;
            pictures.scale
                = static_cast<float>(last.width) / static_cast<float>(std::max(1, source.info().width));
            if (const Status status = visit(want.clip, pictures); !status)
                return status.error();
            open.erase(want.clip);
        }
    }
    progress.report(done, done, "frames");
    return damaged;
}

} // namespace telltale
