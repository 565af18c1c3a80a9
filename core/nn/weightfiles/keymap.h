// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "nn/safetensors.h"
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// One step from the names in a released file to ours.
struct KeyRule {
    enum class Place { Start, Within } place = Place::Start;
    std::string_view from; ///< a prefix, or for Within whole parts of the dotted name, ".layers.1."
    std::string_view to;
};

/// How a project names the tensors in its released files.
struct KeyMap {
    std::string_view name; ///< "plain", "pyskl", "mmaction2", "videomaev2"
    std::string_view title; ///< for people
    std::span<const KeyRule> rules; ///< all are tried, in order, each as often as it fits
};

/// Every map, "plain" (names as they are) first.
std::span<const KeyMap> keyMaps();
/// InvalidArgument lists the names.
Result<const KeyMap*> findKeyMap(std::string_view name);

/// Renames the tensors; step counters of normalisation layers (num_batches_tracked) are left out. BadFormat
/// when two tensors would share a name.
Result<TensorFile> mapKeys(TensorFile content, const KeyMap& map);

/// The map under which most of the wanted tensors are found by name and shape; the earlier one where two are
/// equal.
const KeyMap& chooseKeyMap(
    const TensorFile& content, const std::map<std::string, std::vector<int64_t>>& wanted);

} // namespace telltale
