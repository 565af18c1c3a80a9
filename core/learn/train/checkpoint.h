// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/train/precision.h"
#include "learn/train/streamspec.h"
#include "learn/train/tensormap.h"
#include "learn/train/trainoutcome.h"
#include "learn/train/trainrecipe.h"

namespace telltale {

/// Where a training is, beside its tensors.
struct TrainState {
    int64_t step = 0; ///< the next one
    double lossSum = 0; ///< of the steps of this epoch
    double semanticSum = 0;
    double seconds = 0; ///< of this epoch
    int64_t optimizerSteps = 0;
    LossScale scale;
    double bestMetric = 0;
    int bestEpoch = 0; ///< 0: none yet
    bool stoppedEarly = false;
    std::vector<EpochReport> history;
};

/// What a checkpoint must share with the training that goes on from it.
struct TrainIdentity {
    StreamSpec spec;
    TrainRecipe recipe;
    std::string data; ///< digest of labels and weights
};

/// Never half a file; Io.
Status writeCheckpoint(const std::filesystem::path& file, const TensorMap& tensors, const TrainState& state,
    const TrainIdentity& identity);
/// Fills `tensors`, all or nothing. BadFormat says what keeps the checkpoint from being used: damage, another
/// stream, network, classes, recipe or other clips.
Result<TrainState> readCheckpoint(
    const std::filesystem::path& file, const TensorMap& tensors, const TrainIdentity& identity);

} // namespace telltale
