// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/agreement/agreement.h"
#include "eval/agreement/boundaries.h"
#include "eval/agreement/sums.h"
#include <array>
#include <vector>

namespace telltale {

/// Distances of the ends of pairs: starts in frames and in ms, then ends in both.
using EndDistances = std::vector<GroupedValues>;

/// Everything that figures about two coders are computed from, by group.
struct PairTallies {
    PairTallies(const CodedSet& set, const AgreementOptions& options);

    PairSums empty; ///< of the right size
    std::vector<PairSums> groups;
    std::array<std::vector<PairSums>, kHints> hinted; ///< the same, by what the coders saw of a model
    EndDistances ends; ///< of all pairs
    std::vector<EndDistances> labelEnds; ///< by label, of pairs to which both gave it
};

/// Counts what pair.a and pair.b made of all units into `tallies`, and fills what of `pair` are no figures.
/// False if it was cancelled.
bool tallyPair(const CodedSet& set, const AgreementOptions& options, ProgressSink& progress,
    PairAgreement& pair, PairTallies& tallies);

} // namespace telltale
