// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/safetensors.h"
#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// A network as its tensors show it.
struct NetworkGuess {
    std::string kind; ///< as recipes name it: "stgcnpp", "slowonly", "videomae", ...
    std::string title; ///< for people, with a reference
    std::vector<std::pair<std::string, int64_t>>
        sizes; ///< by name: "channels", "points", "width", "depth", "classes"
};

/// By the names of tensors under our names (mapKeys()); none: no network that we know.
std::optional<NetworkGuess> guessNetwork(const TensorFile& content);

} // namespace telltale
