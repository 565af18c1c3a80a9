// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/report/projectreport.h"
#include "pipeline/analysis/modalityanalysis.h"
#include "widgets/plot/spotsview.h"

namespace telltale {

/// What is missing and what to do about it; empty if nothing is.
QString missingText(const ModalityAnalysis& analysis);
QString missingText(const AdaptationGain& gain);
/// What the figures rest on: whose answers, and what these had learned from.
QString basisText(const ModalityAnalysis& analysis);
QString basisText(const AdaptationGain& gain);
QString oracleText(const ModalityAnalysis& analysis);
QString voterText(const std::string& name); ///< "Fused", "Skeleton", ...
QString acquaintanceText(Acquaintance acquaintance);

/// A row for each class that occurs, most frequent first.
void showClasses(GroupedBarsView& view, const ModalityAnalysis& analysis, const LabelScheme& scheme);
void showAgreement(PairMatrixView& view, const ModalityAnalysis& analysis);
/// Of the gain's voter at this place: by class, or by subject with ids that are places in its rows.
/// `measured`: as it was measured when the system was adapted.
void showGain(ChangeView& view, const AdaptationGain& gain, size_t voter, bool subjects, bool measured,
    const LabelScheme& scheme);
Result<SectionMaker> modalitySection(const FrozenProject& project, ProgressSink& progress);

} // namespace telltale
