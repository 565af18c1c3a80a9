// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/report/projectreport.h"
#include "pipeline/analysis/confusionanalysis.h"
#include "widgets/plot/confusionview.h"
#include <QString>

namespace telltale {

/// In which order classes stand on the axes.
enum class ConfusionOrder { Scheme, Frequency, BodyPart, Clustering };

/// How an analysis is looked at. A plain value.
struct ConfusionLook {
    ConfusionScale scale = ConfusionScale::Count;
    ConfusionOrder order = ConfusionOrder::Frequency;
    bool difference = false; ///< of both sides, where there are two
};

/// What a ConfusionView shows of the analysis; no panels where the first side has a gap. The order is that of
/// the first side, so that two sides can be compared.
ConfusionContent confusionContent(
    const ConfusionAnalysis& analysis, const LabelScheme& scheme, const ConfusionLook& look);

/// What is taken for what by the recorded answers, of names and of spans that were found.
Result<SectionMaker> confusionSection(const FrozenProject& project, ProgressSink& progress);

/// How people read a source: "heads in use", "round 2 of the adaptation of 1 March". `offered`: what the
/// project has.
QString answerName(const AnswerSource& source, const std::vector<OfferedAnswer>& offered);

/// What is missing, and what to do about it; empty for no gap.
QString confusionGapText(const ConfusionSide& side, ConfusionTask task);

/// A suggestion in a word ("merge?") and in a sentence; empty for none.
QString suggestionWord(PairSuggestion suggestion);
QString suggestionSentence(const ConfusedPair& pair, const LabelScheme& scheme);

/// "double detection", "missed", ...
QString errorKindText(SpanErrorKind kind);

} // namespace telltale
