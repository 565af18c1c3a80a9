// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "app/cli/track2commands.h"
#include "base/files.h"
#include "base/memory.h"
#include "learn/systemkind.h"
#include "learn/track1/ablation.h"
#include "learn/track1/adaptation.h"
#include "learn/track1/clipsides.h"
#include "learn/track1/crossvalidation.h"
#include "pipeline/demo.h"
#include "pipeline/projectsystem.h"
#include <array>
#include <cmath>
#include <cstdio>
#include <mutex>
#include <nlohmann/json.hpp>

namespace telltale {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int64_t kLargestSeed = int64_t{1} << 53; // what JSON numbers keep

std::string percent(double value)
{
    if (!std::isfinite(value))
        return "   -  ";
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%6.2f", value * 100);
    return text.data();
}

Result<Track1Recipe> recipeOf(const CliArguments& arguments)
{
    if (arguments.has("system") && arguments.text("system") != "track1")
        return Error{ErrorCode::Usage, "--system wants track1"};
    return readTrack1Recipe(arguments.has("recipe")
            ? fs::path(arguments.text("recipe"))
            : dataFolder() / "models" / "recipes" / "track1_small.json");
}

Result<SystemOptions> systemOptions(const CliArguments& arguments)
{
    const auto seed = arguments.integer("seed", 0, kLargestSeed);
    if (!seed)
        return seed.error();
    const auto workers = arguments.integer("workers", 0, 256);
    if (!workers)
        return workers.error();
    SystemOptions options;
    options.seed = static_cast<uint64_t>(*seed);
    options.device = arguments.text("device");
    options.workers = static_cast<int>(*workers);
    return options;
}

/// How something is trained, as the options say.
struct Training {
    Track1Recipe recipe;
    SystemOptions options;
};

Result<Training> trainingOf(const CliArguments& arguments)
{
    auto recipe = recipeOf(arguments);
    if (!recipe)
        return recipe.error();
    const auto options = systemOptions(arguments);
    if (!options)
        return options.error();
    return Training{std::move(*recipe), *options};
}

/// One line an epoch on stderr.
class EpochLines {
public:
    explicit EpochLines(CliConsole& console) : m_console(console) { }
    void operator()(const std::string& stream, const EpochReport& epoch)
    {
        std::array<char, 160> line{};
        std::snprintf(line.data(), line.size(),
            "%s epoch %d of %d: loss %.4f, held-out accuracy %.2f %%, macro-F1 %.2f %% (%.1f s)%s",
            stream.c_str(), epoch.epoch, epoch.epochs, epoch.trainLoss, epoch.validation.accuracy * 100,
            epoch.validation.macroF1 * 100, epoch.seconds, epoch.best ? ", best" : "");
        const std::lock_guard lock(m_mutex);
        m_console.note(line.data());
    }

private:
    CliConsole& m_console;
    std::mutex m_mutex;
};

/// What a command works on: a project or a clip set.
struct Source {
    std::unique_ptr<Document> document; ///< null for a clip set
    std::shared_ptr<const ClipSet> set; ///< null for a project
};

/// `either`: the command knows both systems.
Result<Source> sourceOf(const CliArguments& arguments, bool either)
{
    keepFreedMemory();
    Source source;
    if (fs::is_directory(arguments.path(0))) {
        auto document = Document::open(arguments.path(0));
        if (!document)
            return document.error();
        source.document = std::move(*document);
        return source;
    }
    // Where the other system does it too, a set of its kind only wants the other option.
    if (Status status = checkSetKind(arguments.path(0), SystemKind::Track1); either && !status)
        return status.error();
    auto set = ClipSet::open(arguments.path(0));
    if (!set)
        return set.error();
    source.set = std::move(*set);
    return source;
}

/// The clips of either; those of a project are cut first.
Result<std::shared_ptr<const ClipSet>> clipsOf(const Source& source, bool unlabelled, CliConsole& console)
{
    if (source.set)
        return source.set;
    auto clips = cutProjectClips(*source.document, unlabelled, console.progress());
    if (!clips)
        return clips.error();
    for (const std::string& note : clips->notes)
        console.note(note);
    return std::move(clips->set);
}

/// --out, which a project does not need.
Result<fs::path> outOf(const CliArguments& arguments, const Source& source, const char* command)
{
    if (!source.document && !arguments.has("out"))
        return Error{ErrorCode::Usage, std::string(command) + " wants --out where it works on a clip set"};
    return fs::path(arguments.text("out"));
}

Status trainTrack1(const CliArguments& arguments, CliConsole& console)
{
    auto training = trainingOf(arguments);
    if (!training)
        return training.error();
    training->options.resume = arguments.has("resume");
    const auto& [recipe, options] = *training;
    const auto source = sourceOf(arguments, true);
    if (!source)
        return source.error();
    const auto out = outOf(arguments, *source, "train");
    if (!out)
        return out.error();
    EpochLines lines(console);
    const auto onEpoch = [&](const std::string& stream, const EpochReport& epoch) { lines(stream, epoch); };
    const auto facts = source->document
        ? trainOnProject(*source->document, recipe, options, console.progress(), onEpoch)
        : trainSystem(source->set, recipe, *out, options, console.progress(), onEpoch);
    if (!facts)
        return facts.error();
    const Json figures = Json::parse(facts->figures);
    for (const auto& [side, streams] : figures.items()) {
        console.print("Measured on " + side + " subjects:");
        for (const auto& [stream, own] : streams.items())
            console.print("  " + stream + ": accuracy " + percent(own["accuracy"]) + " %, macro-F1 "
                + percent(own["macro_f1"]) + " %, ECE " + percent(own["ece"]) + " %");
    }
    const std::string where = source->document ? activeSystem(*source->document)->string() : out->string();
    console.print("The system is in " + where + ".");
    console.result(
        {{"folder", where}, {"recipe", recipe.name}, {"seed", options.seed}, {"figures", figures}});
    return {};
}

Status trainDemo(const CliArguments& arguments, CliConsole& console)
{
    const auto seed = arguments.integer("seed", 0, kLargestSeed);
    if (!seed)
        return seed.error();
    const fs::path out = arguments.text("demo-weights");
    fs::path recipe = dataFolder() / "models" / "recipes" / "demo.json";
    if (arguments.has("recipe"))
        recipe = arguments.text("recipe");
    if (Status status = trainDemoWeights(recipe, out, static_cast<uint64_t>(*seed), console.progress());
        !status)
        return status;
    const Result<std::string> measured = readFile(out / "measured.json");
    if (!measured)
        return measured.error();
    console.print(
        "The weights are in " + out.string() + ". Measured on held-out synthetic subjects:\n" + *measured);
    console.result({{"folder", out.string()}, {"measured", Json::parse(*measured, nullptr, false)}});
    return {};
}

Status train(const CliArguments& arguments, CliConsole& console)
{
    if (arguments.has("demo-weights"))
        return trainDemo(arguments, console);
    if (arguments.positional().isEmpty())
        return Error{ErrorCode::Usage, "train wants a project, a set, or --demo-weights OUT"};
    if (arguments.text("system") == "track2")
        return trainDetectorCommand(arguments, console);
    return trainTrack1(arguments, console);
}

/// Clips of the role that is asked for; all of them without.
Result<std::vector<size_t>> wantedClips(const CliArguments& arguments, const ClipSet& set)
{
    const std::string role = arguments.text("role");
    std::vector<size_t> clips;
    for (size_t i = 0; i < set.clips().size(); ++i)
        if (role == "all" || nameOf(set.clips()[i].role) == role)
            clips.push_back(i);
    if (clips.empty())
        return Error{ErrorCode::InvalidArgument,
            "No clip has the role \"" + role + "\"; there are train, validation, test, unlabelled and all."};
    return clips;
}

Status predictProject(const CliArguments& arguments, Document& document, CliConsole& console)
{
    const Result<fs::path> folder = arguments.has("model")
        ? Result<fs::path>(fs::path(arguments.text("model")))
        : activeSystem(document);
    if (!folder)
        return folder.error();
    if (Status status = checkSystemFolder(*folder, SystemKind::Track1); !status)
        return status;
    const auto applied = scoreProject(document, *folder, {}, arguments.text("device"), console.progress());
    if (!applied)
        return applied.error();
    for (const std::string& note : applied->notes)
        console.note(note);
    console.print(std::to_string(applied->predictions) + " spans of " + std::to_string(applied->videos)
        + " videos have new scores; what people decided stays as it is.");
    console.result(
        {{"predictions", applied->predictions}, {"videos", applied->videos}, {"model", folder->string()}});
    return document.flush();
}

Status predict(const CliArguments& arguments, CliConsole& console)
{
    if (arguments.text("system") == "track2")
        return predictSpansCommand(arguments, console);
    const auto source = sourceOf(arguments, true);
    if (!source)
        return source.error();
    if (source->document)
        return predictProject(arguments, *source->document, console);
    for (const char* option : {"model", "out"})
        if (!arguments.has(option))
            return Error{ErrorCode::Usage, "predict wants --" + std::string(option) + " for a clip set"};
    if (Status status = checkSystemFolder(arguments.text("model"), SystemKind::Track1); !status)
        return status;
    const auto clips = wantedClips(arguments, *source->set);
    if (!clips)
        return clips.error();
    const auto system = Track1System::load(arguments.text("model"), arguments.text("device"));
    if (!system)
        return system.error();
    const auto scores = (*system)->scores(source->set, *clips, console.progress());
    if (!scores)
        return scores.error();
    const SystemFacts& facts = (*system)->facts();
    if (Status status
        = writeFileAtomically(arguments.text("out"), scoreLines(*source->set, *scores, facts.calibration));
        !status)
        return status;
    const auto figures = figuresOf(*source->set, *scores, facts.calibration, facts.trainingCounts);
    const std::string mark = facts.adapted ? std::string(nameOf(*facts.adapted)) : "unadapted";
    console.print(
        std::to_string(clips->size()) + " clips scored (" + mark + ") into " + arguments.text("out"));
    if (!figures.empty())
        console.print("Measured on those of them that have a label, in percent:\n" + figureLines(figures));
    console.result({{"clips", clips->size()}, {"out", arguments.text("out")}, {"adapted", mark},
        {"figures", Json::parse(figuresText(figures))}});
    return {};
}

Result<AdaptationOptions> adaptationOptions(const CliArguments& arguments)
{
    AdaptationOptions options;
    const auto protocol = adaptationProtocolFromName(arguments.text("protocol"));
    if (!protocol)
        return Error{ErrorCode::Usage, "--protocol wants transductive or inductive"};
    options.protocol = *protocol;
    const auto rounds = arguments.integer("rounds", 0, 100);
    if (!rounds)
        return rounds.error();
    const auto system = systemOptions(arguments);
    if (!system)
        return system.error();
    options.rounds = static_cast<int>(*rounds);
    options.seed = system->seed;
    options.device = system->device;
    options.workers = system->workers;
    return options;
}

void printRounds(const std::vector<RoundSummary>& rounds, CliConsole& console)
{
    for (const RoundSummary& round : rounds)
        for (const StudentSummary& student : round.students)
            console.print("round " + std::to_string(round.round) + ", " + student.stream + ": accepted "
                + std::to_string(student.accepted) + " of " + std::to_string(student.offered) + " clips ("
                + std::to_string(student.change.added) + " new, " + std::to_string(student.change.kept)
                + " kept, " + std::to_string(student.change.dropped) + " dropped, "
                + std::to_string(student.change.relabelled) + " relabelled)");
}

Status adapt(const CliArguments& arguments, CliConsole& console)
{
    const auto options = adaptationOptions(arguments);
    if (!options)
        return options.error();
    const auto source = sourceOf(arguments, false);
    if (!source)
        return source.error();
    const auto out = outOf(arguments, *source, "adapt");
    if (!out)
        return out.error();
    if (source->set && !arguments.has("model"))
        return Error{ErrorCode::Usage, "adapt wants --model where it works on a clip set"};
    AppliedScores applied;
    const auto result = source->document
        ? adaptOnProject(*source->document, *options, applied, console.progress())
        : adaptSystem(source->set, arguments.text("model"), *out, *options, console.progress());
    if (!result)
        return result.error();
    printRounds(result->rounds, console);
    Json rounds = Json::array();
    for (const RoundSummary& round : result->rounds)
        rounds.push_back(Json::parse(toJson(round)));
    const std::string protocol(nameOf(options->protocol));
    if (!result->before.empty())
        console.print("Unadapted, in percent:\n" + figureLines(result->before) + "Adapted (" + protocol
            + "), on the same clips:\n" + figureLines(result->after));
    if (source->document)
        console.print(std::to_string(applied.predictions) + " spans have new scores, "
            + std::to_string(applied.pseudoLabels) + " of them a pseudo-label; the adapted system is a "
            + "candidate beside the one in use.");
    console.result(
        {{"protocol", protocol}, {"rounds", rounds}, {"unadapted", Json::parse(figuresText(result->before))},
            {"adapted", Json::parse(figuresText(result->after))}, {"pseudo_labels", applied.pseudoLabels}});
    return source->document ? source->document->flush() : Status();
}

Status ablate(const CliArguments& arguments, CliConsole& console)
{
    if (arguments.text("system") == "track2")
        return ablateDetectorCommand(arguments, console);
    const auto training = trainingOf(arguments);
    if (!training)
        return training.error();
    const auto seeds = arguments.integer("seeds", 1, 1000);
    if (!seeds)
        return seeds.error();
    const auto source = sourceOf(arguments, true);
    if (!source)
        return source.error();
    const auto set = clipsOf(*source, false, console);
    if (!set)
        return set.error();
    AblationOptions options;
    options.seeds = static_cast<int>(*seeds);
    options.firstSeed = training->options.seed;
    options.device = training->options.device;
    options.workers = training->options.workers;
    options.folder = arguments.text("folder");
    const auto table = ablateSystem(*set, training->recipe, options, console.progress());
    if (!table)
        return table.error();
    const Json result = Json::parse(ablationText(*table));
    if (arguments.has("out"))
        if (Status status = writeFileAtomically(arguments.text("out"), result.dump(1) + "\n"); !status)
            return status;
    console.print(ablationLines(*table));
    for (const std::string& note : table->notes)
        console.print(note);
    console.result(result);
    return {};
}

Status crossvalidate(const CliArguments& arguments, CliConsole& console)
{
    const auto training = trainingOf(arguments);
    if (!training)
        return training.error();
    CrossValidationOptions options;
    const auto folds = arguments.integer("folds", 0, 10000);
    if (!folds)
        return folds.error();
    options.system = training->options;
    options.folds = static_cast<int>(*folds);
    const auto source = sourceOf(arguments, false);
    if (!source)
        return source.error();
    const auto set = clipsOf(*source, false, console);
    if (!set)
        return set.error();
    const auto result = crossValidate(*set, training->recipe, options, console.progress());
    if (!result)
        return result.error();
    Json folded = Json::object();
    for (const auto& [subjects, figures] : result->folded) {
        folded[subjects] = Json::parse(figuresText(figures));
        console.print(subjects + ": accuracy " + percent(figures.at("fused").accuracy) + " %, macro-F1 "
            + percent(figures.at("fused").macroF1) + " %");
    }
    console.print("All clips, each scored by a system that does not know its subject, in percent:\n"
        + figureLines(result->pooled));
    for (const std::string& note : result->notes)
        console.print(note);
    console.result({{"folds", result->folds}, {"pooled", Json::parse(figuresText(result->pooled))},
        {"by_subject", folded}, {"notes", result->notes}});
    return {};
}

} // namespace

