// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/metrics.h"
#include <cstdint>
#include <vector>

namespace telltale {

/// Pure functions about sets where few classes have most of the clips. Any thread.

/// Weights by the effective number of samples E_n = (1 - beta^n) / (1 - beta) (Cui et al. 2019): 1 / E_n,
/// with the sum brought to the number of classes that have samples. `beta` 0 weighs all alike, towards 1 it
/// becomes the inverse frequency (and at 1 is). A class without samples gets weight 0.
std::vector<double> effectiveNumberWeights(const std::vector<int64_t>& counts, double beta);

/// Where head and tail of a class distribution begin. By default by rank, so that it means the same for a set
/// of any size (ours); Liu et al. 2019 count instead: headAbove 100, tailBelow 20.
struct LongTailRule {
    double headShare = 1.0 / 3; ///< of the classes with training clips: the most frequent
    double tailShare = 1.0 / 3; ///< the rarest
    int64_t headAbove = 0; ///< > 0: head = classes with more training clips than this, whatever the share
    int64_t tailBelow = 0; ///< > 0: tail = classes with fewer training clips than this, whatever the share
};

/// Classes in ascending order; each class is in one of the four.
struct LongTailGroups {
    std::vector<int> head;
    std::vector<int> medium;
    std::vector<int> tail;
    std::vector<int> unseen; ///< no training clip
};

/// Groups the classes by how many *training* clips they have. Shares are rounded to whole classes; of equally
/// frequent classes the lower id counts as the more frequent.
LongTailGroups longTailGroups(const std::vector<int64_t>& trainingCounts, const LongTailRule& rule = {});

/// Mean F1 over the classes of a group that occur in the truth; NaN if none does.
struct LongTailF1 {
    double head = 0;
    double medium = 0;
    double tail = 0;
};

LongTailF1 longTailF1(const ClipReport& report, const LongTailGroups& groups);

} // namespace telltale
