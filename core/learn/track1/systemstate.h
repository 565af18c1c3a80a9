// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/track1/clipsides.h"
#include "learn/track1/streamwork.h"
#include "learn/track1/system.h"

namespace telltale {

/// A system in memory, with its networks.
struct SystemState {
    SystemFacts facts;
    std::map<std::string, StreamModel> models; ///< by stream
    std::string rounds; ///< text of rounds.json (learn/cmpl/roundrecord.h); empty: it was not adapted
};

/// The plan's stream on a set.
StreamWork workOf(
    const std::shared_ptr<const ClipSet>& set, const StreamPlan& plan, const std::string& device);

/// Trains the recipe's streams side by side into `state`; checkpoints under `scratch`, none if it is empty.
Status trainStreams(SystemState& state, const std::shared_ptr<const ClipSet>& set, const ClipSides& sides,
    const std::filesystem::path& scratch, const SystemOptions& options, ProgressSink& progress,
    const StreamEpoch& onEpoch);

/// Scores of all streams, side by side.
Result<ClipScores> scoreAll(const SystemState& state, const std::shared_ptr<const ClipSet>& set,
    const std::vector<size_t>& clips, const std::string& device, int workers, ProgressSink& progress);

/// Temperatures and weights from the validation clips.
Result<SystemCalibration> calibrateOn(const SystemState& state, const std::shared_ptr<const ClipSet>& set,
    const std::vector<size_t>& validation, const std::string& device, int workers, ProgressSink& progress);

/// Writes a whole system beside `folder` and then puts it in its place; what was there stays if that fails.
/// Gives the state its digests.
Status writeSystem(SystemState& state, const std::filesystem::path& folder);
Result<SystemState> readSystem(const std::filesystem::path& folder, const std::string& device);
std::string digestOf(const SystemFacts& facts);

} // namespace telltale
