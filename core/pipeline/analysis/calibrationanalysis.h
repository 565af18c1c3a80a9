// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "data/frozenproject.h"
#include "eval/reliability.h"
#include "pipeline/analysis/spananswers.h"
#include "report/table.h"
#include "review/audit.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// Whether the confidences that people were shown say how often the models were right: from audit items
/// alone (review/audit.h), because what the queue brings first is chosen for looking doubtful. Counted are
/// the proposals of the newest run of each video that lie in the unbroken run of decided audit items, as in
/// the estimate of what is left; skipped and flagged ones say nothing.

/// Ours: with fewer audit items a bin holds one or two, and Wilson's interval around one half is wider than a
/// third. Also the number of spans from which a class's own error is shown as more than a hint.
inline constexpr int64_t kLeastAuditItems = 30;

enum class CalibrationMissing {
    Nothing, ///< all is there
    NoVideos,
    NoProposals, ///< no model has looked at a video
    NoScores, ///< spans without names: nobody was confident of a class
    TooFewAudits,
};

struct CalibrationSettings {
    double auditShare = kAuditShare;
    int bins = kReliabilityBins;
    BootstrapOptions bootstrap;
};

/// A decided audit item.
struct AuditedSpan {
    int64_t annotation = 0;
    int64_t prediction = 0;
    int truth = -1; ///< what the person called it; -1: no gesture
    std::string subject;
};

/// One modality or the vote of all, before or after calibration.
struct CalibrationCurve {
    CalibrationFigures figures;
    std::vector<size_t> items; ///< which of CalibrationAnalysis::items answered, ascending
    std::vector<double> confidences; ///< of the likeliest class, by place in `items`
    std::shared_ptr<const JudgedRows> rows; ///< of these items
    std::optional<CalibrationIntervals> intervals; ///< after addIntervals()
};

struct CalibratedVoter {
    std::string name; ///< kFusedVoter, "joint", ...
    CalibrationCurve after;
    std::optional<CalibrationCurve> before; ///< temperature 1; nothing: not recorded for any item
};

struct CalibrationAnalysis {
    CalibrationMissing missing = CalibrationMissing::NoVideos;
    double auditShare = 0;
    int bins = kReliabilityBins;
    int64_t proposals = 0; ///< of the newest runs, decided or not
    int64_t audits = 0; ///< audit items among them
    int64_t openAudits = 0;
    int64_t unclear = 0; ///< skipped or flagged audit items
    int64_t behindGap = 0; ///< decided out of turn: they count when what is before them is decided
    int64_t needed = 0; ///< further audit items until there are kLeastAuditItems
    int64_t transductive = 0; ///< items answered by a system that had adapted to these very people
    struct Source {
        AnsweringSystem system;
        int64_t items = 0;
    };
    std::vector<Source> sources;
    std::vector<AuditedSpan> items; ///< in the order of the audit
    std::vector<CalibratedVoter> voters; ///< the vote of all first; empty unless `missing` is Nothing

    /// Spans of the items that lie in this bin of a diagram with equal widths.
    std::vector<int64_t> spansIn(const CalibrationCurve& curve, size_t bin) const;
};

/// Any thread. Without intervals: some milliseconds once the book knows the items. Cancelled.
Result<CalibrationAnalysis> analyzeCalibration(const FrozenProject& project,
    const CalibrationSettings& settings, AnswerBook& book, ProgressSink& progress);
/// Adds the bootstrap intervals and the error by chance. Cancelled.
Status addIntervals(
    CalibrationAnalysis& analysis, const CalibrationSettings& settings, ProgressSink& progress);

/// "calibration" (a row for each voter), "reliability" (for each bin), "calibration_classes". None while
/// something is missing.
std::vector<Table> tables(const CalibrationAnalysis& analysis, const LabelScheme& scheme);

} // namespace telltale
