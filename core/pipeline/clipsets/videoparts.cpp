// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/clipsets/videoparts.h"
#include "base/files.h"
#include "data/confirmed.h"
#include "pipeline/cropping.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

struct CropRow {
    std::string_view name;
    std::vector<CropKind> kinds;
};
const CropRow kRows[] = {{"motion", {CropKind::Motion}}, {"person", {CropKind::Person}},
    {"hands", {CropKind::LeftHand, CropKind::RightHand}}, {"face", {CropKind::Face}}};

const std::vector<CropKind>& kindsOf(const std::string& crop)
{
    const auto found = std::ranges::find(kRows, crop, &CropRow::name);
    return found == std::end(kRows) ? kRows[0].kinds : found->kinds;
}

/// The square around two boxes; an empty one does not count.
CropBox around(const CropBox& a, const CropBox& b)
{
    if (isEmptyBox(a) || isEmptyBox(b))
        return isEmptyBox(a) ? b : a;
    const float left = std::min(a.x, b.x);
    const float top = std::min(a.y, b.y);
    const float right = std::max(a.x + a.width, b.x + b.width);
    const float bottom = std::max(a.y + a.height, b.y + b.height);
    const float side = std::max(right - left, bottom - top);
    return {(left + right - side) / 2, (top + bottom - side) / 2, side, side};
}

constexpr std::pair<SubjectRole, ClipRole> kRoles[]
    = {{SubjectRole::Train, ClipRole::Train}, {SubjectRole::Validation, ClipRole::Validation},
        {SubjectRole::Test, ClipRole::Test}, {SubjectRole::Unlabelled, ClipRole::Unlabelled}};

ClipRole clipRole(SubjectRole role)
{
    const auto found = std::ranges::find(kRoles, role, &std::pair<SubjectRole, ClipRole>::first);
    return found == std::end(kRoles) ? ClipRole::Unlabelled : found->second;
}

std::map<std::pair<int64_t, int>, Subject> otherPersons(const Document& document)
{
    std::map<int64_t, Subject> subjects;
    for (const Subject& subject : document.subjects())
        subjects[subject.id] = subject;
    std::map<std::pair<int64_t, int>, Subject> persons;
    for (const VideoEntry& video : document.videos())
        for (const Person& person : document.persons(video.id))
            if (const auto found = subjects.find(person.subjectId); found != subjects.end())
                persons[{video.id, person.number}] = found->second;
    return persons;
}

} // namespace

Result<ProjectCut> snapshotOf(Document& document)
{
    if (Status written = document.flush(); !written)
        return written.error();
    ProjectCut project;
    project.project = document.folder();
    project.scheme = document.scheme();
    project.videos = document.videos();
    project.persons = otherPersons(document);
    project.basedOn = document.sequence();
    for (const VideoEntry& video : project.videos) {
        project.corrections[video.id] = correctionsOf(document, video.id);
        for (const ReviewedRange& range : document.reviewed(video.id))
            project.reviewed[video.id].push_back(range.span);
    }
    return project;
}

void sortSpans(std::vector<Annotation>& spans)
{
    std::ranges::sort(spans, {}, [](const Annotation& span) {
        return std::tuple(span.videoId, span.span.first, span.person, span.id);
    });
}

bool isLabelled(const Annotation& span) { return isConfirmed(span.state) && span.classId >= 0; }

bool isOpen(const Annotation& span)
{
    return span.state == SpanState::Proposed || (isConfirmed(span.state) && span.classId < 0);
}

bool isDecidedHere(const Annotation& span)
{
    return span.state == SpanState::Corrected || span.origin != SpanOrigin::Import;
}

std::pair<std::string, ClipRole> subjectOf(const ProjectCut& project, const VideoEntry& video, int person)
{
    if (const auto other = project.persons.find({video.id, person}); other != project.persons.end())
        return {other->second.name, clipRole(other->second.role)};
    return {video.subject, clipRole(video.role)};
}

Status keepFoundCrops(Document& document, const std::map<int64_t, std::vector<SavedCrop>>& found)
{
    for (const auto& [video, crops] : found)
        if (document.video(video))
            if (Status status = document.setCrops(video, crops); !status)
                return status;
    return {};
}

