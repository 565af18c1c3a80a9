// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <vector>

namespace telltale {

/// What one pass over the training videos gave.
struct DetectorEpoch {
    int epoch = 0; ///< from 1
    int epochs = 0;
    double classLoss = 0; ///< mean over the steps
    double offsetLoss = 0;
    double learningRate = 0; ///< of the last step
    std::vector<double> rarity; ///< by class, as all of ASBA's below
    std::vector<double> difficulty;
    std::vector<double> intensity; ///< that the next epoch is varied by
    bool validated = false; ///< the figures below are there
    double f1 = 0; ///< strict, at the recipe's decision overlap and the best threshold
    double threshold = 0; ///< of the scores, that gave it
    double meanAp = 0; ///< at the same overlap
    double seconds = 0;
    bool best = false;
};

} // namespace telltale
