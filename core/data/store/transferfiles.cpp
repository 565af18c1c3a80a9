// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/store/transferfiles.h"
#include "base/files.h"
#include "data/store/database.h"
#include "data/store/digest.h"
#include "data/store/scorefiles.h"

namespace telltale {
namespace {

namespace fs = std::filesystem;

Error stopped() { return {ErrorCode::Cancelled, "the transfer was stopped, nothing was changed"}; }

Status sendBytes(const std::string& digest, std::string_view bytes, Database& server, TransferReport& report)
{
    if (hexOf(sha256(bytes)) != digest)
        return Error{ErrorCode::BadFormat,
            "numbers of predictions are damaged on this machine, 'telltale-cli project check' says which"};
    ++report.files;
    report.bytes += static_cast<int64_t>(bytes.size());
    return server.putBlob(digest, std::string(bytes));
}

Status sendBlock(const std::string& digest, bool needed, const ScoreFiles& scores, Database& server,
    TransferReport& report)
{
    const auto there = server.hasBlob(digest);
    if (!there || *there)
        return there ? Status() : Status(there.error());
    const auto place = scores.find(digest);
    const auto bytes = place ? scores.map(*place) : Result<MappedBytes>(place.error());
    if (bytes)
        return sendBytes(digest, bytes->view(), server, report);
    return needed ? Status(Error{bytes.error().code,
               "numbers of predictions are missing on this machine ('telltale-cli project check' says "
               "which): "
                   + bytes.error().message})
                  : Status();
}

/// Paths of files in models/ and of pose tracks, as they are in the folder.
std::set<std::string> filesToSend(const fs::path& folder, const FileNeeds& needs)
{
    std::set<std::string> paths;
    std::error_code ec;
    for (fs::recursive_directory_iterator at(folder / "models", ec), end; !ec && at != end; at.increment(ec))
        if (at->is_regular_file(ec))
            paths.insert(at->path().lexically_relative(folder).generic_string());
    for (const std::string& track : needs.tracks)
        if (staysInside(track) && fs::is_regular_file(folder / track, ec))
            paths.insert(track);
    return paths;
}

Status sendFile(const std::string& path, const fs::path& folder,
    const std::map<std::string, std::string>& known, Database& server, TransferReport& report)
{
    const auto bytes = readFile(folder / path);
    if (!bytes)
        return bytes.error();
    const std::string digest = hexOf(sha256(*bytes));
    if (const auto same = known.find(path); same != known.end() && same->second == digest)
        return {};
    const auto there = server.hasBlob(digest);
    if (!there)
        return there.error();
    if (!*there)
        if (auto status = sendBytes(digest, *bytes, server, report); !status)
            return status;
    return server.setFile(path, digest);
}

Status fetchFile(const std::string& path, const std::string& digest, const fs::path& folder, Database& server,
    TransferReport& report)
{
    if (!staysInside(path))
        return Error{ErrorCode::BadFormat,
            server.name() + ": wants to write '" + path + "' outside the project's folder, which is refused"};
    std::error_code ec;
    if (fs::exists(folder / path, ec)) {
        const auto own = readFile(folder / path);
        if (own && hexOf(sha256(*own)) == digest)
            return {};
    }
    const auto bytes = server.blob(digest);
    if (!bytes)
        return bytes.error();
    if (hexOf(sha256(*bytes)) != digest)
        return Error{ErrorCode::BadFormat, server.name() + ": the file '" + path + "' is damaged there"};
    if (auto made = ensureWritableFolder((folder / path).parent_path()); !made)
        return made;
    ++report.files;
    report.bytes += static_cast<int64_t>(bytes->size());
    return writeFileAtomically(folder / path, *bytes);
}

Status fetchBlock(
    const std::string& digest, bool needed, Database& server, ScoreFiles& scores, TransferReport& report)
{
    if (scores.find(digest))
        return {};
    const auto bytes = server.blob(digest);
    if (!bytes)
        return needed || bytes.error().code != ErrorCode::NotFound ? Status(bytes.error()) : Status();
    if (hexOf(sha256(*bytes)) != digest)
        return Error{ErrorCode::BadFormat, server.name() + ": numbers of predictions are damaged there"};
    ++report.files;
    report.bytes += static_cast<int64_t>(bytes->size());
    const auto written = scores.append(*bytes);
    return written ? Status() : Status(written.error());
}

/// One file after another, with progress.
class Steps {
public:
    Steps(ProgressSink& progress, size_t total, const char* title)
        : m_progress(progress)
        , m_total(static_cast<int64_t>(total))
        , m_title(title)
    {
    }
    Status run(const std::function<Status()>& step)
    {
        if (m_progress.cancelled())
            return stopped();
        m_progress.report(m_done++, m_total, m_title);
        return step();
    }

private:
    ProgressSink& m_progress;
    int64_t m_total;
    int64_t m_done = 0;
    const char* m_title;
};

} // namespace

bool staysInside(const fs::path& path)
{
    if (path.empty() || !path.is_relative())
        return false;
    for (const fs::path& part : path)
        if (part == "..")
            return false;
    return true;
}

Status sendFiles(const fs::path& folder, const ScoreFiles& scores, const FileNeeds& needs, Database& server,
    TransferReport& report, ProgressSink& progress)
{
    const auto known = server.files();
    if (!known)
        return known.error();
    const std::set<std::string> paths = filesToSend(folder, needs);
    Steps steps(progress, needs.blocks.size() + needs.formerBlocks.size() + paths.size(), "sending files");
    for (const auto* digests : {&needs.blocks, &needs.formerBlocks})
        for (const std::string& digest : *digests)
            if (auto status = steps.run(
                    [&] { return sendBlock(digest, digests == &needs.blocks, scores, server, report); });
                !status)
                return status;
    for (const std::string& path : paths)
        if (auto status = steps.run([&] { return sendFile(path, folder, *known, server, report); }); !status)
            return status;
    return {};
}

Status fetchFiles(Database& server, const FileNeeds& needs, const fs::path& folder, ScoreFiles& scores,
    TransferReport& report, ProgressSink& progress)
{
    const auto files = server.files();
    if (!files)
        return files.error();
    Steps steps(progress, needs.blocks.size() + needs.formerBlocks.size() + files->size(), "fetching files");
    for (const auto* digests : {&needs.blocks, &needs.formerBlocks})
        for (const std::string& digest : *digests)
            if (auto status = steps.run(
                    [&] { return fetchBlock(digest, digests == &needs.blocks, server, scores, report); });
                !status)
                return status;
    for (const auto& file : *files)
        if (auto status
            = steps.run([&] { return fetchFile(file.first, file.second, folder, server, report); });
            !status)
            return status;
    return {};
}

} // namespace telltale
