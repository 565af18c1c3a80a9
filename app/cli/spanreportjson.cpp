// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/spanreportjson.h"
#include <cmath>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

json pairOf(const BootstrapInterval& interval)
{
    return std::isfinite(interval.low) ? json{interval.low, interval.high} : json(nullptr);
}

json scoreOf(const ClassScore& score)
{
    return {{"precision", score.precision}, {"recall", score.recall}, {"f1", score.f1},
        {"truth", score.truth}, {"predicted", score.predicted}, {"correct", score.correct}};
}

json byNumber(const std::vector<int>& numbers, const std::vector<double>& values)
{
    json entry = json::object();
    for (size_t i = 0; i < numbers.size() && i < values.size(); ++i)
        entry[std::to_string(numbers[i])] = values[i];
    return entry;
}

json countsOf(const SpanErrorCounts& counts)
{
    json entry{{"unmatched", counts.unmatched}, {"missed", counts.missed}};
    for (size_t kind = 0; kind < kSpanErrorKinds; ++kind)
        entry[nameOf(static_cast<SpanErrorKind>(kind))] = counts.of[kind];
    return entry;
}

json errorsOf(const SpanErrors& errors)
{
    json entry = countsOf(errors.all);
    json without{{"missed", errors.f1WithoutMissed}};
    for (size_t kind = 1; kind < kSpanErrorKinds; ++kind)
        without[nameOf(static_cast<SpanErrorKind>(kind))] = errors.f1Without[kind];
    entry["f1_without"] = std::move(without);
    return entry;
}

json ruleOf(const SpanReport& report)
{
    int64_t correct = 0;
    int64_t truth = 0;
    int64_t predicted = 0;
    for (const auto& [classId, score] : report.perClass) {
        correct += score.correct;
        truth += score.truth;
        predicted += score.predicted;
    }
    return {{"f1", report.f1}, {"precision", report.precision}, {"recall", report.recall},
        {"correct", correct}, {"truth", truth}, {"predicted", predicted}};
}

json classOf(
    const SpanEvaluationResult& result, const SpanFigures& figures, int classId, const ClassScore& score)
{
    json entry = scoreOf(score);
    const auto precision = figures.strict.averagePrecision.find(classId);
    const bool inTruth = precision != figures.strict.averagePrecision.end();
    entry["ap"] = inTruth ? json(precision->second) : json(nullptr);
    json recall = json::object();
    for (size_t i = 0; inTruth && i < figures.topKxRecall.size(); ++i)
        recall[std::to_string(result.options.recallFactors[i])] = figures.topKxRecall[i].at(classId);
    entry["top_k_recall"] = std::move(recall);
    if (const auto errors = figures.errors.perClass.find(classId); errors != figures.errors.perClass.end())
        entry["errors"] = countsOf(errors->second);
    return entry;
}

json subjectOf(const SpanEvaluationResult& result, const SpanReport& report)
{
    json entry = ruleOf(report);
    entry["mAP"] = report.meanAp;
    entry["per_class"] = json::object();
    for (const auto& [classId, score] : report.perClass)
        entry["per_class"][result.lists.className(classId)] = scoreOf(score);
    return entry;
}

/// Null where there are none.
json intervalsOf(const SpanEvaluationResult& result)
{
    const SpanEvaluation& evaluation = result.evaluation;
    if (!evaluation.averageF1Interval)
        return nullptr;
    const BootstrapOptions& options = result.options.bootstrap;
    json entry{{"resamples", options.resamples}, {"seed", options.seed}, {"level", options.level},
        {"subjects", evaluation.subjects.size()}, {"average_f1", pairOf(*evaluation.averageF1Interval)},
        {"average_mAP", pairOf(*evaluation.averageMeanApInterval)}};
    for (const char* key : {"f1", "precision", "recall", "mAP", "per_class_f1"})
        entry[key] = json::object();
    for (size_t t = 0; t < evaluation.at.size(); ++t) {
        const std::string& key = result.thresholds[t];
        const SpanIntervals& intervals = *evaluation.at[t].intervals;
        entry["f1"][key] = pairOf(intervals.f1);
        entry["precision"][key] = pairOf(intervals.precision);
        entry["recall"][key] = pairOf(intervals.recall);
        entry["mAP"][key] = pairOf(intervals.meanAp);
        for (const auto& [classId, interval] : intervals.classF1)
            entry["per_class_f1"][result.lists.className(classId)][key] = pairOf(interval);
    }
    return entry;
}

void addThreshold(json& document, const SpanEvaluationResult& result, size_t t)
{
    const std::string& key = result.thresholds[t];
    const SpanFigures& figures = result.evaluation.at[t];
    const SpanReport& report = figures.report(result.options.match);
    document["f1"][key] = report.f1;
    document["precision"][key] = report.precision;
    document["recall"][key] = report.recall;
    document["mAP"][key] = report.meanAp;
    document["rules"]["strict"][key] = ruleOf(figures.strict);
    document["rules"]["starter"][key] = ruleOf(figures.starter);
    document["top_k_recall"][key] = byNumber(result.options.recallFactors, figures.meanTopKxRecall);
    document["proposal_recall"][key] = byNumber(result.options.proposals, figures.proposalRecall);
    document["errors"][key] = errorsOf(figures.errors);
    for (const auto& [classId, score] : report.perClass)
        document["per_class"][result.lists.className(classId)][key]
            = classOf(result, figures, classId, score);
    for (const auto& [subject, own] : figures.perSubject)
        document["per_subject"][subject][key] = subjectOf(result, own);
}

} // namespace

json spanReportJson(const SpanEvaluationResult& result)
{
    const SpanEvaluation& evaluation = result.evaluation;
    json document{{"task", "spans"},
        {"match", result.options.match == SpanMatch::Strict ? "strict" : "starter"},
        {"unit", result.lists.unit == SpanUnit::Seconds ? "seconds" : "frames"},
        {"truth_spans", withoutDuplicates(result.lists.truth).size()},
        {"predicted_spans", result.lists.predicted.size()}, {"videos", result.lists.videos.size()},
        {"subjects", {{"count", evaluation.subjects.size()}, {"source", result.lists.subjectSource}}},
        {"average_f1", evaluation.averageF1}, {"average_mAP", evaluation.averageMeanAp},
        {"average_recall", byNumber(result.options.proposals, evaluation.averageRecall)},
        {"intervals", intervalsOf(result)}, {"notes", result.lists.notes}};
    for (const char* key : {"f1", "precision", "recall", "mAP", "per_class", "per_subject", "rules",
             "top_k_recall", "proposal_recall", "errors", "average_AP"})
        document[key] = json::object();
    for (size_t t = 0; t < evaluation.at.size(); ++t)
        addThreshold(document, result, t);
    for (const auto& [classId, precision] : evaluation.averagePrecision)
        document["average_AP"][result.lists.className(classId)] = precision;
    return document;
}

} // namespace telltale
