// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/confusion.h"
#include "eval/wilson.h"
#include <map>
#include <utility>
#include <vector>

namespace telltale {

/// Which two classes are taken for each other most, and what to do about it. Pure functions, any thread.

/// When a pair is worth a suggestion. All ours: no paper tells when to merge two classes.
struct PairLimits {
    int64_t leastConfused = 4; ///< clips of the pair; fewer may be chance
    /// A direction is strong where at least this share of its row went to the other class, at the low end of
    /// Wilson's 95 % interval.
    double strongShare = 0.1;
    int64_t leastDoubted = 2; ///< spans that people themselves have named both ways
    double doubtedShare = 0.05; ///< of the spans of both classes
    double rareFactor = 4; ///< a class is rare beside one that has this many times its support
};

enum class PairSuggestion {
    None,
    Merge, ///< strong both ways: perhaps one class
    Guideline, ///< people contradict each other or themselves: the definitions need a line between the two
    OneSided, ///< strong one way only, between classes of like support: is the definition applied alike?
    Examples, ///< a rare class goes to a frequent one: label more of it first
};

/// One direction of a pair.
struct ConfusedDirection {
    int truth = 0;
    int predicted = 0;
    int64_t count = 0;
    int64_t support = 0; ///< of the true class
    PrecisionEstimate share; ///< count of support, with Wilson's interval
};

struct ConfusedPair {
    ConfusedDirection there; ///< the stronger direction by count, of equal ones the smaller class first
    ConfusedDirection back;
    PrecisionEstimate both; ///< confused either way, of the support of both
    int64_t doubted = 0; ///< spans that people themselves have named both ways
    PairSuggestion suggestion = PairSuggestion::None;

    int64_t count() const { return there.count + back.count; }
};

/// Spans that people named one class and also the other, by pair with the smaller class first.
using DoubtedPairs = std::map<std::pair<int, int>, int64_t>;

/// Every pair of classes that was confused or doubted, the background aside, most confused first: by count,
/// then by share, then by class.
std::vector<ConfusedPair> confusedPairs(
    const ConfusionMatrix& matrix, const DoubtedPairs& doubted, const PairLimits& limits = {});

/// Single cells off the diagonal, the background's among them, most clips first.
std::vector<ConfusedDirection> confusedDirections(const ConfusionMatrix& matrix);

} // namespace telltale
