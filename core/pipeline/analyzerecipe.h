// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "learn/fusion.h"
#include "pipeline/decode.h"
#include <filesystem>
#include <string>

namespace telltale {

/// Constants of an analysis. The file keeps a provenance beside every value.
struct AnalyzeRecipe {
    std::string name; ///< "analyze 1"
    DecodeOptions decode;
    int motionPictureSide = 96;
    double motionBackground = 0.5;
    double motionStrong = 0.97;
    double leastBodyShare = 0.2;
    ConsensusOptions consensus;
};

/// models/recipes/analyze.json in the data folder.
std::filesystem::path analyzeRecipeFile();
/// NotFound; BadFormat names the file and the key.
Result<AnalyzeRecipe> readAnalyzeRecipe(const std::filesystem::path& file);

} // namespace telltale
