// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/agreement/codings.h"
#include <cstddef>
#include <vector>

namespace telltale {

/// Two spans that stand for the same gesture.
struct SpanMatchPair {
    size_t a = 0; ///< row in the first list
    size_t b = 0; ///< row in the second one
    double overlap = 0; ///< intersection over union
};

/// Pairs of spans that overlap at all, by row of `a` and then of `b`. `sameLabel`: only those of one label.
std::vector<SpanMatchPair> overlappingPairs(
    const std::vector<CodedSpan>& a, const std::vector<CodedSpan>& b, bool sameLabel = false);

/// Out of `pairs` (as above) those with an overlap >= `least`, one to one, such that the sum of their
/// overlaps is the highest there is (Kuhn 1955; shortest augmenting paths of Jonker and Volgenant 1987, over
/// the pairs that exist instead of a whole matrix). A span stays alone rather than with one that overlaps it
/// less than `least`. By row of `a`. `rowsA`, `rowsB`: lengths of the lists.
std::vector<SpanMatchPair> bestPairs(
    const std::vector<SpanMatchPair>& pairs, size_t rowsA, size_t rowsB, double least);

} // namespace telltale
