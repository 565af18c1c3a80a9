// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/report/projectreport.h"
#include "pipeline/analysis/calibrationanalysis.h"
#include "widgets/plot/spotsview.h"

namespace telltale {

/// What is missing and what to do about it; empty if nothing is.
QString missingText(const CalibrationAnalysis& analysis);
/// What the figures rest on, in a sentence or two.
QString basisText(const CalibrationAnalysis& analysis);
/// "84 of 100 like this were right (75-90 %)."
QString likeThisText(const ReliabilityBin& bin);
/// "ECE 0.08 (0.05-0.12)", with what it was before calibration where that is known.
QString errorText(const CalibratedVoter& voter);
/// A panel for each voter, before and after calibration; `voter`: only this one.
std::vector<ReliabilityView::Panel> reliabilityPanels(const CalibrationAnalysis& analysis, int voter = -1);
/// The curve behind a line of a panel.
const CalibrationCurve& curveOf(const CalibratedVoter& voter, int line);
Result<SectionMaker> calibrationSection(const FrozenProject& project, ProgressSink& progress);

} // namespace telltale
