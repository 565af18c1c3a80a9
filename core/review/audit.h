// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/wilson.h"
#include <cstdint>
#include <span>
#include <vector>

namespace telltale {

/// The audit stream: a random part of all proposals, from which the precision of the rest is estimated.
/// Pure functions; any thread.
///
/// Nothing is stored: each proposal has a place in [0, 1) that follows from its number and a seed alone, and
/// those below the share are audited. A greater share keeps all that were in the smaller one.
///
/// Why the estimate is not biased. What a person decides first is what a queue shows first, doubtful and rare
/// proposals, so the precision of what is decided says little of what is left. Places are independent of what
/// a proposal looks like: the first n audit items by place are a simple random sample of the proposals, as
/// long as n does not depend on them. Therefore the queue by gain never ranks audit items by gain: it brings
/// them in the order of their places, one after as many others as the share says, and the estimate uses the
/// unbroken run of decided ones from the first place on. Who decides audit items out of turn (in another
/// order, on the timeline) leaves gaps, and what lies behind the first gap does not count until the gap is
/// closed. What that can spoil is the run's last stretch, decided out of turn right behind its true end: if a
/// share q of the items is decided out of turn, the stretch is q / (1 - q) items long on average, and their
/// precision is at most 1 - q off, so the number of right items is off by less than one, however much is
/// decided out of turn.

inline constexpr uint64_t kAuditSeed = 20260501;
inline constexpr double kAuditShare = 0.08; ///< ours: in the middle of the usual 5 to 10 %
inline constexpr double kLeastAuditShare = 0.05;
inline constexpr double kGreatestAuditShare = 0.10;

/// The place of the proposal with this number, uniform in [0, 1).
double auditPlace(int64_t proposal, uint64_t seed = kAuditSeed);

/// `ranked` with `audits` between, both in their own order: the next one is an audit item where that keeps
/// the audited part of all decided items at or below `share`; what is left of one list comes at the end.
/// `decided`: items decided so far, `decidedAudits` of them audit items.
std::vector<int64_t> interleave(std::vector<int64_t> ranked, const std::vector<int64_t>& audits, double share,
    int64_t decided, int64_t decidedAudits);

/// What a person said of a proposal's class.
enum class Verdict {
    Open,
    Right, ///< kept its class, wherever its ends are now
    Wrong, ///< rejected, or another class
    Unclear, ///< skipped or flagged: nothing is known, and it counts nowhere
};

struct AuditedItem {
    double place = 0; ///< auditPlace()
    Verdict verdict = Verdict::Open;
};

/// What is left of the proposals of a class, and how many of these are wrong.
struct StopEstimate {
    int64_t proposals = 0; ///< open, right or wrong
    int64_t open = 0;
    int64_t audits = 0; ///< audit items among the proposals
    int64_t openAudits = 0;
    PrecisionEstimate precision; ///< over the unbroken run of decided audit items
    double wrong = 0; ///< open ones that are wrong: expected, and both ends of a 95 % interval
    double wrongLow = 0;
    double wrongHigh = 0;
    int64_t toHalve = 0; ///< further audit items after which precision's interval is half as wide; 0: unknown
};

/// The precision is that of all proposals of the class before anybody decided; known verdicts of items
/// outside the run are taken off, so the estimate is of the open ones alone. The interval is that of the
/// items outside the run, which are a finite population: as wide as one from n (N - n) / N looks instead of
/// n. Without a decided audit item wrong is NaN and the interval all or nothing.
StopEstimate stopEstimate(std::span<const AuditedItem> items, double share);

} // namespace telltale
