// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/folderformat.h"
#include "exchange/intake.h"
#include <iterator>

namespace telltale {

namespace fs = std::filesystem;

Result<ImportPlan> FolderFormat::plan(const Document& document, const std::vector<fs::path>& paths,
    const ImportOptions& options, ProgressSink& progress) const
{
    if (auto status = checkSettings(options.settings, importSettings()); !status)
        return status.error();
    if (paths.empty())
        return Error{ErrorCode::Usage, "no folder to import is named"};
    ImportReport report;
    report.conventions = conventions(options);
    report.notes = importNotes();
    std::vector<IntakeVideo> videos;
    for (const fs::path& path : paths) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "the import was stopped, nothing was changed"};
        auto some = readFolder(path, options.frameBase, report.problems);
        if (!some && paths.size() == 1)
            return some.error();
        if (!some)
            report.problems.add({{}, some.error().message, {}, some.error().code});
        else
            videos.insert(
                videos.end(), std::make_move_iterator(some->begin()), std::make_move_iterator(some->end()));
    }
    return planImport(document, std::move(videos), paths.front().filename().string(), name(), options,
        progress, std::move(report));
}

Result<std::vector<std::string>> FolderFormat::write(
    const Document& document, const fs::path& out, const ExportOptions& options, ProgressSink& progress) const
{
    if (auto status = checkSettings(options.settings, exportSettings()); !status)
        return status.error();
    std::vector<std::string> notes;
    FolderWriter folder(out);
    if (auto status = folder.begin(); !status)
        return status.error();
    const auto project = outgoing(document, name(), options, progress, notes);
    if (!project)
        return project.error();
    if (auto status = fill(*project, folder, progress, notes); !status)
        return status.error();
    if (auto status = folder.finish(); !status)
        return status.error();
    notes.push_back(conventions({}).sentence());
    return notes;
}

} // namespace telltale
