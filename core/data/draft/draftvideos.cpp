// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/draft/draft.h"
#include "data/rows.h"
#include "data/times.h"
#include <algorithm>
#include <cmath>

namespace telltale {

namespace fs = std::filesystem;

std::string storedVideoPath(const fs::path& folder, const fs::path& file)
{
    if (!file.is_absolute())
        return file.lexically_normal().string();
    const fs::path target = file.lexically_normal();
    const fs::path home = folder.lexically_normal();
    const auto top = [](const fs::path& path) {
        const fs::path inside = path.relative_path();
        return inside.empty() ? fs::path() : *inside.begin();
    };
    const bool apart = top(target).empty() || top(target) != top(home);
    return apart ? target.string() : target.lexically_relative(home).string();
}

TrackEntry trackAt(std::string file)
{
    TrackEntry track;
    track.file = std::move(file);
    return track;
}

bool Draft::checkVideo(const VideoEntry& wanted)
{
    const auto clash = [&](const VideoEntry& other) {
        if (other.name == wanted.name)
            fail(ErrorCode::Conflict, "the project has a video named '" + wanted.name + "' already");
        else if (!wanted.path.empty() && other.path == wanted.path)
            fail(ErrorCode::Conflict, wanted.path + ": is in the project already, as '" + other.name + "'");
    };
    std::ranges::for_each(m_state.videos(), clash);
    std::ranges::for_each(m_newVideos, clash);
    if (!std::isfinite(wanted.fps) || wanted.fps < 0 || wanted.frameCount < 0 || wanted.durationUs < 0)
        fail(ErrorCode::InvalidArgument,
            wanted.name + ": rate, number of frames and duration cannot be negative");
    return !m_failure;
}

int64_t Draft::subjectFor(const VideoEntry& wanted)
{
    const auto matches = [&](const Subject& one) { return one.name == wanted.subject; };
    const Subject* known = m_state.subjectNamed(wanted.subject);
    if (const auto fresh = std::ranges::find_if(m_newSubjects, matches); fresh != m_newSubjects.end())
        known = &*fresh;
    if (!known) {
        Subject made{nextId(Table::Subjects), wanted.subject, wanted.role};
        record(Table::Subjects, made.id, nullptr, rowOf(made));
        m_newSubjects.push_back(made);
        return made.id;
    }
    if (known->role != wanted.role)
        fail(ErrorCode::Conflict,
            "subject '" + known->name + "' is for " + std::string(nameOf(known->role)) + " in this project, '"
                + wanted.name + "' cannot be for " + std::string(nameOf(wanted.role))
                + ": one person in two parts of a split would spoil every score. Use the role "
                + std::string(nameOf(known->role)) + " or another subject");
    return known->id;
}

int64_t Draft::addVideo(VideoEntry wanted)
{
    if (!allowed(MemberRole::Owner, "add videos"))
        return 0;
    wanted.path = storedVideoPath(m_context.folder, wanted.path);
    if (wanted.path == ".")
        wanted.path.clear();
    if (wanted.name.empty())
        wanted.name = fs::path(wanted.path).stem().string();
    if (wanted.name.empty())
        fail(ErrorCode::InvalidArgument, "a video needs a name or a file");
    if (!checkVideo(wanted))
        return 0;
    if (wanted.subject.empty())
        wanted.subject = wanted.name; // nobody knows who it is, so it counts as a person of its own
    wanted.subjectId = subjectFor(wanted);
    wanted.id = nextId(Table::Videos);
    wanted.sharedPath = wanted.path;
    record(Table::Videos, wanted.id, nullptr, rowOf(wanted));
    m_newVideos.push_back(wanted);
    if (!wanted.track.empty())
        setTrack(wanted.id, trackAt(wanted.track));
    return wanted.id;
}

void Draft::findVideo(int64_t videoId, VideoEntry found, const FrameTimes& times)
{
    const VideoEntry* known = m_state.video(videoId);
    if (!known || !known->offline)
        return fail(ErrorCode::Conflict, "video " + std::to_string(videoId) + " is not waiting for its file");
    found.path = storedVideoPath(m_context.folder, found.path);
    found.sharedPath = found.path;
    found.name = known->name;
    found.offline = false;
    found.subjectId = known->subjectId;
    if (!found.subject.empty() && found.subject != known->subject)
        found.subjectId = subjectFor(found);
    else if (found.role != known->role && !known->subject.empty())
        setSubjectRole(known->subject, found.role);
    record(Table::Videos, videoId, rowOf(*known), rowOf(found));
    for (const Annotation& one : m_state.annotations(videoId)) {
        Annotation aligned = one;
        if (one.startUs >= 0 && one.endUs >= 0)
            aligned.span = {times.boundaryAt(MediaTime(one.startUs)), times.boundaryAt(MediaTime(one.endUs))};
        aligned.span.last = std::max(aligned.span.last, aligned.span.first + 1);
        aligned.span = clampSpan(aligned.span, found.frameCount);
        if (aligned.span.empty())
            return fail(ErrorCode::Conflict,
                found.path + ": ends before the span at frame " + std::to_string(one.span.first) + " of '"
                    + known->name + "': it is another video or cut short; delete the span if it is not");
        aligned.startUs = aligned.endUs = -1;
        record(Table::Annotations, one.id, rowOf(one), rowOf(aligned));
    }
    alignReviewed(*known, times);
}

void Draft::alignReviewed(const VideoEntry& nominal, const FrameTimes& times)
{
    if (nominal.fps <= 0)
        return;
    for (const ReviewedRange& one : m_state.reviewed().all()) {
        if (one.videoId != nominal.id)
            continue;
        ReviewedRange aligned = one;
        aligned.span = clampSpan(times.spanOf(static_cast<double>(one.span.first) / nominal.fps,
                                     static_cast<double>(one.span.last) / nominal.fps),
            times.frameCount());
        record(Table::Reviewed, one.id, rowOf(one),
            aligned.span.empty() ? nlohmann::json(nullptr) : rowOf(aligned));
    }
}

void Draft::lengthenVideo(const VideoEntry& wanted)
{
    const VideoEntry* known = knownVideo(wanted.id);
    if (!known || !known->offline || wanted.frameCount <= known->frameCount)
        return;
    VideoEntry longer = *known;
    longer.frameCount = wanted.frameCount;
    longer.durationUs = std::max(known->durationUs, wanted.durationUs);
    record(Table::Videos, wanted.id, rowOf(*known), rowOf(longer));
}

void Draft::relocateVideo(int64_t videoId, const fs::path& file)
{
    const VideoEntry* known = knownVideo(videoId);
    if (!known || !allowed(MemberRole::Owner, "move videos for everybody"))
        return;
    VideoEntry moved = *known;
    moved.sharedPath = storedVideoPath(m_context.folder, file);
    record(Table::Videos, videoId, rowOf(*known), rowOf(moved));
}

void Draft::setTrack(int64_t videoId, TrackEntry track)
{
    if (!knownVideo(videoId))
        return;
    for (const TrackEntry& other : m_state.tracks().all()) {
        if (other.videoId != videoId || !other.active)
            continue;
        if (other.file == track.file)
            return;
        TrackEntry retired = other;
        retired.active = false;
        record(Table::Tracks, other.id, rowOf(other), rowOf(retired));
    }
    if (track.file.empty())
        return;
    track.id = nextId(Table::Tracks);
    track.videoId = videoId;
    track.active = true;
    if (track.time.empty())
        track.time = timeNow();
    record(Table::Tracks, track.id, nullptr, rowOf(track));
}

const Subject* Draft::subject(const std::string& name)
{
    const Subject* known = m_state.subjectNamed(name);
    if (!known)
        fail(ErrorCode::NotFound, "the project has no subject '" + name + "'");
    return known;
}

void Draft::setSubjectRole(const std::string& name, SubjectRole role)
{
    const Subject* known = subject(name);
    if (!known || !allowed(MemberRole::Owner, "change the split"))
        return;
    Subject changed = *known;
    changed.role = role;
    record(Table::Subjects, known->id, rowOf(*known), rowOf(changed));
}

void Draft::renameSubject(const std::string& name, const std::string& wanted)
{
    const Subject* known = subject(name);
    if (!known || !allowed(MemberRole::Owner, "rename subjects"))
        return;
    if (wanted.empty() || m_state.subjectNamed(wanted))
        return fail(ErrorCode::Conflict,
            wanted.empty() ? "a subject needs a name" : "there is a subject '" + wanted + "' already");
    Subject changed = *known;
    changed.name = wanted;
    record(Table::Subjects, known->id, rowOf(*known), rowOf(changed));
}

void Draft::setPerson(Person wanted)
{
    if (!knownVideo(wanted.videoId))
        return;
    if (wanted.number < 0)
        return fail(ErrorCode::InvalidArgument, "persons are counted from 0");
    const auto& all = m_state.persons().all();
    const auto known = std::ranges::find_if(
        all, [&](const Person& one) { return one.videoId == wanted.videoId && one.number == wanted.number; });
    wanted.id = known != all.end() ? known->id : nextId(Table::Persons);
    record(Table::Persons, wanted.id, known != all.end() ? rowOf(*known) : nlohmann::json(nullptr),
        rowOf(wanted));
}

} // namespace telltale
