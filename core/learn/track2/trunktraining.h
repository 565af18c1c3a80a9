// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "learn/track2/track2recipe.h"
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace telltale {

/// How an epoch of a transformer's own training went.
struct TrunkEpoch {
    int epoch = 0;
    int epochs = 0;
    double loss = 0; ///< mean squared error in deviations of each number
    /// Share of the skeletons' variance that is told from the pictures of subjects with the role validation;
    /// NaN without any. 0 is no better than each video's mean skeleton.
    double explained = 0;
    double seconds = 0;
};

struct TrunkOptions {
    uint64_t seed = 1;
    std::string device = "auto";
};

/// Teaches a video transformer to see: from the pictures of a chunk it learns to tell where the skeleton's
/// points are, beside their mean in the video, and where they move (in body units), row by row of the grid.
/// Needs no label, only videos with pictures and points. For machines on which no released weights can be
/// used; the way is ours. `recipe`: its PicturePlan, grid and training, and how far brightness and contrast
/// vary. The weights of the last epoch go to `file` (.safetensors, released names), to be given to a detector
/// as PicturePlan::weights. InvalidArgument: no pictures or points in the set; Internal where the loss
/// diverges; Io; Cancelled. Nothing at `file` changes but at the end.
Result<TrunkEpoch> trainTrunk(std::shared_ptr<const UntrimmedSet> set, const Track2Recipe& recipe,
    const std::filesystem::path& file, const TrunkOptions& options, ProgressSink& progress,
    const std::function<void(const TrunkEpoch&)>& onEpoch = {});

} // namespace telltale
