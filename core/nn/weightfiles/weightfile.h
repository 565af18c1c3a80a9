// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/safetensors.h"
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// How a file of weights was written.
enum class WeightFormat { Safetensors, Zip, Legacy };

/// A tensor of the file as it was stored, before widening.
struct StoredTensor {
    std::string name;
    std::string dtype; ///< "F32", "F16", "BF16", "I64", ...: the names of .safetensors
    std::vector<int64_t> shape;
};

struct WeightFile {
    WeightFormat format = WeightFormat::Safetensors;
    /// The way to the model inside a training state, "state_dict" or "model"; empty where the file is the
    /// model.
    std::string root;
    std::vector<StoredTensor> stored; ///< by name
    TensorFile content; ///< every dtype widened to float32
};

/// The one door for files of weights: .safetensors, PyTorch's .pth / .pt (zip since 1.6, stored entries, also
/// zip64; the older row of pickles), told apart by content, not by name. No Python runs and no code of the
/// file either: its pickle goes through a machine that knows tensors and plain containers, and whatever else
/// it wants to call is refused by name. Of a training state the model is taken (under "state_dict", "model",
/// "module", ...), the optimizer left. Nothing is allocated before it was checked against the size of the
/// file. BadFormat, Unsupported, NotFound, Io: one sentence with the file and the tensor or place.
Result<WeightFile> openWeightFile(const std::filesystem::path& file);
/// The same from memory; `name` is used in messages.
Result<WeightFile> parseWeightFile(std::string_view bytes, const std::string& name);
/// The tensors alone.
Result<TensorFile> readWeightFile(const std::filesystem::path& file);

} // namespace telltale
