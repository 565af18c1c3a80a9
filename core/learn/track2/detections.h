// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "eval/spans.h"
#include "learn/spans/segment.h"
#include "learn/track2/detectornetwork.h"
#include "learn/track2/track2recipe.h"
#include <string>
#include <vector>

namespace telltale {

/// Windows beside each other on `device`. Errors are c10::Error.
DetectorBatch batchOf(std::vector<GridSample> samples, const TimeGrid& grid, const torch::Device& device);

/// What the detector finds in one window that begins at frame `first` of a video with `frames` frames: in
/// frames of the video, held inside it. Errors are c10::Error.
std::vector<Segment> detectWindow(DetectorNetwork& network, const Track2Recipe& recipe, GridSample sample,
    int classes, int64_t first, int64_t frames);
/// Soft suppression over the windows of a video, best first.
std::vector<Segment> withoutDoubles(
    const std::vector<std::vector<Segment>>& windows, const Track2Recipe& recipe);

/// What the detector finds in a video, in frames, best first: windows that see every frame, decoded, and
/// soft suppression of all of them together. Scores are those of one class each; a span can come with several
/// classes. Memory does not depend on the video's length but for the segments. Cancelled between windows.
/// Errors of torch are c10::Error.
Result<std::vector<Segment>> detectVideo(DetectorNetwork& network, const Track2Recipe& recipe,
    const UntrimmedSet& set, size_t video, ProgressSink& progress);

/// The same of several videos, as spans by their ids.
Result<std::vector<ScoredSpan>> detectVideos(DetectorNetwork& network, const Track2Recipe& recipe,
    const UntrimmedSet& set, const std::vector<size_t>& videos, ProgressSink& progress);

/// Truth of the videos, in frames, each gesture once.
std::vector<ScoredSpan> truthOf(const UntrimmedSet& set, const std::vector<size_t>& videos);

/// Videos of the role.
std::vector<size_t> videosOf(const UntrimmedSet& set, ClipRole role);

} // namespace telltale
