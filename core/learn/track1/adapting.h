// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/cmpl/roundrecord.h"
#include "learn/track1/adaptation.h"
#include "learn/track1/clipsides.h"
#include "learn/track1/systemstate.h"

namespace telltale {

/// Rounds of CMPL on a system in memory: afterwards `state` has the adapted networks and their calibration.
/// Gives the last round's pseudo-labels and what each round did.
struct AdaptingOutcome {
    std::vector<RoundSummary> rounds;
    std::vector<RecordedRound> records; ///< one a round
    CmplPool pool; ///< of the last round
    CmplRound last;
};
Result<AdaptingOutcome> adaptState(SystemState& state, const std::shared_ptr<const ClipSet>& set,
    const ClipSides& sides, const AdaptationSplit& split, const AdaptationOptions& options,
    ProgressSink& progress);

} // namespace telltale
