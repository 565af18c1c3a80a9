// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/train/verbs.h"
#include "base/files.h"
#include "learn/systemkind.h"
#include "learn/track1/ablation.h"
#include "learn/track1/adaptation.h"
#include <cstdio>
#include <mutex>

namespace telltale {

namespace {

Result<std::shared_ptr<const ClipSet>> clipsOf(const Arguments& arguments)
{
    const Status kind = checkSetKind(arguments.set, SystemKind::Track1);
    return kind ? ClipSet::open(arguments.set) : kind.error();
}

SystemOptions systemOptions(const Arguments& arguments)
{
    SystemOptions options;
    options.seed = arguments.seed();
    options.device = arguments.text("device");
    options.workers = arguments.number("workers");
    options.resume = arguments.has("resume");
    return options;
}

Status train(const Arguments& arguments, ProgressSink& progress)
{
    const auto recipe = readTrack1Recipe(arguments.text("recipe"));
    if (!recipe)
        return recipe.error();
    const auto set = clipsOf(arguments);
    if (!set)
        return set.error();
    std::mutex mutex;
    const auto facts = trainSystem(*set, *recipe, arguments.text("out"), systemOptions(arguments), progress,
        [&](const std::string& stream, const EpochReport& epoch) {
            const std::lock_guard lock(mutex);
            std::fprintf(stderr, "%s %d/%d loss %.4f held-out accuracy %.4f macro-F1 %.4f %.1f s\n",
                stream.c_str(), epoch.epoch, epoch.epochs, epoch.trainLoss, epoch.validation.accuracy,
                epoch.validation.macroF1, epoch.seconds);
        });
    if (!facts)
        return facts.error();
    std::printf("%s\n", facts->figures.c_str());
    return {};
}

Status adapt(const Arguments& arguments, ProgressSink& progress)
{
    const auto protocol = adaptationProtocolFromName(arguments.text("protocol"));
    if (!protocol)
        return Error{ErrorCode::Usage, "--protocol wants transductive or inductive"};
    const auto set = clipsOf(arguments);
    if (!set)
        return set.error();
    AdaptationOptions options;
    options.protocol = *protocol;
    options.rounds = arguments.number("rounds");
    options.seed = arguments.seed();
    options.device = arguments.text("device");
    options.workers = arguments.number("workers");
    const auto result = adaptSystem(*set, arguments.text("model"), arguments.text("out"), options, progress);
    if (!result)
        return result.error();
    std::printf("unadapted\n%sadapted (%s)\n%s", figureLines(result->before).c_str(),
        arguments.text("protocol").c_str(), figureLines(result->after).c_str());
    return {};
}

Status predict(const Arguments& arguments, ProgressSink& progress)
{
    const auto set = clipsOf(arguments);
    if (!set)
        return set.error();
    if (Status status = checkSystemFolder(arguments.text("model"), SystemKind::Track1); !status)
        return status;
    const auto system = Track1System::load(arguments.text("model"), arguments.text("device"));
    if (!system)
        return system.error();
    std::vector<size_t> clips((*set)->clips().size());
    for (size_t i = 0; i < clips.size(); ++i)
        clips[i] = i;
    const auto scores = (*system)->scores(*set, clips, progress);
    if (!scores)
        return scores.error();
    return writeFileAtomically(
        arguments.text("out"), scoreLines(**set, *scores, (*system)->facts().calibration));
}

Status ablate(const Arguments& arguments, ProgressSink& progress)
{
    const auto recipe = readTrack1Recipe(arguments.text("recipe"));
    if (!recipe)
        return recipe.error();
    const auto set = clipsOf(arguments);
    if (!set)
        return set.error();
    AblationOptions options;
    options.seeds = arguments.number("seeds");
    options.firstSeed = arguments.seed();
    options.device = arguments.text("device");
    options.workers = arguments.number("workers");
    options.folder = arguments.text("folder");
    const auto table = ablateSystem(*set, *recipe, options, progress);
    if (!table)
        return table.error();
    std::printf("%s", ablationLines(*table).c_str());
    for (const std::string& note : table->notes)
        std::printf("%s\n", note.c_str());
    return arguments.has("out") ? writeFileAtomically(arguments.text("out"), ablationText(*table) + "\n")
                                : Status();
}

} // namespace

const std::array<Verb, 4> kTrack1Verbs{
    {{"train", train}, {"adapt", adapt}, {"predict", predict}, {"ablate", ablate}}};

} // namespace telltale
