// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/metrics.h"
#include <string>
#include <vector>

namespace telltale {

/// What one pass over the training clips gave.
struct EpochReport {
    int epoch = 0; ///< from 1
    int epochs = 0; ///< of the whole training
    double trainLoss = 0; ///< mean over the steps, class loss and semantic loss together
    double semanticLoss = 0; ///< its part in that
    double learningRate = 0; ///< of the last step
    bool validated = false; ///< the figures below are there
    double validationLoss = 0; ///< mean negative logarithm of the true class's probability
    ClipReport validation; ///< accuracy, macro-F1, precision, recall, F1 and support per class
    double calibrationError = 0; ///< ECE, uncalibrated
    double seconds = 0; ///< of training and scoring
    bool best = false; ///< better than every epoch before
};

struct TrainOutcome {
    std::vector<EpochReport> history; ///< of resumed training too
    int bestEpoch = 0; ///< whose weights the model has now
    bool stoppedEarly = false;
    std::vector<std::string> notes; ///< sentences for a person: classes without clips, what was left aside
};

} // namespace telltale
