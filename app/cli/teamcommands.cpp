// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "data/document.h"
#include "data/projectlocation.h"
#include "data/store/transfer.h"
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using nlohmann::json;

/// What stands before the last `separator`, and what behind it.
Result<std::pair<std::string, std::string>> pairOf(const std::string& text, char separator)
{
    const size_t at = text.rfind(separator);
    if (at == std::string::npos || at == 0 || at + 1 == text.size())
        return Error{ErrorCode::Usage, "'" + text + "' is not of the form NAME=ROLE"};
    return std::pair{text.substr(0, at), text.substr(at + 1)};
}

void tell(const TransferReport& report, const std::string& from, const std::string& to, CliConsole& console)
{
    if (report.targetAhead)
        console.print(to + " has all that " + from + " has, and newer edits; nothing was moved");
    else if (report.edits == 0 && report.files == 0)
        console.print(to + " has all that " + from + " has");
    else
        console.print((report.made ? "made " : "brought up to date: ") + to + " with "
            + std::to_string(report.edits) + " edits and " + std::to_string(report.files) + " files ("
            + std::to_string(report.bytes / 1000) + " kB); videos are not copied");
    console.result({{"from", from}, {"to", to}, {"made", report.made}, {"edits", report.edits},
        {"files", report.files}, {"bytes", report.bytes}, {"target_ahead", report.targetAhead}});
}

Status projectPush(const CliArguments& arguments, CliConsole& console)
{
    const auto server = ProjectLocation::parse(arguments.path(1).string());
    if (!server)
        return server.error();
    const auto report = pushProject(arguments.path(0), *server, console.progress());
    if (!report)
        return report.error();
    tell(*report, arguments.path(0).string(), server->textWithoutPassword(), console);
    return {};
}

Status projectPull(const CliArguments& arguments, CliConsole& console)
{
    const auto server = locate(arguments.path(0).string());
    if (!server)
        return server.error();
    const std::filesystem::path folder
        = arguments.positional().size() > 1 ? arguments.path(1) : std::filesystem::path(server->project);
    const auto report = pullProject(*server, folder, console.progress());
    if (!report)
        return report.error();
    tell(*report, server->textWithoutPassword(), folder.string(), console);
    return {};
}

Result<std::vector<Member>> membersOf(const QStringList& texts)
{
    std::vector<Member> members;
    members.reserve(static_cast<size_t>(texts.size()));
    for (const QString& text : texts) {
        const auto pair = pairOf(text.toStdString(), '=');
        Member member;
        if (!pair || !parseName(pair->second, member.role))
            return Error{ErrorCode::Usage,
                "--set wants NAME=ROLE with the role annotator, reviewer or owner, as in anna=reviewer, not '"
                    + text.toStdString() + "'"};
        member.name = pair->first;
        members.push_back(std::move(member));
    }
    return members;
}

Status projectMembers(const CliArguments& arguments, CliConsole& console)
{
    const auto document = Document::open(arguments.path(0));
    if (!document)
        return document.error();
    Document& project = **document;
    const auto wanted = membersOf(arguments.texts("set"));
    if (!wanted)
        return wanted.error();
    if (Status status = project.setMembers(*wanted); !status)
        return status;
    for (const QString& name : arguments.texts("remove"))
        if (Status status = project.removeMember(name.toStdString()); !status)
            return status;
    json members = json::array();
    for (const Member& member : project.members()) {
        const std::string role(nameOf(member.role));
        console.print(member.name + "  " + role);
        members.push_back({{"name", member.name}, {"role", role}});
    }
    if (project.members().empty())
        console.print("no members: everybody who can open the project is an owner");
    console.result({{"members", members}});
    return {};
}

Status projectAssign(const CliArguments& arguments, CliConsole& console)
{
    const auto document = Document::open(arguments.path(0));
    if (!document)
        return document.error();
    Document& project = **document;
    const std::string name = arguments.positional().at(1).toStdString();
    const VideoEntry* video = project.videoByName(name);
    if (!video)
        return Error{
            ErrorCode::NotFound, "the project has no video named '" + name + "'; 'project info' lists them"};
    if (arguments.has("to")) {
        std::vector<std::string> coders;
        for (const QString& one :
            QString::fromStdString(arguments.text("to")).split(QLatin1Char(','), Qt::SkipEmptyParts))
            coders.push_back(one.trimmed().toStdString());
        int withheld = 0;
        if (arguments.has("withhold")) {
            const auto percent = arguments.integer("withhold", 0, 100);
            if (!percent)
                return percent.error();
            withheld = static_cast<int>(*percent);
        }
        if (Status status = project.assign(video->id, coders, withheld); !status)
            return status;
    }
    json coders = json::array();
    for (const Assignment& one : project.assignments(video->id)) {
        console.print(one.annotator + (one.finished ? "  finished" : "  not finished"));
        coders.push_back({{"annotator", one.annotator}, {"finished", one.finished}});
    }
    if (coders.empty())
        console.print("nobody codes " + name + " independently");
    console.result({{"video", name}, {"coders", coders}});
    return {};
}

} // namespace

std::vector<CliCommand> teamCommands()
{
    return {
        {"project push", "PROJECT URL",
            "copy a project to a PostgreSQL server, or what is new in it; not the videos", 2, 2, {},
            projectPush},
        {"project pull", "URL|PROJECT [FOLDER]",
            "copy a server's project into a folder, or what is new in it; not the videos", 1, 2, {},
            projectPull},
        {"project members", "PROJECT [--set NAME=ROLE] [--remove NAME]",
            "who works on a project, as annotator, reviewer or owner", 1, 1,
            {{"set", "NAME=ROLE", "take somebody in or change his role"},
                {"remove", "NAME", "take somebody out"}},
            projectMembers},
        {"project assign", "PROJECT VIDEO [--to NAME,...] [--withhold PERCENT]",
            "let people code a video independently, each without seeing the others", 2, 2,
            {{"to", "NAME,...", "these and nobody else"},
                {"withhold", "PERCENT", "of the models' proposals that those who are new do not see"}},
            projectAssign},
    };
}

} // namespace telltale
