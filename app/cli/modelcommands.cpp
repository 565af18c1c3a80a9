// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "app/cli/retraincommands.h"
#include "base/files.h"
#include "data/document.h"
#include "pipeline/analyze.h"
#include "pipeline/demo.h"
#include "pose/estimator.h"
#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

namespace telltale {
namespace {

using Json = nlohmann::json;

constexpr int64_t kLargestSeed = std::numeric_limits<int64_t>::max();

Status demo(const CliArguments& arguments, CliConsole& console)
{
    const Result<int64_t> seed = arguments.integer("seed", 0, kLargestSeed);
    if (!seed)
        return seed.error();
    const std::string size = arguments.text("size");
    if (!std::set<std::string>{"tiny", "small", "full"}.contains(size))
        return Error{ErrorCode::Usage, "--size is tiny, small or full"};
    const std::filesystem::path folder = arguments.path(0);
    if (Status status = makeDemo(folder, size, static_cast<uint64_t>(*seed), console.progress()); !status)
        return status;
    const Result<std::unique_ptr<Document>> document = Document::open(folder);
    if (!document)
        return document.error();
    const ProjectSummary summary = (*document)->summary();
    console.print("The demo project is in " + folder.string() + ": " + std::to_string(summary.videos)
        + " videos, " + std::to_string(summary.annotations) + " spans, " + std::to_string(summary.proposals)
        + " of them open proposals.\nOpen it: telltale " + folder.string());
    console.result({{"project", folder.string()}, {"size", size}, {"seed", *seed}, {"videos", summary.videos},
        {"annotations", summary.annotations}, {"by_state", summary.byState},
        {"proposals", summary.proposals}});
    return {};
}

/// "3" or the video's name.
const VideoEntry* findVideo(const Document& document, const std::string& text)
{
    for (const VideoEntry& video : document.videos())
        if (std::to_string(video.id) == text)
            return &video;
    return document.videoByName(text);
}

Json summaryOf(const VideoEntry& video, const AnalyzeResult& result, const LabelScheme& scheme)
{
    int64_t pseudo = 0;
    double covered = 0;
    std::map<std::string, int> byClass;
    for (const Prediction& prediction : result.predictions) {
        pseudo += prediction.pseudoLabel ? 1 : 0;
        covered += static_cast<double>(prediction.span.length());
        const auto top = std::max_element(prediction.fused.begin(), prediction.fused.end());
        const auto index = static_cast<size_t>(top - prediction.fused.begin());
        ++byClass[top == prediction.fused.end() ? "(no name)" : scheme.classes[index].name];
    }
    return {{"id", video.id}, {"name", video.name}, {"predictions", result.predictions.size()},
        {"pseudo_labels", pseudo},
        {"covered_share", video.frameCount > 0 ? covered / static_cast<double>(video.frameCount) : 0.0},
        {"pose_share", result.poseShare < 0 ? Json(nullptr) : Json(result.poseShare)},
        {"track", result.track}, {"model", result.run.model}, {"recipe", result.run.recipe},
        {"by_class", byClass}, {"notes", result.notes}};
}

Status analyze(const CliArguments& arguments, CliConsole& console)
{
    const Result<std::unique_ptr<Document>> opened = Document::open(arguments.path(0));
    if (!opened)
        return opened.error();
    Document& document = **opened;
    std::vector<VideoEntry> videos = document.videos();
    if (arguments.has("video")) {
        const VideoEntry* chosen = findVideo(document, arguments.text("video"));
        if (!chosen)
            return Error{ErrorCode::NotFound,
                arguments.path(0).string() + " has no video '" + arguments.text("video")
                    + "'; `telltale-cli project info` lists them."};
        videos = {*chosen};
    }
    if (videos.empty())
        return Error{ErrorCode::InvalidArgument,
            arguments.path(0).string() + " has no videos; add some with `telltale-cli project add`."};
    std::filesystem::path poseModel;
    if (arguments.has("pose-model")) {
        const auto found = findPoseModel(arguments.text("pose-model"));
        if (!found)
            return found.error();
        poseModel = *found;
    }
    Json rows = Json::array();
    for (const VideoEntry& video : videos) {
        console.note("analyzing " + video.name);
        const AnalyzeRequest request = makeAnalyzeRequest(document, video, poseModel);
        const Result<AnalyzeResult> result = analyzeVideo(request, console.progress());
        if (!result)
            return result.error();
        if (Status status = applyAnalysis(document, video.id, *result); !status)
            return status;
        const Json row = summaryOf(video, *result, document.scheme());
        console.print(video.name + ": " + std::to_string(result->predictions.size()) + " spans, "
            + std::to_string(row["pseudo_labels"].get<int64_t>()) + " of them agreed on by the modalities");
        for (const std::string& sentence : result->notes)
            console.note("  " + sentence);
        rows.push_back(row);
    }
    console.result({{"project", arguments.path(0).string()}, {"videos", rows}});
    return {};
}

} // namespace

std::vector<CliCommand> modelCommands()
{
    const CliOption seed{"seed", "S", "same seed, same result", "1"};
    return {
        {"demo", "DIR [--size tiny|small|full] [--seed S]", "the demo project, ready to open", 1, 1,
            {{"size", "SIZE", "tiny, small or full", "small"}, seed}, demo},
        {"analyze", "PROJECT [--video ID] [--pose-model FILE]", "whole pipeline up to proposals", 1, 1,
            {{"video", "ID", "number or name of one video; all of them without"},
                {"pose-model", "FILE", "find poses with this network first"}},
            analyze},
        retrainCommand(),
    };
}

} // namespace telltale
