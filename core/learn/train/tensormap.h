// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <filesystem>
#include <map>
#include <string>
#include <torch/nn/module.h>

namespace telltale {

/// Tensors by name. Those of a module share its memory.
using TensorMap = std::map<std::string, torch::Tensor>;

/// Parameters and running statistics by their dotted names behind `prefix` (step counters left out).
TensorMap storedTensors(const torch::nn::Module& module, const std::string& prefix = {});

struct StoredTensors {
    TensorMap tensors; ///< float32, in main memory
    std::map<std::string, std::string> metadata;
};

/// As .safetensors in float32, flushed and renamed: never half a file.
Status writeTensors(const std::filesystem::path& file, const TensorMap& tensors,
    const std::map<std::string, std::string>& metadata);
Result<StoredTensors> readTensors(const std::filesystem::path& file);
/// Copies what was read into tensors of the same names and shapes, all or nothing. BadFormat names `file`
/// and the tensor that is missing, surplus or of another shape.
Status copyTensors(const TensorMap& from, const TensorMap& into, const std::string& file);
/// Copies the values of tensors that have the same names and shapes. Errors are c10::Error.
void copyInto(const TensorMap& from, const TensorMap& into);
/// A copy with memory of its own.
TensorMap cloned(const TensorMap& tensors);

} // namespace telltale