Status checkCrop(const std::string& where, const std::string& crop)
{
    if (std::ranges::find(kRows, crop, &CropRow::name) != std::end(kRows))
        return {};
    return Error{ErrorCode::InvalidArgument,
        where + " \"" + crop + "\" is not known; the crops are motion, person, hands and face."};
}

VideoParts::VideoParts(
    const ProjectCut& project, const VideoEntry& video, FeatureCache& cache, ProgressSink& progress)
    : m_project(project)
    , m_video(video)
    , m_cache(cache)
    , m_progress(progress)
{
    const auto changed = project.corrections.find(video.id);
    if (changed != project.corrections.end())
        m_corrections = changed->second;
}

Status VideoParts::readPoses()
{
    if (m_video.track.empty())
        return {};
    Result<PoseTrack> read = readTrack(m_project.project / m_video.track);
    if (read)
        read = mapTo68(*read);
    if (!read && read.error().code != ErrorCode::NotFound)
        return read.error();
    if (!read) {
        note("The pose track " + m_video.track + " of " + m_video.name
            + " is gone: there are no points of it. Find the poses again.");
        return {};
    }
    m_track = std::move(*read);
    if (m_video.track != m_corrections.track)
        return {};
    CorrectedTrack corrected
        = correctedTrack(std::move(*m_track), m_corrections.persons, m_corrections.points);
    m_track = std::move(corrected.track);
    std::ranges::move(corrected.notes, std::back_inserter(notes));
    return {};
}

Status VideoParts::openPictures()
{
    const std::filesystem::path file = m_project.project / m_video.path;
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) {
        note("The video " + m_video.name + " is not there: of it there are skeletons only.");
        return {};
    }
    OpenOptions options;
    options.cacheFolder = m_project.project / "cache" / "index";
    Result<std::unique_ptr<FrameSource>> opened = openVideo(file, options, &m_progress);
    if (!opened && opened.error().code == ErrorCode::Cancelled)
        return opened.error();
    if (!opened) {
        note(opened.error().message + " Of it there are skeletons only.");
        return {};
    }
    m_source = std::move(*opened);
    if (const Result<std::string> fingerprint = fileFingerprint(file))
        m_fingerprint = *fingerprint;
    return {};
}

Status VideoParts::findCrops()
{
    std::vector<SavedCrop> saved = m_corrections.crops;
    if (saved.empty()) {
        const Result<std::vector<CropPath>> paths
            = videoCrops(m_source->info(), track(), &m_cache, m_progress);
        if (!paths)
            return paths.error();
        saved = savedCropsOf(m_video.id, *paths, kCropRecipe);
        foundCrops = saved;
    }
    m_crops = correctedCrops(saved, m_corrections.cropCorrections, m_source->info().meanFps);
    return {};
}

CropBox VideoParts::boxOf(const std::string& crop, int person, const FrameSpan& span) const
{
    CropBox box;
    for (const CropKind kind : kindsOf(crop))
        box = around(box, clipCrop(m_crops, person, kind, span));
    return box;
}

Result<bool> VideoParts::pointsAt(int64_t frame, int person, float* to) const
{
    std::fill_n(to, kPointCount * kProjectChannels, 0.0f);
    const int64_t row = hasPerson(person) ? m_track->rowOf(frame) : -1;
    if (row < 0)
        return false;
    const PosePoint* points = std::as_const(*m_track).at(row, person);
    bool seen = false;
    for (int i = 0; i < kPointCount; ++i, to += kProjectChannels) {
        const PosePoint& p = points[i];
        if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.score))
            return Error{ErrorCode::InvalidArgument,
                "The pose track of " + m_video.name + " has no number for the point "
                    + poseLayouts().front().points[static_cast<size_t>(i)] + " in frame "
                    + std::to_string(frame) + "; correct that point, or find the poses of the video again."};
        if (p.score <= 0)
            continue;
        to[0] = p.x;
        to[1] = p.y;
        to[2] = p.score;
        seen = true;
    }
    return seen;
}

} // namespace telltale
