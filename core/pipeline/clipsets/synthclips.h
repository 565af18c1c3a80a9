// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "pipeline/clipsets/synthpeople.h"
#include <cstdint>
#include <filesystem>
#include <string>

namespace telltale {

/// Which synthetic subjects a set of clips has, and how hard it is; models/recipes/synthetic_smg.json.
struct SynthClipRecipe : SynthPeople {
    std::string name;
    int rgbFrames = 0; ///< 0: no pictures
    int rgbSide = 0;
    std::string text; ///< the file itself, with its provenance
};

/// Every key must be there. BadFormat names the file and the key that is missing or out of range.
Result<SynthClipRecipe> readSynthClipRecipe(const std::filesystem::path& file);

struct SynthClipCounts {
    int64_t train = 0;
    int64_t validation = 0;
    int64_t test = 0;
};

/// Draws the subjects on all cores and writes their clips as a ClipSet: observed points of the jittered span,
/// and pictures of the moving part as clipBox() finds it. Deterministic by recipe and seed. Cancelled within
/// a second, with nothing at `file`; Io.
Result<SynthClipCounts> writeSynthClips(
    const std::filesystem::path& file, const SynthClipRecipe& recipe, uint64_t seed, ProgressSink& progress);

} // namespace telltale
