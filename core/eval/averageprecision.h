// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/spans.h"
#include <cstdint>
#include <map>
#include <vector>

namespace telltale {

/// Area under the precision-recall curve with precision made monotone from the right (VOC 2011, as the
/// ActivityNet tools). `hits`: of the predictions of a class in order of score; `weights`: how often each
/// counts, empty for once; `positives`: truths, weighted alike, 0 gives 0.
double averagePrecision(const std::vector<bool>& hits, const std::vector<int>& weights, int64_t positives);

/// Top-kx recall of each class of the truth (OpenTAD and ActionFormer): in each video the k * n best
/// predictions of the class, n being the number of its truths there, and the share of truths that one of them
/// overlaps by tIoU >= `tiou`. One prediction may serve several truths.
std::map<int, double> topKxRecall(
    const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted, double tiou, int k);

/// Share of all truths that one of the `k` best predictions of the video overlaps by tIoU >= `tiou`, whatever
/// the classes (what ActivityNet averages over thresholds to AR@k).
double proposalRecall(
    const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted, double tiou, int k);

} // namespace telltale
