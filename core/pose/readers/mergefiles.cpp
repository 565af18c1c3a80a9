// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/layoutmap.h"
#include "pose/readers/skeletonfile.h"
#include <algorithm>

namespace telltale {
namespace {

size_t seenPoints(const PoseTrack& track)
{
    return static_cast<size_t>(
        std::ranges::count_if(track.points.view(), [](const PosePoint& point) { return point.score > 0; }));
}

/// Takes over what `track` lacks; how many points both have.
size_t addPoints(const PoseTrack& from, PoseTrack& track)
{
    size_t both = 0;
    PosePoint* out = track.points.data();
    const std::span<const PosePoint> points = from.points.view();
    for (size_t i = 0; i < points.size(); ++i) {
        both += out[i].score > 0 && points[i].score > 0 ? 1 : 0;
        if (!(out[i].score > 0))
            out[i] = points[i];
    }
    return both;
}

/// The widest of the files' layouts; the points of the others go into it.
std::string widestLayout(const std::vector<SkeletonFile>& files)
{
    const auto widest = std::max_element(files.begin(), files.end(),
        [](const SkeletonFile& a, const SkeletonFile& b) { return a.track.pointCount < b.track.pointCount; });
    return widest->track.layout;
}

} // namespace

Result<SkeletonFile> readSkeletonFiles(const std::vector<std::filesystem::path>& paths)
{
    if (paths.empty())
        return Error{ErrorCode::InvalidArgument, "no skeleton file is named"};
    std::vector<SkeletonFile> files;
    for (const auto& path : paths) {
        auto file = readSkeletonFile(path);
        if (!file)
            return file.error();
        files.push_back(std::move(*file));
    }
    if (files.size() == 1)
        return std::move(files.front());
    const std::string layout = widestLayout(files);
    SkeletonFile merged;
    for (size_t i = 0; i < files.size(); ++i) {
        auto mapped = mapTrack(files[i].track, layout);
        if (!mapped)
            return mapped.error();
        const size_t seen = seenPoints(files[i].track);
        if (seenPoints(*mapped) < seen)
            files[i].notes.push_back(paths[i].string() + ": some of its points are none of layout " + layout
                + " and are left out");
        if (i == 0) {
            merged = std::move(files[i]);
            merged.track = std::move(*mapped);
            continue;
        }
        if (files[i].track.frames != merged.track.frames || mapped->persons != merged.track.persons
            || files[i].normalised != merged.normalised)
            return Error{ErrorCode::BadFormat,
                paths[i].string() + ": has other frames, persons or coordinates than " + paths[0].string()
                    + ", so the two cannot be one track"};
        if (const size_t both = addPoints(*mapped, merged.track); both * 2 > seen)
            return Error{ErrorCode::BadFormat,
                paths[i].string() + ": has mostly points that the files before it have too, so it shows "
                    + "somebody else or the same again; files of one video are parts of one body, import the "
                      "one that you want"};
        merged.notes.insert(merged.notes.end(), files[i].notes.begin(), files[i].notes.end());
    }
    return merged;
}

} // namespace telltale
