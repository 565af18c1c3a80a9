// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/classscore.h"
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace telltale {

/// How spans found in untrimmed video are compared with true ones. Pure functions, no I/O, any thread.
///
/// What holds for all of them:
/// - Truths of one class may overlap each other; each is one to be found.
/// - A span without length, or with an end that is no finite number, overlaps nothing: as a truth it is
///   missed, as a prediction wrong. withoutDuplicates() leaves such truths out.
/// - Nobody here knows how long a video is: spans that reach out of it are compared as they stand.
/// - Scores order predictions and do nothing else; NaN comes last. Of equal scores the later row of the list
///   comes first, which is what OpenTAD's reversed sort gives for 16 rows and less (for more it is not
///   defined there).
/// - Figures with nothing to count are 0: precision without predictions, recall and mAP without truths.

/// One labelled span; `score` is ignored for truth. Times are frames or seconds, as long as both sides agree.
struct ScoredSpan {
    std::string video;
    int classId = 0;
    double start = 0;
    double end = 0;
    double score = 1;
};

/// Intersection over union of two spans, wherever they lie; 0 if they only touch.
double temporalOverlap(const ScoredSpan& a, const ScoredSpan& b);
/// The starter kit's measure: the same over the hull of both, negative if they are apart.
double starterOverlap(const ScoredSpan& a, const ScoredSpan& b);

/// Without spans of no length and without repetitions (same video and class, both ends within 1 ms if times
/// are seconds), as the ActivityNet tools read a ground truth.
std::vector<ScoredSpan> withoutDuplicates(const std::vector<ScoredSpan>& spans);

/// Indices of the spans, best score first.
std::vector<size_t> rankedByScore(const std::vector<ScoredSpan>& spans);

enum class SpanMatch {
    Strict, ///< one to one, predictions in order of score, best overlap first, tIoU >= threshold
    Starter, ///< as the organisers' starter kit: tIoU > threshold, a prediction may serve several truths, so
             ///< that precision and F1 may exceed 1 (SMG repository, THDutils.py)
};

struct SpanReport {
    double precision = 0;
    double recall = 0;
    double f1 = 0; ///< over the sums of all classes; the kit has 1e-7 added to the denominator
    double meanAp = 0; ///< ActivityNet interpolated AP (strict), mean over classes that occur in the truth
    std::map<int, ClassScore> perClass; ///< classes of truth and prediction
    std::map<int, double> averagePrecision; ///< classes of the truth
};

SpanReport spanReport(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted,
    double tiou, SpanMatch match);

} // namespace telltale
