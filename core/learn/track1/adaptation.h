// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/cmpl/rounds.h"
#include "learn/track1/adaptationoptions.h"
#include "learn/track1/system.h"

namespace telltale {

/// A pseudo-label by its clip in the set.
struct AcceptedClip {
    size_t clip = 0;
    PseudoBirth birth;
};

struct AdaptationResult {
    SystemFacts facts; ///< of the adapted system
    AdaptationSplit split;
    std::vector<RoundSummary> rounds;
    std::vector<AcceptedClip> accepted; ///< of the last round, the surest student's of each clip
    /// On the evaluated clips, before and after: by stream and "fused". Marked by `facts.adapted`.
    std::map<std::string, ClipFigures> before;
    std::map<std::string, ClipFigures> after;
    /// Precision of the last round's pseudo-labels by student, on clips whose label the set knows. Measured
    /// when all is done; nothing of it reaches the selection.
    std::map<std::string, PrecisionEstimate> precision;
};

/// Adapts the system of `folder` and writes the adapted one with a record of all rounds
/// (learn/cmpl/roundrecord.h) to `out`. The pool is as the protocol says;
/// without test subjects it is all clips without a label, and there are no figures. Labels of the test
/// subjects' clips are read by the figures alone. Cancelled or failed: nothing is written. Conflict if the
/// system is adapted already.
Result<AdaptationResult> adaptSystem(std::shared_ptr<const ClipSet> set, const std::filesystem::path& folder,
    const std::filesystem::path& out, const AdaptationOptions& options, ProgressSink& progress);

} // namespace telltale
