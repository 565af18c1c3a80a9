// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/spans.h"
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace telltale {

/// Area under the precision-recall curve with precision made monotone from the right (VOC 2011, as the
/// ActivityNet tools). `hits`: of the predictions of a class in order of score; `weights`: how often each
/// counts, empty for once; `positives`: truths, weighted alike, 0 gives 0.
double averagePrecision(const std::vector<bool>& hits, const std::vector<int>& weights, int64_t positives);

/// Recall of the best predictions alone. The lists have to outlive it.
class SpanRecall {
public:
    SpanRecall(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted);

    /// Top-kx recall of each class of the truth (OpenTAD and ActionFormer): in each video the k * n best
    /// predictions of the class, n being the number of its truths there, and the share of truths that one of
    /// them overlaps by tIoU >= `tiou`. One prediction may serve several truths.
    std::map<int, double> topKx(double tiou, int k) const;
    /// Share of all truths that one of the `k` best predictions of the video overlaps by tIoU >= `tiou`,
    /// whatever the classes (what ActivityNet averages over thresholds to AR@k).
    double proposals(double tiou, int k) const;

private:
    /// Truths that are looked for together, among these predictions.
    struct Group {
        int classId = 0;
        std::vector<size_t> wanted;
        std::vector<size_t> candidates; ///< best score first
    };
    int64_t found(const Group& group, size_t limit, double tiou) const;

    const std::vector<ScoredSpan>* m_truth;
    const std::vector<ScoredSpan>* m_predicted;
    std::vector<Group> m_classes; ///< of each class in each video
    std::vector<Group> m_videos;
};

} // namespace telltale
