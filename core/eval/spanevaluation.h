// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/bootstrap.h"
#include "eval/spanerrors.h"
#include "eval/spans.h"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace telltale {

struct SpanEvaluationOptions {
    std::vector<double> tious{0.1, 0.3, 0.5}; ///< in [0, 1]
    SpanMatch match = SpanMatch::Strict; ///< of the figures per subject and of the intervals
    /// Who is in a video. A video that is not named counts as a subject of its own, with its own name.
    std::map<std::string, std::string> subjects;
    /// What was searched; a video where nothing is and nothing was found has to be named here for its subject
    /// to count. Others may be, videos of spans count anyway.
    std::vector<std::string> videos;
    std::vector<int> recallFactors{1, 5}; ///< k of top-kx recall
    std::vector<int> proposals{10, 50, 100}; ///< k of AR@k
    double background = kBackgroundOverlap;
    /// Taken off the ends for the starter kit's rule alone: 1 where ends are exclusive frames and the kit's
    /// own files include them.
    double starterTrim = 0;
    BootstrapOptions bootstrap;
};

struct SpanIntervals {
    BootstrapInterval f1;
    BootstrapInterval precision;
    BootstrapInterval recall;
    BootstrapInterval meanAp;
    std::map<int, BootstrapInterval> classF1;
};

/// All figures at one threshold.
struct SpanFigures {
    double tiou = 0;
    SpanReport strict;
    SpanReport starter;
    std::map<std::string, SpanReport> perSubject; ///< by options.match
    std::vector<std::map<int, double>> topKxRecall; ///< of each factor: by class of the truth
    std::vector<double> meanTopKxRecall; ///< of each factor: mean over the classes of the truth
    std::vector<double> proposalRecall; ///< of each number of proposals
    SpanErrors errors;
    std::optional<SpanIntervals> intervals;

    const SpanReport& report(SpanMatch match) const { return match == SpanMatch::Strict ? strict : starter; }
};

struct SpanEvaluation {
    std::vector<SpanFigures> at; ///< of each threshold, in the order of the options
    std::vector<std::string> subjects; ///< sorted; those in a video of the options or of a span
    double averageF1 = 0; ///< mean over the thresholds, by options.match
    double averageMeanAp = 0; ///< mean over the thresholds
    std::map<int, double> averagePrecision; ///< by class of the truth, mean over the thresholds
    std::vector<double> averageRecall; ///< AR@k: mean over the thresholds
    /// Nothing without resamples or with fewer than two subjects: whom one person stands for is not known.
    std::optional<BootstrapInterval> averageF1Interval;
    std::optional<BootstrapInterval> averageMeanApInterval;
};

/// Truth as it was read: repetitions and spans without length count for the starter kit's rule, as in the
/// kit, and are left out (withoutDuplicates()) for everything else. In a resample a figure is not defined,
/// and left out, where there is nothing to count: F1 without any span, precision without predictions, recall,
/// mAP and a class's F1 without truths (of that class).
SpanEvaluation evaluateSpans(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted,
    const SpanEvaluationOptions& options = {});

} // namespace telltale
