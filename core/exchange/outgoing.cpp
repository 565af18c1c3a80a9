// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/outgoing.h"
#include "base/files.h"
#include "base/quietprogress.h"
#include "data/document.h"
#include "exchange/intake.h"
#include <algorithm>
#include <atomic>
#include <unistd.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// The fused probability of its class, else the detector's score.
double scoreOf(const Prediction& prediction, int classId)
{
    const auto index = static_cast<size_t>(classId);
    if (classId < 0 || index >= prediction.fused.size())
        return prediction.detectorScore;
    return static_cast<double>(prediction.fused[index]);
}

Error stopped() { return {ErrorCode::Cancelled, "the export was stopped, nothing was written"}; }

class Collector {
public:
    Collector(const Document& document, const std::string& format, const ExportOptions& options)
        : m_document(document)
        , m_format(format)
        , m_options(options)
    {
        for (const VideoEntry& video : document.videos())
            for (const PredictionRun& run : document.runs(video.id))
                m_models[run.id] = run.model;
    }

    Result<OutgoingProject> run(ProgressSink& progress, std::vector<std::string>& notes)
    {
        QuietProgress quiet(progress); // a video's index may take seconds
        OutgoingProject project;
        project.name = m_document.folder().filename().string();
        project.scheme = m_document.scheme();
        const auto total = static_cast<int64_t>(m_document.videos().size());
        for (const VideoEntry& video : m_document.videos()) {
            if (progress.cancelled())
                return stopped();
            progress.report(static_cast<int64_t>(project.videos.size()), total, "exporting");
            const auto times = timesOf(m_document, video, &quiet, &notes);
            if (!times && times.error().code == ErrorCode::Cancelled)
                return stopped();
            if (!times)
                return times.error();
            project.videos.push_back(taken(video, *times));
        }
        tell(project, notes);
        return project;
    }

private:
    OutgoingVideo taken(const VideoEntry& video, const FrameTimes& times)
    {
        OutgoingVideo made;
        made.id = video.id;
        made.name = video.name;
        made.file = video.path.empty() ? fs::path() : m_document.absolute(video.path);
        made.offline = video.offline;
        made.subject = video.subject;
        made.role = video.role;
        made.fps = video.fps;
        made.frameCount = times.frameCount();
        made.width = video.width;
        made.height = video.height;
        made.times = times;
        if (!video.track.empty())
            made.track = m_document.absolute(video.track);
        for (const Person& person : m_document.persons(video.id))
            made.persons.emplace_back(person.number, person.name);
        for (const ReviewedRange& range : m_document.reviewed(video.id))
            made.reviewed.push_back(range.span);
        for (const Annotation& one : m_document.annotations(video.id))
            if (m_options.states.contains(one.state))
                made.spans.push_back(taken(one, times));
        std::error_code ec;
        if (fs::path kept = originalOf(m_document, m_format, video.name); fs::is_regular_file(kept, ec))
            made.original = std::move(kept);
        return made;
    }

    OutgoingSpan taken(const Annotation& one, const FrameTimes& times)
    {
        OutgoingSpan span;
        span.id = one.id;
        const auto index = static_cast<size_t>(one.classId);
        if (one.classId >= 0 && index < m_document.scheme().classes.size())
            span.label = m_document.scheme().classes[index].name;
        span.classId = one.classId;
        span.frames = one.span;
        const bool exact = one.startUs >= 0 && one.endUs >= 0;
        span.start = exact ? static_cast<double>(one.startUs) / 1e6 : times.seconds(one.span.first);
        span.end = exact ? static_cast<double>(one.endUs) / 1e6 : times.seconds(one.span.last);
        // A point of a video that is not there became a frame and is as long as one.
        if (exact && one.endUs <= one.startUs)
            span.end = span.start + times.seconds(one.span.last) - times.seconds(one.span.first);
        span.person = one.person;
        span.state = one.state;
        span.origin = one.origin;
        span.annotator = one.annotator;
        if (const auto prediction = m_document.prediction(one.predictionId)) {
            span.predictedScore = scoreOf(*prediction, one.classId);
            if (const auto model = m_models.find(prediction->runId); model != m_models.end())
                span.model = model->second;
        }
        if (one.state == SpanState::Proposed)
            span.score = span.predictedScore.value_or(1.0);
        return span;
    }

    static void tell(const OutgoingProject& project, std::vector<std::string>& notes)
    {
        int64_t spans = 0;
        int64_t proposals = 0;
        int64_t unnamed = 0;
        int64_t unseen = 0;
        for (const OutgoingVideo& video : project.videos) {
            spans += static_cast<int64_t>(video.spans.size());
            proposals += std::ranges::count(video.spans, SpanState::Proposed, &OutgoingSpan::state);
            unnamed += std::ranges::count_if(video.spans, [](const auto& one) { return one.classId < 0; });
            unseen += video.reviewed.empty() ? 1 : 0;
        }
        notes.push_back(
            std::to_string(spans) + " spans of " + std::to_string(project.videos.size()) + " videos");
        if (proposals > 0)
            notes.push_back(std::to_string(proposals) + " of them are proposals that nobody has reviewed");
        if (unseen > 0)
            notes.push_back(std::to_string(unseen)
                + " of the videos have no part that is marked as reviewed: there, no span means unknown and "
                  "not background");
        if (unnamed > 0)
            notes.push_back(std::to_string(unnamed) + " of them have no class name");
    }

    const Document& m_document;
    const std::string& m_format;
    const ExportOptions& m_options;
    std::map<int64_t, std::string> m_models; ///< by run
};

} // namespace

Result<OutgoingProject> outgoing(const Document& document, const std::string& format,
    const ExportOptions& options, ProgressSink& progress, std::vector<std::string>& notes)
{
    return Collector(document, format, options).run(progress, notes);
}

std::vector<const OutgoingSpan*> namedSpans(const OutgoingVideo& video, int64_t& left)
{
    std::vector<const OutgoingSpan*> spans;
    for (const OutgoingSpan& span : video.spans)
        if (span.classId >= 0)
            spans.push_back(&span);
        else
            ++left;
    return spans;
}

void tellUnnamed(int64_t left, std::vector<std::string>& notes, const std::string& video)
{
    if (left > 0)
        notes.push_back((video.empty() ? "" : video + ": ") + std::to_string(left)
            + " spans without a class were left out");
}

void tellPeople(const OutgoingProject& project, std::vector<std::string>& notes)
{
    const auto several = [](const OutgoingVideo& video) {
        return std::ranges::any_of(
            video.spans, [&](const auto& span) { return span.person != video.spans.front().person; });
    };
    const auto count = std::ranges::count_if(project.videos, several);
    if (count > 0)
        notes.push_back((project.videos.size() == 1 ? project.videos.front().name + ": has"
                                                    : std::to_string(count) + " videos have")
            + " spans of several people; the file does not say whose they are");
}

FolderWriter::FolderWriter(fs::path out) : m_out(std::move(out))
{
    if (!m_out.has_filename())
        m_out = m_out.parent_path();
    // An export that was stopped may still be at work when the next one to the same place begins.
    static std::atomic<int> serial = 0;
    m_part = m_out.string() + ".part" + std::to_string(::getpid()) + "-" + std::to_string(++serial);
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

std::string safeFileName(const std::string& name)
{
    std::string safe = name;
    for (char& c : safe)
        if (std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos
            || static_cast<unsigned char>(c) < 0x20)
            c = '_';
    return safe.empty() || safe.front() == '.' ? "_" + safe : safe;
}

} // namespace telltale
