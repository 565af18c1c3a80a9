// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/track2/detectorsystem.h"

namespace telltale {

/// A detector asked about a set of videos, as `predict` does it.
struct SetDetections {
    size_t videos = 0;
    std::vector<ScoredSpan> spans; ///< that the decision leaves; all if all were wanted
    std::string figures; ///< detectionFiguresText() against the labels of these videos; empty without any
};

/// `role`: train, validation, test, unlabelled or all. Tells its progress video by video. InvalidArgument: no
/// video has the role, or the set is not what the detector sees; Cancelled.
Result<SetDetections> detectInSet(const Track2System& system, const UntrimmedSet& set,
    const std::string& role, bool allSpans, ProgressSink& progress);

} // namespace telltale
