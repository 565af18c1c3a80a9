// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/report/projectreport.h"
#include "pipeline/analysis/agreementanalysis.h"
#include "pipeline/analysis/disagreements.h"
#include "widgets/plot/agreementplot.h"
#include <QString>
#include <QStringList>

namespace telltale {

/// What the figure of agreement shows of each class.
enum class AgreementView {
    FrameKappa, ///< with and without background
    SpanKappa, ///< with and without the unmatched
    F1At01,
    F1At03,
    F1At05,
    Starts, ///< how far apart, median and mean
    Ends,
    Fleiss, ///< of all annotators, with and without background
    Alpha,
};
inline constexpr int kAgreementViews = 9;
/// As people choose them, in the order of the enumerators.
QStringList agreementViewNames();

QString agreementCoderText(const AgreementCoder& coder);
/// "0.71 [0.65, 0.78]"; a dash if it is not defined.
QString agreementFigureText(const AgreementFigure& figure, int digits = 2);
/// Why a figure is not defined; empty if it is.
QString agreementReasonText(NoFigure reason);
/// What is missing and what to do; empty if nothing is.
QString agreementGapMessage(AgreementGap gap);
QString disagreementText(Disagreement::Kind kind);
/// Name of a label of the analysis: a class, or "unnamed gesture".
QString agreementLabelText(const AgreementAnalysis& analysis, const LabelScheme& scheme, int label);

/// One row for all classes and one for each that somebody used, the worst last. `pair`: in report.pairs.
/// Returns the labels of the rows, -1 for all.
std::vector<int> fillAgreementPlot(AgreementPlot& plot, const AgreementAnalysis& analysis, size_t pair,
    AgreementView view, const LabelScheme& scheme);

/// Agreement in the report: of all people, and with the model where there is one annotator alone.
Result<SectionMaker> agreementSection(const FrozenProject& project, ProgressSink& progress);

} // namespace telltale
