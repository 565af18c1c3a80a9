// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/track2/detectortraining.h"
#include "learn/train/tensormap.h"

namespace telltale {

/// Where a detector's training is, beside its tensors.
struct DetectorState {
    int epoch = 0; ///< finished
    int64_t optimizerSteps = 0;
    double normaliser = 0; ///< of the loss
    std::vector<double> classLosses; ///< ASBA's
    double bestMetric = 0;
    int bestEpoch = 0;
    std::vector<DetectorEpoch> history;
};

/// What a checkpoint must share with the training that goes on from it.
struct DetectorIdentity {
    std::string recipe; ///< digest
    std::string set; ///< digest
    std::string training; ///< digest
    std::vector<size_t> train;
    std::vector<size_t> validation;
};

/// Parameters and running numbers of the network but for those of a frozen trunk.
TensorMap learnedTensors(const DetectorNetwork& network);

/// Never half a file; Io.
Status writeDetectorCheckpoint(const std::filesystem::path& file, const TensorMap& tensors,
    const DetectorState& state, const DetectorIdentity& identity);
/// Fills `tensors`, all or nothing. BadFormat: damage, or another recipe, set or choice of videos.
Result<DetectorState> readDetectorCheckpoint(
    const std::filesystem::path& file, const TensorMap& tensors, const DetectorIdentity& identity);

} // namespace telltale
