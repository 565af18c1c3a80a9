// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "learn/untrimmed/untrimmedset.h"
#include "pipeline/clipsets/videoparts.h"
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace telltale {

/// Constants of models/recipes/videos.json.
struct ProjectVideoRecipe {
    std::string name;
    std::string crop = "person"; ///< what the pictures show, the same square all the time; as checkCrop()
    int pictureSide = 64; ///< pixels
    int pictureStep = 2; ///< frames
    double decidedWeight = 2; ///< of spans that a person accepted, corrected or added; imported ones count 1
    std::string text; ///< the file itself, with its provenance
};
/// BadFormat names the file and the key.
Result<ProjectVideoRecipe> readProjectVideoRecipe(const std::filesystem::path& file);
std::filesystem::path projectVideoRecipeFile();

/// Which videos of the project become a set, and how.
struct VideoExportRequest : ProjectCut {
    std::filesystem::path out; ///< the .safetensors file
    ProjectVideoRecipe recipe;
    bool pictures = true; ///< false: skeletons only
    bool unlabelled = false; ///< also videos in which nobody decided anything
    bool everyPerson = false; ///< also persons of the tracks without a span
    bool forLearning = true; ///< false: notes on what counts as background are left out
    std::map<int64_t, int64_t> undecided; ///< open proposals by video
};

struct VideoExportOptions {
    std::filesystem::path recipe = {}; ///< empty: models/recipes/videos.json
    std::string crop = {}; ///< instead of the recipe's
    bool unlabelled = false;
    bool everyPerson = false; ///< also persons of the tracks without a span
    bool pictures = true;
};

/// Snapshot of the project with its decided and imported spans. InvalidArgument if nothing is left to export,
/// with what to do; errors of the recipe.
Result<VideoExportRequest> makeVideoExport(
    Document& document, const std::filesystem::path& out, const VideoExportOptions& options = {});

struct VideoExportResult {
    std::filesystem::path file;
    int64_t videos = 0; ///< one for each person with spans
    int64_t frames = 0;
    int64_t spans = 0;
    int64_t withPoints = 0;
    int64_t withPictures = 0;
    /// Crops that were missing and have been found, by video: keepFoundCrops().
    std::map<int64_t, std::vector<SavedCrop>> crops;
    std::vector<std::string> notes; ///< sentences: offline videos, open proposals, spans that were cut, ...
};

/// Whole videos of a project as an UntrimmedSet: points as people corrected them in every frame, spans that
/// are decided or were imported as truth, and pictures of one square all through the video. A video in which
/// several persons have spans comes once for each of them. A video without a decided span is unlabelled, and
/// comes only if asked for; videos that are away give skeletons only. Videos go to the disk as they are read.
/// Any thread. InvalidArgument names video, frame and point that is no number, and a subject on two sides;
/// Cancelled within a second, with nothing at `out`.
Result<VideoExportResult> exportVideos(const VideoExportRequest& request, ProgressSink& progress);

/// Name in the project of the video that a row of such a set shows.
std::string videoNameOf(const UntrimmedVideo& row);

} // namespace telltale
