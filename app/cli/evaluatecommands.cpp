// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "app/cli/cliplists.h"
#include "app/cli/evaluatespans.h"
#include "eval/metrics.h"
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

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
        return evaluateSpanFiles(arguments, console);
    if (arguments.text("task") == "clips")
        return evaluateClips(arguments, console);
    return Error{ErrorCode::Usage, "--task wants clips or spans"};
}

} // namespace

std::vector<CliCommand> evaluateCommands()
{
    std::vector<CliOption> options{{"task", "TASK", "clips or spans"},
        {"truth", "FILE|PROJECT",
            "clips: csv; spans: ActivityNet JSON, csv, label files of SMG or iMiGUE, or a project"},
        {"pred", "FILE|PROJECT", "the same; of a project the predictions of its runs"}};
    for (const CliOption& option : spanEvaluationOptions())
        options.push_back(option);
    return {{"evaluate", "--task clips|spans --truth FILE|PROJECT --pred FILE|PROJECT",
        "score predictions against the truth", 0, 0, std::move(options), evaluate}};
}

} // namespace telltale
