// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/spans.h"
#include <cstdint>
#include <vector>

namespace telltale {

/// Two lists of spans with all their overlaps, so that many thresholds cost little more than one. A value;
/// const calls from any thread. Memory: the pairs of one video and class that overlap.
class SpanMatcher {
public:
    SpanMatcher(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted);

    /// Indices of the predictions, best score first.
    const std::vector<size_t>& ranking() const { return m_ranking; }
    /// For each prediction, in the order of the list, the truth that is its own, or -1. Every truth goes to
    /// one prediction at most: in order of score each prediction takes, of the truths of its class that are
    /// free, the one that it overlaps most (of equal ones the later), if tIoU >= `tiou`.
    std::vector<int64_t> strict(double tiou) const;
    /// For each truth whether any prediction of its class has a hull overlap > `tiou`, in [0, 1].
    std::vector<bool> starter(double tiou) const;

private:
    struct Pair {
        size_t truth = 0;
        double overlap = 0;
    };
    size_t m_truths = 0;
    std::vector<size_t> m_ranking;
    std::vector<size_t> m_first; ///< of a prediction's pairs in m_pairs; one more than predictions
    std::vector<Pair> m_pairs; ///< of each prediction, most overlap first
    std::vector<double> m_starter; ///< best hull overlap of each truth
};

/// Precision, recall and F1 from the counts; `smoothing` is added to the denominator of F1. 0 where there is
/// nothing to count.
void fillScores(ClassScore& score, double smoothing = 0);
/// What the starter kit adds to the denominator of its F1.
inline constexpr double kStarterSmoothing = 1e-7;

/// spanReport() of lists that are matched already.
SpanReport spanReport(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted,
    const SpanMatcher& matcher, double tiou, SpanMatch match);

} // namespace telltale
