// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The confusion of a project as tables, in the plain English of reports.
#include "pipeline/analysis/confusionanalysis.h"
#include <limits>

namespace telltale {
namespace {

constexpr const char* kBackground = "background";
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

std::string nameOfClass(const LabelScheme& scheme, const ConfusionMatrix& matrix, int place)
{
    if (place >= matrix.classes)
        return kBackground;
    return scheme.classes[static_cast<size_t>(place)].name;
}

std::string noteOf(const ConfusionAnalysis& analysis, const ConfusionSide& side)
{
    std::string note = std::string(answerText(side.source)).append(" against ");
    note.append(std::to_string(side.compared)).append(" decided spans");
    if (side.silent > 0)
        note.append("; ").append(std::to_string(side.silent)).append(" without an answer are left out");
    if (analysis.request.task == ConfusionTask::Spans) {
        note.append("; a detection is a span from tIoU ")
            .append(cellText(analysis.request.tiou, {{}, {}, 2}))
            .append(analysis.request.pairing == SpanPairing::Optimal ? " on, paired for the largest sum"
                                                                     : " on, paired in order of score");
        if (side.unjudged > 0)
            note.append("; ")
                .append(std::to_string(side.unjudged))
                .append(" detections where nobody has decided are left out");
        if (!analysis.looked)
            note.append("; no stretch is marked as looked through, so that missed gestures and false "
                        "detections are known only where spans were decided");
    }
    if (side.trained)
        note.append("; these heads have learned from these very decisions");
    return note;
}

/// Of the n-th side: the first has no number. Tables of both tasks can lie in one folder.
std::string keyOf(const ConfusionAnalysis& analysis, const char* name, size_t side = 0)
{
    std::string key = analysis.request.task == ConfusionTask::Spans ? "span_" : "";
    key.append(name);
    return side == 0 ? key : key.append("_").append(std::to_string(side + 1));
}

Table matrixTable(const ConfusionAnalysis& analysis, const LabelScheme& scheme, size_t which)
{
    const ConfusionSide& side = analysis.sides[which];
    Table table{keyOf(analysis, "confusion", which), "Confusion: decided (rows) against predicted (columns)",
        noteOf(analysis, side), {{"truth", "Decided"}}, {}};
    std::vector<int> shown;
    for (int i = 0; i < side.matrix.side(); ++i)
        if (side.matrix.rowSum(i) + side.matrix.columnSum(i) > 0)
            shown.push_back(i);
    for (const int i : shown)
        table.columns.push_back({nameOfClass(scheme, side.matrix, i), nameOfClass(scheme, side.matrix, i)});
    for (const int truth : shown) {
        std::vector<TableCell> row;
        row.emplace_back(nameOfClass(scheme, side.matrix, truth));
        for (const int predicted : shown) {
            row.emplace_back();
            if (truth != side.matrix.classes || predicted != truth) // what neither side saw
                row.back() = side.matrix.at(truth, predicted);
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table scoreTable(const ConfusionAnalysis& analysis, const LabelScheme& scheme, size_t which)
{
    const ConfusionSide& side = analysis.sides[which];
    Table table{keyOf(analysis, "confusion_scores", which), "Precision, recall and F1 by class",
        noteOf(analysis, side),
        {{"class", "Class"}, {"decided", "Decided"}, {"predicted", "Predicted"}, {"correct", "Correct"},
            {"precision", "Precision"}, {"recall", "Recall"}, {"f1", "F1"}},
        {}};
    for (size_t c = 0; c < side.scores.perClass.size(); ++c) {
        const ClassScore& score = side.scores.perClass[c];
        if (score.truth + score.predicted == 0)
            continue;
        std::vector<TableCell>& row = table.rows.emplace_back();
        row.emplace_back(scheme.classes[c].name);
        for (const int64_t count : {score.truth, score.predicted, score.correct})
            row.emplace_back(count);
        row.push_back(score.predicted > 0 ? cellOf(score.precision) : cellOf(kNothing));
        row.push_back(score.truth > 0 ? cellOf(score.recall) : cellOf(kNothing));
        row.emplace_back(score.f1);
    }
    const std::pair<const char*, double> means[]{{"macro mean", side.scores.macroF1},
        {"micro mean", side.scores.microF1}, {"mean by support", side.scores.weightedF1}};
    for (const auto& [name, f1] : means) {
        std::vector<TableCell>& row = table.rows.emplace_back(table.columns.size());
        row.front() = std::string(name);
        row.back() = f1;
    }
    return table;
}

const char* suggestionText(PairSuggestion suggestion)
{
    constexpr const char* kTexts[]{"", "merge?", "guideline?", "one-sided: is the definition applied alike?",
        "more examples of the rare class?"};
    return kTexts[static_cast<size_t>(suggestion)];
}

Table pairTable(const ConfusionAnalysis& analysis, const LabelScheme& scheme)
{
    Table table{keyOf(analysis, "confusion_pairs"), "Most confused pairs",
        std::string(
            "Shares of the decided spans of both classes, with Wilson's 95 % interval; doubted: spans "
            "that people themselves named both ways. ")
            .append(noteOf(analysis, analysis.sides.front())),
        {{"first", "Class"}, {"second", "Taken for"}, {"there", "There"}, {"back", "Back"},
            {"share", "Share, %", 1, true}, {"low", "from", 1, true}, {"high", "to", 1, true},
            {"doubted", "Doubted"}, {"suggestion", "Suggestion"}},
        {}};
    for (const ConfusedPair& pair : analysis.pairs)
        table.rows.push_back({scheme.classes[static_cast<size_t>(pair.there.truth)].name,
            scheme.classes[static_cast<size_t>(pair.there.predicted)].name, pair.there.count, pair.back.count,
            cellOf(pair.both.precision), pair.both.low, pair.both.high, pair.doubted,
            std::string(suggestionText(pair.suggestion))});
    return table;
}

Table errorTable(const ConfusionAnalysis& analysis, size_t which)
{
    const ConfusionSide& side = analysis.sides[which];
    Table table{keyOf(analysis, "confusion_errors", which), "Kinds of error of the detections (DETAD, TIDE)",
        noteOf(analysis, side), {{"kind", "Kind"}, {"count", "Count"}}, {}};
    for (size_t kind = 0; kind < kSpanErrorKinds; ++kind)
        table.rows.push_back({std::string(nameOf(static_cast<SpanErrorKind>(kind))), side.errors.of[kind]});
    table.rows.push_back({std::string("missed"), side.errors.missed});
    return table;
}

} // namespace

std::string answerText(const AnswerSource& source)
{
    std::string text;
    switch (source.kind) {
    case AnswerSource::Kind::Recorded:
        text = "what was said when the spans were proposed";
        break;
    case AnswerSource::Kind::Heads:
        text = source.model == 0 ? std::string("the heads of the demo weights")
                                 : std::string("heads ").append(std::to_string(source.model));
        break;
    case AnswerSource::Kind::Run:
        text = source.run;
        break;
    case AnswerSource::Kind::Round:
        text = std::string("round ").append(std::to_string(source.round)).append(" of adaptation ");
        text.append(std::to_string(source.model));
        break;
    }
    return source.modality.empty() ? text : text.append(" (").append(source.modality).append(")");
}

std::string gapText(const ConfusionSide& side)
{
    switch (side.gap) {
    case ConfusionGap::None:
        return {};
    case ConfusionGap::NoSpans:
        return "The project has no spans yet. Analyze a video or import annotations, and decide what is "
               "proposed.";
    case ConfusionGap::NothingDecided:
        return "Nobody has decided anything yet. Accept, correct or reject proposals.";
    case ConfusionGap::NoPredictions:
        return "No model has said anything of this project yet. Analyze a video.";
    case ConfusionGap::Silent:
        return "The recorded answers are about none of the decided spans. Decide some that they are about.";
    case ConfusionGap::OneClass:
        return "All decided spans are of one class, and so the answers say. Decide spans of a second class.";
    case ConfusionGap::Unreadable:
        return std::string("The answers cannot be read: ").append(side.trouble);
    }
    return {};
}

std::vector<Table> tables(const ConfusionAnalysis& analysis, const LabelScheme& scheme)
{
    std::vector<Table> all;
    for (size_t side = 0; side < analysis.sides.size(); ++side) {
        const ConfusionGap gap = analysis.sides[side].gap;
        if (gap != ConfusionGap::None && gap != ConfusionGap::OneClass)
            continue;
        all.push_back(matrixTable(analysis, scheme, side));
        all.push_back(scoreTable(analysis, scheme, side));
        if (analysis.request.task == ConfusionTask::Spans)
            all.push_back(errorTable(analysis, side));
    }
    if (!all.empty() && !analysis.pairs.empty())
        all.push_back(pairTable(analysis, scheme));
    return all;
}

} // namespace telltale
