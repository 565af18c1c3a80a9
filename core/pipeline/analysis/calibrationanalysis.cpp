// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/calibrationanalysis.h"
#include "eval/confidencebins.h"
#include "pipeline/clipsets/clipscores.h"
#include <algorithm>
#include <unordered_set>

namespace telltale {
namespace {

const Error kCancelled = {ErrorCode::Cancelled, "cancelled"};

/// A proposal of the newest run of its video.
struct Item {
    double place = 0;
    Annotation span;
};

bool isDecided(const Annotation& span) { return span.state != SpanState::Proposed; }

bool isUnclear(const Annotation& span)
{
    return span.state == SpanState::Skipped || span.state == SpanState::Flagged;
}

/// The audit items of the newest runs, in the order of the audit.
std::vector<Item> auditItems(const FrozenProject& project, double share, CalibrationAnalysis& analysis)
{
    std::unordered_map<int64_t, const PredictionRun*> newest;
    for (const PredictionRun& run : project.runs())
        newest[run.videoId] = &run;
    std::vector<Item> items;
    for (Annotation& span : project.annotations()) {
        const auto run = newest.find(span.videoId);
        if (span.predictionId == 0 || run == newest.end() || span.predictionId < run->second->firstPrediction
            || span.predictionId >= run->second->firstPrediction + run->second->predictions)
            continue;
        ++analysis.proposals;
        if (const double place = auditPlace(span.predictionId); place < share)
            items.push_back({place, std::move(span)});
    }
    // The parts of a span that was split are one proposal: the one with the smallest number stands for it.
    std::ranges::sort(items, [](const Item& a, const Item& b) {
        return std::pair(a.place, a.span.id) < std::pair(b.place, b.span.id);
    });
    const auto repeated
        = std::ranges::unique(items, {}, [](const Item& one) { return one.span.predictionId; });
    analysis.proposals -= static_cast<int64_t>(repeated.size());
    items.erase(repeated.begin(), repeated.end());
    return items;
}

/// The unbroken run of decided items; what lies behind the first open one is counted.
void takeRun(const FrozenProject& project, const std::vector<Item>& items, CalibrationAnalysis& analysis)
{
    bool open = false;
    for (const Item& item : items) {
        ++analysis.audits;
        if (!isDecided(item.span)) {
            ++analysis.openAudits;
            open = true;
        } else if (isUnclear(item.span)) {
            ++analysis.unclear;
        } else if (open) {
            ++analysis.behindGap;
        } else {
            const VideoEntry* video = project.video(item.span.videoId);
            analysis.items.push_back({item.span.id, item.span.predictionId,
                item.span.state == SpanState::Rejected ? -1 : item.span.classId,
                video ? video->subject : std::string()});
        }
    }
}

/// Leaves the items with scores, and those of a gesture whose name nobody knows out.
void keepScored(AnswerBook& book, PredictionReader& predictions, CalibrationAnalysis& analysis)
{
    std::vector<AuditedSpan> kept;
    for (const AuditedSpan& item : analysis.items) {
        const SpanProbabilities* scores = book.scores(predictions, item.prediction);
        if (scores && scores->calibrated.contains(kFusedVoter))
            kept.push_back(item);
    }
    analysis.items = std::move(kept);
}

CalibrationCurve curveOf(JudgedRows rows, std::vector<size_t> items, int bins)
{
    CalibrationCurve curve;
    curve.figures = calibrationFigures(rows, bins);
    for (const JudgedConfidence& answer : topAnswers(rows))
        curve.confidences.push_back(answer.confidence);
    curve.items = std::move(items);
    curve.rows = std::make_shared<const JudgedRows>(std::move(rows));
    return curve;
}

using Rows = std::map<std::string, std::vector<double>>;

/// Nothing if the voter answered no item.
std::optional<CalibrationCurve> curveOf(const CalibrationAnalysis& analysis, AnswerBook& book,
    PredictionReader& predictions, const std::string& voter, Rows SpanProbabilities::*which)
{
    JudgedRows rows;
    std::vector<size_t> items;
    for (size_t i = 0; i < analysis.items.size(); ++i) {
        const AuditedSpan& item = analysis.items[i];
        const SpanProbabilities* scores = book.scores(predictions, item.prediction);
        const auto row = (scores->*which).find(voter);
        if (row == (scores->*which).end() || row->second.empty())
            continue;
        rows.probabilities.push_back(row->second);
        rows.truth.push_back(item.truth);
        rows.subjects.push_back(item.subject);
        items.push_back(i);
    }
    if (items.empty())
        return {};
    return curveOf(std::move(rows), std::move(items), analysis.bins);
}

/// The vote first, then the modalities in the order of their names.
std::vector<std::string> votersOf(
    const CalibrationAnalysis& analysis, AnswerBook& book, PredictionReader& predictions)
{
    std::vector<std::string> voters{kFusedVoter};
    for (const AuditedSpan& item : analysis.items)
        for (const auto& [name, row] : book.scores(predictions, item.prediction)->calibrated)
            if (name != kDetectorModality && std::ranges::find(voters, name) == voters.end())
                voters.push_back(name);
    std::sort(voters.begin() + 1, voters.end());
    return voters;
}

void countSources(AnswerBook& book, PredictionReader& predictions, CalibrationAnalysis& analysis)
{
    std::map<int, int64_t> counts;
    for (const AuditedSpan& item : analysis.items)
        ++counts[book.scores(predictions, item.prediction)->system];
    for (const auto& [system, items] : counts) {
        const AnsweringSystem& about = book.systems()[static_cast<size_t>(system)];
        analysis.sources.push_back({about, items});
        analysis.transductive += about.adapted == "transductive" ? items : 0;
    }
    std::ranges::stable_sort(analysis.sources, std::greater<>(), &CalibrationAnalysis::Source::items);
}

} // namespace

std::vector<int64_t> CalibrationAnalysis::spansIn(const CalibrationCurve& curve, size_t bin) const
{
    std::vector<int64_t> spans;
    const ConfidenceBins equal(bins);
    for (size_t i = 0; i < curve.items.size(); ++i)
        if (equal.of(curve.confidences[i]) == static_cast<int>(bin))
            spans.push_back(items[curve.items[i]].annotation);
    return spans;
}

Result<CalibrationAnalysis> analyzeCalibration(const FrozenProject& project,
    const CalibrationSettings& settings, AnswerBook& book, ProgressSink& progress)
{
    CalibrationAnalysis analysis;
    analysis.auditShare = settings.auditShare;
    analysis.bins = settings.bins;
    if (project.videos().empty())
        return analysis;
    takeRun(project, auditItems(project, settings.auditShare, analysis), analysis);
    analysis.missing
        = analysis.proposals == 0 ? CalibrationMissing::NoProposals : CalibrationMissing::TooFewAudits;
    const std::lock_guard lock(book.mutex());
    PredictionReader predictions(project);
    for (size_t i = 0; i < analysis.items.size(); ++i) {
        if (progress.cancelled())
            return kCancelled;
        progress.report(static_cast<int64_t>(i), static_cast<int64_t>(analysis.items.size()), "spans");
        book.scores(predictions, analysis.items[i].prediction);
    }
    const auto decided = static_cast<int64_t>(analysis.items.size());
    keepScored(book, predictions, analysis);
    const auto counted = static_cast<int64_t>(analysis.items.size());
    if (decided > 0 && counted == 0) {
        analysis.missing = CalibrationMissing::NoScores;
        return analysis;
    }
    analysis.needed = std::max<int64_t>(0, kLeastAuditItems - counted);
    if (analysis.proposals == 0 || analysis.needed > 0)
        return analysis;
    analysis.missing = CalibrationMissing::Nothing;
    countSources(book, predictions, analysis);
    for (const std::string& name : votersOf(analysis, book, predictions)) {
        if (progress.cancelled())
            return kCancelled;
        auto after = curveOf(analysis, book, predictions, name, &SpanProbabilities::calibrated);
        if (after)
            analysis.voters.push_back({name, std::move(*after),
                curveOf(analysis, book, predictions, name, &SpanProbabilities::raw)});
    }
    return analysis;
}

Status addIntervals(
    CalibrationAnalysis& analysis, const CalibrationSettings& settings, ProgressSink& progress)
{
    for (CalibratedVoter& voter : analysis.voters)
        for (CalibrationCurve* curve : {&voter.after, voter.before ? &*voter.before : nullptr}) {
            if (progress.cancelled())
                return kCancelled;
            if (!curve)
                continue;
            curve->intervals = calibrationIntervals(*curve->rows, settings.bootstrap, analysis.bins);
            curve->figures.chanceError
                = chanceCalibrationError(topAnswers(*curve->rows), settings.bootstrap, analysis.bins);
        }
    return {};
}

} // namespace telltale
