// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/agreement/codings.h"
#include "eval/bootstrap.h"
#include <optional>
#include <span>
#include <vector>

namespace telltale {

/// Why a figure has no value. A figure that is not defined is never NaN: it says why.
enum class NoFigure {
    Defined, ///< it has one
    NothingCompared, ///< there is not one frame or span that the coders compared both coded
    OneLabel, ///< everybody gave everything the same label: agreement by chance is certain, 0 / 0
    NotUsed, ///< nobody used the class
    NoPairs, ///< no span of one coder was matched with one of the other
    NotAllCoded, ///< the figure needs frames that every coder coded, and there are none
};

/// A number with its interval, or the reason why there is none.
struct AgreementFigure {
    double value = 0;
    NoFigure missing = NoFigure::NothingCompared;
    std::optional<BootstrapInterval> interval; ///< nothing: fewer than two groups, or never defined in them

    bool defined() const { return missing == NoFigure::Defined; }
};
AgreementFigure defined(double value);
AgreementFigure undefined(NoFigure reason);

/// How often two coders gave which labels: the margins and the diagonal of their table, which is all that
/// kappa needs. The spans point to memory of the caller, one number a label.
struct LabelTable {
    std::span<const double> a; ///< how often the first coder gave each label
    std::span<const double> b;
    std::span<const double> both; ///< how often both gave it to the same item

    double items() const;
};

/// Cohen's kappa (Cohen 1960): (Po - Pe) / (1 - Pe) over all labels.
AgreementFigure cohenKappa(const LabelTable& table);
/// The same for one label against all others.
AgreementFigure cohenKappa(const LabelTable& table, size_t label);

/// Two coders' spans: `table` is of the pairs alone; spans without a partner count in `spansA`, `spansB`
/// (margins over all spans, one number a label).
struct SpanTable {
    LabelTable pairs;
    std::span<const double> spansA;
    std::span<const double> spansB;
};
/// Kappa with the unmatched, as Holle and Rein 2015 ("EasyDIAg") have it: what one coder marked alone is a
/// pair with "nothing". That both marked nothing is counted nowhere, so the table has a structural zero and
/// agreement by chance comes from quasi-independence. They fit it iteratively; with one zero in a corner the
/// fit is in closed form e(i, i) = a(i) b(i) p / (A B), p pairs, A and B spans.
AgreementFigure unmatchedKappa(const SpanTable& table);
/// For one label against everything else.
AgreementFigure unmatchedKappa(const SpanTable& table, size_t label);

/// What Fleiss' kappa needs of items that all of `raters` coders labelled.
struct FleissSums {
    int raters = 0;
    double items = 0;
    std::span<const double> given; ///< by label: how often it was given
    std::span<const double> squares; ///< by label: sum over items of (how many gave it)^2
};
/// Fleiss 1971, equations 3 to 7, and 14 for one label.
AgreementFigure fleissKappa(const FleissSums& sums);
AgreementFigure fleissKappa(const FleissSums& sums, size_t label);

/// What Krippendorff's alpha needs: the coincidence matrix's margins and diagonal. Items with fewer than two
/// labels are in neither.
struct CoincidenceSums {
    std::span<const double> given; ///< n_c
    std::span<const double> both; ///< o_cc
};
/// Nominal data, labels may be missing (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability",
/// section C and D); for one label against all others as well.
AgreementFigure krippendorffAlpha(const CoincidenceSums& sums);
AgreementFigure krippendorffAlpha(const CoincidenceSums& sums, size_t label);

/// 2 agreed / (A + B): the same whoever counts as truth.
AgreementFigure spanF1(double agreed, double spansA, double spansB);

} // namespace telltale
