// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/newproject.h"

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// A folder beside `folder` that is not there; videos are the same way away from both.
fs::path workshopOf(const fs::path& folder)
{
    std::error_code error;
    fs::path place = folder;
    place += ".part";
    for (int i = 2; fs::exists(place, error); ++i) {
        place = folder;
        place += std::string(".part").append(std::to_string(i));
    }
    return place;
}

Status fill(const fs::path& folder, const NewProjectRequest& request, ProgressSink& progress)
{
    auto document = Document::create(folder, request.scheme);
    if (!document)
        return document.error();
    const auto total = static_cast<int64_t>(request.videos.size());
    for (int64_t done = 0; done < total; ++done) {
        const NewProjectVideo& video = request.videos[static_cast<size_t>(done)];
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "stopped"};
        progress.report(done, total, fs::path(video.probed.entry.path).filename().string());
        const auto id = addProbedVideo(**document, video.probed, video.subject, request.role);
        if (!id)
            return id.error();
    }
    progress.report(total, total, "");
    if (const Status status = (*document)->flush(); !status)
        return status;
    return progress.cancelled() ? Status(Error{ErrorCode::Cancelled, "stopped"}) : Status();
}

} // namespace

Status makeProject(const NewProjectRequest& request, ProgressSink& progress)
{
    std::error_code error;
    // "a/b/" has an empty last part, beside which nothing can be put.
    fs::path folder = fs::absolute(request.folder).lexically_normal();
    if (folder.filename().empty())
        folder = folder.parent_path();
    if (fs::exists(folder, error) && (!fs::is_directory(folder, error) || !fs::is_empty(folder, error)))
        return Error{ErrorCode::Conflict,
            folder.string() + ": holds something already, choose an empty folder or a new one"};
    const fs::path workshop = workshopOf(folder);
    Status status = fill(workshop, request, progress);
    if (status) {
        fs::remove(folder, error); // only if it is empty
        fs::rename(workshop, folder, error);
        if (error)
            status = Error{ErrorCode::Io, folder.string() + ": " + error.message()};
    }
    if (!status)
        fs::remove_all(workshop, error);
    return status;
}

} // namespace telltale
