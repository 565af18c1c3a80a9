// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/detector/actionformer.h"
#include "nn/safetensors.h"

namespace telltale {

struct ReleasedDetector {
    std::string program; ///< whose names the tensors have: "OpenTAD", "ActionFormer"
    std::vector<std::string> notes; ///< a sentence for each thing that was left out
};

/// Weights of a detector that OpenTAD or ActionFormer wrote, for one of the same sizes. A transformer in
/// front of it is passed over, and so is a last layer for another
/// number of classes, with a note. All or nothing; BadFormat names `file`, the tensor and what is wrong.
Result<ReleasedDetector> loadReleasedDetector(
    ActionFormer& detector, const TensorFile& content, const std::string& file);

} // namespace telltale
