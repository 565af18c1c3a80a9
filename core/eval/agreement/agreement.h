// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "eval/agreement/codings.h"
#include "eval/agreement/figures.h"
#include "eval/bootstrap.h"
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace telltale {

struct AgreementOptions {
    double pairOverlap = 0.3; ///< least intersection over union of two spans that stand for one gesture
    std::vector<double> tious{0.1, 0.3, 0.5}; ///< of span F1
    std::vector<int> coders; ///< whose agreement is asked for, two by two; empty: everybody's
    std::vector<int> group; ///< of whom figures of many coders are; empty: of the same
    BootstrapOptions bootstrap;
};

/// How far apart the ends of pairs are, absolute values.
struct BoundaryFigures {
    AgreementFigure meanFrames;
    AgreementFigure medianFrames;
    AgreementFigure meanMs; ///< by the mean rate of each video
    AgreementFigure medianMs;
};

/// Figures about two coders, over all labels or for one against all others.
struct PairFigures {
    AgreementFigure frameKappa; ///< Cohen, over all frames that both coded: mostly background
    AgreementFigure gestureKappa; ///< over frames in which both marked a gesture
    AgreementFigure spanKappa; ///< Cohen, over pairs of spans: the names alone
    AgreementFigure unmatchedKappa; ///< with the spans that have no partner (Holle and Rein 2015)
    std::vector<AgreementFigure> f1; ///< at each threshold; spans are matched within their label
    BoundaryFigures start; ///< of all pairs; for one label of those that both gave it
    BoundaryFigures end;
};

/// What the figures count.
struct PairCounts {
    int64_t spansA = 0;
    int64_t spansB = 0;
    int64_t pairedA = 0; ///< spans of A with a partner, whatever B named it
    int64_t pairedB = 0;
    int64_t named = 0; ///< pairs to which both gave this label; over all labels: the same one
    int64_t framesA = 0; ///< in frames that both coded; over all labels: without background
    int64_t framesB = 0;
    int64_t framesBoth = 0; ///< over all labels: frames in which both marked a gesture
};

struct LabelAgreement {
    PairCounts counts;
    PairFigures figures;
};

/// Two spans that stand for one gesture, or one that stands alone.
struct AgreementPair {
    size_t unit = 0;
    int64_t a = -1; ///< place in the unit's spans of A; -1: only B has it
    int64_t b = -1;
    double overlap = 0;
};

/// What coders saw of a model where they coded.
enum class Hint {
    Shown, ///< a proposal that at least one of the two could see
    Withheld, ///< a proposal that neither of them could see
    NotProposed, ///< the model had nothing there
};
inline constexpr size_t kHints = 3;

struct PairAgreement {
    int a = 0; ///< coders
    int b = 0;
    int64_t units = 0; ///< that both coded
    int64_t framesCompared = 0;
    LabelAgreement all;
    std::vector<LabelAgreement> labels; ///< by label
    std::array<LabelAgreement, kHints> byHint; ///< over all labels; without intervals of boundaries
    std::array<int64_t, kHints> framesByHint{};
    std::vector<AgreementPair> pairs; ///< by unit, then start
};

/// Figures about any number of coders, over all labels or for one against all others.
struct GroupFigures {
    AgreementFigure fleiss; ///< over frames that all of them coded
    AgreementFigure fleissGestures; ///< and in which all marked a gesture
    AgreementFigure alpha; ///< Krippendorff, over frames that at least two coded
    AgreementFigure alphaGestures; ///< and in which all who coded marked a gesture
};

struct AgreementReport {
    std::vector<int> coders; ///< that the pairs are of
    std::vector<int> group; ///< that the figures of many are of
    GroupFigures all;
    std::vector<GroupFigures> labels; ///< by label
    std::vector<PairAgreement> pairs; ///< each two of the coders, in their order
};

/// All figures of agreement. Frames are never made one by one: stretches between the ends of spans are
/// counted with their lengths. Intervals are percentiles over `bootstrap.resamples` drawings of groups with
/// replacement; with fewer than two groups there are none. Cancelled if the sink says so. InvalidArgument
/// if a label, a group or a coder is out of its range.
Result<AgreementReport> agreementOf(
    const CodedSet& set, const AgreementOptions& options = {}, ProgressSink* sink = nullptr);

} // namespace telltale
