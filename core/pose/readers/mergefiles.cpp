// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/layoutmap.h"
#include "pose/readers/skeletonfile.h"
#include <algorithm>

namespace telltale {
namespace {

size_t seenPoints(const PoseTrack& track)
{
    size_t seen = 0;
    for (size_t i = 0; i < track.points.size(); ++i)
        seen += track.points.data()[i].score > 0 ? 1 : 0;
    return seen;
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
    SkeletonFile merged = files.front();
    for (size_t i = 0; i < files.size(); ++i) {
        const auto mapped = mapTrack(files[i].track, layout);
        if (!mapped)
            return mapped.error();
        if (i == 0) {
            merged.track = *mapped;
            continue;
        }
        if (files[i].track.frames != merged.track.frames || mapped->persons != merged.track.persons
            || files[i].normalised != merged.normalised)
            return Error{ErrorCode::BadFormat,
                paths[i].string() + ": has other frames, persons or coordinates than " + paths[0].string()
                    + ", so the two cannot be one track"};
        if (seenPoints(*mapped) < seenPoints(files[i].track))
            merged.notes.push_back(paths[i].string() + ": some of its points are none of layout " + layout
                + " and are left out");
        PosePoint* out = merged.track.points.data();
        for (size_t k = 0; k < mapped->points.size(); ++k)
            if (!(out[k].score > 0))
                out[k] = mapped->points.data()[k];
        merged.notes.insert(merged.notes.end(), files[i].notes.begin(), files[i].notes.end());
    }
    return merged;
}

} // namespace telltale
