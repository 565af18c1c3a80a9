// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/videosetinfo.h"
#include "data/document.h"
#include "pipeline/untrimmedsets/projectvideos.h"
#include "pipeline/untrimmedsets/synthuntrimmed.h"
#include "pipeline/untrimmedsets/utkinectuntrimmed.h"
#include <limits>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using Json = nlohmann::json;

constexpr double kLongest = 600; ///< minutes

Status wantOut(const CliArguments& arguments, const char* command)
{
    if (arguments.has("out"))
        return {};
    return Error{ErrorCode::Usage, std::string(command) + " wants --out SET.safetensors"};
}

/// "30,5,5"
Status takeSubjects(const std::string& text, SynthUntrimmedRecipe& recipe)
{
    const QStringList parts = QString::fromStdString(text).split(QLatin1Char(','));
    int* const counts[] = {&recipe.trainSubjects, &recipe.validationSubjects, &recipe.testSubjects};
    bool fits = parts.size() == 3;
    for (int i = 0; fits && i < 3; ++i) {
        *counts[i] = parts.at(i).toInt(&fits);
        fits = fits && *counts[i] >= 0 && *counts[i] <= 9999;
    }
    if (fits)
        return {};
    return Error{ErrorCode::Usage,
        "--subjects wants how many are to be learned from, held out and measured on: 30,5,5"};
}

Result<SynthUntrimmedRecipe> synthRecipeOf(const CliArguments& arguments)
{
    Result<SynthUntrimmedRecipe> recipe
        = readSynthUntrimmedRecipe(arguments.has("recipe") ? std::filesystem::path(arguments.text("recipe"))
                                                           : synthUntrimmedRecipeFile());
    if (!recipe)
        return recipe;
    if (arguments.has("subjects"))
        if (Status status = takeSubjects(arguments.text("subjects"), *recipe); !status)
            return status.error();
    if (arguments.has("minutes")) {
        const Result<double> minutes = arguments.number("minutes", 0.001, kLongest);
        if (!minutes)
            return minutes.error();
        recipe->minutes = recipe->testMinutes = *minutes;
    }
    if (arguments.has("no-pictures"))
        recipe->pictureSide = 0;
    return recipe;
}

Status synthVideos(const CliArguments& arguments, CliConsole& console)
{
    if (Status status = wantOut(arguments, "videos synth"); !status)
        return status;
    const Result<int64_t> seed = arguments.integer("seed", 0, std::numeric_limits<int64_t>::max());
    if (!seed)
        return seed.error();
    const Result<SynthUntrimmedRecipe> recipe = synthRecipeOf(arguments);
    if (!recipe)
        return recipe.error();
    const std::string out = arguments.text("out");
    const Result<UntrimmedCounts> made
        = writeSynthUntrimmed(out, *recipe, static_cast<uint64_t>(*seed), console.progress());
    if (!made)
        return made.error();
    console.print(out + ": " + std::to_string(made->videos) + " videos of synthetic subjects, "
        + std::to_string(made->frames) + " frames, " + std::to_string(made->spans) + " gestures");
    console.result({{"file", out}, {"recipe", recipe->name}, {"seed", *seed}, {"videos", made->videos},
        {"frames", made->frames}, {"spans", made->spans}});
    return {};
}

Result<SubjectSplit> splitOf(const CliArguments& arguments)
{
    SubjectSplit split;
    for (const QString& name :
        QString::fromStdString(arguments.text("test")).split(QLatin1Char(','), Qt::SkipEmptyParts))
        split.test.push_back(name.trimmed().toStdString());
    if (!split.test.empty() && (arguments.has("fold") || arguments.has("folds")))
        return Error{ErrorCode::Usage, "--test and --fold exclude each other"};
    const Result<int64_t> fold = arguments.integer("fold", 1, 1000);
    const Result<int64_t> folds = arguments.integer("folds", 2, 1000);
    if (!fold || !folds)
        return fold ? folds.error() : fold.error();
    split.fold = static_cast<int>(*fold);
    split.folds = static_cast<int>(*folds);
    return split;
}

std::string listText(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "nobody" : text;
}

