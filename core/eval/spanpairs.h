// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/spans.h"
#include <cstddef>
#include <vector>

namespace telltale {

/// Pairs of spans of two lists whatever their classes: who meant the same gesture. Pure functions, no I/O,
/// any thread.

enum class SpanPairing {
    /// As scoring does: in order of score each span of the second list takes, of those of the first that are
    /// free, the one that it overlaps most (SpanMatcher::strict() without classes).
    Strict,
    /// The pairs whose overlaps have the largest sum, over all pairs of each bunch of spans that overlap
    /// (Kuhn 1955, Munkres 1957, in the form with potentials of Jonker and Volgenant 1987). Of equal sums the
    /// same one always.
    Optimal,
};

struct SpanPair {
    size_t first = 0; ///< places in the lists
    size_t second = 0;
    double overlap = 0; ///< tIoU

    bool operator==(const SpanPair&) const = default;
};

/// All pairs of spans of the same video that overlap, with tIoU >= `tiou`; by place in the first list. Takes
/// time with the pairs that there are, not with all that might be.
std::vector<SpanPair> overlappingSpans(
    const std::vector<ScoredSpan>& first, const std::vector<ScoredSpan>& second, double tiou = 0);

/// Each span is in one pair at most; only spans of the same video with tIoU >= `tiou`, and overlapping at
/// all, are paired. By place in the first list. Optimal takes time with the cube of the largest bunch.
std::vector<SpanPair> pairSpans(const std::vector<ScoredSpan>& first, const std::vector<ScoredSpan>& second,
    double tiou, SpanPairing pairing);

/// For each row the column that is its own in the assignment of the largest sum, or -1; `weights` [rows]
/// [columns], not negative; pairs of weight 0 are none. O(rows^2 x columns).
std::vector<int> heaviestAssignment(const std::vector<std::vector<double>>& weights);

} // namespace telltale
