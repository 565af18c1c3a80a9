// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Edits of a project that the window makes too: accepting, the label scheme, and the history of all edits.
#include "app/cli/cli.h"
#include "data/document.h"
#include "data/rows.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

constexpr int64_t kMostEntries = 1'000'000'000;

/// -1 without the option.
Result<int> wantedClass(const CliArguments& arguments, const LabelScheme& scheme)
{
    if (!arguments.has("class"))
        return -1;
    const int id = scheme.find(arguments.text("class"));
    if (id < 0)
        return Error{ErrorCode::NotFound,
            "the label scheme has no class '" + arguments.text("class")
                + "', telltale-cli project scheme lists them"};
    return id;
}

/// 0 without the option.
Result<int64_t> wantedVideo(const CliArguments& arguments, const Document& project)
{
    if (!arguments.has("video"))
        return int64_t{0};
    const VideoEntry* video = project.videoByName(arguments.text("video"));
    if (!video)
        return Error{ErrorCode::NotFound,
            "the project has no video named '" + arguments.text("video")
                + "', telltale-cli project info lists them"};
    return video->id;
}

Status projectAccept(const CliArguments& arguments, CliConsole& console)
{
    if (!arguments.has("above"))
        return Error{
            ErrorCode::Usage, "--above is missing: from which probability on are proposals accepted?"};
    const auto threshold = arguments.number("above", 0, 1);
    if (!threshold)
        return threshold.error();
    const auto document = Document::open(arguments.path(0));
    if (!document)
        return document.error();
    const auto classId = wantedClass(arguments, (*document)->scheme());
    if (!classId)
        return classId.error();
    const auto video = wantedVideo(arguments, **document);
    if (!video)
        return video.error();
    const auto accepted = (*document)->acceptAbove(*threshold, *classId, *video);
    if (!accepted)
        return accepted.error();
    const int64_t open = (*document)->summary().proposals;
    console.print(
        "accepted " + std::to_string(*accepted) + " proposals, " + std::to_string(open) + " stay open");
    console.result({{"accepted", *accepted}, {"open", open}});
    return {};
}

Status projectLog(const CliArguments& arguments, CliConsole& console)
{
    size_t wanted = kMostEntries;
    if (arguments.has("last")) {
        const auto last = arguments.integer("last", 1, kMostEntries);
        if (!last)
            return last.error();
        wanted = static_cast<size_t>(*last);
    }
    const auto document = Document::open(arguments.path(0));
    if (!document)
        return document.error();
    const auto history = (*document)->history();
    if (!history)
        return history.error();
    json entries = json::array();
    for (size_t i = history->size() - std::min(wanted, history->size()); i < history->size(); ++i) {
        const HistoryEntry& one = (*history)[i];
        console.print(std::to_string(one.sequence) + "  " + one.time + "  " + one.annotator + "  "
            + (one.kind == "do" ? "" : one.kind + " ") + one.command);
        entries.push_back({{"sequence", one.sequence}, {"time", one.time}, {"annotator", one.annotator},
            {"kind", one.kind}, {"command", one.command}});
    }
    console.result({{"edits", history->size()}, {"entries", entries}});
    return {};
}

/// Ids are places, and spans hold ids: a class that is known may not turn up elsewhere.
Status keepsPlaces(const LabelScheme& before, const LabelScheme& after)
{
    for (int id = 0; id < before.classCount(); ++id) {
        const std::string& name = before.classes[static_cast<size_t>(id)].name;
        const int place = after.find(name);
        if (place >= 0 && place != id)
            return Error{ErrorCode::Conflict,
                "class '" + name + "' is number " + std::to_string(id)
                    + " (counted from 0) in the project and number " + std::to_string(place)
                    + " in the new scheme; spans keep the number, so classes have to keep their places"};
    }
    return {};
}

Status changeScheme(const CliArguments& arguments, CliConsole& console, Document& project)
{
    const auto wanted = loadLabelScheme(arguments.text("set"));
    if (!wanted)
        return wanted.error();
    const LabelScheme before = project.scheme();
    if (Status status = keepsPlaces(before, *wanted); !status)
        return status;
    if (Status status = project.setScheme(*wanted); !status)
        return status;
    const LabelScheme& after = project.scheme();
    for (int id = 0; id < before.classCount(); ++id) {
        const std::string& old = before.classes[static_cast<size_t>(id)].name;
        const std::string& fresh = after.classes[static_cast<size_t>(id)].name;
        if (old == fresh)
            continue;
        std::string line = "class " + std::to_string(id) + " '" + old;
        line.append("' is called '").append(fresh).append("' now");
        console.note(line);
    }
    return {};
}

Status projectScheme(const CliArguments& arguments, CliConsole& console)
{
    const auto document = Document::open(arguments.path(0));
    if (!document)
        return document.error();
    if (arguments.has("set"))
        if (Status status = changeScheme(arguments, console, **document); !status)
            return status;
    const LabelScheme& scheme = (*document)->scheme();
    console.print(scheme.name + ", version " + std::to_string(scheme.version) + ", "
        + std::to_string(scheme.classCount()) + " classes"
        + (scheme.fixed ? ", fixed" : ", grows with imports"));
    for (int id = 0; id < scheme.classCount(); ++id) {
        const LabelClass& one = scheme.classes[static_cast<size_t>(id)];
        std::string line = "  " + std::to_string(id) + "  " + one.name;
        for (const std::string& part : {one.shortName, one.bodyPart, one.shortcut})
            line += part.empty() ? "" : "  (" + part + ")";
        for (size_t i = 0; i < one.excludes.size(); ++i)
            line += (i ? ", " : "  excludes ") + std::to_string(one.excludes[i]);
        console.print(line + (one.retired ? "  retired" : ""));
    }
    console.result(json::parse(formatLabelScheme(scheme), nullptr, false));
    return {};
}

} // namespace

std::vector<CliCommand> editCommands()
{
    return {
        {"project accept", "PROJECT --above T [--class NAME] [--video NAME]",
            "accept all open proposals of at least that probability, in one edit", 1, 1,
            {{"above", "T", "least probability of the proposed class, from 0 to 1"},
                {"class", "NAME", "only proposals of this class"}, {"video", "NAME", "only in this video"}},
            projectAccept},
        {"project log", "PROJECT [--last N]", "who changed what and when, oldest first", 1, 1,
            {{"last", "N", "only the newest N edits"}}, projectLog},
        {"project scheme", "PROJECT [--set FILE]", "show the label scheme, or make a new version of it", 1, 1,
            {{"set", "FILE", "the new scheme: a .json file as --json prints it; classes keep their places"}},
            projectScheme},
    };
}

} // namespace telltale
