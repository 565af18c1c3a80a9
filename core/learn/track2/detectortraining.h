// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "learn/track2/detections.h"
#include "learn/track2/detectorepoch.h"
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace telltale {

struct DetectorTrainOptions {
    std::filesystem::path checkpoints; ///< folder of last.safetensors; empty: nothing is written
    bool resume = false; ///< goes on from there, bit for bit as if nothing had happened
    std::string what = "detector"; ///< told with the progress
};

struct DetectorOutcome {
    std::vector<DetectorEpoch> history; ///< of resumed training too
    int bestEpoch = 0; ///< whose weights the network has now
};

/// Trains adapters and detector on whole videos by windows (2606.07355; AdaTAD's schedule and losses); the
/// trunk of a transformer stays frozen. Afterwards the network has the weights of the epoch with the best
/// mean average precision on `validation`, of the last epoch without any. Equal network, recipe and set give
/// equal weights bit for bit on one machine with one number of threads.
///
/// Cancelled between steps; InvalidArgument: no training video with a gesture; Internal: losses that are not
/// finite, names epoch and step; Io, BadFormat of checkpoints.
Result<DetectorOutcome> trainDetector(DetectorNetwork& network, const Track2Recipe& recipe,
    const std::shared_ptr<const UntrimmedSet>& set, const std::vector<size_t>& train,
    const std::vector<size_t>& validation, const DetectorTrainOptions& options, ProgressSink& progress,
    const std::function<void(const DetectorEpoch&)>& onEpoch = {});

} // namespace telltale
