// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/retraincommands.h"
#include "data/document.h"
#include "pipeline/headmodels.h"
#include "pipeline/retrain.h"
#include <cmath>
#include <cstdio>
#include <limits>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using Json = nlohmann::json;

constexpr int64_t kLargestSeed = std::numeric_limits<int64_t>::max();

std::string rounded(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", value);
    return std::isfinite(value) ? text : "-";
}

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json reportOf(const ClipReport& report, const LongTailF1& groups)
{
    return {{"accuracy", number(report.accuracy)}, {"top5", number(report.top5)},
        {"macro_f1", number(report.macroF1)}, {"micro_f1", number(report.microF1)},
        {"weighted_f1", number(report.weightedF1)}, {"head_f1", number(groups.head)},
        {"medium_f1", number(groups.medium)}, {"tail_f1", number(groups.tail)}};
}

std::string scoresOf(const Json& metrics)
{
    const auto after = metrics.value("after", Json::object());
    const auto figure = [&](const char* key) {
        return after.contains(key) && after[key].is_number() ? rounded(after[key].get<double>()) : "-";
    };
    return "accuracy " + figure("accuracy") + ", macro-F1 " + figure("macro_f1") + " on "
        + metrics.value("measured_on", "?");
}

/// The heads of the project, the one in use marked.
Status list(const Document& document, CliConsole& console)
{
    Json rows = Json::array();
    for (const ModelEntry* model : allHeads(document)) {
        const Json parsed = Json::parse(model->metrics, nullptr, false);
        const Json metrics = parsed.is_object() ? parsed : Json::object();
        console.print(std::string(model->active ? "* " : "  ") + std::to_string(model->id) + "  "
            + model->time + "  " + model->file + "  " + scoresOf(metrics));
        rows.push_back(
            {{"id", model->id}, {"time", model->time}, {"file", model->file}, {"active", model->active},
                {"metrics", metrics}, {"recipe", Json::parse(model->recipe, nullptr, false)}});
    }
    if (rows.empty())
        console.print("No retrained heads; those that came with the program are in use.");
    const auto former = formerHeads(document);
    console.result({{"heads", rows}, {"roll_back_to", former ? Json(*former) : Json(nullptr)}});
    return {};
}

Status tellActive(const Document& document, CliConsole& console)
{
    const ModelEntry* active = activeHeads(document);
    console.print("In use: " + (active ? active->file : std::string("the heads that came with the program")));
    console.result({{"active", active ? active->id : 0}, {"file", active ? active->file : ""}});
    return {};
}

Status train(const CliArguments& arguments, CliConsole& console, Document& document)
{
    const Result<int64_t> seed = arguments.integer("seed", 0, kLargestSeed);
    if (!seed)
        return seed.error();
    const Result<RetrainRequest> request
        = makeRetrainRequest(document, static_cast<uint64_t>(*seed), arguments.has("cold"));
    if (!request)
        return request.error();
    const auto onEpoch = [&](const RetrainProgress& at) {
        if (at.epoch == at.epochs || at.epoch % 10 == 0)
            console.note(at.modality + " step " + std::to_string(at.epoch) + "/" + std::to_string(at.epochs)
                + "  loss " + rounded(at.loss) + "  held-out accuracy " + rounded(at.heldAccuracy)
                + "  macro-F1 " + rounded(at.heldMacroF1) + " (now " + rounded(at.current.macroF1)
                + ")  head/medium/tail F1 " + rounded(at.heldGroups.head) + "/"
                + rounded(at.heldGroups.medium) + "/" + rounded(at.heldGroups.tail));
    };
    const Result<RetrainResult> result = retrainHeads(*request, console.progress(), onEpoch);
    if (!result)
        return result.error();
    const bool keep = arguments.has("keep-candidate");
    const Result<int64_t> candidate = keep ? addCandidate(document, *result) : Result<int64_t>(0);
    const Status applied = keep ? Status() : applyRetraining(document, *result);
    if (!candidate || !applied)
        return candidate ? applied : Status(candidate.error());
    for (const std::string& sentence : result->notes)
        console.note(sentence);
    console.print("heads: " + result->file.string() + "\naccuracy " + rounded(result->before.accuracy)
        + " -> " + rounded(result->after.accuracy) + ", macro-F1 " + rounded(result->before.macroF1) + " -> "
        + rounded(result->after.macroF1) + ", tail F1 " + rounded(result->beforeGroups.tail) + " -> "
        + rounded(result->afterGroups.tail)
        + (result->measuredOnHeldOut ? " on held-out spans" : " on the training spans"));
    if (keep)
        console.print("Kept as candidate " + std::to_string(*candidate) + "; use it with --promote "
            + std::to_string(*candidate) + ".");
    const ModelEntry* active = activeHeads(document);
    console.result({{"project", arguments.path(0).string()}, {"file", result->file.string()},
        {"id", keep ? *candidate : (active ? active->id : 0)}, {"promoted", !keep},
        {"measured_on_held_out", result->measuredOnHeldOut},
        {"before", reportOf(result->before, result->beforeGroups)},
        {"after", reportOf(result->after, result->afterGroups)},
        {"metrics", Json::parse(result->metricsJson)}, {"recipe", Json::parse(result->recipe)},
        {"notes", result->notes}});
    return {};
}

Status retrain(const CliArguments& arguments, CliConsole& console)
{
    int verbs = 0;
    for (const char* verb : {"list", "promote", "roll-back"})
        verbs += arguments.has(verb) ? 1 : 0;
    if (verbs > 1)
        return Error{ErrorCode::Usage, "--list, --promote and --roll-back exclude each other"};
    const Result<int64_t> id = arguments.integer("promote", 0, std::numeric_limits<int64_t>::max());
    if (!id)
        return id.error();
    const Result<std::unique_ptr<Document>> opened = Document::open(arguments.path(0));
    if (!opened)
        return opened.error();
    Document& document = **opened;
    if (arguments.has("list"))
        return list(document, console);
    if (verbs == 0)
        return train(arguments, console, document);
    const Status status = arguments.has("promote") ? promoteHeads(document, *id) : rollBackHeads(document);
    return status ? tellActive(document, console) : status;
}

} // namespace

CliCommand retrainCommand()
{
    return {"retrain", "PROJECT [--cold] [--keep-candidate] [--seed S] | --list | --promote ID | --roll-back",
        "the interactive head retraining, headless; which heads are in use", 1, 1,
        {{"seed", "S", "same seed, same result", "1"},
            {"cold", nullptr, "from the heads that came with the program instead of those in use"},
            {"keep-candidate", nullptr, "keeps the new heads beside those in use, for --promote"},
            {"list", nullptr, "the project's heads with their scores, those in use marked"},
            {"promote", "ID", "uses these heads from now on", "0"},
            {"roll-back", nullptr, "uses the heads again that the present ones were trained from"}},
        retrain};
}

} // namespace telltale
