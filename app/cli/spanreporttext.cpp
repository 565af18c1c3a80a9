// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/spanreportjson.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace telltale {
namespace {

std::string shown(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.4f", value);
    return text.data();
}

std::string shown(const BootstrapInterval& interval)
{
    return std::isfinite(interval.low) ? " [" + shown(interval.low) + ", " + shown(interval.high) + "]"
                                       : std::string();
}

std::string padded(std::string text, size_t width)
{
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

std::string figuresLine(const std::string& key, const SpanFigures& figures, SpanMatch match)
{
    const SpanReport& report = figures.report(match);
    const SpanIntervals none{{NAN, NAN, 0}, {NAN, NAN, 0}, {NAN, NAN, 0}, {NAN, NAN, 0}, {}};
    const SpanIntervals& intervals = figures.intervals ? *figures.intervals : none;
    return "tIoU " + key + "  F1 " + shown(report.f1) + shown(intervals.f1) + "  precision "
        + shown(report.precision) + "  recall " + shown(report.recall) + "  mAP " + shown(report.meanAp)
        + shown(intervals.meanAp);
}

std::string errorsLine(const std::string& key, const SpanErrors& errors)
{
    std::string text = "tIoU " + key + "  ";
    for (size_t kind = 0; kind < kSpanErrorKinds; ++kind) {
        std::string name = nameOf(static_cast<SpanErrorKind>(kind));
        std::ranges::replace(name, '_', ' ');
        text += name + " " + std::to_string(errors.all.of[kind]) + ", ";
    }
    return text + "truths without a match " + std::to_string(errors.all.unmatched) + ", of them missed "
        + std::to_string(errors.all.missed);
}

using Reports = std::vector<const SpanReport*>; ///< one for each threshold

/// A table of F1 with a column for each threshold.
template <typename Cell>
void addTable(std::vector<std::string>& lines, const std::string& title,
    const std::vector<std::string>& names, const std::vector<std::string>& thresholds, const Cell& cell)
{
    size_t width = title.size();
    for (const std::string& name : names)
        width = std::max(width, name.size());
    std::string head = padded(title, width);
    for (const std::string& key : thresholds)
        head += "  " + padded("F1@" + key, 8);
    lines.push_back(head + "  truth  predicted");
    for (size_t i = 0; i < names.size(); ++i) {
        std::string line = padded(names[i], width);
        ClassScore last;
        for (size_t t = 0; t < thresholds.size(); ++t) {
            last = cell(i, t);
            line += "  " + padded(shown(last.f1), 8);
        }
        lines.push_back(
            line + "  " + padded(std::to_string(last.truth), 5) + "  " + std::to_string(last.predicted));
    }
}

ClassScore sumOf(const SpanReport& report)
{
    ClassScore sum;
    for (const auto& [classId, score] : report.perClass) {
        sum.truth += score.truth;
        sum.predicted += score.predicted;
    }
    sum.f1 = report.f1;
    return sum;
}

} // namespace

std::vector<std::string> spanReportText(const SpanEvaluationResult& result)
{
    const SpanEvaluation& evaluation = result.evaluation;
    const SpanMatch match = result.options.match;
    std::vector<std::string> lines;
    for (size_t t = 0; t < evaluation.at.size(); ++t)
        lines.push_back(figuresLine(result.thresholds[t], evaluation.at[t], match));
    lines.push_back("mean over these  F1 " + shown(evaluation.averageF1)
        + (evaluation.averageF1Interval ? shown(*evaluation.averageF1Interval) : std::string()) + "  mAP "
        + shown(evaluation.averageMeanAp)
        + (evaluation.averageMeanApInterval ? shown(*evaluation.averageMeanApInterval) : std::string()));
    if (evaluation.averageF1Interval)
        lines.push_back("in brackets: " + shown(result.options.bootstrap.level * 100).substr(0, 4) + " % of "
            + std::to_string(result.options.bootstrap.resamples) + " resamples of "
            + std::to_string(evaluation.subjects.size()) + " subjects");
    for (size_t t = 0; t < evaluation.at.size(); ++t)
        lines.push_back(errorsLine(result.thresholds[t], evaluation.at[t].errors));
    if (evaluation.at.empty())
        return lines;

    std::vector<int> classes;
    std::vector<std::string> names;
    for (const auto& [classId, score] : evaluation.at.front().report(match).perClass) {
        classes.push_back(classId);
        names.push_back(result.lists.className(classId));
    }
    addTable(lines, "class", names, result.thresholds,
        [&](size_t i, size_t t) { return evaluation.at[t].report(match).perClass.at(classes[i]); });
    addTable(lines, "subject", evaluation.subjects, result.thresholds,
        [&](size_t i, size_t t) { return sumOf(evaluation.at[t].perSubject.at(evaluation.subjects[i])); });
    return lines;
}

} // namespace telltale
