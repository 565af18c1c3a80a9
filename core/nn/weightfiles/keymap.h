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
    enum class Place {
        Start, ///< a prefix
        Within, ///< anywhere in the name
        LeaveOut, ///< a prefix whose tensors are not taken over
    } place;
    std::string_view from;
    std::string_view to;
};

/// How a project names the tensors in its released files. Ours are those of the networks in core/nn, which
/// follow PYSKL, torchvision and VideoMAEv2, and "classifier." for the last linear layer.
struct KeyMap {
    std::string_view name; ///< "plain", "pyskl", "mmaction2", "videomaev2", "torchvision"
    std::string_view title; ///< for people
    std::span<const KeyRule> rules; ///< tried in order, again and again until none fits
};

/// The start of the names of the last linear layer, from features to classes.
inline constexpr std::string_view kClassifier = "classifier.";

/// Every map, "plain" (names as they are) first.
std::span<const KeyMap> keyMaps();
/// InvalidArgument lists the names.
Result<const KeyMap*> findKeyMap(std::string_view name);

/// Renames the tensors; step counters of normalisation layers (num_batches_tracked) are left out. BadFormat
/// when two tensors would share a name.
Result<TensorFile> mapKeys(TensorFile content, const KeyMap& map);

/// Names and shapes of the tensors that a network has.
using WantedTensors = std::map<std::string, std::vector<int64_t>>;
/// The map under which most tensors are wanted ones by name and shape and the fewest have no place (the
/// classifier apart); the earlier one where two are equal.
const KeyMap& chooseKeyMap(const TensorFile& content, const WantedTensors& wanted);
/// The same without a network at hand: the map under which a known family shows (networkfamily.h).
const KeyMap& chooseKeyMap(const TensorFile& content);

} // namespace telltale
