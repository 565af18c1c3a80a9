// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/train/verbs.h"
#include "base/files.h"
#include "learn/systemkind.h"
#include "learn/track2/detectorablation.h"
#include "learn/track2/detectortexts.h"
#include "learn/track2/setdetections.h"
#include <cstdio>

namespace telltale {

namespace {

Result<std::shared_ptr<const UntrimmedSet>> videosOf(const Arguments& arguments)
{
    const Status kind = checkSetKind(arguments.set, SystemKind::Track2);
    return kind ? UntrimmedSet::open(arguments.set) : kind.error();
}

Result<Track2Recipe> recipeOf(const Arguments& arguments)
{
    auto recipe = readTrack2Recipe(arguments.text("recipe"));
    return recipe && arguments.has("weights") ? withTrunk(*recipe, arguments.text("weights"))
                                              : std::move(recipe);
}

void printNotes(const std::vector<std::string>& notes)
{
    for (const std::string& note : notes)
        std::printf("%s\n", note.c_str());
}

Status train(const Arguments& arguments, ProgressSink& progress)
{
    if (!arguments.has("out"))
        return Error{ErrorCode::Usage, "train wants --out FOLDER"};
    const auto recipe = recipeOf(arguments);
    if (!recipe)
        return recipe.error();
    const auto set = videosOf(arguments);
    if (!set)
        return set.error();
    DetectorSystemOptions options;
    options.seed = arguments.seed();
    options.device = arguments.text("device");
    options.resume = arguments.has("resume");
    const auto facts = trainTrack2(*set, *recipe, arguments.text("out"), options, progress,
        [](const DetectorEpoch& epoch) { std::fprintf(stderr, "%s\n", detectorEpochLine(epoch).c_str()); });
    if (!facts)
        return facts.error();
    std::printf("%s", detectorSideLines(facts->figures).c_str());
    printNotes(facts->notes);
    return {};
}

Status predict(const Arguments& arguments, ProgressSink& progress)
{
    for (const char* option : {"model", "out"})
        if (!arguments.has(option))
            return Error{ErrorCode::Usage, "predict wants --" + std::string(option)};
    const auto set = videosOf(arguments);
    if (!set)
        return set.error();
    if (Status status = checkSystemFolder(arguments.text("model"), SystemKind::Track2); !status)
        return status;
    const auto system = Track2System::load(arguments.text("model"), arguments.text("device"));
    if (!system)
        return system.error();
    const auto found
        = detectInSet(**system, **set, arguments.text("role"), arguments.has("all-spans"), progress);
    if (!found)
        return found.error();
    if (Status status = writeFileAtomically(arguments.text("out"), spanLines(found->spans)); !status)
        return status;
    std::printf("%zu spans of %zu videos\n", found->spans.size(), found->videos);
    if (!found->figures.empty())
        std::printf("Measured on those of them that have labels, in percent:\n%s\n",
            detectionFigureLines(found->figures).c_str());
    return {};
}

Status ablate(const Arguments& arguments, ProgressSink& progress)
{
    const auto recipe = recipeOf(arguments);
    if (!recipe)
        return recipe.error();
    const auto set = videosOf(arguments);
    if (!set)
        return set.error();
    DetectorAblationOptions options;
    options.seeds = arguments.number("seeds");
    options.firstSeed = arguments.seed();
    options.device = arguments.text("device");
    options.folder = arguments.text("folder");
    const auto table = ablateDetector(*set, *recipe, options, progress);
    if (!table)
        return table.error();
    std::printf("%s", detectorTableLines(*table).c_str());
    printNotes(table->notes);
    return arguments.has("out") ? writeFileAtomically(arguments.text("out"), detectorTableText(*table) + "\n")
                                : Status();
}

} // namespace

const std::array<Verb, 3> kTrack2Verbs{{{"train", train}, {"predict", predict}, {"ablate", ablate}}};

} // namespace telltale
