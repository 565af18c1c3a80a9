// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/classscore.h"
#include "eval/spans.h"
#include <cstdint>
#include <vector>

namespace telltale {

/// Pure functions about clips, no I/O, any thread; about spans: spans.h, spanevaluation.h.

struct ClipReport {
    double accuracy = 0;
    double top5 = 0; ///< NaN if no scores were given
    double macroF1 = 0; ///< over classes that occur in the truth or the prediction
    double microF1 = 0;
    double weightedF1 = 0;
    std::vector<ClassScore> perClass;
    std::vector<std::vector<int64_t>> confusion; ///< [truth][predicted]
};

/// `truth` and `predicted`: class per clip, in [0, classes). `scores`: empty, or one row of `classes` per
/// clip.
ClipReport clipReport(const std::vector<int>& truth, const std::vector<int>& predicted,
    const std::vector<std::vector<double>>& scores, int classes);

/// Share of clips whose class is among the `k` best scores. Of equal scores the higher class counts as
/// better, as the last k of an ascending argsort have it (pyskl). 0 without clips.
double topKAccuracy(const std::vector<std::vector<double>>& scores, const std::vector<int>& truth, int k);
/// Mean recall over the classes that occur in the truth or among the top classes, where one that is only
/// predicted counts 0 (pyskl). Of equal scores the lower class is the top one.
double meanClassAccuracy(const std::vector<std::vector<double>>& scores, const std::vector<int>& truth);
/// Mean of -log of the true class's probability (at least 1e-12); rows of probabilities. 0 without clips.
double negativeLogLikelihood(
    const std::vector<std::vector<double>>& probabilities, const std::vector<int>& truth);

/// Expected calibration error of the top class with `bins` equal bins (low, high]; rows of probabilities. The
/// edges are single precision, and a probability of exactly 0 falls in no bin, as in the tool of Guo et
/// al. 2017.
double expectedCalibrationError(
    const std::vector<std::vector<double>>& probabilities, const std::vector<int>& truth, int bins = 15);
/// The same for each class against the rest (its probability in every row against whether it is the true
/// class), mean over the classes that occur in the truth (Nixon et al. 2019).
double classwiseCalibrationError(
    const std::vector<std::vector<double>>& probabilities, const std::vector<int>& truth, int bins = 15);

/// Square-root weights (n + smoothing)^-1/2 with mean 1 over classes that have samples (2606.13030; form
/// ours). A class without samples gets weight 0. `cap` > 0 bounds every weight after that, so that the mean
/// may fall below 1.
std::vector<double> squareRootWeights(
    const std::vector<int64_t>& counts, double smoothing = 0, double cap = 0);

} // namespace telltale
