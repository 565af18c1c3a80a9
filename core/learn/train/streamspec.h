// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "nn/networkspec.h"
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What a stream's model is, without its weights: enough to build it again.
struct StreamSpec {
    std::string stream; ///< "joint", "bone", "motion", "heatmap", "rgb", ...
    NetworkSpec network;
    NetworkInput input;
    std::string scheme; ///< "smg", "imigue", ...
    std::vector<std::string> classes; ///< their names in the order of the scores
};

/// One line of JSON; equal specs give equal texts.
std::string streamSpecText(const StreamSpec& spec);
/// BadFormat names `place` and what is missing in the text.
Result<StreamSpec> parseStreamSpec(std::string_view text, const std::string& place);
/// What keeps weights of `found` out of a model of `wanted`: scheme, classes (the first that differs),
/// network, input; empty if nothing. "its classes are those of imigue (32), wanted smg (17)".
std::string streamSpecDifference(const StreamSpec& found, const StreamSpec& wanted);

} // namespace telltale
