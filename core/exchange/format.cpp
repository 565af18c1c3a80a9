// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/format.h"
#include "base/files.h"
#include "exchange/formats.h"
#include <algorithm>
#include <unistd.h>

namespace telltale {

namespace fs = std::filesystem;

PlannedFiles::~PlannedFiles()
{
    std::error_code ec;
    for (const fs::path& file : m_files)
        fs::remove(file, ec);
}

Result<ImportReport> ExchangeFormat::read(Document& document, const std::vector<fs::path>& paths,
    const ImportOptions& options, ProgressSink& progress) const
{
    auto planned = plan(document, paths, options, progress);
    if (!planned)
        return planned.error();
    return applyImport(document, std::move(*planned));
}

Result<ImportReport> applyImport(Document& document, ImportPlan plan)
{
    if (auto status = document.importBatch(std::move(plan.batch), Document::tr("Import")); !status)
        return status.error();
    plan.files->keep();
    return std::move(plan.report);
}

const std::vector<std::unique_ptr<ExchangeFormat>>& exchangeFormats()
{
    static const auto formats = [] {
        std::vector<std::unique_ptr<ExchangeFormat>> list;
        for (const auto make :
            {makeActivityNetFormat, makeSmgFormat, makeImigueFormat, makeCsvFormat, makePosesFormat})
            list.push_back(make());
        return list;
    }();
    return formats;
}

Result<const ExchangeFormat*> findFormat(std::string_view name)
{
    std::string known;
    for (const auto& format : exchangeFormats()) {
        if (format->name() == name)
            return format.get();
        known += (known.empty() ? "" : ", ") + format->name();
    }
    return Error{ErrorCode::NotFound, "there is no format '" + std::string(name) + "', known are: " + known};
}

std::vector<OutgoingVideo> outgoing(
    const Document& document, const ExportOptions& options, std::vector<std::string>& notes)
{
    std::vector<OutgoingVideo> videos;
    int64_t proposals = 0;
    int64_t unnamed = 0;
    int64_t spans = 0;
    int64_t unseen = 0;
    for (const VideoEntry& video : document.videos()) {
        unseen += document.reviewed(video.id).empty() ? 1 : 0;
        OutgoingVideo one{&video, {}};
        for (const Annotation& annotation : document.annotations(video.id)) {
            if (!options.states.contains(annotation.state))
                continue;
            proposals += annotation.state == SpanState::Proposed ? 1 : 0;
            unnamed += annotation.classId < 0 ? 1 : 0;
            one.spans.push_back(annotation);
        }
        spans += static_cast<int64_t>(one.spans.size());
        videos.push_back(std::move(one));
    }
    notes.push_back(std::to_string(spans) + " spans of " + std::to_string(videos.size()) + " videos");
    if (proposals > 0)
        notes.push_back(std::to_string(proposals) + " of them are proposals that nobody has reviewed");
    if (unseen > 0)
        notes.push_back(std::to_string(unseen)
            + " of the videos have no part that is marked as reviewed: there, no span means unknown and not "
              "background");
    if (unnamed > 0)
        notes.push_back(std::to_string(unnamed) + " of them have no class name");
    return videos;
}

double scoreOf(const Document& document, const Annotation& annotation)
{
    const auto prediction = document.prediction(annotation.predictionId);
    if (!prediction)
        return 1.0;
    const auto index = static_cast<size_t>(annotation.classId);
    if (annotation.classId < 0 || index >= prediction->fused.size())
        return prediction->detectorScore;
    return static_cast<double>(prediction->fused[index]);
}

std::string classNameOf(const Document& document, const Annotation& annotation)
{
    const auto index = static_cast<size_t>(annotation.classId);
    return annotation.classId >= 0 && index < document.scheme().classes.size()
        ? document.scheme().classes[index].name
        : std::string();
}

FolderWriter::FolderWriter(fs::path out) : m_out(std::move(out))
{
    if (!m_out.has_filename())
        m_out = m_out.parent_path();
    m_part = m_out.string() + ".part" + std::to_string(::getpid());
}

FolderWriter::~FolderWriter()
{
    std::error_code ec;
    fs::remove_all(m_part, ec);
}

Status FolderWriter::begin()
{
    std::error_code ec;
    if (fs::exists(m_out, ec) && (!fs::is_directory(m_out, ec) || !fs::is_empty(m_out, ec)))
        return Error{
            ErrorCode::Conflict, m_out.string() + ": is there already, choose a new or an empty folder"};
    return ensureWritableFolder(m_part);
}

Status FolderWriter::finish()
{
    std::error_code ec;
    fs::rename(m_part, m_out, ec); // replaces an empty folder
    if (ec)
        return Error{ErrorCode::Io, m_out.string() + ": the folder could not be made (" + ec.message() + ")"};
    return {};
}

} // namespace telltale
