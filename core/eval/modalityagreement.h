// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace telltale {

/// How alike several voters (modalities) answer the same items, and how alike they are wrong. Pure functions,
/// any thread; NaN where there is nothing to count.

inline constexpr int kNoAnswer = -1; ///< the voter did not answer the item; as truth: it is not known

/// Two voters on the items that both answered.
struct VoterPair {
    int64_t items = 0;
    int64_t same = 0; ///< equal classes
    double share = std::numeric_limits<double>::quiet_NaN(); ///< of equal classes
    double kappa
        = std::numeric_limits<double>::quiet_NaN(); ///< Cohen 1960; NaN also where both know one class

    // Of these the items whose truth is known (Kuncheva and Whitaker 2003, table 1).
    int64_t judged = 0;
    int64_t bothRight = 0;
    int64_t firstOnly = 0; ///< right
    int64_t secondOnly = 0;
    int64_t bothWrong = 0;
    int64_t sameWrong = 0; ///< both wrong with the same class
    /// Share of items that both get wrong (Giacinto and Roli 2001): what no vote of the two can mend.
    double doubleFault = std::numeric_limits<double>::quiet_NaN();
    /// Of the items that either gets wrong the share that both do.
    double errorOverlap = std::numeric_limits<double>::quiet_NaN();
};

/// `first`, `second`: class by item or kNoAnswer; `truth`: as long, or empty where nothing is known.
VoterPair voterPair(
    std::span<const int> first, std::span<const int> second, std::span<const int> truth, int classes);

/// How often anybody is right: the most that a vote which always knew whom to believe could reach (the
/// oracle of Kuncheva 2004, section 4.2.3).
struct VoterOracle {
    int64_t judged = 0; ///< items of known truth that anybody answered
    int64_t anyRight = 0;
    int64_t allRight = 0; ///< everybody who answered is right
    int64_t noneRight = 0;
    double oracle = std::numeric_limits<double>::quiet_NaN(); ///< share of items that anybody gets right
};

/// `voters`: by voter the class by item or kNoAnswer, all as long as `truth`.
VoterOracle voterOracle(std::span<const std::vector<int>> voters, std::span<const int> truth);

} // namespace telltale
