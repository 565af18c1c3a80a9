// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/ensemble.h"
#include <map>
#include <string>
#include <vector>

namespace telltale {

/// Uncalibrated scores of one held-out clip.
struct CalibrationRow {
    std::map<std::string, std::vector<float>> logits; ///< by modality
    int label = 0;
    int subject = 0;
};

/// Temperature per modality and weights of the vote.
struct Calibration {
    std::map<std::string, double> temperature;
    std::map<std::string, double> weight;

    void applyTo(HeadSet& heads) const;
    std::map<std::string, std::vector<float>> probabilities(const CalibrationRow& row) const;
};

Calibration fitCalibration(const std::vector<CalibrationRow>& rows);

/// What a modality, or the vote ("fused"), reaches on clips that its calibration has not seen.
struct HeldScore {
    int64_t clips = 0;
    double accuracy = 0;
    double macroF1 = 0;
    double calibrationError = 0;
};

/// Scores by modality and "fused". Calibration for each half of the subjects is fitted on the other half.
std::map<std::string, HeldScore> crossFittedScores(const std::vector<CalibrationRow>& rows, int classes);

} // namespace telltale
