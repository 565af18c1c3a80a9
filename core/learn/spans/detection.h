// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/spans/spandecision.h"

namespace telltale {

/// A span that counts, and what the detector says of every class there.
struct Detection {
    ScoredSpan span;
    std::vector<float> classes; ///< sums to 1
};

/// Of all spans of any videos the ones that `decision` leaves. A class has the best score of the spans of
/// that class that show the same moment (tIoU of at least one half, ours), as a share of those of all
/// classes: what the detector would say if a gesture is there. `classes`: of the scheme; labels lie below it.
std::vector<Detection> detectionsOf(
    const std::vector<ScoredSpan>& all, const SpanDecision& decision, int classes);

} // namespace telltale
