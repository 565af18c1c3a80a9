// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "learn/streams/clipbatches.h"
#include "learn/track1/clipscores.h"
#include "learn/track1/clipsides.h"
#include "learn/track1/track1recipe.h"
#include "learn/train/trainer.h"
#include <memory>

namespace telltale {

/// One stream on one set of clips: what training, adapting and scoring do in the same way.
struct StreamWork {
    std::shared_ptr<const ClipSet> set;
    StreamPlan plan;
    NdArray labelVectors; ///< [classes, D]; empty unless the plan's semantic loss needs them
    std::string device = "auto";
    std::string what; ///< told with the progress
};

/// Labels of the set by index, of those that have what the stream needs.
std::vector<StreamClip> streamClips(const StreamWork& work, const std::vector<size_t>& clips);

/// The label vectors that the recipe asks for: orthogonal ones for all losses but "mse".
Result<NdArray> semanticTargets(
    const ClipSetInfo& set, const LabelVectorOptions& options, const TrainRecipe& training);

/// A model with new weights, or with those of the file that the recipe's network names as "weights" (PyTorch
/// or safetensors, names of PYSKL, MMAction2, VideoMAEv2, torchvision or ours). InvalidArgument; NotFound and
/// BadFormat of that file.
Result<StreamModel> newModel(const StreamWork& work, uint64_t seed);
/// The same network with the same weights, to be trained on.
Result<StreamModel> copyOf(const StreamModel& model);

/// Trains `model` on clips with labels. Errors as trainStream().
Result<TrainOutcome> trainOn(StreamModel& model, const StreamWork& work, std::vector<StreamClip> train,
    std::vector<StreamClip> validation, const std::filesystem::path& checkpoints, bool resume,
    ProgressSink& progress, const std::function<void(const EpochReport&)>& onEpoch = {});

/// A new model trained on the sides' clips towards the label vectors that the plan's loss asks for.
Result<StreamModel> trainedModel(StreamWork work, const LabelVectorOptions& labels, const ClipSides& sides,
    const std::filesystem::path& checkpoints, bool resume, ProgressSink& progress,
    const std::function<void(const EpochReport&)>& onEpoch = {});

/// Logits and features of clips of the set, by place in `clips`.
Result<ScoredClips> scoreOn(const StreamModel& model, const StreamWork& work,
    const std::vector<size_t>& clips, ProgressSink& progress);

} // namespace telltale
