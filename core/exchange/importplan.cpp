// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/importplan.h"
#include "base/files.h"
#include "exchange/exchangelog.h"
#include <algorithm>
#include <atomic>
#include <unistd.h>

namespace telltale {

namespace fs = std::filesystem;

PlannedFiles::~PlannedFiles()
{
    std::error_code ec;
    for (const fs::path& file : m_files)
        fs::remove(file, ec);
    for (const auto& [file, waiting] : m_later)
        fs::remove(waiting, ec);
}

Status PlannedFiles::addLater(fs::path file, const std::string& content)
{
    // Several plans may be made of one file before one of them is applied.
    static std::atomic<int> serial = 0;
    fs::path waiting = file.string() + ".part" + std::to_string(::getpid()) + "-" + std::to_string(++serial);
    if (auto status = ensureWritableFolder(file.parent_path()); !status)
        return status;
    if (auto status = writeFileAtomically(waiting, content); !status)
        return status;
    m_later.emplace_back(std::move(file), std::move(waiting));
    return {};
}

Status PlannedFiles::keep()
{
    m_files.clear();
    for (const auto& [file, waiting] : m_later) {
        std::error_code ec;
        fs::rename(waiting, file, ec);
        if (ec)
            return Error{
                ErrorCode::Io, file.string() + ": the file could not be written (" + ec.message() + ")"};
    }
    m_later.clear();
    return {};
}

Result<ImportReport> applyImport(Document& document, ImportPlan plan, bool skipBad)
{
    if (plan.dry)
        return Error{ErrorCode::InvalidArgument, "an import that was only tried cannot be applied"};
    if (!plan.report.problems.empty() && !skipBad)
        return plan.report.problems.refusal();
    if (auto status = document.importBatch(std::move(plan.batch), Document::tr("Import")); !status)
        return status.error();
    // The spans are in: an original that cannot be kept costs a later export of the same format its extras.
    if (auto status = plan.files->keep(); !status)
        plan.report.notes.push_back(
            status.error().message + "; an export will lack what only the original has");
    logImport(document, plan.format, plan.source, plan.report);
    return std::move(plan.report);
}

std::string countsOf(const ImportReport& report)
{
    return std::to_string(report.spansAdded) + " spans, " + std::to_string(report.videosAdded) + " videos, "
        + std::to_string(report.tracksAdded) + " pose tracks";
}

std::vector<std::string> describe(const ImportReport& report)
{
    std::vector<std::string> lines;
    for (const std::string& name : report.classesAdded)
        lines.push_back("class '" + name + "': new");
    for (const VideoChange& video : report.videos) {
        std::string line = "video '" + video.name + "': ";
        line += video.added ? (video.offline ? "new, waits for its file; " : "new; ") : "";
        line += std::to_string(video.spans) + " spans added";
        if (video.proposals > 0)
            line += ", " + std::to_string(video.proposals) + " of them proposals";
        if (video.confirmed > 0)
            line += ", " + std::to_string(video.confirmed) + " proposals confirmed";
        if (video.reviewed > 0)
            line += ", " + std::to_string(video.reviewed) + " parts marked as reviewed";
        if (video.repeated > 0)
            line += ", " + std::to_string(video.repeated) + " there already";
        line += video.track ? "; gets a skeleton" : "";
        lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace telltale
