// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/safetensors.h"
#include "nn/weightfiles/keymap.h"
#include <torch/nn/modules/linear.h>

namespace telltale {

/// Parameters and running statistics by their dotted names (step counters left out).
TensorFile saveWeights(const torch::nn::Module& module);
/// Copies the tensors into `module`. All or nothing: BadFormat names `file`, the tensor, the shape wanted and
/// the one found; a missing or surplus tensor is refused by name. Step counters of normalisation layers
/// (num_batches_tracked) are passed over.
Status loadWeights(torch::nn::Module& module, const TensorFile& content, const std::string& file);

/// Names and shapes of what loadWeights() wants.
WantedTensors wantedTensors(const torch::nn::Module& module);

/// Where somebody else's weights went.
struct ReleasedWeights {
    std::string keys; ///< name of the KeyMap that was used
    bool classifier = false; ///< whether the last layer was taken too
    std::vector<std::string> notes; ///< a sentence for each thing that was left out
};
/// Weights of a released file (readWeightFile()) for `network` and, where it fits, `classifier` (may be
/// null): a last layer for another number of classes is left out, with a note, and keeps what it has. `keys`
/// null: chosen by what fits. The network is loaded strictly, all or nothing, as by loadWeights().
Result<ReleasedWeights> loadReleased(torch::nn::Module& network, torch::nn::LinearImpl* classifier,
    TensorFile content, const std::string& file, const KeyMap* keys = nullptr);

} // namespace telltale
