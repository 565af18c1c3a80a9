// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipinput.h"
#include "base/bytestream.h"
#include "base/files.h"
#include "base/sha256.h"
#include "pose/layout.h"
#include <algorithm>
#include <array>
#include <charconv>
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

/// Where to look in a clip, in pixels of the video.
struct ClipLook {
    CropBox box; ///< empty: everywhere
    bool settled = false; ///< all of it, not its moving part
};

ClipLook lookAt(const NdArray& points, const ClipSpan& clip, std::span<const CropPath> crops)
{
    const CropBox motion = clipCrop(crops, clip.person, CropKind::Motion, clip.span);
    if (!isEmptyBox(motion))
        return {motion, true};
    const CropBox person = clipCrop(crops, clip.person, CropKind::Person, clip.span);
    if (!isEmptyBox(person))
        return {person, false};
    return {!points.empty() && anyPoint(points) ? poseBox(points) : CropBox{}, false};
}

/// In pixels of the pictures.
CropBox boxIn(const ClipPictures& pictures, const ClipLook& look)
{
    CropBox box = look.box;
    for (float* side : {&box.x, &box.y, &box.width, &box.height})
        *side *= pictures.scale;
    return look.settled ? box : motionSaliency(grayOf(pictures.pictures), box);
}

NdArray rgbOf(const ClipPictures& pictures, const CropBox& box)
{
    NdArray rgb({3, static_cast<int64_t>(pictures.pictures.size()), kRgbSize, kRgbSize});
    for (size_t t = 0; t < pictures.pictures.size(); ++t) {
        const Picture& picture = pictures.pictures[t];
        cropRgb(picture.bgra, picture.width, picture.height, box, static_cast<int64_t>(t), rgb);
    }
    return rgb;
}

/// The points of a clip that are drawn, and that say where to look; empty without a track.
NdArray drawnPoints(const PoseTrack* track68, const ClipSpan& clip)
{
    return track68 ? gatherPoints(*track68, clip.person, sampleUniform(clip.span, kHeatmapFrames))
                   : NdArray();
}

/// All but the RGB.
ClipInput skeletonInput(const PoseTrack* track68, const ClipSpan& clip, const NdArray& drawn)
{
    ClipInput input;
    if (track68)
        addSkeletonInputs(
            gatherPoints(*track68, clip.person, sampleUniform(clip.span, kJointFrames)), drawn, input);
    return input;
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
    return boxIn(pictures, lookAt(points, {}, {}));
}

CropBox clipBox(const ClipPictures& pictures, const NdArray& points, const ClipSpan& clip,
    std::span<const CropPath> crops)
{
    return boxIn(pictures, lookAt(points, clip, crops));
}

void addSkeletonInputs(const NdArray& jointPoints, const NdArray& heatmapPoints, ClipInput& input)
{
    if (!anyPoint(jointPoints) || !anyPoint(heatmapPoints))
        return;
    input.joint = jointFeatures(normalizeSkeleton(jointPoints));
    input.heatmap = heatmapVolume(heatmapPoints, {});
}

ClipInput makeClipInput(const PoseTrack* track68, const ClipSpan& clip, const ClipPictures& pictures,
    std::span<const CropPath> crops)
{
    const NdArray points = drawnPoints(track68, clip);
    ClipInput input = skeletonInput(track68, clip, points);
    if (!pictures.pictures.empty())
        input.rgb = rgbOf(pictures, clipBox(pictures, points, clip, crops));
    return input;
}

std::string clipDigest(
    const PoseTrack* track68, const ClipSpan& clip, bool pictures, std::span<const CropPath> crops)
{
    const NdArray drawn = drawnPoints(track68, clip);
    ByteWriter all;
    all.list(drawn.values);
    if (track68)
        all.list(gatherPoints(*track68, clip.person, sampleUniform(clip.span, kJointFrames)).values);
    all.value(pictures);
    if (pictures) {
        const ClipLook look = lookAt(drawn, clip, crops);
        all.list(sampleUniform(clip.span, kRgbFrames));
        all.value(look.settled);
        all.value(look.box);
    }
    return hexOf(sha256(all.bytes()));
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
            pictures.damaged += read.ok() ? 0 : 1;
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

namespace {

/// To be raised with every change of what makes the RGB of a clip.
constexpr const char* kRgbExtractor = "clip rgb 1";
constexpr const char* kRgbArray = "rgb";

/// Every digit of a number, for keys.
std::string exactly(float value)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::hex).ptr;
    return {text.data(), end};
}

