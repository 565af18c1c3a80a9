// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/safety/verdict.h"
#include "data/projectlocation.h"
#include <algorithm>
#include <array>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRepair = "'telltale-cli project repair' mends it, on a copy";

/// Kinds of errors of a project whose file is in order, or that is on a server.
struct ErrorKind {
    ErrorCode code;
    const char* kind;
};
constexpr std::array kErrorKinds{
    ErrorKind{ErrorCode::NotFound, "not-found"},
    ErrorKind{ErrorCode::BadFormat, "damaged"},
    ErrorKind{ErrorCode::Unsupported, "older-schema"},
    ErrorKind{ErrorCode::NewerSchema, "newer-schema"},
    ErrorKind{ErrorCode::Io, "unreadable"},
};

std::string kindOf(ErrorCode code)
{
    const auto at = std::ranges::find(kErrorKinds, code, &ErrorKind::code);
    return at != kErrorKinds.end() ? at->kind : "unreadable";
}

std::string kindOf(ProjectHealth health)
{
    std::string kind(nameOf(health));
    std::ranges::replace(kind, ' ', '-');
    return kind;
}

ProjectVerdict verdictOf(Diagnosis diagnosis)
{
    ProjectVerdict verdict;
    verdict.kind = kindOf(diagnosis.health);
    verdict.message = std::move(diagnosis.sentence);
    verdict.remedy = std::move(diagnosis.remedy);
    verdict.report.problems = std::move(diagnosis.problems);
    verdict.snapshot = std::move(diagnosis.snapshot);
    return verdict;
}

std::string countOf(int64_t count, const std::string& one, const std::string& several)
{
    return std::to_string(count) + " " + (count == 1 ? one : several);
}

void judgeReport(ProjectVerdict& verdict, const std::string& project)
{
    const CheckReport& report = verdict.report;
    verdict.sound = report.problems.empty();
    verdict.kind = verdict.sound ? "sound" : report.stateSound ? "numbers-missing" : "inconsistent";
    if (verdict.sound) {
        verdict.message = "sound: " + countOf(report.rows, "row is", "rows are") + " what replaying "
            + countOf(report.edits, "edit", "edits") + " gives, and "
            + countOf(report.blocks, "block", "blocks") + " of numbers as written";
        return;
    }
    verdict.message = project + ": " + report.problems.front();
    if (report.problems.size() > 1)
        verdict.message += ", and " + std::to_string(report.problems.size() - 1) + " more";
    verdict.remedy = report.stateSound
        ? "put the files of the folder scores back from a backup, or analyse these videos again"
        : kRepair;
}

} // namespace

Result<ProjectVerdict> judgeProject(const std::string& project, ProgressSink& progress)
{
    ProjectVerdict verdict;
    const auto location = ProjectLocation::parse(project);
    if (!location)
        return location.error();
    std::error_code ec;
    const bool team = location->isTeam() || fs::exists(location->folder / "team.json", ec);
    if (!team) {
        Diagnosis diagnosis = diagnoseProject(location->folder, progress);
        if (diagnosis.health == ProjectHealth::Cancelled)
            return Error{ErrorCode::Cancelled, "the check was stopped"};
        if (diagnosis.health != ProjectHealth::Sound)
            return verdictOf(std::move(diagnosis));
    }
    auto report = checkProject(project, progress);
    if (!report && report.error().code == ErrorCode::Cancelled)
        return report.error();
    const std::string name = location->textWithoutPassword();
    if (!report) {
        verdict.kind = kindOf(report.error().code);
        verdict.message = report.error().message;
        return verdict;
    }
    verdict.report = std::move(*report);
    judgeReport(verdict, name);
    if (!verdict.report.stateSound && !team)
        verdict.snapshot = newestGoodSnapshot(defaultSnapshotFolder(location->folder), progress);
    return verdict;
}

} // namespace telltale
