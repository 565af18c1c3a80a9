// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipsets/videoclips.h"
#include "pipeline/clipsets/clippictures.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace telltale {
namespace {

/// To be raised with every change of how a clip's pictures are made.
constexpr const char* kExtractor = "clip set rgb 1";
constexpr const char* kArray = "rgb";

std::string exactly(float value)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::hex).ptr;
    return {text.data(), end};
}

class VideoCut {
public:
    VideoCut(const ClipExportRequest& request, const VideoEntry& video, const std::vector<ClipInfo>& clips,
        FeatureCache& cache, ProgressSink& progress)
        : m_request(request)
        , m_video(video)
        , m_clips(clips)
        , m_cache(cache)
        , m_progress(progress)
        , m_parts(request, video, cache, progress)
    {
        m_made.clips.resize(clips.size());
    }

    Result<VideoClips> run()
    {
        for (const auto stage : {&VideoCut::readPoses, &VideoCut::cutPoints, &VideoCut::cutPictures}) {
            if (m_progress.cancelled())
                return Error{ErrorCode::Cancelled, "cancelled"};
            if (Status status = (this->*stage)(); !status)
                return status.error();
        }
        m_made.notes = std::move(m_parts.notes);
        m_made.foundCrops = std::move(m_parts.foundCrops);
        return std::move(m_made);
    }

private:
    Status readPoses() { return m_parts.readPoses(); }
    Status cutPoints();
    Status pointsOf(const ClipInfo& clip, std::vector<float>& out) const;
    Status cutPictures();
    CropBox boxOf(const ClipInfo& clip) const
    {
        return m_parts.boxOf(m_request.recipe.crop, clip.person, clip.span);
    }
    CacheKey keyOf(const ClipInfo& clip, const CropBox& box) const;
    bool cached(size_t index, const CacheKey& key);
    Status cutPicture(size_t index, const ClipPictures& pictures);
    NdArray drawnPoints(const ClipInfo& clip) const;

    const ClipExportRequest& m_request;
    const VideoEntry& m_video;
    const std::vector<ClipInfo>& m_clips;
    FeatureCache& m_cache;
    ProgressSink& m_progress;
    VideoParts m_parts;
    VideoClips m_made;
};

Status VideoCut::pointsOf(const ClipInfo& clip, std::vector<float>& out) const
{
    constexpr size_t kRow = kPointCount * kProjectChannels;
    out.resize(static_cast<size_t>(clip.span.length()) * kRow);
    bool seen = false;
    for (int64_t frame = clip.span.first; frame < clip.span.last; ++frame) {
        const Result<bool> any = m_parts.pointsAt(
            frame, clip.person, out.data() + static_cast<size_t>(frame - clip.span.first) * kRow);
        if (!any)
            return any.error();
        seen = seen || *any;
    }
    if (!seen)
        out.clear();
    return {};
}

Status VideoCut::cutPoints()
{
    if (!m_parts.track())
        return {};
    int64_t unseen = 0;
    for (size_t i = 0; i < m_clips.size(); ++i) {
        if (m_parts.hasPerson(m_clips[i].person))
            if (Status status = pointsOf(m_clips[i], m_made.clips[i].points); !status)
                return status;
        unseen += m_made.clips[i].points.empty() ? 1 : 0;
    }
    if (unseen > 0)
        m_parts.note(std::to_string(unseen) + (unseen == 1 ? " span of " : " spans of ") + m_video.name
            + " without any point of the person; only pictures are known there.");
    return {};
}

CacheKey VideoCut::keyOf(const ClipInfo& clip, const CropBox& box) const
{
    std::string parameters = "stream=" + std::to_string(m_parts.source()->info().streamIndex)
        + ";span=" + std::to_string(clip.span.first) + "-" + std::to_string(clip.span.last)
        + ";frames=" + std::to_string(kRgbFrames) + ";decoded=" + std::to_string(kClipPictureSide)
        + ";side=" + std::to_string(m_request.recipe.rgbSide) + ";box=";
    const CropBox inside = isEmptyBox(box) && m_parts.track() ? poseBox(drawnPoints(clip)) : box;
    parameters += isEmptyBox(box) ? "moving," : "";
    for (const float side : {inside.x, inside.y, inside.width, inside.height})
        parameters += exactly(side) + ",";
    return {m_parts.fingerprint(), kExtractor, parameters, {}};
}

NdArray VideoCut::drawnPoints(const ClipInfo& clip) const
{
    if (!m_parts.hasPerson(clip.person))
        return {};
    return gatherPoints(*m_parts.track(), clip.person, sampleUniform(clip.span, kHeatmapFrames));
}

bool VideoCut::cached(size_t index, const CacheKey& key)
{
    const auto entry = m_parts.fingerprint().empty() ? std::nullopt : m_cache.get(key);
    const CacheArray* const array = entry ? entry->array(kArray) : nullptr;
    const int64_t side = m_request.recipe.rgbSide;
    if (!array || array->dtype != "u1" || array->shape != std::vector<int64_t>{kRgbFrames, side, side, 3})
        return false;
    m_made.clips[index].rgb.assign(array->bytes.begin(), array->bytes.end());
    ++m_made.fromCache;
    return true;
}

Status VideoCut::cutPicture(size_t index, const ClipPictures& pictures)
{
    const ClipInfo& clip = m_clips[index];
    const CropBox box = boxOf(clip);
    CropBox inPictures = box;
    for (float* side : {&inPictures.x, &inPictures.y, &inPictures.width, &inPictures.height})
        *side *= pictures.scale;
    if (isEmptyBox(box))
        inPictures = clipBox(pictures, drawnPoints(clip));
    std::vector<uint8_t>& rgb = m_made.clips[index].rgb;
    rgb = clipBytes(pictures, inPictures, m_request.recipe.rgbSide);
    if (m_parts.fingerprint().empty() || pictures.damaged > 0) // what is damaged is said again each time
        return {};
    const int64_t side = m_request.recipe.rgbSide;
    const CacheArray array{
        kArray, "u1", {kRgbFrames, side, side, 3}, {reinterpret_cast<const char*>(rgb.data()), rgb.size()}};
    (void)m_cache.put(keyOf(clip, box), {&array, 1}); // a note says why not
    return {};
}

Status VideoCut::cutPictures()
{
    if (!m_request.pictures)
        return {};
    if (Status status = m_parts.openPictures(); !status || !m_parts.source())
        return status;
    if (Status status = m_parts.findCrops(); !status)
        return status;
    std::vector<size_t> missing;
    std::vector<ClipSpan> spans;
    for (size_t i = 0; i < m_clips.size(); ++i) {
        if (m_progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        if (cached(i, keyOf(m_clips[i], boxOf(m_clips[i]))))
            continue;
        missing.push_back(i);
        spans.push_back({m_clips[i].span, m_clips[i].person});
    }
    const Result<int64_t> damaged = forEachClip(*m_parts.source(), spans, m_progress,
        [&](size_t index, const ClipPictures& pictures) { return cutPicture(missing[index], pictures); });
    if (!damaged)
        return damaged.error();
    if (*damaged > 0)
        m_parts.note(std::to_string(*damaged) + " pictures of " + m_video.name
            + " could not be decoded; the picture before stands for them.");
    return {};
}

} // namespace

Result<VideoClips> cutVideo(const ClipExportRequest& request, const VideoEntry& video,
    const std::vector<ClipInfo>& clips, FeatureCache& cache, ProgressSink& progress)
{
    return VideoCut(request, video, clips, cache, progress).run();
}

} // namespace telltale
