// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/corrections.h"
#include "pose/layout.h"
#include <algorithm>
#include <cmath>
#include <map>

namespace telltale {
namespace {

CropBox boxOf(const CropRectangle& one)
{
    return {static_cast<float>(one.x), static_cast<float>(one.y), static_cast<float>(one.width),
        static_cast<float>(one.height)};
}

using PathName = std::pair<int, CropKind>;

int64_t reachOf(double fps) { return std::max<int64_t>(1, std::llround(fps > 0 ? fps : 25)); }

/// The path within `frames` and nothing elsewhere.
CropPath cutPath(const CropPath& path, const FrameSpan& frames)
{
    CropPath cut{path.person, path.kind, {}};
    if (const CropBox first = boxAt(path, frames.first); !isEmptyBox(first))
        cut.keys.push_back({frames.first, first});
    for (const CropKey& key : path.keys)
        if (key.frame > frames.first && key.frame < frames.last - 1)
            cut.keys.push_back(key);
    if (const CropBox last = boxAt(path, frames.last - 1); !isEmptyBox(last))
        cut.keys.push_back({frames.last - 1, last});
    cut.keys.push_back({frames.last, {}});
    return cut;
}

template <typename Project> VideoCorrections correctionsIn(const Project& project, int64_t videoId)
{
    const VideoEntry* video = project.video(videoId);
    return {video ? video->track : std::string(), project.trackEdits(videoId),
        project.poseCorrections(videoId), project.crops(videoId), project.cropCorrections(videoId)};
}

} // namespace

VideoCorrections correctionsOf(const Document& document, int64_t videoId)
{
    return correctionsIn(document, videoId);
}

VideoCorrections correctionsOf(const FrozenProject& project, int64_t videoId)
{
    return correctionsIn(project, videoId);
}

Status changePersons(Document& document, const PoseTrack& track68, const TrackEdit& edit)
{
    const auto wanted = identityEditOf(edit);
    if (!wanted)
        return wanted.error();
    const PoseTrack before = correctedTrack(track68, document.trackEdits(edit.videoId), {}).track;
    if (const auto tried = applyIdentityEdits(before, std::span(&*wanted, 1)); !tried)
        return tried.error();
    const auto points = pointCorrectionsOf(document.poseCorrections(edit.videoId));
    return document.editTrack(edit, poseCorrectionsOf(movedCorrections(before, *wanted, points)));
}

std::vector<PoseCorrection> poseCorrectionsOf(std::span<const PointCorrection> points)
{
    std::map<std::pair<int64_t, int>, PoseCorrection> rows;
    for (const PointCorrection& one : points) {
        PoseCorrection& row = rows[{one.frame, one.person}];
        row.frame = one.frame;
        row.person = one.person;
        row.points.push_back({one.point, one.x, one.y, one.score});
    }
    std::vector<PoseCorrection> result;
    result.reserve(rows.size());
    for (auto& [place, row] : rows) {
        std::ranges::stable_sort(row.points, {}, &CorrectedPoint::point);
        result.push_back(std::move(row));
    }
    return result;
}

std::vector<SavedCrop> savedCropsOf(
    int64_t videoId, std::span<const CropPath> paths, const std::string& recipe)
{
    std::vector<SavedCrop> result;
    result.reserve(paths.size());
    for (const CropPath& path : paths) {
        SavedCrop saved;
        saved.videoId = videoId;
        saved.person = path.person;
        saved.kind = cropKindName(path.kind);
        saved.recipe = recipe;
        saved.keys.reserve(path.keys.size());
        // Tenths of a pixel are more than anybody sees, and the log keeps every digit.
        const auto rounded = [](float value) { return std::round(static_cast<double>(value) * 10) / 10; };
        for (const CropKey& key : path.keys)
            saved.keys.push_back({key.frame,
                {rounded(key.box.x), rounded(key.box.y), rounded(key.box.width), rounded(key.box.height)}});
        result.push_back(std::move(saved));
    }
    return result;
}

std::vector<CropPath> correctedCrops(
    std::span<const SavedCrop> saved, std::span<const CropCorrection> corrections, double fps)
{
    std::map<PathName, CropPath> paths;
    std::map<PathName, std::vector<CropKey>> corrected;
    const auto add = [](auto& map, int person, const std::string& kind) -> auto*
    {
        const auto known = findCropKind(kind);
        return known ? &map[{person, *known}] : nullptr;
    };
    for (const SavedCrop& one : saved)
        if (CropPath* path = add(paths, one.person, one.kind))
            for (const SavedCropKey& key : one.keys)
                path->keys.push_back({key.frame, boxOf(key.rectangle)});
    for (const CropCorrection& one : corrections)
        if (std::vector<CropKey>* keys = add(corrected, one.person, one.kind)) {
            keys->push_back({one.frame, boxOf(one.rectangle)});
            (void)add(paths, one.person, one.kind);
        }
    const int64_t reach = reachOf(fps);
    std::vector<CropPath> result;
    result.reserve(paths.size());
    for (auto& [name, path] : paths) {
        path.person = name.first;
        path.kind = name.second;
        const auto own = corrected.find(name);
        result.push_back(
            own != corrected.end() ? withCorrections(path, own->second, reach) : std::move(path));
    }
    return result;
}

std::vector<CropPath> chosenCrops(const VideoCorrections& corrections, double fps)
{
    const int64_t reach = reachOf(fps);
    std::map<PathName, FrameSpan> reached;
    for (const CropCorrection& one : corrections.cropCorrections) {
        const auto kind = findCropKind(one.kind);
        if (!kind)
            continue;
        const FrameSpan frames{std::max<int64_t>(0, one.frame - reach), one.frame + reach + 1};
        const auto [at, fresh] = reached.try_emplace({one.person, *kind}, frames);
        at->second = {std::min(at->second.first, frames.first), std::max(at->second.last, frames.last)};
    }
    std::vector<CropPath> chosen;
    for (const CropPath& path : correctedCrops(corrections.crops, corrections.cropCorrections, fps))
        if (const auto at = reached.find({path.person, path.kind}); at != reached.end())
            chosen.push_back(cutPath(path, at->second));
    return chosen;
}

} // namespace telltale
