// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "exchange/dataset/datasetplan.h"
#include <filesystem>

namespace telltale {

/// Writes clips/SAMPLE.mp4 (or clips/CLASS/SAMPLE.mp4), without sound, of every span whose video is there. A
/// clip has exactly the frames of its span, each for its own time. What a video does not give (damaged
/// pictures) is left out and said. `indexes`: where indexes of videos are kept. Cancelled, Io.
Status writeClips(DatasetPlan& plan, const std::filesystem::path& folder,
    const std::filesystem::path& indexes, ProgressSink& progress, std::vector<std::string>& notes);

/// videos/VIDEO.EXT: a link to each video, or a copy of it. Cancelled, Io.
Status placeVideos(DatasetPlan& plan, const std::filesystem::path& folder, ProgressSink& progress,
    std::vector<std::string>& notes);

} // namespace telltale
