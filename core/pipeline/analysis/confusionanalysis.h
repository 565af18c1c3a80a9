// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "eval/confusedpairs.h"
#include "eval/confusion.h"
#include "eval/spanerrors.h"
#include "pipeline/analysis/answersources.h"
#include "report/table.h"
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace telltale {

/// What is taken for what in a project: people's decisions (spans that were accepted, corrected or added)
/// against what models say. For the window and the report.

enum class ConfusionTask {
    Clips, ///< what a decided span is called
    Spans, ///< what was found in a video, where somebody has looked
};

struct ConfusionRequest {
    ConfusionTask task = ConfusionTask::Clips;
    AnswerSource first;
    std::optional<AnswerSource> second; ///< beside it
    double tiou = 0.5; ///< of spans: from which overlap on a detection is the span
    SpanPairing pairing = SpanPairing::Optimal;

    bool operator==(const ConfusionRequest&) const = default;
};

/// Why there is no matrix.
enum class ConfusionGap {
    None,
    NoSpans, ///< the project has none at all
    NothingDecided, ///< nobody has decided any
    NoPredictions, ///< no model has said anything
    Silent, ///< this source says nothing about what was decided
    OneClass, ///< all that was decided, and all that was said, is one class
    Unreadable, ///< the source cannot be read: `trouble`
};

/// Spans of a cell, by video as in the project and then by start.
using ConfusedSpans = std::map<std::pair<int, int>, std::vector<int64_t>>;

/// One source against the decisions.
struct ConfusionSide {
    AnswerSource source;
    ConfusionGap gap = ConfusionGap::None;
    std::string trouble; ///< a sentence
    ConfusionMatrix matrix; ///< [class of the scheme]; of spans with the background
    ConfusionScores scores;
    int64_t compared = 0; ///< decided spans that are in the matrix
    int64_t silent = 0; ///< decided spans of which the source says nothing
    int64_t unjudged = 0; ///< of spans: detections where nobody has looked, or that are undecided
    bool trained = false; ///< heads that have learned from these very decisions
    ConfusedSpans spans; ///< annotations by cell (truth, predicted)
    ConfusedSpans detections; ///< predictions without an annotation, by cell of the background's row
    SpanErrorCounts errors; ///< of spans
    std::array<std::vector<int64_t>, kSpanErrorKinds> errorSpans; ///< annotations by kind
    std::vector<int64_t> missed; ///< annotations
};

struct ConfusionAnalysis {
    ConfusionRequest request;
    int64_t decided = 0; ///< spans with a class that people have decided
    bool looked = false; ///< of spans: some stretch is marked as looked through
    std::vector<ConfusionSide> sides; ///< one, or two if two were asked for
    DoubtedPairs doubted; ///< what people named both ways
    std::map<std::pair<int, int>, std::vector<int64_t>> doubtedSpans; ///< annotations of those
    std::vector<ConfusedPair> pairs; ///< of the first side
    std::vector<int> groups; ///< by class: place of its body part
    std::vector<OfferedAnswer> offered; ///< what could be asked for instead

    /// Of the first side; Silent or Unreadable of the second leave it alone.
    ConfusionGap gap() const { return sides.empty() ? ConfusionGap::NoSpans : sides.front().gap; }
};

/// Takes time with the spans, and with predictions that `memory` does not hold yet. Any thread. Cancelled.
Result<ConfusionAnalysis> analyzeConfusion(const FrozenProject& project, const ConfusionRequest& request,
    AnswerMemory& memory, ProgressSink& progress);

/// By class the place of its body part, from the head down; parts of one's own come after these in the order
/// of the scheme, classes without one last.
std::vector<int> bodyPartPlaces(const LabelScheme& scheme);

/// "recorded answers", "heads 3 (rgb)": in plain English, for reports.
std::string answerText(const AnswerSource& source);

/// What is missing, and what to do about it, likewise; empty for no gap.
std::string gapText(const ConfusionSide& side);

/// Matrix, scores by class, most confused pairs and, of spans, kinds of error; empty where there is a gap.
std::vector<Table> tables(const ConfusionAnalysis& analysis, const LabelScheme& scheme);

} // namespace telltale
