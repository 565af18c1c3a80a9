// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/spanmatch.h"
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace telltale {

/// What is wrong with predictions, after the taxonomies of DETAD (Alwassel et al. 2018) and TIDE (Bolya et
/// al. 2020). Every prediction is of exactly one kind, the first of this list that fits. "Reaches" means tIoU
/// >= the threshold of the evaluation, "meets" means tIoU >= the background limit, both with truths of the
/// same video.
enum class SpanErrorKind {
    Correct, ///< a truth of its class went to it (SpanMatch::Strict)
    DoubleDetection, ///< reaches a truth of its class, but those went to predictions with better scores
    WrongLabel, ///< reaches a truth, though none of its own class
    BadLocalisation, ///< meets a truth of its class and reaches none of any class
    WrongLabelAndLocalisation, ///< meets truths of other classes only and reaches none
    Background, ///< meets no truth
};
inline constexpr size_t kSpanErrorKinds = 6;
/// "correct", "double_detection", "wrong_label", "bad_localisation", "wrong_label_and_localisation",
/// "background"
const char* nameOf(SpanErrorKind kind);

struct SpanErrorCounts {
    std::array<int64_t, kSpanErrorKinds> of{}; ///< predictions by kind
    int64_t unmatched = 0; ///< truths that went to no prediction
    /// Those of `unmatched` that no wrong label and no bad localisation is about: where the truth that a
    /// prediction overlaps most (of equal ones the first) is the one that its error is about.
    int64_t missed = 0;
    int64_t& operator[](SpanErrorKind kind) { return of[static_cast<size_t>(kind)]; }
    int64_t operator[](SpanErrorKind kind) const { return of[static_cast<size_t>(kind)]; }
};

struct SpanErrors {
    std::vector<SpanErrorKind> kinds; ///< of each prediction
    SpanErrorCounts all;
    std::map<int, SpanErrorCounts>
        perClass; ///< by the class of the prediction, or of the truth that is missed
    /// Strict F1 if nothing of this kind happened (TIDE's idea, for F1): double detections, background and
    /// twofold errors are not there; a wrong label or bad localisation is right if its truth is free, once,
    /// and else not there; [Correct] is F1 as it is.
    std::array<double, kSpanErrorKinds> f1Without{};
    double f1WithoutMissed = 0; ///< the missed truths were found
};

/// Below this overlap a span is background, the limit of both papers.
inline constexpr double kBackgroundOverlap = 0.1;

/// Finds the errors of two lists, which have to outlive it, at any threshold.
class SpanErrorFinder {
public:
    /// `matcher` is of the same lists and has to outlive it too.
    SpanErrorFinder(const std::vector<ScoredSpan>& truth, const std::vector<ScoredSpan>& predicted,
        const SpanMatcher& matcher);

    /// Where `tiou` <= `background`, meeting is reaching, and the two errors of localisation do not occur.
    SpanErrors at(double tiou, double background = kBackgroundOverlap) const;

private:
    /// The truth that a prediction overlaps most.
    struct Nearest {
        double overlap = 0;
        size_t truth = 0;
        void take(double value, size_t index); ///< of equal ones the first
        bool reaches(double limit) const { return overlap > 0 && overlap >= limit; }
    };
    struct Neighbours {
        Nearest own; ///< of the class that was predicted
        Nearest other;
    };
    struct Judged {
        SpanErrorKind kind = SpanErrorKind::Background;
        size_t truth = 0; ///< what a wrong label or bad localisation is about
    };
    static Judged judge(const Neighbours& neighbours, double tiou, double background);

    const std::vector<ScoredSpan>* m_truth;
    const std::vector<ScoredSpan>* m_predicted;
    const SpanMatcher* m_matcher;
    std::vector<Neighbours> m_neighbours; ///< of each prediction
};

} // namespace telltale
