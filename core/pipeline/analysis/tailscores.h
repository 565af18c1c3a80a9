// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pipeline/analysis/tailanalysis.h"
#include <functional>

namespace telltale {

/// The parts of tailAnalysis() that are about F1.

/// Who is seen in a span, as an index.
using SubjectOfSpan = std::function<int(const Annotation&)>;

TailScores headScores(const FrozenProject& project, const TailAnalysis& tail);
/// From what predictions said of spans that people decided since. Cancelled.
Result<std::vector<TailScores>> decidedScores(const FrozenProject& project, const TailAnalysis& tail,
    const TailOptions& options, const SubjectOfSpan& subjectOf, ProgressSink& progress);
/// Curve and projection, where there are figures.
void fitCurve(TailScores& scores, const TailAnalysis& tail, const TailOptions& options);
TailRounds retrainRounds(const FrozenProject& project, const TailOptions& options);
std::vector<TailAdvice> adviceOf(const TailAnalysis& tail);

} // namespace telltale
