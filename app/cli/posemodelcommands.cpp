// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Pose models and their cards.
#include "app/cli/cli.h"
#include "pose/estimator.h"
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

json toJson(const KnownPoseModel& model)
{
    const PoseModelCard& card = model.content;
    return {{"name", model.name}, {"file", model.file.string()}, {"card", model.card.string()},
        {"title", card.name}, {"layout", card.layout}, {"decoder", card.decoder}, {"licence", card.licence},
        {"source", card.source}, {"problem", model.problem}};
}

Status listModels(const CliArguments& arguments, CliConsole& console)
{
    (void)arguments;
    json rows = json::array();
    for (const KnownPoseModel& model : knownPoseModels()) {
        std::string line = model.name + "  ";
        if (!model.card.empty())
            line += model.content.name + ", " + model.content.decoder + ", " + model.content.layout
                + (model.content.licence.empty() ? "" : ", " + model.content.licence) + "  ";
        console.print(line + (model.problem.empty() ? model.file.string() : "(" + model.problem + ")"));
        rows.push_back(toJson(model));
    }
    json folders = json::array();
    for (const auto& folder : poseModelFolders()) {
        folders.push_back(folder.string());
        console.note("looked in " + folder.string());
    }
    console.result({{"models", rows}, {"folders", folders}, {"backends", poseBackends()}});
    return {};
}

/// Opens a model as `pose` would.
Status verifyOne(
    const std::filesystem::path& file, const PoseModelOptions& options, CliConsole& console, json& rows)
{
    const auto opened = openPoseModel(file, options);
    if (!opened) {
        rows.push_back({{"file", file.string()}, {"ok", false}, {"problem", opened.error().message}});
        return opened.error();
    }
    const PoseModelCard& card = (*opened)->card();
    console.print(file.string() + ": " + card.name + ", " + card.decoder + ", "
        + (card.layout.empty() ? std::string("boxes") : card.layout) + ", through " + (*opened)->backend()
        + (card.sha256.empty() ? ", its card has no digest" : ", digest as in its card"));
    rows.push_back({{"file", file.string()}, {"ok", true}, {"title", card.name}, {"decoder", card.decoder},
        {"layout", card.layout}, {"backend", (*opened)->backend()}, {"digest", !card.sha256.empty()}});
    return {};
}

Status verifyModels(const CliArguments& arguments, CliConsole& console)
{
    PoseModelOptions options;
    options.card = arguments.text("card");
    options.backend = arguments.text("backend");
    json rows = json::array();
    Status worst;
    if (arguments.positional().isEmpty()) {
        for (const KnownPoseModel& model : knownPoseModels()) {
            if (model.file.empty())
                continue;
            if (Status status = verifyOne(model.file, options, console, rows); !status) {
                console.note(status.error().message);
                worst = Error{status.error().code, "not all models can be used"};
            }
        }
    } else {
        const auto file = findPoseModel(arguments.path(0).string());
        if (!file)
            return file.error();
        worst = verifyOne(*file, options, console, rows);
    }
    console.result({{"models", rows}});
    return worst;
}

Status addModel(const CliArguments& arguments, CliConsole& console)
{
    const auto file = addPoseModel(arguments.path(0), arguments.text("card"));
    if (!file)
        return file.error();
    console.print(file->string() + ": use it as --model " + file->stem().string());
    console.result({{"file", file->string()}, {"name", file->stem().string()}});
    return {};
}

} // namespace

std::vector<CliCommand> poseModelCommands()
{
    return {
        {"models list", "", "pose models and cards that are here", 0, 0, {}, listModels},
        {"models verify", "[NAME|FILE]",
            "open a pose model (or all) and compare it with its card: digest, outputs, shapes", 0, 1,
            {{"card", "FILE", "card that describes the model, instead of the one beside it"},
                {"backend", "NAME", "opencv, torchscript or onnxruntime"}},
            verifyModels},
        {"models add", "FILE", "copy a pose model and its card to the user's models, after a look at them", 1,
            1, {{"card", "FILE", "card that describes the model, instead of the one beside it"}}, addModel},
    };
}

} // namespace telltale
