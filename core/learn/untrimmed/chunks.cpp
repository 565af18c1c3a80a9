// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/untrimmed/chunks.h"
#include <algorithm>

namespace telltale {

namespace {

ClipSetInfo clipInfoOf(const UntrimmedSetInfo& set, int pictures)
{
    ClipSetInfo info;
    info.scheme = set.scheme;
    info.classes = set.classes;
    info.skeleton = set.skeleton;
    info.channels = set.channels;
    info.rgbFrames = pictures;
    info.rgbSide = set.pictureSide;
    info.origin = set.origin + "; chunks of its gestures";
    info.recipe = set.recipe;
    return info;
}

/// First pictures of the chunks of a span, counted from the video's beginning.
std::vector<int64_t> chunksOf(const FrameSpan& span, int64_t step, int64_t pictures, int64_t available)
{
    const int64_t first = (span.first + step - 1) / step;
    const int64_t behind = std::min((span.last + step - 1) / step, available);
    std::vector<int64_t> starts;
    for (int64_t start = first; start + pictures <= behind; start += pictures)
        starts.push_back(start);
    if (starts.empty() && available >= pictures)
        starts.push_back(std::clamp<int64_t>((first + behind - pictures) / 2, 0, available - pictures));
    return starts;
}

} // namespace

Result<ChunkCounts> writeChunks(
    const UntrimmedSet& set, const std::filesystem::path& file, int pictures, ProgressSink& progress)
{
    const UntrimmedSetInfo& info = set.info();
    if (info.pictureSide < 1)
        return Error{ErrorCode::InvalidArgument,
            "The set has no pictures; make it with them (videos export without --no-pictures)."};
    auto writer = ClipSetWriter::create(file, clipInfoOf(info, pictures));
    if (!writer)
        return writer.error();
    const auto picture = static_cast<size_t>(info.pictureSide) * static_cast<size_t>(info.pictureSide) * 3;
    const auto row = static_cast<size_t>(info.skeleton.graph.points) * static_cast<size_t>(info.channels);
    ChunkCounts counts;
    for (size_t i = 0; i < set.videos().size(); ++i) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        progress.report(
            static_cast<int64_t>(i), static_cast<int64_t>(set.videos().size()), "chunks of gestures");
        const UntrimmedVideo& video = set.videos()[i];
        const auto seen = set.pictures(i);
        const auto points = set.points(i);
        for (const TruthSpan& truth : video.truth) {
            const auto starts = chunksOf(
                truth.span, info.pictureStep, pictures, static_cast<int64_t>(seen.size() / picture));
            ++(starts.empty() ? counts.leftOut : counts.gestures);
            for (const int64_t start : starts) {
                ClipInfo clip;
                clip.span = {
                    start * info.pictureStep, std::min((start + pictures) * info.pictureStep, video.frames)};
                clip.id
                    = video.id + ":" + std::to_string(truth.label) + ":" + std::to_string(clip.span.first);
                clip.video = video.id;
                clip.subject = video.subject;
                clip.role = video.role;
                clip.person = video.person;
                clip.label = truth.label;
                clip.weight = truth.weight;
                const auto frames = points.empty()
                    ? points
                    : points.subspan(static_cast<size_t>(clip.span.first) * row,
                        static_cast<size_t>(clip.span.length()) * row);
                const auto shown = seen.subspan(
                    static_cast<size_t>(start) * picture, static_cast<size_t>(pictures) * picture);
                if (Status status = (*writer)->add(std::move(clip), frames, shown); !status)
                    return status.error();
                ++counts.chunks;
            }
        }
    }
    if (counts.chunks == 0)
        return Error{ErrorCode::InvalidArgument,
            "No video of the set has a gesture and pictures enough for a chunk of " + std::to_string(pictures)
                + "."};
    if (Status status = (*writer)->finish(); !status)
        return status.error();
    return counts;
}

} // namespace telltale
