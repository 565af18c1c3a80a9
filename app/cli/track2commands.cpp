// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/track2commands.h"
#include "base/files.h"
#include "base/memory.h"
#include "learn/systemkind.h"
#include "learn/track2/detectorablation.h"
#include "learn/track2/detectortexts.h"
#include "learn/track2/setdetections.h"
#include "pipeline/projectdetector.h"
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int64_t kLargestSeed = int64_t{1} << 53; // what JSON numbers keep

/// The project that the command works on; null where it is a set of videos.
Result<std::unique_ptr<Document>> projectOf(const CliArguments& arguments)
{
    keepFreedMemory();
    if (!fs::is_directory(arguments.path(0)))
        return std::unique_ptr<Document>();
    return Document::open(arguments.path(0));
}

/// The set itself, or the project's videos with their decided spans.
Result<std::shared_ptr<const UntrimmedSet>> videosOf(
    const CliArguments& arguments, Document* document, bool pictures, CliConsole& console)
{
    if (!document) {
        const Status kind = checkSetKind(arguments.path(0), SystemKind::Track2);
        return kind ? UntrimmedSet::open(arguments.path(0)) : kind.error();
    }
    auto videos = cutProjectVideos(*document, false, pictures, console.progress());
    if (!videos)
        return videos.error();
    for (const std::string& note : videos->notes)
        console.note(note);
    return std::move(videos->set);
}

Result<Track2Recipe> recipeOf(const CliArguments& arguments)
{
    auto recipe = readTrack2Recipe(arguments.has("recipe")
            ? fs::path(arguments.text("recipe"))
            : dataFolder() / "models" / "recipes" / "track2_skeleton.json");
    return recipe && arguments.has("weights") ? withTrunk(*recipe, arguments.text("weights"))
                                              : std::move(recipe);
}

/// "0.1", as people write thresholds.
std::string shortNumber(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%g", value);
    return text.data();
}

Status detectCommand(const CliArguments& arguments, Document& document, CliConsole& console)
{
    const Result<fs::path> folder = arguments.has("model")
        ? Result<fs::path>(fs::path(arguments.text("model")))
        : activeDetector(document);
    if (!folder)
        return folder.error();
    if (Status status = checkSystemFolder(*folder, SystemKind::Track2); !status)
        return status;
    const auto applied = detectInProject(document, *folder, arguments.text("device"), console.progress());
    if (!applied)
        return applied.error();
    for (const std::string& note : applied->notes)
        console.note(note);
    console.print(std::to_string(applied->detections) + " gestures found in "
        + std::to_string(applied->videos) + " videos; " + std::to_string(applied->named)
        + " spans named by the Track 1 system. What people decided stays as it is.");
    console.result({{"detections", applied->detections}, {"videos", applied->videos},
        {"named", applied->named}, {"model", folder->string()}, {"notes", applied->notes}});
    return document.flush();
}

} // namespace

