// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pipeline/analysis/tailanalysis.h"
#include "report/table.h"

namespace telltale {

/// What the analysis says, for files and papers: classes, distribution, findings, scores, curves, advice.
/// None where nothing is decided or proposed. Any thread.
std::vector<Table> tables(const TailAnalysis& tail, const LabelScheme& scheme);

/// In a report.
std::string_view nameOf(TailPart part); ///< "head", ...
std::string_view nameOf(TailBasis basis); ///< "held-out spans", ...
std::string_view sentenceOf(CurveProblem problem); ///< why there is no number
std::string_view sentenceOf(TailScoreProblem problem);

} // namespace telltale
