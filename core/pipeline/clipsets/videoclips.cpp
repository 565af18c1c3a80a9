// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipsets/videoclips.h"
#include "base/files.h"
#include "pipeline/clipsets/clippictures.h"
#include "pipeline/cropping.h"
#include "pose/layout.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>

namespace telltale {
namespace {

/// To be raised with every change of how a clip's pictures are made.
constexpr const char* kExtractor = "clip set rgb 1";
constexpr const char* kArray = "rgb";

struct CropRow {
    std::string_view name;
    std::vector<CropKind> kinds;
};
const CropRow kRows[] = {{"motion", {CropKind::Motion}}, {"person", {CropKind::Person}},
    {"hands", {CropKind::LeftHand, CropKind::RightHand}}, {"face", {CropKind::Face}}};

const std::vector<CropKind>& kindsOf(const std::string& crop)
{
    const auto found = std::ranges::find(kRows, crop, &CropRow::name);
    return found == std::end(kRows) ? kRows[0].kinds : found->kinds;
}

/// The square around two boxes; an empty one does not count.
CropBox around(const CropBox& a, const CropBox& b)
{
    if (isEmptyBox(a) || isEmptyBox(b))
        return isEmptyBox(a) ? b : a;
    const float left = std::min(a.x, b.x);
    const float top = std::min(a.y, b.y);
    const float right = std::max(a.x + a.width, b.x + b.width);
    const float bottom = std::max(a.y + a.height, b.y + b.height);
    const float side = std::max(right - left, bottom - top);
    return {(left + right - side) / 2, (top + bottom - side) / 2, side, side};
}

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
    {
        const auto changed = request.corrections.find(video.id);
        if (changed != request.corrections.end())
            m_corrections = changed->second;
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
        return std::move(m_made);
    }

private:
    void note(std::string text) { m_made.notes.push_back(std::move(text)); }
    Status readPoses();
    Status cutPoints();
    Status pointsOf(const ClipInfo& clip, std::vector<float>& out) const;
    Status cutPictures();
    Status openPictures();
    Status findCrops();
    CropBox boxOf(const ClipInfo& clip) const;
    CacheKey keyOf(const ClipInfo& clip, const CropBox& box) const;
    bool cached(size_t index, const CacheKey& key);
    Status cutPicture(size_t index, const ClipPictures& pictures);
    NdArray drawnPoints(const ClipInfo& clip) const;

    const ClipExportRequest& m_request;
    const VideoEntry& m_video;
    const std::vector<ClipInfo>& m_clips;
    FeatureCache& m_cache;
    ProgressSink& m_progress;
    VideoCorrections m_corrections;
    VideoClips m_made;
    std::optional<PoseTrack> m_track;
    std::unique_ptr<FrameSource> m_source;
    std::string m_fingerprint; ///< empty: the pictures are not kept
    std::vector<CropPath> m_crops;
};

Status VideoCut::readPoses()
{
    if (m_video.track.empty())
        return {};
    Result<PoseTrack> read = readTrack(m_request.project / m_video.track);
    if (read)
        read = mapTo68(*read);
    if (!read && read.error().code != ErrorCode::NotFound)
        return read.error();
    if (!read) {
        note("The pose track " + m_video.track + " of " + m_video.name
            + " is gone: its clips have no points. Find the poses again.");
        return {};
    }
    m_track = std::move(*read);
    if (m_video.track != m_corrections.track)
        return {};
    CorrectedTrack corrected
        = correctedTrack(std::move(*m_track), m_corrections.persons, m_corrections.points);
    m_track = std::move(corrected.track);
    std::ranges::move(corrected.notes, std::back_inserter(m_made.notes));
    return {};
}

Status VideoCut::pointsOf(const ClipInfo& clip, std::vector<float>& out) const
{
    out.assign(static_cast<size_t>(clip.span.length()) * kPointCount * 3, 0.0f);
    bool seen = false;
    for (int64_t frame = clip.span.first; frame < clip.span.last; ++frame) {
        const int64_t row = m_track->rowOf(frame);
        if (row < 0)
            continue;
        const PosePoint* points = m_track->at(row, clip.person);
        float* to = out.data() + (frame - clip.span.first) * kPointCount * 3;
        for (int i = 0; i < kPointCount; ++i, to += 3) {
            const PosePoint& p = points[i];
            if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.score))
                return Error{ErrorCode::InvalidArgument,
                    "The pose track of " + m_video.name + " has no number for the point "
                        + poseLayouts().front().points[static_cast<size_t>(i)] + " in frame "
                        + std::to_string(frame)
                        + "; correct that point, or find the poses of the video again."};
            if (p.score <= 0)
                continue;
            to[0] = p.x;
            to[1] = p.y;
            to[2] = p.score;
            seen = true;
        }
    }
    if (!seen)
        out.clear();
    return {};
}

