// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "learn/clips/clipset.h"
#include "pipeline/clipsets/videoparts.h"
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace telltale {

/// Constants of models/recipes/clips.json.
struct ProjectClipRecipe {
    std::string name;
    std::string crop = "motion"; ///< what the pictures show: "motion", "person", "hands", "face"
    int rgbSide = 64; ///< pixels
    int window = 8; ///< frames; shorter spans repeat frames, which a note says
    double decidedWeight = 2; ///< of spans that a person accepted, corrected or added; imported ones count 1
    std::string text; ///< the file itself, with its provenance
};
/// BadFormat names the file and the key.
Result<ProjectClipRecipe> readProjectClipRecipe(const std::filesystem::path& file);
std::filesystem::path projectClipRecipeFile();

/// Which clips of the project are cut, and how.
struct ClipExportRequest : ProjectCut {
    std::filesystem::path out; ///< the .safetensors file
    ProjectClipRecipe recipe;
    bool pictures = true; ///< false: skeletons only
};

struct ClipExportOptions {
    std::filesystem::path recipe = {}; ///< empty: models/recipes/clips.json
    std::string crop = {}; ///< instead of the recipe's
    /// Also spans that nobody decided, without a label: open proposals and spans without a name.
    bool unlabelled = false;
    bool pictures = true;
};

/// Snapshot of everything labelled: what people accepted, corrected or added, and imported truth. Roles are
/// those of the subjects; a clip without a label has the role Unlabelled. Waits until the edits so far are
/// durable. InvalidArgument if no span is left, with what to do; errors of the recipe.
Result<ClipExportRequest> makeClipExport(
    Document& document, const std::filesystem::path& out, const ClipExportOptions& options = {});

struct ClipExportResult {
    std::filesystem::path file;
    int64_t labelled = 0;
    int64_t unlabelled = 0;
    int64_t withPoints = 0;
    int64_t withPictures = 0;
    int64_t fromCache = 0; ///< of withPictures: not decoded again
    /// Crops that were missing and have been found, by video: keepFoundCrops().
    std::map<int64_t, std::vector<SavedCrop>> crops;
    std::vector<std::string> notes; ///< sentences: offline videos, spans shorter than the window, ...
};

/// Points as people corrected them and pictures at the crops that the project keeps, in one ClipSet. Any
/// thread. Videos that are away give skeletons only. InvalidArgument names video, frame and point that is no
/// number, and a subject on two sides; Cancelled within a second, with nothing at `out`.
Result<ClipExportResult> exportClips(const ClipExportRequest& request, ProgressSink& progress);

} // namespace telltale
