// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "features/cache/featurecache.h"
#include "pipeline/clipsets/projectclips.h"

namespace telltale {

/// What was cut out of a video for one clip; empty where it lacks poses or pictures.
struct CutClip {
    std::vector<float> points; ///< as ClipSet::points()
    std::vector<uint8_t> rgb; ///< as ClipSet::rgb()
};

struct VideoClips {
    std::vector<CutClip> clips; ///< as asked for
    std::vector<SavedCrop> foundCrops; ///< of a video that had none
    int64_t fromCache = 0;
    std::vector<std::string> notes;
};

/// The clips of one video of `request`; errors as exportClips().
Result<VideoClips> cutVideo(const ClipExportRequest& request, const VideoEntry& video,
    const std::vector<ClipInfo>& clips, FeatureCache& cache, ProgressSink& progress);

} // namespace telltale