Status VideoCut::cutPoints()
{
    if (!m_track)
        return {};
    int64_t unseen = 0;
    for (size_t i = 0; i < m_clips.size(); ++i) {
        if (m_clips[i].person >= 0 && m_clips[i].person < m_track->persons)
            if (Status status = pointsOf(m_clips[i], m_made.clips[i].points); !status)
                return status;
        unseen += m_made.clips[i].points.empty() ? 1 : 0;
    }
    if (unseen > 0)
        note(std::to_string(unseen) + (unseen == 1 ? " span of " : " spans of ") + m_video.name
            + " without any point of the person; only pictures are known there.");
    return {};
}

Status VideoCut::openPictures()
{
    const std::filesystem::path file = m_request.project / m_video.path;
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) {
        note("The video " + m_video.name + " is not there: its clips have skeletons only.");
        return {};
    }
    OpenOptions options;
    options.cacheFolder = m_request.project / "cache" / "index";
    Result<std::unique_ptr<FrameSource>> opened = openVideo(file, options, &m_progress);
    if (!opened && opened.error().code == ErrorCode::Cancelled)
        return opened.error();
    if (!opened) {
        note(opened.error().message + " Its clips have skeletons only.");
        return {};
    }
    m_source = std::move(*opened);
    if (const Result<std::string> fingerprint = fileFingerprint(file))
        m_fingerprint = *fingerprint;
    return {};
}

/// As the project keeps them, or made now; with what people corrected.
Status VideoCut::findCrops()
{
    std::vector<SavedCrop> saved = m_corrections.crops;
    if (saved.empty()) {
        const Result<std::vector<CropPath>> paths
            = videoCrops(m_source->info(), m_track ? &*m_track : nullptr, &m_cache, m_progress);
        if (!paths)
            return paths.error();
        saved = savedCropsOf(m_video.id, *paths, kCropRecipe);
        m_made.foundCrops = saved;
    }
    m_crops = correctedCrops(saved, m_corrections.cropCorrections, m_source->info().meanFps);
    return {};
}

/// In pixels of the video; empty where nothing of that kind is seen in the span.
CropBox VideoCut::boxOf(const ClipInfo& clip) const
{
    CropBox box;
    for (const CropKind kind : kindsOf(m_request.recipe.crop))
        box = around(box, clipCrop(m_crops, clip.person, kind, clip.span));
    return box;
}

CacheKey VideoCut::keyOf(const ClipInfo& clip, const CropBox& box) const
{
    std::string parameters = "stream=" + std::to_string(m_source->info().streamIndex)
        + ";span=" + std::to_string(clip.span.first) + "-" + std::to_string(clip.span.last)
        + ";frames=" + std::to_string(kRgbFrames) + ";decoded=" + std::to_string(kClipPictureSide)
        + ";side=" + std::to_string(m_request.recipe.rgbSide) + ";box=";
    const CropBox inside = isEmptyBox(box) && m_track ? poseBox(drawnPoints(clip)) : box;
    parameters += isEmptyBox(box) ? "moving," : "";
    for (const float side : {inside.x, inside.y, inside.width, inside.height})
        parameters += exactly(side) + ",";
    return {m_fingerprint, kExtractor, parameters, {}};
}

NdArray VideoCut::drawnPoints(const ClipInfo& clip) const
{
    if (!m_track || clip.person < 0 || clip.person >= m_track->persons)
        return {};
    return gatherPoints(*m_track, clip.person, sampleUniform(clip.span, kHeatmapFrames));
}

bool VideoCut::cached(size_t index, const CacheKey& key)
{
    const auto entry = m_fingerprint.empty() ? std::nullopt : m_cache.get(key);
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
    if (m_fingerprint.empty() || pictures.damaged > 0) // what is damaged is said again each time
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
    if (Status status = openPictures(); !status || !m_source)
        return status;
    if (Status status = findCrops(); !status)
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
    const Result<int64_t> damaged = forEachClip(*m_source, spans, m_progress,
        [&](size_t index, const ClipPictures& pictures) { return cutPicture(missing[index], pictures); });
    if (!damaged)
        return damaged.error();
    if (*damaged > 0)
        note(std::to_string(*damaged) + " pictures of " + m_video.name
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
