// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "eval/spans.h"
#include "learn/spans/suppression.h"
#include <map>
#include <string>
#include <vector>

namespace telltale {

/// How scored segments become the spans that F1 counts: those that overlap a better one of their class, then
/// those that overlap a better one of another class too much go, and of the others what reaches the threshold
/// counts.
struct SpanDecision {
    double threshold = 0; ///< scores at or above it count
    std::map<int, double> perClass; ///< of classes that have a threshold of their own
    /// By class, what its scores are multiplied by before they are compared with the threshold and with those
    /// of other classes, so that a rare class is heard beside a frequent one; empty: 1 for all.
    std::vector<double> lift;
    /// tIoU from which the worse of two spans goes; above 1: never. The values are ours.
    double sameClassOverlap = 0.5;
    double otherClassOverlap = 0.8;
    double tiou = 0.3; ///< that it was chosen for
    double f1 = 0; ///< strict, that it had where it was chosen

    double liftOf(int label) const;
    double thresholdOf(int label) const; ///< of the detector's own score, which it is from where on it counts
    bool counts(const ScoredSpan& span) const { return span.score >= thresholdOf(span.classId); }
};

/// How a decision is chosen. Ours.
struct DecisionOptions {
    double tiou = 0.3;
    bool perClass = false; ///< classes with enough truths get thresholds of their own
    int64_t enough = 20; ///< truths of a class
    double sameClassOverlap = 0.5;
    double otherClassOverlap = 0.8;
    /// Exponents of rarity that are tried, ascending: a class with n of the N gestures that the most frequent
    /// class has in training is lifted by (N / n)^exponent (the idea of logit adjustment, Menon et al. 2021,
    /// applied to a decision). Held-out subjects have too few rare gestures to reward a lift, so that the
    /// greatest counts that costs at most `liftCost` of the best F1. Without counts or exponents: no lift.
    std::vector<double> liftExponents;
    double liftCost = 0.01;
    std::vector<int64_t> trainingCounts; ///< by class
};

/// The decision whose strict F1 (spanReport()) over all classes is highest on `detected` (whole videos of
/// held-out subjects, with whatever scores) against `truth`. Of equal F1 the fewest spans. Thresholds of
/// classes are the best ones together, where all other classes keep the common one. A threshold lies halfway
/// between the worst score that counts and the best that does not; where all count it is the worst. Where
/// nothing is ever right: a threshold that nothing reaches, and F1 0. InvalidArgument: a tIoU outside (0, 1].
/// Time: that of matching all detections once for each lift.
Result<SpanDecision> chooseDecision(const std::vector<ScoredSpan>& truth,
    const std::vector<ScoredSpan>& detected, const DecisionOptions& options = {});

/// The spans of any number of videos that the decision leaves, in the order of the list. Numbers that are
/// not finite never count.
std::vector<ScoredSpan> decided(const std::vector<ScoredSpan>& detected, const SpanDecision& decision);

/// Segments of a video as spans of it.
std::vector<ScoredSpan> spansOf(const std::string& video, const std::vector<Segment>& segments);

} // namespace telltale
