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

/// Which synthetic people a set of untrimmed videos has, one video each, and how hard it is;
/// models/recipes/synthetic_smg_untrimmed.json.
struct SynthUntrimmedRecipe : SynthPeople {
    std::string name;
    int pictureSide = 0; ///< pixels; 0: no pictures
    int pictureStep = 1; ///< frames from one picture to the next
    std::string text; ///< the file itself, with its provenance
};

std::filesystem::path synthUntrimmedRecipeFile();
/// Every key must be there. BadFormat names the file and the key that is missing or out of range.
Result<SynthUntrimmedRecipe> readSynthUntrimmedRecipe(const std::filesystem::path& file);

struct UntrimmedCounts {
    int64_t videos = 0;
    int64_t frames = 0;
    int64_t spans = 0;
};

/// Writes the people's videos as an UntrimmedSet: observed points of every frame, gestures as an annotator
/// gives them (what happens between them, near misses and changes of posture too, is no gesture), and the
/// square around the person as small pictures, drawn on all cores. Videos go to the disk as they are made:
/// memory does not depend on their length. Deterministic by recipe and seed. Cancelled within a second, with
/// nothing at `file`; InvalidArgument for a recipe without people; Io.
Result<UntrimmedCounts> writeSynthUntrimmed(const std::filesystem::path& file,
    const SynthUntrimmedRecipe& recipe, uint64_t seed, ProgressSink& progress);

} // namespace telltale
