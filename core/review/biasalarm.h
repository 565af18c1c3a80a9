// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/wilson.h"
#include <cstdint>
#include <span>
#include <vector>

namespace telltale {

/// Whether pseudo-labels only confirm what the models believe already. Models that learn from their own
/// answers grow surer without growing better, and people who see an answer tend to agree with it; each rule
/// compares something that the models cannot know of themselves. Pure functions; any thread. The rules and
/// all limits are ours.

/// A round, as its pool, its choice and people's later decisions describe it.
struct BiasRound {
    int64_t pool = 0; ///< clips that could have been accepted
    std::vector<int64_t> named; ///< by class: clips of the pool that the other modalities name so
    std::vector<int64_t> accepted; ///< by class: those of them that became pseudo-labels
    PrecisionEstimate audits; ///< of its pseudo-labels, from audit items that people decided
    /// Its pseudo-labels that people decided because the list put them forward, no audit items among them.
    int64_t shown = 0;
    int64_t shownRight = 0;
    std::vector<int64_t> decided; ///< by class: pseudo-labels that people decided, audit items too
    std::vector<int64_t> wrong; ///< by class: of these rejected or given another class
};

/// Below the least numbers a rule says nothing: few figures make any share look extreme.
struct BiasLimits {
    int64_t leastClips = 20; ///< accepted, named or labelled clips behind a share
    int64_t leastDecided = 10; ///< decisions of people behind a share
    double narrowShare = 0.6; ///< of the variety of people's labels
    double narrowFall = 0.9; ///< of the variety in the first round
    double acceptanceRise = 0.05; ///< of the pool
    double headFactor = 2;
    double shownGap = 0.15;
    double growth = 1.2; ///< of a class from the round before
    double rejectedShare = 0.3;
};

enum class BiasRule {
    /// The accepted classes are far less varied than people's labels, and less than in the first round.
    /// Variety: the number of equally frequent classes with the same entropy.
    /// `now`, `former`: of this and the first round; `reference`: of people's labels.
    Narrowing,
    /// More of the pool is accepted than in the first round, and the first round's precision lies above the
    /// whole interval of this one's.
    /// `now`, `former`: share of the pool; `reference`, `referenceFormer`: precision; `count`: audit items.
    MoreButWorse,
    /// Clips that are named as a frequent class (LongTailGroups of people's labels) are accepted at least
    /// `headFactor` times as often as those named as a rare one, and the intervals of both shares are apart.
    /// `now`: of the frequent classes; `reference`: of the rare ones; `count`: clips named as rare ones.
    HeadPreferred,
    /// Of what the list puts forward people accept at least `shownGap` more than of what is drawn at random,
    /// and the intervals of both shares are apart.
    /// `now`: of what is put forward; `reference`: of audit items; `count`: audit items.
    ShownAccepted,
    /// A class grows by `growth` or more from the round before, though people turn down at least
    /// `rejectedShare` of it.
    /// `now`, `former`: accepted clips; `reference`: share that people turned down; `count`: decisions.
    GrowsThoughRejected,
};

struct BiasAlarm {
    BiasRule rule = BiasRule::Narrowing;
    int classId = -1; ///< GrowsThoughRejected: which
    double now = 0;
    double former = 0;
    double reference = 0;
    double referenceFormer = 0;
    int64_t count = 0;
};

/// exp of the entropy of the shares: 1 if all is one class, n for n classes alike; 0 without counts.
double effectiveClasses(std::span<const int64_t> counts);

/// Which rules the last of `rounds` breaks. `rounds`: of one adaptation, so over one pool, oldest first.
/// `labelled`: by class, what people have labelled and the models have learned from.
std::vector<BiasAlarm> biasAlarms(
    std::span<const BiasRound> rounds, std::span<const int64_t> labelled, const BiasLimits& limits);

} // namespace telltale
