// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "data/document.h"
#include "pipeline/project.h"
#include <cmath>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

Status projectNew(const CliArguments& arguments, CliConsole& console)
{
    const auto scheme = loadLabelScheme(arguments.text("labels"));
    if (!scheme)
        return scheme.error();
    const auto document = Document::create(arguments.path(0), *scheme);
    if (!document)
        return document.error();
    console.print("made " + (*document)->folder().string() + " with " + std::to_string(scheme->classCount())
        + " classes of '" + scheme->name + "'");
    console.result({{"project", (*document)->folder().string()}, {"labels", scheme->name},
        {"classes", scheme->classCount()}});
    return {};
}

/// All videos that the command names, before any of them is added. Those that are cut short are refused: once
/// spans are drawn in one, the rest of its pictures cannot be put in any more.
Result<std::vector<ProbedVideo>> probeAll(const CliArguments& arguments, CliConsole& console)
{
    std::vector<ProbedVideo> videos;
    videos.reserve(static_cast<size_t>(arguments.positional().size()));
    for (int i = 1; i < arguments.positional().size(); ++i) {
        auto probed = probeVideoFile(arguments.path(i), console.progress());
        if (!probed)
            return probed.error();
        if (probed->info.cutShort && !arguments.has("allow-damaged"))
            return Error{ErrorCode::BadFormat,
                cutShortError(probed->info).message + ", or add what is there with --allow-damaged"};
        videos.push_back(*std::move(probed));
    }
    return videos;
}

/// Offline entries whose files have other names: --as says which one the video is.
Status projectFind(Document& document, const CliArguments& arguments, CliConsole& console)
{
    const std::string name = arguments.text("as");
    const VideoEntry* waiting = document.videoByName(name);
    if (!waiting || !waiting->offline || arguments.positional().size() != 2)
        return Error{ErrorCode::Usage,
            "--as " + name + ": wanted is one video file, and the name of an entry that waits for its file"};
    const int64_t id = waiting->id;
    const auto probed = probeAll(arguments, console);
    if (!probed)
        return probed.error();
    if (auto status = findProbedVideo(document, id, probed->front()); !status)
        return status;
    console.print("found " + name + ": " + std::to_string(probed->front().entry.frameCount) + " frames");
    console.result({{"added", json::array({{{"id", id}, {"name", name}}})}});
    return {};
}

Status projectAdd(const CliArguments& arguments, CliConsole& console)
{
    if (arguments.has("as")) {
        const auto document = Document::open(arguments.path(0));
        return document ? projectFind(**document, arguments, console) : Status(document.error());
    }
    if (!arguments.has("subject") || arguments.text("subject").empty())
        return Error{
            ErrorCode::Usage, "--subject is missing: who is in the video? (scores are split by subject)"};
    SubjectRole role = SubjectRole::Train;
    if (arguments.has("role") && !parseName(arguments.text("role"), role))
        return Error{ErrorCode::Usage, "--role wants train, validation, test or unlabelled"};
    const auto document = Document::open(arguments.path(0));
    if (!document)
        return document.error();
    for (const Subject& known : (*document)->subjects())
        if (known.name == arguments.text("subject") && !arguments.has("role"))
            role = known.role;
    const auto probed = probeAll(arguments, console);
    if (!probed)
        return probed.error();
    json added = json::array();
    for (const ProbedVideo& file : *probed) {
        const auto id = addProbedVideo(**document, file, arguments.text("subject"), role);
        if (!id)
            return id.error();
        const VideoEntry& video = *(*document)->video(*id);
        console.print("added " + video.name + ": " + std::to_string(video.frameCount) + " frames, "
            + std::to_string(video.width) + " x " + std::to_string(video.height));
        added.push_back({{"id", *id}, {"name", video.name}, {"frames", video.frameCount}});
    }
    console.result({{"added", added}});
    return {};
}

/// "0, 1.5" as microseconds, one per video after the first.
Result<std::vector<int64_t>> offsetsOf(const std::string& text, size_t videos)
{
    std::vector<int64_t> offsets(videos, 0);
    const QStringList parts = QString::fromStdString(text).split(QLatin1Char(','), Qt::SkipEmptyParts);
    if (static_cast<size_t>(parts.size()) + 1 > videos)
        return Error{ErrorCode::Usage,
            "--offset has " + std::to_string(parts.size()) + " values for the " + std::to_string(videos - 1)
                + " videos after the first"};
    for (int i = 0; i < parts.size(); ++i) {
        bool number = false;
        const double seconds = parts[i].trimmed().toDouble(&number);
        if (!number || !std::isfinite(seconds) || std::abs(seconds) > 1e6)
            return Error{ErrorCode::Usage,
                "--offset wants seconds such as 1.25 or -0.04, not '" + parts[i].toStdString() + "'"};
        offsets[static_cast<size_t>(i) + 1] = std::llround(seconds * 1e6);
    }
    return offsets;
}