Status utKinectVideos(const CliArguments& arguments, CliConsole& console)
{
    if (Status status = wantOut(arguments, "videos utkinect"); !status)
        return status;
    const Result<SubjectSplit> split = splitOf(arguments);
    if (!split)
        return split.error();
    const std::string out = arguments.text("out");
    const Result<SkeletonVideoCounts> made
        = writeUtKinectVideos(arguments.path(0), *split, out, console.progress());
    if (!made)
        return made.error();
    for (const std::string& sentence : made->notes)
        console.note(sentence);
    console.print(out + ": " + std::to_string(made->videos) + " videos of "
        + std::to_string(made->subjects.size()) + " subjects, " + std::to_string(made->frames) + " frames, "
        + std::to_string(made->spans) + " spans; measured on " + listText(made->test) + ", decided on "
        + listText(made->validation));
    console.result({{"file", out}, {"videos", made->videos}, {"frames", made->frames}, {"spans", made->spans},
        {"subjects", made->subjects}, {"test", made->test}, {"validation", made->validation},
        {"notes", made->notes}});
    return {};
}

Status exportProject(const CliArguments& arguments, CliConsole& console)
{
    if (Status status = wantOut(arguments, "videos export"); !status)
        return status;
    const Result<std::unique_ptr<Document>> opened = Document::open(arguments.path(0));
    if (!opened)
        return opened.error();
    VideoExportOptions options;
    options.recipe = arguments.text("recipe");
    options.crop = arguments.text("crop");
    options.unlabelled = arguments.has("unlabelled");
    options.pictures = !arguments.has("no-pictures");
    const Result<VideoExportRequest> request = makeVideoExport(**opened, arguments.text("out"), options);
    if (!request)
        return request.error();
    const Result<VideoExportResult> made = exportVideos(*request, console.progress());
    if (!made)
        return made.error();
    for (const std::string& sentence : made->notes)
        console.note(sentence);
    if (Status status = keepFoundCrops(**opened, made->crops); !status)
        return status;
    console.print(made->file.string() + ": " + std::to_string(made->videos) + " videos, "
        + std::to_string(made->frames) + " frames, " + std::to_string(made->spans) + " spans; "
        + std::to_string(made->withPoints) + " have points, " + std::to_string(made->withPictures)
        + " pictures");
    console.result({{"file", made->file.string()}, {"videos", made->videos}, {"frames", made->frames},
        {"spans", made->spans}, {"with_points", made->withPoints}, {"with_pictures", made->withPictures},
        {"notes", made->notes}, {"based_on", request->basedOn}});
    return {};
}

} // namespace

std::vector<CliCommand> videoSetCommands()
{
    const CliOption out{"out", "SET", "the .safetensors file to write"};
    return {
        {"videos synth",
            "--out SET [--recipe FILE] [--seed S] [--subjects A,B,C] [--minutes M] [--no-pictures]",
            "untrimmed videos of synthetic subjects to find gestures in", 0, 0,
            {out, {"recipe", "FILE", "constants instead of models/recipes/synthetic_smg_untrimmed.json"},
                {"seed", "S", "same seed, same videos", "1"},
                {"subjects", "A,B,C", "how many are to be learned from, held out and measured on"},
                {"minutes", "M", "of every subject, instead of the recipe's"},
                {"no-pictures", nullptr, "points only"}},
            synthVideos},
        {"videos export", "PROJECT --out SET [--unlabelled] [--crop KIND] [--no-pictures] [--recipe FILE]",
            "a project's videos with points, pictures and decided spans", 1, 1,
            {out, {"unlabelled", nullptr, "also videos in which nobody decided anything"},
                {"crop", "KIND", "person, motion, hands or face, instead of the recipe's"},
                {"no-pictures", nullptr, "points only"},
                {"recipe", "FILE", "constants instead of models/recipes/videos.json"}},
            exportProject},
        {"videos utkinect", "DIR --out SET [--test SUBJECT,...] [--fold K --folds N]",
            "the untrimmed sequences of UTKinect-Action3D", 1, 1,
            {out, {"test", "SUBJECT,...", "who is measured on, instead of a fold"},
                {"fold", "K", "which part of the subjects is measured on", "1"},
                {"folds", "N", "into how many parts the subjects are split", "5"}},
            utKinectVideos},
        {"videos info", "SET", "untrimmed videos by role, class and subject", 1, 1, {}, videosInfo},
    };
}

} // namespace telltale
