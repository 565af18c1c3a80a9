// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/cli.h"
#include "data/projectlocation.h"
#include "data/safety/projectrepair.h"
#include "data/safety/verdict.h"
#include <nlohmann/json.hpp>
#include <optional>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json describe(const SnapshotInfo& snapshot)
{
    return {{"file", snapshot.file.string()}, {"time", describeTime(snapshot)}, {"edit", snapshot.sequence},
        {"bytes", snapshot.bytes}};
}

json describe(const ProjectVerdict& verdict)
{
    const CheckReport& report = verdict.report;
    return {{"ok", verdict.sound}, {"kind", verdict.kind}, {"message", verdict.message},
        {"remedy", verdict.remedy}, {"edits", report.edits}, {"rows", report.rows}, {"blocks", report.blocks},
        {"waiting", report.waiting}, {"stateHash", report.stateHash}, {"replayHash", report.replayHash},
        {"problems", report.problems},
        {"snapshot", verdict.snapshot ? describe(*verdict.snapshot) : json(nullptr)}};
}

Status projectCheck(const CliArguments& arguments, CliConsole& console)
{
    const auto verdict = judgeProject(arguments.path(0).string(), console.progress());
    if (!verdict)
        return verdict.error();
    console.result(describe(*verdict));
    if (verdict->report.waiting > 0)
        console.note(std::to_string(verdict->report.waiting)
            + " edits of a program that ended early wait in the journal: whoever opens the project next "
              "enters them");
    if (verdict->sound) {
        console.print(verdict->message);
        return {};
    }
    for (const std::string& problem : verdict->report.problems)
        console.note(problem);
    const bool told = verdict->remedy.empty() || verdict->message.ends_with(verdict->remedy);
    return Error{ErrorCode::BadFormat, verdict->message + (told ? "" : "; " + verdict->remedy)};
}

/// The folder of a project that is one on this computer.
Result<fs::path> localFolder(const CliArguments& arguments)
{
    const auto location = ProjectLocation::parse(arguments.path(0).string());
    if (!location)
        return location.error();
    std::error_code ec;
    if (location->isTeam() || fs::exists(location->folder / "team.json", ec))
        return Error{ErrorCode::Unsupported,
            location->textWithoutPassword()
                + ": is a team's project on a server, which keeps its own backups (pg_dump); 'telltale-cli "
                  "project pull' makes a copy on this computer"};
    return fs::absolute(location->folder).lexically_normal();
}

Status projectSnapshots(const CliArguments& arguments, CliConsole& console)
{
    const auto folder = localFolder(arguments);
    if (!folder)
        return folder.error();
    const fs::path place = defaultSnapshotFolder(*folder);
    if (arguments.has("take")) {
        const auto taken = takeSnapshot(*folder / "project.db", place, console.progress());
        if (!taken)
            return taken.error();
        console.print("took " + taken->file.string());
    }
    json list = json::array();
    for (const SnapshotInfo& snapshot : listSnapshots(place)) {
        list.push_back(describe(snapshot));
        console.print(describeTime(snapshot) + "  edit " + std::to_string(snapshot.sequence) + "  "
            + std::to_string(snapshot.bytes) + " bytes  " + snapshot.file.filename().string());
    }
    if (list.empty())
        console.note(place.string() + ": there is no snapshot yet");
    console.result({{"folder", place.string()}, {"snapshots", list}});
    return {};
}

/// A file, or the name of one in the project's folder of snapshots.
Result<fs::path> findSnapshot(const std::string& wanted, const fs::path& folder)
{
    std::error_code ec;
    for (const fs::path& file : {fs::path(wanted), defaultSnapshotFolder(folder) / wanted})
        if (fs::is_regular_file(file, ec))
            return file;
    return Error{ErrorCode::NotFound,
        wanted + ": there is no such snapshot; 'telltale-cli project snapshots' lists them"};
}

Status projectRestore(const CliArguments& arguments, CliConsole& console)
{
    const auto folder = localFolder(arguments);
    if (!folder)
        return folder.error();
    const auto snapshot = findSnapshot(arguments.path(1).string(), *folder);
    if (!snapshot)
        return snapshot.error();
    const auto restored = restoreSnapshot(*snapshot, *folder, console.progress());
    if (!restored)
        return restored.error();
    console.print("restored " + snapshot->string());
    if (!restored->former.empty())
        console.print("the project as it was before is " + restored->former.string());
    if (!restored->journals.empty())
        console.print("edits that had not been entered yet are in " + restored->journals.string());
    console.result({{"restored", snapshot->string()}, {"former", restored->former.string()},
        {"journals", restored->journals.string()}});
    return {};
}

Status projectRepair(const CliArguments& arguments, CliConsole& console)
{
    const auto folder = localFolder(arguments);
    if (!folder)
        return folder.error();
    std::optional<fs::path> chosen;
    if (arguments.has("from")) {
        const auto snapshot = findSnapshot(arguments.text("from"), *folder);
        if (!snapshot)
            return snapshot.error();
        chosen = *snapshot;
    }
    const auto report = repairProject(*folder, chosen, console.progress());
    if (!report)
        return report.error();
    for (const std::string& sentence : report->done)
        console.print(sentence);
    console.result({{"repaired", report->needed}, {"edits", report->edits}, {"lost", report->lostEdits},
        {"firstLost", report->firstLost}, {"lostSince", report->lostSince},
        {"fromSnapshot", report->fromSnapshot},
        {"snapshot", report->snapshot ? json(report->snapshot->string()) : json(nullptr)},
        {"former", report->former.string()}, {"done", report->done}});
    return {};
}

} // namespace

std::vector<CliCommand> checkCommands()
{
    return {
        {"project check", "PROJECT",
            "verify the file, replay the edit log, compare the numbers; changes nothing", 1, 1, {},
            projectCheck},
        {"project repair", "PROJECT [--from SNAPSHOT]",
            "make a damaged project anew from all that can be read; the damaged file is kept", 1, 1,
            {{"from", "SNAPSHOT", "a snapshot to take lost edits from, instead of the newest good one"}},
            projectRepair},
        {"project snapshots", "PROJECT [--take]", "list the project's snapshots", 1, 1,
            {{"take", nullptr, "take one now"}}, projectSnapshots},
        {"project restore", "PROJECT SNAPSHOT",
            "go back to a snapshot (a file, or a name from the list); the present state stays beside it", 2,
            2, {}, projectRestore},
    };
}

} // namespace telltale
