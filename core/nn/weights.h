// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/safetensors.h"
#include <torch/nn/module.h>

namespace telltale {

/// Parameters and running statistics by their dotted names (step counters left out).
TensorFile saveWeights(const torch::nn::Module& module);
/// Copies the tensors into `module`. All or nothing: BadFormat names `file`, the tensor, the shape wanted and
/// the one found; a missing or surplus tensor is refused by name.
Status loadWeights(torch::nn::Module& module, const TensorFile& content, const std::string& file);

} // namespace telltale
