// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "app/cli/scorelists.h"
#include "eval/metrics.h"
#include <QString>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

struct MatchName {
    const char* name;
    SpanMatch match;
};
constexpr std::array<MatchName, 2> kMatches{{{"strict", SpanMatch::Strict}, {"starter", SpanMatch::Starter}}};

json numberOrNull(double value) { return std::isfinite(value) ? json(value) : json(nullptr); }

std::string shown(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.4f", value);
    return text.data();
}

json scoreOfClass(const ClassScore& score)
{
    return {{"precision", score.precision}, {"recall", score.recall}, {"f1", score.f1},
        {"truth", score.truth}, {"predicted", score.predicted}, {"correct", score.correct}};
}

Result<SpanMatch> wantedMatch(const CliArguments& arguments)
{
    for (const MatchName& entry : kMatches)
        if (arguments.text("match") == entry.name)
            return entry.match;
    return Error{ErrorCode::Usage, "--match wants strict or starter"};
}

/// The thresholds as they were written, because they become keys of the result.
Result<std::vector<std::pair<std::string, double>>> wantedThresholds(const CliArguments& arguments)
{
    std::vector<std::pair<std::string, double>> thresholds;
    for (const QString& part : QString::fromStdString(arguments.text("tiou")).split(QLatin1Char(','))) {
        bool ok = false;
        const double value = part.trimmed().toDouble(&ok);
        if (!ok || !(value >= 0 && value <= 1))
            return Error{ErrorCode::Usage,
                "--tiou wants numbers from 0 to 1 with commas between, such as 0.1,0.3,0.5"};
        thresholds.emplace_back(part.trimmed().toStdString(), value);
    }
    return thresholds;
}

Status evaluateSpans(const CliArguments& arguments, CliConsole& console)
{
    const auto match = wantedMatch(arguments);
    if (!match)
        return match.error();
    const auto thresholds = wantedThresholds(arguments);
    if (!thresholds)
        return thresholds.error();
    const auto lists = readSpanLists(arguments.text("truth"), arguments.text("pred"));
    if (!lists)
        return lists.error();
    for (const std::string& note : lists->notes)
        console.note(note);
    json result{{"task", "spans"}, {"match", arguments.text("match")}, {"truth_spans", lists->truth.size()},
        {"predicted_spans", lists->predicted.size()}, {"notes", lists->notes}};
    for (const char* key : {"f1", "precision", "recall", "mAP", "per_class"})
        result[key] = json::object();
    for (const auto& [key, tiou] : *thresholds) {
        const SpanReport report = spanReport(lists->truth, lists->predicted, tiou, *match);
        result["f1"][key] = report.f1;
        result["precision"][key] = report.precision;
        result["recall"][key] = report.recall;
        result["mAP"][key] = report.meanAp;
        for (const auto& [classId, score] : report.perClass)
            result["per_class"][lists->className(classId)][key] = scoreOfClass(score);
        console.print("tIoU " + key + "  F1 " + shown(report.f1) + "  precision " + shown(report.precision)
            + "  recall " + shown(report.recall) + "  mAP " + shown(report.meanAp));
    }
    console.result(result);
    return {};
}

Status evaluateClips(const CliArguments& arguments, CliConsole& console)
{
    const auto lists = readClipLists(arguments.text("truth"), arguments.text("pred"));
    if (!lists)
        return lists.error();
    for (const std::string& note : lists->notes)
        console.note(note);
    const ClipReport report
        = clipReport(lists->truth, lists->predicted, lists->scores, static_cast<int>(lists->classes.size()));
    json perClass = json::object();
    for (size_t i = 0; i < report.perClass.size(); ++i)
        if (report.perClass[i].truth + report.perClass[i].predicted > 0)
            perClass[lists->classes[i]] = scoreOfClass(report.perClass[i]);
    console.print(std::to_string(lists->truth.size()) + " clips  accuracy " + shown(report.accuracy)
        + "  macro F1 " + shown(report.macroF1) + "  weighted F1 " + shown(report.weightedF1)
        + (std::isfinite(report.top5) ? "  top 5 " + shown(report.top5) : std::string()));
    console.result({{"task", "clips"}, {"clips", lists->truth.size()}, {"accuracy", report.accuracy},
        {"top5", numberOrNull(report.top5)}, {"macro_f1", report.macroF1}, {"micro_f1", report.microF1},
        {"weighted_f1", report.weightedF1}, {"per_class", perClass}, {"confusion", report.confusion},
        {"classes", lists->classes}, {"notes", lists->notes}});
    return {};
}

Status evaluate(const CliArguments& arguments, CliConsole& console)
{
    for (const char* option : {"task", "truth", "pred"})
        if (!arguments.has(option))
            return Error{ErrorCode::Usage, "--" + std::string(option) + " is missing"};
    if (arguments.text("task") == "spans")
        return evaluateSpans(arguments, console);
    if (arguments.text("task") == "clips")
        return evaluateClips(arguments, console);
    return Error{ErrorCode::Usage, "--task wants clips or spans"};
}

} // namespace

std::vector<CliCommand> evaluateCommands()
{
    return {{"evaluate", "--task clips|spans --truth FILE --pred FILE", "score predictions against the truth",
        0, 0,
        {{"task", "TASK", "clips or spans"}, {"truth", "FILE", "ActivityNet JSON or csv"},
            {"pred", "FILE", "ActivityNet JSON or csv"},
            {"match", "RULE", "strict (one to one) or starter (as the organisers' kit)", "strict"},
            {"tiou", "T,T,...", "thresholds of temporal overlap", "0.1,0.3,0.5"}},
        evaluate}};
}

} // namespace telltale
