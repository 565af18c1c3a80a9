// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/training.h"
#include "review/forgetting.h"

namespace telltale {

/// models/recipes/retrain.json; every value has a provenance there.
struct RetrainRecipe {
    std::string name;
    HeadTraining training;
    double correctedWeight = 2; ///< of a span that a person corrected; at least that of an accepted one
    double acceptedWeight = 1; ///< at least 1
    double pseudoLabelWeight = 0.5; ///< times the teachers' probability; below 1
    double heldShare = 0.25;
    int heldEvery = 5;
    ForgettingRule forgetting;
};

/// BadFormat names the file and the key that is missing or out of range.
Result<RetrainRecipe> readRetrainRecipe();

} // namespace telltale
