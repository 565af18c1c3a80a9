// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/report/projectreport.h"
#include "pipeline/analysis/effortanalysis.h"
#include "widgets/plot/spreadview.h"
#include <QString>

namespace telltale {

enum class EffortGroups { Modes, Classes };
enum class EffortMeasure { Seconds, Presses };

/// Fills `view` and gives it its name as a figure. Without figures it is empty; its text stays.
void showEffort(SpreadView& view, const EffortAnalysis& analysis, const LabelScheme& scheme,
    EffortGroups groups, EffortMeasure measure);

/// All in one line: spans, medians, decisions a minute, what was taken back; empty while something is
/// missing.
QString effortSummary(const EffortAnalysis& analysis);
/// Since when there is a record and what lies before it; empty if everything has one.
QString effortSince(const EffortAnalysis& analysis);
/// What is missing and what to do; empty for nothing. `recording`: effort is recorded in this window.
QString effortMissing(const EffortAnalysis& analysis, bool recording);
/// "queue: tail hunt", ...
QString effortModeText(EffortMode mode);

/// For the report: reads the log in a connection of its own.
Result<SectionMaker> effortSection(const FrozenProject& project, ProgressSink& progress);

} // namespace telltale
