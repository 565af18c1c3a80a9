// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analyzerecipe.h"
#include "base/files.h"
#include "pipeline/recipefile.h"

namespace telltale {

std::filesystem::path analyzeRecipeFile() { return dataFolder() / "models" / "recipes" / "analyze.json"; }

Result<AnalyzeRecipe> readAnalyzeRecipe(const std::filesystem::path& file)
{
    AnalyzeRecipe recipe;
    const Status status = RecipeFile(file).read([&](RecipeFile& in) {
        recipe.name = in.name();
        in.get("detector", "thresholds", recipe.decode.thresholds);
        in.get("detector", "mergeGapSeconds", recipe.decode.mergeGapSeconds);
        in.get("detector", "shortestSeconds", recipe.decode.shortestSeconds);
        in.get("detector", "longestSeconds", recipe.decode.longestSeconds);
        in.get("detector", "valley", recipe.decode.valley);
        in.get("detector", "overlap", recipe.decode.overlap);
        in.get("detector", "minScore", recipe.decode.minScore);
        in.get("detector", "largestShare", recipe.decode.largestShare);
        in.get("detector", "calmSeconds", recipe.decode.calmSeconds);
        in.get("motion", "pictureSide", recipe.motionPictureSide);
        in.get("motion", "background", recipe.motionBackground);
        in.get("motion", "strong", recipe.motionStrong);
        in.get("body", "leastShare", recipe.leastBodyShare);
        in.get("consensus", "threshold", recipe.consensus.threshold);
        in.get("consensus", "margin", recipe.consensus.margin);
        in.get("consensus", "agreeing", recipe.consensus.agreeing);
    });
    if (!status)
        return status.error();
    return recipe;
}

} // namespace telltale
