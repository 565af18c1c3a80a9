// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "data/document.h"
#include "pipeline/relocate.h"
#include <map>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

Status projectRelocate(const CliArguments& arguments, CliConsole& console)
{
    const auto document = Document::open(arguments.path(0));
    if (!document)
        return document.error();
    Document& project = **document;
    const std::vector<MissingVideo> missing = missingVideos(project);
    std::vector<std::filesystem::path> folders;
    for (int i = 1; i < arguments.positional().size(); ++i)
        folders.push_back(arguments.path(i));
    const auto search = searchVideos(missing, folders, console.progress());
    if (!search)
        return search.error();
    std::map<int64_t, std::filesystem::path> places;
    for (const FoundVideo& video : search->found)
        places[video.id] = video.file;
    if (!places.empty() && !arguments.has("dry-run"))
        if (Status status = takePlaces(project, places, console.progress()); !status)
            return status;
    json found = json::array();
    json notFound = json::array();
    for (const MissingVideo& video : missing) {
        const auto place = places.find(video.id);
        if (place == places.end()) {
            console.print(video.name
                + (video.waiting ? ": not found, no video file has this name"
                                 : ": not found, it was " + video.file.string()));
            notFound.push_back({{"id", video.id}, {"name", video.name}, {"was", video.file.string()}});
            continue;
        }
        console.print(video.name + ": " + place->second.string());
        found.push_back({{"id", video.id}, {"name", video.name}, {"was", video.file.string()},
            {"file", place->second.string()}});
    }
    console.print(std::to_string(found.size()) + " of " + std::to_string(missing.size())
        + " missing videos found among " + std::to_string(search->files) + " files"
        + (arguments.has("dry-run") ? ", nothing was changed" : ""));
    console.result(
        {{"missing", missing.size()}, {"found", found}, {"not_found", notFound}, {"files", search->files},
            {"unreadable", search->unreadable}, {"applied", !arguments.has("dry-run")}});
    return {};
}

} // namespace

std::vector<CliCommand> relocateCommands()
{
    return {
        {"project relocate", "PROJECT FOLDER... [--dry-run]",
            "find videos that were moved, by size and fingerprint, and those that an import waits for, by "
            "name",
            2, -1, {{"dry-run", nullptr, "only say what is found"}}, projectRelocate},
    };
}

} // namespace telltale