std::vector<CliCommand> trainCommands()
{
    const CliOption seed{"seed", "S", "same seed, same result", "1"};
    const CliOption device{"device", "NAME", "auto, cpu, cuda or cuda:N", "auto"};
    const CliOption workers{"workers", "N", "streams worked on side by side; 0: one a core", "0"};
    const CliOption system{"system", "NAME", "track1", "track1"};
    const CliOption either{"system", "NAME", "track1 (names clips) or track2 (finds spans)", "track1"};
    const CliOption recipe{
        "recipe", "FILE", "constants instead of models/recipes/track1_small.json or track2_skeleton.json"};
    const CliOption weights{
        "weights", "FILE", "track2 with pictures: VideoMAEv2's, or those of a transformer of your own"};
    return {
        {"train", "PROJECT|SET --system track1|track2 [--out FOLDER] | --demo-weights OUT",
            "a system that names cut clips, or one that finds spans; or the weights that ship", 0, 1,
            {either, recipe, weights, seed, {"out", "FOLDER", "where the system of a clip set goes"}, device,
                workers, {"resume", nullptr, "go on with what a stopped run left"},
                {"demo-weights", "OUT", "folder of the demo weights, e.g. models/demo"}},
            train},
        {"predict", "PROJECT | SET --model FOLDER --out FILE.csv",
            "scores of spans, or spans of videos, by a trained system", 1, 1,
            {either, {"model", "FOLDER", "the system; a project has one in use"},
                {"out", "FILE", "csv: clip_id,class_id,score_0,... or video_id,class_id,start_frame,..."},
                {"all-spans", nullptr, "track2: also those below the threshold"},
                {"role", "ROLE", "clips or videos of train, validation, test, unlabelled or all", "all"},
                device},
            predict},
        {"adapt", "PROJECT | SET --model FOLDER --out FOLDER [--rounds R]",
            "CMPL on the clips of people without labels; the unadapted figures stand beside", 1, 1,
            {{"model", "FOLDER", "the system"}, {"out", "FOLDER", "where the adapted one goes"},
                {"rounds", "R", "0: as the recipe says", "0"},
                {"protocol", "NAME",
                    "transductive (the evaluated clips without their labels) or inductive (others of the "
                    "same "
                    "people)",
                    "transductive"},
                seed, device, workers},
            adapt},
        {"ablate", "PROJECT|SET --system track1|track2 [--seeds N]",
            "what each part adds: weights, OSE, CMPL and its control, fusion; or frozen, TIA, STDA, ASBA", 1,
            1,
            {either, recipe, weights, {"seeds", "N", "trainings of each step", "3"}, seed,
                {"folder", "DIR", "keeps trained networks, so that a stopped run goes on"},
                {"out", "FILE", "the table as JSON"}, device, workers},
            ablate},
        {"crossvalidate", "PROJECT|SET --system track1 [--folds N]",
            "figures on people the systems do not know, each subject once", 1, 1,
            {system, recipe, {"folds", "N", "groups of subjects; 0: leave one subject out", "0"}, seed,
                device, workers},
            crossvalidate},
    };
}

} // namespace telltale
