// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/spanformat.h"
#include "base/files.h"
#include "data/document.h"
#include "exchange/intake.h"
#include "exchange/labelrows.h"
#include "exchange/outgoing.h"
#include "exchange/spanfiles.h"
#include <functional>
#include <iterator>
#include <unistd.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// Label files are text of some megabytes; what is larger was chosen by mistake.
constexpr uintmax_t kLargestFile = 1ULL << 29U;

/// A folder stands for the files of the format in it.
Result<std::vector<fs::path>> filesOf(const std::vector<fs::path>& paths, const std::string& filter)
{
    std::vector<fs::path> files;
    std::error_code ec;
    for (const fs::path& path : paths) {
        if (!fs::is_directory(path, ec)) {
            files.push_back(path);
            continue;
        }
        const size_t before = files.size();
        for (const fs::path& entry : sortedEntries(path))
            if (fs::is_regular_file(entry, ec) && hasSuffix(entry, suffixesOf(filter)))
                files.push_back(entry);
        if (files.size() == before)
            return Error{ErrorCode::NotFound, path.string() + ": no file in this folder is named " + filter};
    }
    if (files.empty())
        return Error{ErrorCode::Usage, "no file to import is named"};
    return files;
}

Result<std::string> contentOf(const fs::path& file)
{
    std::error_code ec;
    if (const auto size = fs::file_size(file, ec); !ec && size > kLargestFile)
        return Error{ErrorCode::BadFormat,
            file.string() + ": is larger than 512 MB, which no label file is; split it by video"};
    return readFile(file);
}

/// What was read while the format was looked for, else from the disk.
Result<std::vector<IntakeVideo>> readOne(
    const SpanFormat& format, const fs::path& path, const ReadContext& context)
{
    if (context.options.known && context.options.known->contains(path))
        return readSpanFile(format, path, *context.options.known, context);
    KnownContents contents;
    if (auto status = readContents(format, path, contents); !status)
        return status.error();
    return readSpanFile(format, path, contents, context);
}

Error stopped() { return {ErrorCode::Cancelled, "the export was stopped, nothing was written"}; }

/// The files of a render and where they go: `out` itself, and beside it the companions, which change the
/// stem of their names with it.
std::vector<std::pair<fs::path, const OutgoingFile*>> placesOf(const OutgoingFile& file, const fs::path& out)
{
    std::vector<std::pair<fs::path, const OutgoingFile*>> places;
    const std::string stem = file.name.substr(0, file.name.rfind('.'));
    for (const OutgoingFile& one : file.more) {
        std::string name = one.name;
        if (name.starts_with(stem))
            name.replace(0, stem.size(), out.stem().string());
        places.emplace_back(out.parent_path() / safeFileName(name), &one);
    }
    // Last, so that it is never there without them.
    places.emplace_back(out, &file);
    return places;
}

/// All or nothing: every file is on the disk under another name before the first one gets its own.
Status writeTogether(const OutgoingFile& file, const fs::path& out)
{
    if (file.more.empty())
        return writeFileAtomically(out, file.content);
    const auto places = placesOf(file, out);
    const auto partOf = [](const fs::path& place) {
        return fs::path(place.string() + ".part" + std::to_string(::getpid()));
    };
    Status status;
    for (size_t i = 0; i < places.size() && status; ++i)
        status = writeFileAtomically(partOf(places[i].first), places[i].second->content);
    std::error_code ec;
    for (size_t i = 0; i < places.size() && status; ++i) {
        fs::rename(partOf(places[i].first), places[i].first, ec);
        if (ec)
            status = Error{ErrorCode::Io,
                places[i].first.string() + ": the file could not be written (" + ec.message() + ")"};
    }
    for (const auto& [place, one] : places)
        fs::remove(partOf(place), ec);
    return status;
}

/// A project of one video each, for formats with a file a video.
Status renderEach(const SpanFormat& format, OutgoingProject project, const ExportOptions& options,
    ProgressSink& progress, std::vector<std::string>& notes, const std::function<Status(OutgoingFile)>& take)
{
    std::vector<OutgoingVideo> videos = std::move(project.videos);
    const auto total = static_cast<int64_t>(videos.size());
    for (size_t i = 0; i < videos.size(); ++i) {
        if (progress.cancelled())
            return stopped();
        progress.report(static_cast<int64_t>(i), total, "writing");
        project.videos.clear();
        project.videos.push_back(std::move(videos[i]));
        auto file = format.render(project, options, notes);
        if (!file)
            return file.error();
        if (auto status = take(std::move(*file)); !status)
            return status;
    }
    progress.report(total, total, "writing");
    return {};
}

} // namespace

Error SourceFile::broken(const std::string& what) const
{
    return {ErrorCode::BadFormat, *name + ": " + what};
}

