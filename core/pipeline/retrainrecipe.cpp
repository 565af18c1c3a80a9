// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/retrainrecipe.h"
#include "base/files.h"
#include "pipeline/recipefile.h"

namespace telltale {

Result<RetrainRecipe> readRetrainRecipe()
{
    RetrainRecipe recipe;
    const auto file = dataFolder() / "models" / "recipes" / "retrain.json";
    int hidden = 0;
    const Status status = RecipeFile(file).read([&](RecipeFile& in) {
        HeadTraining& training = recipe.training;
        recipe.name = in.name();
        in.get("training", "hidden", hidden);
        in.get("training", "epochs", training.epochs);
        in.get("training", "pull", training.pull);
        in.get("training", "projectedPull", training.projectedPull);
        in.get("training", "effectiveNumber", training.effectiveNumber);
        in.get("training", "beta", training.beta);
        in.get("training", "weightSmoothing", training.weightSmoothing);
        in.get("training", "weightCap", training.weightCap);
        in.get("training", "semanticWeight", training.semanticWeight);
        in.get("training", "semanticScale", training.semanticScale);
        in.get("samples", "correctedWeight", recipe.correctedWeight);
        in.get("samples", "acceptedWeight", recipe.acceptedWeight);
        in.get("samples", "pseudoLabelWeight", recipe.pseudoLabelWeight);
        in.get("samples", "heldShare", recipe.heldShare);
        in.get("samples", "heldEvery", recipe.heldEvery);
        in.get("forgetting", "margin", recipe.forgetting.margin);
        in.get("forgetting", "fewestExamples", recipe.forgetting.fewestExamples);
    });
    if (!status)
        return status.error();
    if (hidden > 0) {
        recipe.training.kind = HeadKind::Mlp;
        recipe.training.hidden = hidden;
    }
    const bool ordered = recipe.correctedWeight >= recipe.acceptedWeight && recipe.acceptedWeight >= 1
        && recipe.pseudoLabelWeight >= 0 && recipe.pseudoLabelWeight < 1;
    const bool judges = recipe.forgetting.margin > 0 && recipe.forgetting.margin < 1
        && recipe.forgetting.fewestExamples >= 1;
    if (!judges)
        return Error{ErrorCode::BadFormat,
            file.string()
                + ": the \"margin\" of the forgetting has to be between 0 and 1 and \"fewestExamples\" at "
                  "least 1."};
    if (!ordered || recipe.training.semanticScale <= 0 || recipe.heldEvery < 2)
        return Error{ErrorCode::BadFormat,
            file.string()
                + ": \"correctedWeight\" has to be at least \"acceptedWeight\", that at least 1 and "
                  "\"pseudoLabelWeight\" below it, \"semanticScale\" above 0 and \"heldEvery\" at least 2."};
    return recipe;
}

} // namespace telltale