CacheKey rgbKey(const std::string& video, const VideoInfo& info, const FrameSpan& span, const ClipLook& look)
{
    std::string parameters = "stream=" + std::to_string(info.streamIndex)
        + ";span=" + std::to_string(span.first) + "-" + std::to_string(span.last)
        + ";frames=" + std::to_string(kRgbFrames) + ";side=" + std::to_string(kClipPictureSide)
        + ";size=" + std::to_string(kRgbSize) + (look.settled ? ";box=" : ";inside=");
    for (const float side : {look.box.x, look.box.y, look.box.width, look.box.height})
        parameters += exactly(side) + ",";
    return {video, kRgbExtractor, parameters, {}};
}

/// Pictures as bytes, of which the values are 255ths; nothing if they are something else.
std::string packed(const NdArray& rgb)
{
    std::string bytes(rgb.values.size(), '\0');
    for (size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<uint8_t>(std::lround(std::clamp(rgb.values[i], 0.0f, 1.0f) * 255.0f));
        if (static_cast<float>(byte) / 255.0f != rgb.values[i])
            return {};
        bytes[i] = static_cast<char>(byte);
    }
    return bytes;
}

NdArray unpacked(const CacheEntry& entry)
{
    const CacheArray* const found = entry.array(kRgbArray);
    if (!found || found->dtype != "u1"
        || found->shape != std::vector<int64_t>{3, kRgbFrames, kRgbSize, kRgbSize})
        return {};
    NdArray rgb(found->shape);
    std::transform(found->bytes.begin(), found->bytes.end(), rgb.values.begin(),
        [](char byte) { return static_cast<float>(static_cast<uint8_t>(byte)) / 255.0f; });
    return rgb;
}

/// The RGB of clips in the cache.
class ClipMemory {
public:
    ClipMemory(const VideoInfo& info, FeatureCache* cache) : m_info(info), m_cache(cache)
    {
        const Result<std::string> video
            = cache ? fileFingerprint(info.file) : Result<std::string>(std::string());
        if (video)
            m_video = *video;
    }
    NdArray find(const FrameSpan& span, const ClipLook& look) const
    {
        if (m_video.empty())
            return {};
        const auto entry = m_cache->get(rgbKey(m_video, m_info, span, look));
        return entry ? unpacked(*entry) : NdArray();
    }
    void keep(const FrameSpan& span, const ClipLook& look, const ClipPictures& pictures, const NdArray& rgb)
    {
        if (m_video.empty() || pictures.damaged > 0) // what is damaged is said again each time
            return;
        const std::string bytes = packed(rgb);
        const CacheArray array{kRgbArray, "u1", rgb.shape, bytes};
        if (!bytes.empty())
            (void)m_cache->put(rgbKey(m_video, m_info, span, look), {&array, 1}); // a note says why not
    }

private:
    const VideoInfo& m_info;
    FeatureCache* m_cache;
    std::string m_video; ///< empty: no cache
};

} // namespace

Result<int64_t> forEachClipInput(FrameSource& source, const std::vector<ClipSpan>& clips,
    const ClipSources& from, ProgressSink& progress,
    const std::function<Status(size_t, const ClipInput&)>& visit)
{
    ClipMemory memory(source.info(), from.cache);
    std::vector<size_t> missing;
    std::vector<ClipSpan> missingClips;
    for (size_t i = 0; i < clips.size(); ++i) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        const NdArray points = drawnPoints(from.track68, clips[i]);
        NdArray rgb = memory.find(clips[i].span, lookAt(points, clips[i], from.crops));
        if (rgb.empty()) {
            missing.push_back(i);
            missingClips.push_back(clips[i]);
            continue;
        }
        ClipInput input = skeletonInput(from.track68, clips[i], points);
        input.rgb = std::move(rgb);
        if (const Status status = visit(i, input); !status)
            return status.error();
    }
    return forEachClip(
        source, missingClips, progress, [&](size_t index, const ClipPictures& pictures) -> Status {
            const ClipSpan& clip = missingClips[index];
            const NdArray points = drawnPoints(from.track68, clip);
            ClipInput input = skeletonInput(from.track68, clip, points);
            const ClipLook look = lookAt(points, clip, from.crops);
            input.rgb = rgbOf(pictures, boxIn(pictures, look));
            memory.keep(clip.span, look, pictures, input.rgb);
            return visit(missing[index], input);
        });
}

} // namespace telltale
