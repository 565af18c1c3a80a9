// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "base/files.h"
#include "data/document.h"
#include "learn/clips/clipset.h"
#include "learn/untrimmed/chunks.h"
#include "pipeline/clipsets/projectclips.h"
#include "pipeline/clipsets/skeletonclips.h"
#include "pipeline/clipsets/synthclips.h"
#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace telltale {
namespace {

using Json = nlohmann::json;

Status wantOut(const CliArguments& arguments, const char* command)
{
    if (arguments.has("out"))
        return {};
    return Error{ErrorCode::Usage, std::string(command) + " wants --out SET.safetensors"};
}

Status synthClips(const CliArguments& arguments, CliConsole& console)
{
    if (Status status = wantOut(arguments, "clips synth"); !status)
        return status;
    const Result<int64_t> seed = arguments.integer("seed", 0, std::numeric_limits<int64_t>::max());
    if (!seed)
        return seed.error();
    std::filesystem::path file = dataFolder() / "models" / "recipes" / "synthetic_smg.json";
    if (arguments.has("recipe"))
        file = arguments.text("recipe");
    const Result<SynthClipRecipe> recipe = readSynthClipRecipe(file);
    if (!recipe)
        return recipe.error();
    const std::string out = arguments.text("out");
    const Result<SynthClipCounts> counts
        = writeSynthClips(out, *recipe, static_cast<uint64_t>(*seed), console.progress());
    if (!counts)
        return counts.error();
    console.print(out + ": " + std::to_string(counts->train) + " clips to learn from, "
        + std::to_string(counts->validation) + " to calibrate on, " + std::to_string(counts->test)
        + " of people who are in neither");
    console.result({{"file", out}, {"recipe", recipe->name}, {"seed", *seed}, {"train", counts->train},
        {"validation", counts->validation}, {"test", counts->test}});
    return {};
}

Status exportProject(const CliArguments& arguments, CliConsole& console)
{
    if (Status status = wantOut(arguments, "clips export"); !status)
        return status;
    const Result<std::unique_ptr<Document>> opened = Document::open(arguments.path(0));
    if (!opened)
        return opened.error();
    ClipExportOptions options;
    options.recipe = arguments.text("recipe");
    options.crop = arguments.text("crop");
    options.unlabelled = arguments.has("unlabelled");
    options.pictures = !arguments.has("no-pictures");
    const Result<ClipExportRequest> request = makeClipExport(**opened, arguments.text("out"), options);
    if (!request)
        return request.error();
    const Result<ClipExportResult> made = exportClips(*request, console.progress());
    if (!made)
        return made.error();
    for (const std::string& sentence : made->notes)
        console.note(sentence);
    if (Status status = keepFoundCrops(**opened, made->crops); !status)
        return status;
    console.print(made->file.string() + ": " + std::to_string(made->labelled) + " clips with a label, "
        + std::to_string(made->unlabelled) + " without; " + std::to_string(made->withPoints)
        + " have points, " + std::to_string(made->withPictures) + " pictures ("
        + std::to_string(made->fromCache) + " of them from the cache)");
    console.result(
        {{"file", made->file.string()}, {"labelled", made->labelled}, {"unlabelled", made->unlabelled},
            {"with_points", made->withPoints}, {"with_pictures", made->withPictures},
            {"from_cache", made->fromCache}, {"notes", made->notes}, {"based_on", request->basedOn}});
    return {};
}

Status cutChunks(const CliArguments& arguments, CliConsole& console)
{
    if (Status status = wantOut(arguments, "clips cut"); !status)
        return status;
    const Result<int64_t> pictures = arguments.integer("pictures", 2, 1024);
    if (!pictures)
        return pictures.error();
    const auto set = UntrimmedSet::open(arguments.path(0));
    if (!set)
        return set.error();
    const std::string out = arguments.text("out");
    const auto made = writeChunks(**set, out, static_cast<int>(*pictures), console.progress());
    if (!made)
        return made.error();
    if (made->leftOut > 0)
        console.note(std::to_string(made->leftOut) + " gestures of videos shorter than a chunk are left out");
    console.print(out + ": " + std::to_string(made->chunks) + " chunks of " + std::to_string(made->gestures)
        + " gestures");
    console.result(
        {{"file", out}, {"chunks", made->chunks}, {"gestures", made->gestures}, {"left_out", made->leftOut}});
    return {};
}

using SkeletonReader = Result<SkeletonClipCounts> (*)(
    const std::filesystem::path&, const std::string&, const std::filesystem::path&, ProgressSink&);

Status skeletonSet(
    const CliArguments& arguments, CliConsole& console, const char* command, SkeletonReader reader)
{
    if (Status status = wantOut(arguments, command); !status)
        return status;
    const std::string out = arguments.text("out");
    const Result<SkeletonClipCounts> made
        = reader(arguments.path(0), arguments.text("test"), out, console.progress());
    if (!made)
        return made.error();
    for (const std::string& sentence : made->notes)
        console.note(sentence);
    console.print(out + ": " + std::to_string(made->clips) + " clips of "
        + std::to_string(made->subjects.size()) + " subjects; measured on " + made->test
        + (made->validation.empty() ? "" : ", calibrated on " + made->validation));
    console.result({{"file", out}, {"clips", made->clips}, {"subjects", made->subjects}, {"test", made->test},
        {"validation", made->validation}, {"notes", made->notes}});
    return {};
}

Status utKinect(const CliArguments& arguments, CliConsole& console)
{
    return skeletonSet(arguments, console, "clips utkinect", writeUtKinectClips);
}

Status gesturePhase(const CliArguments& arguments, CliConsole& console)
{
    return skeletonSet(arguments, console, "clips gesturephase", writeGesturePhaseClips);
}

constexpr ClipRole kRoles[] = {ClipRole::Train, ClipRole::Validation, ClipRole::Test, ClipRole::Unlabelled};

/// Clips by role, by class and by subject.
struct Counts {
    std::map<ClipRole, int64_t> roles;
    std::map<int, std::map<ClipRole, int64_t>> classes;
    std::map<std::string, std::map<ClipRole, int64_t>> subjects;
    int64_t rows = 0;
    int64_t pictures = 0;
};

Counts countsOf(const ClipSet& set)
{
    Counts counts;
    for (size_t i = 0; i < set.clips().size(); ++i) {
        const ClipInfo& clip = set.clips()[i];
        ++counts.roles[clip.role];
        ++counts.classes[clip.label][clip.role];
        ++counts.subjects[clip.subject][clip.role];
        counts.rows += set.rows(i);
        counts.pictures += set.rgb(i).empty() ? 0 : 1;
    }
    return counts;
}

std::string className(const ClipSetInfo& info, int label)
{
    return label < 0 ? "(nobody has said)" : info.classes[static_cast<size_t>(label)];
}

int64_t countAt(const std::map<ClipRole, int64_t>& counts, ClipRole role)
{
    const auto found = counts.find(role);
    return found == counts.end() ? 0 : found->second;
}

std::string countsText(const std::map<ClipRole, int64_t>& counts)
{
    std::string text;
    for (const ClipRole role : kRoles)
        if (const int64_t count = countAt(counts, role); count > 0)
            text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(nameOf(role));
    return text.empty() ? "none" : text;
}

Json countsJson(const std::map<ClipRole, int64_t>& counts)
{
    Json json = Json::object();
    for (const ClipRole role : kRoles)
        json[std::string(nameOf(role))] = countAt(counts, role);
    return json;
}

Status clipsInfo(const CliArguments& arguments, CliConsole& console)
{
    const auto opened = ClipSet::open(arguments.path(0));
    if (!opened)
        return opened.error();
    const ClipSet& set = **opened;
    const ClipSetInfo& info = set.info();
    const Counts counts = countsOf(set);
    console.print(arguments.path(0).string() + ": " + std::to_string(set.clips().size()) + " clips of "
        + std::to_string(counts.subjects.size()) + " subjects, " + countsText(counts.roles) + "\n"
        + info.origin + "\nscheme " + info.scheme + ", " + std::to_string(info.classes.size())
        + " classes; layout " + info.skeleton.layout + ", " + std::to_string(info.skeleton.graph.points)
        + " points of " + std::to_string(info.channels) + " numbers, " + std::to_string(counts.rows)
        + " frames; pictures "
        + (info.rgbFrames > 0 ? std::to_string(info.rgbFrames) + " x " + std::to_string(info.rgbSide) + " x "
                    + std::to_string(info.rgbSide) + " of " + std::to_string(counts.pictures) + " clips"
                              : std::string("none"))
        + "\ndigest " + set.digest() + "\n\nclasses");
    Json classes = Json::array();
    for (int label = counts.classes.contains(-1) ? -1 : 0; label < set.classCount(); ++label) {
        const auto found = counts.classes.find(label);
        const auto row = found == counts.classes.end() ? std::map<ClipRole, int64_t>() : found->second;
        console.print("  " + className(info, label) + ": " + countsText(row));
        classes.push_back({{"id", label}, {"name", className(info, label)}, {"clips", countsJson(row)}});
    }
    console.print("\nsubjects");
    Json subjects = Json::array();
    for (const auto& [subject, row] : counts.subjects) {
        console.print("  " + subject + ": " + countsText(row));
        subjects.push_back({{"name", subject}, {"clips", countsJson(row)}});
    }
    const Status splits = checkSplits(set.clips());
    if (!splits)
        console.note(splits.error().message);
    console.result({{"file", arguments.path(0).string()}, {"clips", set.clips().size()},
        {"roles", countsJson(counts.roles)}, {"scheme", info.scheme}, {"origin", info.origin},
        {"layout", info.skeleton.layout}, {"points", info.skeleton.graph.points}, {"channels", info.channels},
        {"frames", counts.rows}, {"rgb_frames", info.rgbFrames}, {"rgb_side", info.rgbSide},
        {"clips_with_pictures", counts.pictures}, {"digest", set.digest()}, {"classes", classes},
        {"subjects", subjects}, {"splits_are_apart", splits.ok()}});
    return {};
}

} // namespace