Result<ImportPlan> SpanFormat::plan(const Document& document, const std::vector<fs::path>& paths,
    const ImportOptions& options, ProgressSink& progress) const
{
    if (auto status = checkSettings(options.settings, importSettings()); !status)
        return status.error();
    const auto files = filesOf(paths, fileFilter());
    if (!files)
        return files.error();
    ImportReport report;
    report.conventions = conventions(options);
    const ReadContext context{options, document.scheme(), report.problems, report.notes, progress};
    std::vector<IntakeVideo> videos;
    for (const fs::path& path : *files) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "the import was stopped, nothing was changed"};
        auto some = readOne(*this, path, context);
        if (!some && (files->size() == 1 || some.error().code == ErrorCode::Cancelled))
            return some.error();
        if (!some) {
            report.problems.add({{}, some.error().message, {}, some.error().code});
            continue;
        }
        videos.insert(
            videos.end(), std::make_move_iterator(some->begin()), std::make_move_iterator(some->end()));
    }
    return planImport(document, std::move(videos), paths.front().filename().string(), name(), options,
        progress, std::move(report));
}

Result<std::string> SpanFormat::bytesOf(std::string content, const fs::path&) const { return content; }

Result<std::vector<std::string>> SpanFormat::write(
    const Document& document, const fs::path& out, const ExportOptions& options, ProgressSink& progress) const
{
    if (auto status = checkSettings(options.settings, exportSettings()); !status)
        return status.error();
    std::vector<std::string> notes;
    auto project = outgoing(document, name(), options, progress, notes);
    if (!project)
        return project.error();
    if (!perVideo()) {
        auto file = render(*project, options, notes);
        if (!file)
            return file.error();
        auto bytes = bytesOf(std::move(file->content), out);
        if (!bytes)
            return bytes.error();
        file->content = std::move(*bytes);
        if (progress.cancelled())
            return stopped();
        if (auto status = writeTogether(*file, out); !status)
            return status.error();
    } else if (hasSuffix(out, suffixesOf(fileFilter()))) {
        if (project->videos.size() != 1)
            return Error{ErrorCode::InvalidArgument,
                out.string() + ": this format has one file a video, and the project has "
                    + std::to_string(project->videos.size()) + " videos; name a folder instead"};
        const auto take = [&out](const OutgoingFile& file) { return writeTogether(file, out); };
        if (auto status = renderEach(*this, std::move(*project), options, progress, notes, take); !status)
            return status.error();
    } else {
        FolderWriter folder(out);
        if (auto status = folder.begin(); !status)
            return status.error();
        const auto take = [&folder](const OutgoingFile& file) -> Status {
            const fs::path target = folder.path(safeFileName(file.name));
            std::error_code ec;
            for (const auto& [place, one] : placesOf(file, target))
                if (fs::exists(place, ec))
                    return Error{ErrorCode::Conflict,
                        place.filename().string()
                            + ": two videos of the project would have this file; rename one of them"};
            return writeTogether(file, target);
        };
        if (auto status = renderEach(*this, std::move(*project), options, progress, notes, take); !status)
            return status.error();
        if (auto status = folder.finish(); !status)
            return status.error();
    }
    ImportOptions asRead;
    notes.push_back(conventions(asRead).sentence());
    return notes;
}

Status readContents(const SpanFormat& format, const fs::path& file, KnownContents& known)
{
    std::error_code ec;
    const fs::path second = format.companionOf(file);
    for (const fs::path& one : {file, second}) {
        if (known.contains(one) || (one != file && (one.empty() || !fs::exists(one, ec))))
            continue;
        auto content = contentOf(one);
        if (!content)
            return content.error();
        known.emplace(one, std::move(*content));
    }
    return {};
}

Result<std::vector<IntakeVideo>> readSpanFile(
    const SpanFormat& format, const fs::path& path, const KnownContents& known, const ReadContext& context)
{
    const auto content = known.find(path);
    if (content == known.end())
        return Error{ErrorCode::Internal, path.string() + ": was not read"};
    SourceFile file{path, content->second, std::make_shared<const std::string>(path.string())};
    if (const auto second = known.find(format.companionOf(path)); second != known.end())
        file.companion = second->second;
    return format.read(file, context);
}

Result<std::vector<IntakeVideo>> readSpanFile(
    const SpanFormat& format, const fs::path& file, const ImportOptions& options, ImportProblems& problems)
{
    std::vector<std::string> notes;
    ProgressSink quiet;
    const LabelScheme none;
    return readOne(format, file, {options, none, problems, notes, quiet});
}

Result<std::vector<IntakeVideo>> readSpanFile(
    const SpanFormat& format, const fs::path& file, const ImportOptions& options)
{
    return withoutProblems(
        [&](ImportProblems& problems) { return readSpanFile(format, file, options, problems); });
}

} // namespace telltale
