// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "learn/train/streammodel.h"
#include "learn/train/trainoutcome.h"
#include "learn/train/trainrecipe.h"
#include <functional>

namespace telltale {

/// Where and how a training runs: nothing here changes what it computes but for the device.
struct TrainOptions {
    /// Folder of best.safetensors, last.safetensors and history.json; empty: nothing is written.
    std::filesystem::path checkpoints;
    /// Goes on from last.safetensors where there is one; weights come out as if nothing had happened.
    bool resume = false;
    double checkpointSeconds = 600; ///< an epoch that lasts longer also writes last.safetensors within
    std::string device = "auto"; ///< as deviceNamed()
    int producers = 0; ///< threads that make batches ahead; 0: one on the CPU, up to 8 for a card
    NdArray labelVectors; ///< [classes, D] for the semantic losses that need them
    std::string what; ///< told with the progress; empty: the stream's name
};

/// Trains the model from the weights it has. Afterwards it has the weights of the best epoch by
/// TrainRecipe::selectBy on `validation` (null, or no labelled clip in it: of the last epoch), the running
/// mean where the recipe asks for one. Samples without a label are left aside. `onEpoch` runs on the calling
/// thread.
///
/// Equal weights, recipe and sources give equal weights bit for bit, on one machine with one number of
/// threads, also over stops and resumes: every random choice depends on seed, epoch and step alone. Modules
/// that draw from torch's own generator (dropout within a network) hold to that while nothing else in the
/// process draws from it. On CUDA cuDNN is told to be deterministic; operations that are not by themselves
/// remain so.
///
/// Cancelled between steps, between batches of scoring, and while waiting for a batch. Other failures:
/// InvalidArgument (recipe, label out of range, too few clips), BadFormat (a checkpoint that belongs to
/// another training: says what differs), Io (checkpoint cannot be written: the former one stays), Internal
/// (loss or gradients not finite: names epoch and step). After any of them the model has the best weights so
/// far, and the checkpoints of finished epochs stay.
Result<TrainOutcome> trainStream(StreamModel& model, const TrainRecipe& recipe, const BatchSource& train,
    const BatchSource* validation, const TrainOptions& options, ProgressSink& progress,
    const std::function<void(const EpochReport&)>& onEpoch = {});

} // namespace telltale
