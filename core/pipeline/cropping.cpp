// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/cropping.h"
#include "base/bytestream.h"
#include "base/files.h"
#include "base/sha256.h"
#include "features/crops/motioncrop.h"
#include "features/crops/posecrops.h"
#include "media/parallelreader.h"
#include "pipeline/motionpath.h"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <deque>
#include <iterator>

namespace telltale {
namespace {

/// To be raised with every change of how motion becomes a path.
constexpr const char* kExtractor = "motion crops 1";
/// Pictures in which motion is looked for: pixels of the longer side, and how many a second at most. Ours.
constexpr int kSide = 160;
constexpr double kRate = 15;

struct GrayFeed {
    int width = 0;
    int height = 0;
    int64_t stride = 1;
};

GrayFeed feedOf(const VideoInfo& info)
{
    const double factor = std::min(1.0, static_cast<double>(kSide) / std::max({1, info.width, info.height}));
    const auto side
        = [factor](int length) { return std::max(2, static_cast<int>(std::lround(length * factor))); };
    return {side(info.width), side(info.height), std::max<int64_t>(1, std::llround(info.meanFps / kRate))};
}

std::vector<CropPath> personPaths(std::span<const CropPath> paths)
{
    std::vector<CropPath> persons;
    std::copy_if(paths.begin(), paths.end(), std::back_inserter(persons),
        [](const CropPath& path) { return path.kind == CropKind::Person; });
    return persons;
}

CacheKey keyOf(const std::string& video, const VideoInfo& info, const std::vector<CropPath>& persons)
{
    ByteWriter all;
    for (const CropPath& path : persons) {
        all.value(path.person);
        all.list(path.keys);
    }
    return {video, kExtractor,
        "stream=" + std::to_string(info.streamIndex) + ";side=" + std::to_string(kSide)
            + ";stride=" + std::to_string(feedOf(info).stride) + ";persons=" + hexOf(sha256(all.bytes())),
        {}};
}

Result<std::vector<CropPath>> followMotion(
    const VideoInfo& info, const std::vector<CropPath>& persons, ProgressSink& progress, bool& damaged)
{
    const GrayFeed feed = feedOf(info);
    std::deque<MotionCrop> crops;
    for (const CropPath& person : persons)
        crops.emplace_back(info.width, info.height, info.meanFps, &person);
    if (persons.empty())
        crops.emplace_back(info.width, info.height, info.meanFps, nullptr);
    ParallelOptions options;
    options.view.outputWidth = feed.width;
    options.view.outputHeight = feed.height;
    options.stream = info.streamIndex;
    auto reader = ParallelReader::open(info.file, options, &progress);
    if (!reader)
        return reader.error();
    const int64_t frames = (*reader)->frames().length();
    for (;;) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        Result<std::optional<VideoFrame>> read = (*reader)->next();
        if (!read && read.error().code != ErrorCode::BadFormat)
            return read.error();
        if (!read) {
            damaged = true;
            continue;
        }
        if (!*read)
            break;
        const VideoFrame& picture = **read;
        progress.report(picture.index, frames, "crops");
        if (picture.index % feed.stride != 0)
            continue;
        const GrayPicture gray{
            picture.index, picture.picture.width, picture.picture.height, grayOf(picture.picture)};
        for (MotionCrop& crop : crops)
            crop.add(gray);
    }
    progress.report(frames, frames, "crops");
    std::vector<CropPath> paths;
    for (MotionCrop& crop : crops)
        if (CropPath path = crop.finish(); !path.keys.empty())
            paths.push_back(std::move(path));
    return paths;
}

/// A path as two arrays: frames [n] and boxes [n, 4]; its person is in the name.
struct PathArrays {
    std::string name;
    std::vector<int64_t> frames;
    std::vector<float> boxes;
};

std::string_view bytesOf(const auto& values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof values[0]};
}

void keep(FeatureCache& cache, const CacheKey& key, const std::vector<CropPath>& paths)
{
    std::deque<PathArrays> parts;
    std::vector<CacheArray> arrays;
    for (const CropPath& path : paths) {
        PathArrays& part = parts.emplace_back();
        part.name = std::to_string(path.person);
        for (const CropKey& one : path.keys) {
            part.frames.push_back(one.frame);
            part.boxes.insert(part.boxes.end(), {one.box.x, one.box.y, one.box.width, one.box.height});
        }
        const auto rows = std::ssize(path.keys);
        arrays.push_back({part.name, "i8", {rows}, bytesOf(part.frames)});
        arrays.push_back({part.name, "f4", {rows, 4}, bytesOf(part.boxes)});
    }
    (void)cache.put(key, arrays); // a note says why not
}

std::vector<CropPath> pathsOf(const CacheEntry& entry)
{
    std::vector<CropPath> paths;
    const std::vector<CacheArray>& arrays = entry.arrays();
    for (size_t i = 0; i + 1 < arrays.size(); i += 2) {
        CropPath path{0, CropKind::Motion, {}};
        std::from_chars(arrays[i].name.data(), arrays[i].name.data() + arrays[i].name.size(), path.person);
        const auto* frames = reinterpret_cast<const int64_t*>(arrays[i].bytes.data());
        const auto* boxes = reinterpret_cast<const float*>(arrays[i + 1].bytes.data());
        for (int64_t row = 0; row < arrays[i].shape.at(0); ++row, boxes += 4)
            path.keys.push_back({frames[row], {boxes[0], boxes[1], boxes[2], boxes[3]}});
        paths.push_back(std::move(path));
    }
    return paths;
}

} // namespace

Result<std::vector<CropPath>> motionCropPaths(
    const VideoInfo& info, std::span<const CropPath> paths, FeatureCache* cache, ProgressSink& progress)
{
    const std::vector<CropPath> persons = personPaths(paths);
    const Result<std::string> video = cache ? fileFingerprint(info.file) : Result<std::string>(std::string());
    const bool keeps = video.ok() && !video->empty();
    const CacheKey key = keyOf(keeps ? *video : std::string(), info, persons);
    if (keeps)
        if (const auto entry = cache->get(key))
            return pathsOf(*entry);
    bool damaged = false;
    Result<std::vector<CropPath>> made = followMotion(info, persons, progress, damaged);
    if (made && keeps && !damaged)
        keep(*cache, key, *made);
    return made;
}

Result<std::vector<CropPath>> videoCrops(
    const VideoInfo& info, const PoseTrack* track68, FeatureCache* cache, ProgressSink& progress)
{
    std::vector<CropPath> paths;
    if (track68) {
        CropOptions options;
        options.fps = info.meanFps;
        paths = makeCropPaths(*track68, info.width, info.height, options);
    }
    Result<std::vector<CropPath>> motion = motionCropPaths(info, paths, cache, progress);
    if (!motion)
        return motion.error();
    paths.insert(
        paths.end(), std::make_move_iterator(motion->begin()), std::make_move_iterator(motion->end()));
    return paths;
}

} // namespace telltale
