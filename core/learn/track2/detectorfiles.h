// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/track2/detectornetwork.h"
#include "learn/track2/detectorsystem.h"

namespace telltale {

/// A detector in memory, with its network.
struct DetectorSystem {
    DetectorFacts facts;
    std::shared_ptr<DetectorNetwork> network;
};

/// The transformer that the plan describes. InvalidArgument.
Result<VisionTransformerOptions> trunkOptions(const PicturePlan& plan);

/// The recipe's network for a set, with new weights, and those of the file that the recipe names for the
/// transformer. InvalidArgument; NotFound and BadFormat of that file.
Result<std::shared_ptr<DetectorNetwork>> newDetector(
    const Track2Recipe& recipe, const UntrimmedSetInfo& set, uint64_t seed, const std::string& device);

/// Writes the whole beside `folder` and then puts it in its place. Gives the facts their digests.
Status writeDetector(DetectorSystem& system, const std::filesystem::path& folder);
Result<DetectorSystem> readDetector(const std::filesystem::path& folder, const std::string& device);
std::string digestOf(const DetectorFacts& facts);

} // namespace telltale