Status trainDetectorCommand(const CliArguments& arguments, CliConsole& console)
{
    const auto recipe = recipeOf(arguments);
    if (!recipe)
        return recipe.error();
    const auto seed = arguments.integer("seed", 0, kLargestSeed);
    if (!seed)
        return seed.error();
    const auto project = projectOf(arguments);
    if (!project)
        return project.error();
    if (!*project && !arguments.has("out"))
        return Error{ErrorCode::Usage, "train wants --out where it works on a set of videos"};
    DetectorSystemOptions options;
    options.seed = static_cast<uint64_t>(*seed);
    options.device = arguments.text("device");
    options.resume = arguments.has("resume");
    const auto onEpoch = [&](const DetectorEpoch& epoch) { console.note(detectorEpochLine(epoch)); };
    const auto trained = [&]() -> Result<DetectorFacts> {
        if (*project)
            return trainDetectorOnProject(**project, *recipe, options, console.progress(), onEpoch);
        const auto set = videosOf(arguments, nullptr, false, console);
        if (!set)
            return set.error();
        return trainTrack2(*set, *recipe, arguments.text("out"), options, console.progress(), onEpoch);
    };
    const auto facts = trained();
    if (!facts)
        return facts.error();
    const std::string out = *project ? activeDetector(**project)->string() : arguments.text("out");
    const Json figures = Json::parse(facts->figures);
    for (const auto& [side, own] : figures.items())
        console.print("Measured on " + side + " subjects, in percent:\n" + detectionFigureLines(own.dump()));
    for (const std::string& note : facts->notes)
        console.print(note);
    console.print("Spans with a score of at least " + shortNumber(facts->decision.threshold)
        + " count. The detector is in " + out + ".");
    console.result({{"folder", out}, {"recipe", recipe->name}, {"seed", options.seed},
        {"threshold", facts->decision.threshold}, {"figures", figures},
        {"history", Json::parse(facts->history)}, {"notes", facts->notes}});
    return *project ? (*project)->flush() : Status();
}

Status predictSpansCommand(const CliArguments& arguments, CliConsole& console)
{
    const auto project = projectOf(arguments);
    if (!project)
        return project.error();
    if (*project)
        return detectCommand(arguments, **project, console);
    const auto set = videosOf(arguments, nullptr, false, console);
    if (!set)
        return set.error();
    for (const char* option : {"model", "out"})
        if (!arguments.has(option))
            return Error{ErrorCode::Usage, "predict wants --" + std::string(option) + " for a set of videos"};
    if (Status status = checkSystemFolder(arguments.text("model"), SystemKind::Track2); !status)
        return status;
    const auto system = Track2System::load(arguments.text("model"), arguments.text("device"));
    if (!system)
        return system.error();
    const auto found = detectInSet(
        **system, **set, arguments.text("role"), arguments.has("all-spans"), console.progress());
    if (!found)
        return found.error();
    if (Status status = writeFileAtomically(arguments.text("out"), spanLines(found->spans)); !status)
        return status;
    console.print(std::to_string(found->spans.size()) + " spans of " + std::to_string(found->videos)
        + " videos into " + arguments.text("out"));
    Json result{{"videos", found->videos}, {"spans", found->spans.size()}, {"out", arguments.text("out")},
        {"threshold", (*system)->facts().decision.threshold}};
    if (!found->figures.empty()) {
        result["figures"] = Json::parse(found->figures);
        console.print("Measured on those of them that have labels, in percent:\n"
            + detectionFigureLines(found->figures));
    }
    console.result(result);
    return {};
}

Status ablateDetectorCommand(const CliArguments& arguments, CliConsole& console)
{
    const auto recipe = recipeOf(arguments);
    if (!recipe)
        return recipe.error();
    const auto seed = arguments.integer("seed", 0, kLargestSeed);
    const auto seeds = arguments.integer("seeds", 1, 1000);
    if (!seed || !seeds)
        return seed ? seeds.error() : seed.error();
    const auto project = projectOf(arguments);
    if (!project)
        return project.error();
    const auto set = videosOf(arguments, project->get(), recipe->input.pictures, console);
    if (!set)
        return set.error();
    DetectorAblationOptions options;
    options.seeds = static_cast<int>(*seeds);
    options.firstSeed = static_cast<uint64_t>(*seed);
    options.device = arguments.text("device");
    options.folder = arguments.text("folder");
    const auto table = ablateDetector(*set, *recipe, options, console.progress());
    if (!table)
        return table.error();
    const Json result = Json::parse(detectorTableText(*table));
    if (arguments.has("out"))
        if (Status status = writeFileAtomically(arguments.text("out"), result.dump(1) + "\n"); !status)
            return status;
    console.print(detectorTableLines(*table));
    for (const std::string& note : table->notes)
        console.print(note);
    console.result(result);
    return {};
}

} // namespace telltale