std::vector<CliCommand> clipCommands()
{
    const CliOption test{"test", "SUBJECT", "who is measured on; the first one without"};
    const CliOption out{"out", "SET", "the .safetensors file to write"};
    return {
        {"clips synth", "--out SET [--recipe FILE] [--seed S]", "clips of synthetic subjects to learn from",
            0, 0,
            {out, {"recipe", "FILE", "constants instead of models/recipes/synthetic_smg.json"},
                {"seed", "S", "same seed, same clips", "1"}},
            synthClips},
        {"clips export", "PROJECT --out SET [--unlabelled] [--crop KIND] [--no-pictures] [--recipe FILE]",
            "a project's labelled spans with points and pictures", 1, 1,
            {out, {"unlabelled", nullptr, "also spans that nobody decided, without a label"},
                {"crop", "KIND", "motion, person, hands or face, instead of the recipe's"},
                {"no-pictures", nullptr, "points only"},
                {"recipe", "FILE", "constants instead of models/recipes/clips.json"}},
            exportProject},
        {"clips cut", "VIDEOS --out SET [--pictures N]",
            "gestures of a set of untrimmed videos in chunks, for a transformer to learn from", 1, 1,
            {out, {"pictures", "N", "of a chunk", "8"}}, cutChunks},
        {"clips utkinect", "DIR --out SET [--test SUBJECT]",
            "the spans of UTKinect-Action3D, one subject out", 1, 1, {out, test}, utKinect},
        {"clips gesturephase", "DIR --out SET [--test SUBJECT]",
            "the phases of Gesture Phase Segmentation, one person out", 1, 1, {out, test}, gesturePhase},
        {"clips info", "SET", "clips by role, class and subject", 1, 1, {}, clipsInfo},
    };
}

} // namespace telltale
