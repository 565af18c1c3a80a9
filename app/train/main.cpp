// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Trains, adapts, scores and ablates on a clip set where there is nothing but LibTorch: a bare machine with a
// card.
#include "base/files.h"
#include "base/memory.h"
#include "learn/track1/ablation.h"
#include "learn/track1/adaptation.h"
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>

namespace {

using namespace telltale;

volatile std::sig_atomic_t interrupted = 0;

class Terminal : public ProgressSink {
public:
    bool cancelled() const override { return interrupted != 0; }
};

constexpr const char* kUsage
    = "telltale-train train SET --recipe FILE --out FOLDER [--seed S] [--device D] [--resume yes]\n"
      "telltale-train adapt SET --model FOLDER --out FOLDER [--rounds R] [--protocol "
      "transductive|inductive]\n"
      "telltale-train predict SET --model FOLDER --out SCORES.csv\n"
      "telltale-train ablate SET --recipe FILE [--seeds N] [--folder DIR] [--out TABLE.json]\n"
      "  --seed S (1), --device auto|cpu|cuda (auto), --workers N (0: one a core)\n";

struct Arguments {
    std::string verb;
    std::string set;
    std::map<std::string, std::string> options{{"seed", "1"}, {"device", "auto"}, {"workers", "0"},
        {"rounds", "0"}, {"protocol", "transductive"}, {"seeds", "3"}, {"recipe", ""}, {"out", ""},
        {"model", ""}, {"folder", ""}, {"resume", ""}};

    const std::string& text(const char* name) const { return options.at(name); }
    int number(const char* name) const { return std::atoi(text(name).c_str()); }
    SystemOptions system() const
    {
        SystemOptions system;
        system.seed = std::strtoull(text("seed").c_str(), nullptr, 10);
        system.device = text("device");
        system.workers = number("workers");
        system.resume = !text("resume").empty();
        return system;
    }
};

Result<Arguments> parse(int argc, char** argv)
{
    const Error usage{ErrorCode::Usage, kUsage};
    if (argc < 3 || argc % 2 == 0)
        return usage;
    Arguments arguments;
    arguments.verb = argv[1];
    arguments.set = argv[2];
    for (int i = 3; i < argc; i += 2) {
        const std::string name = argv[i];
        const auto found
            = name.rfind("--", 0) == 0 ? arguments.options.find(name.substr(2)) : arguments.options.end();
        if (found == arguments.options.end())
            return Error{ErrorCode::Usage, "There is no option " + name + ".\n" + kUsage};
        found->second = argv[i + 1];
    }
    return arguments;
}

Status train(const Arguments& arguments, const std::shared_ptr<const ClipSet>& set, ProgressSink& progress)
{
    const auto recipe = readTrack1Recipe(arguments.text("recipe"));
    if (!recipe)
        return recipe.error();
    std::mutex mutex;
    const auto facts = trainSystem(set, *recipe, arguments.text("out"), arguments.system(), progress,
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

Status adapt(const Arguments& arguments, const std::shared_ptr<const ClipSet>& set, ProgressSink& progress)
{
    const auto protocol = adaptationProtocolFromName(arguments.text("protocol"));
    if (!protocol)
        return Error{ErrorCode::Usage, kUsage};
    const SystemOptions system = arguments.system();
    AdaptationOptions options;
    options.protocol = *protocol;
    options.rounds = arguments.number("rounds");
    options.seed = system.seed;
    options.device = system.device;
    options.workers = system.workers;
    const auto result = adaptSystem(set, arguments.text("model"), arguments.text("out"), options, progress);
    if (!result)
        return result.error();
    std::printf("unadapted\n%sadapted (%s)\n%s", figureLines(result->before).c_str(),
        arguments.text("protocol").c_str(), figureLines(result->after).c_str());
    return {};
}

Status predict(const Arguments& arguments, const std::shared_ptr<const ClipSet>& set, ProgressSink& progress)
{
    const auto system = Track1System::load(arguments.text("model"), arguments.text("device"));
    if (!system)
        return system.error();
    std::vector<size_t> clips(set->clips().size());
    for (size_t i = 0; i < clips.size(); ++i)
        clips[i] = i;
    const auto scores = (*system)->scores(set, clips, progress);
    if (!scores)
        return scores.error();
    return writeFileAtomically(
        arguments.text("out"), scoreLines(*set, *scores, (*system)->facts().calibration));
}

Status ablate(const Arguments& arguments, const std::shared_ptr<const ClipSet>& set, ProgressSink& progress)
{
    const auto recipe = readTrack1Recipe(arguments.text("recipe"));
    if (!recipe)
        return recipe.error();
    const SystemOptions system = arguments.system();
    AblationOptions options;
    options.seeds = arguments.number("seeds");
    options.firstSeed = system.seed;
    options.device = system.device;
    options.workers = system.workers;
    options.folder = arguments.text("folder");
    const auto table = ablateSystem(set, *recipe, options, progress);
    if (!table)
        return table.error();
    std::printf("%s", ablationLines(*table).c_str());
    for (const std::string& note : table->notes)
        std::printf("%s\n", note.c_str());
    return arguments.text("out").empty()
        ? Status()
        : writeFileAtomically(arguments.text("out"), ablationText(*table) + "\n");
}

struct Verb {
    const char* name;
    Status (*run)(const Arguments&, const std::shared_ptr<const ClipSet>&, ProgressSink&);
};
constexpr std::array kVerbs{
    Verb{"train", train}, Verb{"adapt", adapt}, Verb{"predict", predict}, Verb{"ablate", ablate}};

Status run(int argc, char** argv)
{
    const auto arguments = parse(argc, argv);
    if (!arguments)
        return arguments.error();
    for (const Verb& verb : kVerbs) {
        if (arguments->verb != verb.name)
            continue;
        const auto set = ClipSet::open(arguments->set);
        if (!set)
            return set.error();
        Terminal terminal;
        return verb.run(*arguments, *set, terminal);
    }
    return Error{ErrorCode::Usage, kUsage};
}

} // namespace

int main(int argc, char** argv)
{
    telltale::keepFreedMemory();
    std::signal(SIGINT, [](int) { interrupted = 1; });
    const telltale::Status status = run(argc, argv);
    if (status)
        return 0;
    std::fprintf(stderr, "%s\n", status.error().message.c_str());
    return status.error().code == telltale::ErrorCode::Usage    ? 2
        : status.error().code == telltale::ErrorCode::Cancelled ? 130
                                                                : 1;
}