Status projectSync(const CliArguments& arguments, CliConsole& console)
{
    const auto document = Document::open(arguments.path(0));
    if (!document)
        return document.error();
    Document& project = **document;
    const QStringList names = arguments.positional().mid(1);
    const auto offsets = offsetsOf(arguments.text("offset"), static_cast<size_t>(names.size()));
    if (!offsets)
        return offsets.error();
    std::vector<SyncedVideo> cameras;
    for (const QString& name : names) {
        const VideoEntry* video = project.videoByName(name.toStdString());
        if (!video)
            return Error{ErrorCode::NotFound,
                "the project has no video named '" + name.toStdString() + "'; 'project info' lists them"};
        cameras.push_back({0, video->id, 0, offsets->at(cameras.size())});
    }
    if (arguments.has("remove")) {
        for (const SyncedVideo& camera : cameras)
            if (!project.camerasOf(camera.videoId).empty())
                if (Status status = project.unsynchronize(camera.videoId); !status)
                    return status;
    } else if (Status status = project.synchronize(cameras); !status) {
        return status;
    }
    json result = json::array();
    for (const SyncedVideo& camera : project.camerasOf(cameras.front().videoId)) {
        const double seconds = static_cast<double>(camera.offsetUs) / 1e6;
        const std::string& name = project.video(camera.videoId)->name;
        console.print(name + " starts at " + std::to_string(seconds) + " s");
        result.push_back({{"name", name}, {"offset", seconds}});
    }
    console.result({{"cameras", result}});
    return {};
}

json describeVideo(const Document& document, const VideoEntry& video)
{
    return {{"id", video.id}, {"name", video.name}, {"path", video.path}, {"subject", video.subject},
        {"role", nameOf(video.role)}, {"frames", video.frameCount},
        {"duration", static_cast<double>(video.durationUs) / 1e6}, {"fps", video.fps}, {"width", video.width},
        {"height", video.height}, {"offline", video.offline}, {"track", video.track},
        {"annotations", document.annotations(video.id).size()}, {"runs", document.runs(video.id).size()}};
}

Status projectInfo(const CliArguments& arguments, CliConsole& console)
{
    const auto document = Document::open(arguments.path(0));
    if (!document)
        return document.error();
    const Document& project = **document;
    const ProjectSummary summary = project.summary();
    json videos = json::array();
    console.print(project.folder().string() + ": " + std::to_string(summary.videos) + " videos, "
        + std::to_string(summary.annotations) + " spans, " + std::to_string(summary.edits)
        + " edits, labels '" + project.scheme().name + "'");
    for (const VideoEntry& video : project.videos()) {
        json entry = describeVideo(project, video);
        for (const SyncedVideo& camera : project.camerasOf(video.id))
            if (camera.videoId == video.id) {
                entry["session"] = camera.session;
                entry["offset"] = static_cast<double>(camera.offsetUs) / 1e6;
            }
        videos.push_back(std::move(entry));
        console.print("  " + video.name + "  subject " + video.subject + " ("
            + std::string(nameOf(video.role)) + ")  " + std::to_string(video.frameCount) + " frames  "
            + std::to_string(project.annotations(video.id).size()) + " spans"
            + (video.offline ? "  offline" : ""));
    }
    for (const auto& [state, count] : summary.byState)
        console.print("  " + state + ": " + std::to_string(count));
    console.result({{"schema", summary.schema}, {"project", project.folder().string()},
        {"labels", {{"name", project.scheme().name}, {"classes", project.scheme().classCount()}}},
        {"videos", summary.videos},
        {"annotations",
            {{"total", summary.annotations}, {"by_state", summary.byState}, {"by_class", summary.byClass}}},
        {"proposals", summary.proposals}, {"edits", summary.edits}, {"models", project.models().size()},
        {"video_list", videos}});
    return {};
}

} // namespace

std::vector<CliCommand> projectCommands()
{
    return {
        {"project new", "PROJECT [--labels smg|imigue|own|FILE]", "make an empty project", 1, 1,
            {{"labels", "NAME|FILE", "label scheme: smg, imigue, own (grows with imports) or a .json file",
                "own"}},
            projectNew},
        {"project add", "PROJECT VIDEO... --subject S [--role ROLE] | --as NAME",
            "add videos of one subject, or find the one that an import waits for", 2, -1,
            {{"subject", "S", "who is in the videos"},
                {"as", "NAME", "the offline entry that the one video is; without it, the one of its name"},
                {"role", "ROLE",
                    "train, validation, test or unlabelled; without it a known subject's role, train for "
                    "somebody new"},
                {"allow-damaged", nullptr, "also a video that is cut short, with what is there"}},
            projectAdd},
        {"project sync", "PROJECT VIDEO... [--offset SECONDS,...] [--remove]",
            "show 2 to 4 videos of the project, by name, as cameras of one session", 2, -1,
            {{"offset", "SECONDS,...",
                 "when each video after the first starts on the clock of the first, e.g. 1.25,-0.04", ""},
                {"remove", nullptr, "take the videos out of their session instead"}},
            projectSync},
        {"project info", "PROJECT", "what a project holds", 1, 1, {}, projectInfo},
    };
}

} // namespace telltale
