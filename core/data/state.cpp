// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/state.h"
#include "data/rows.h"
#include "data/store/database.h"
#include <iterator>
#include <tuple>

namespace telltale {
namespace {

using nlohmann::json;

template <typename Value> void place(Rows<Value>& rows, int64_t id, const json& row)
{
    if (row.is_null())
        rows.remove(id);
    else
        rows.put(valueOf<Value>(id, row));
}

template <typename Value> json rowIn(const Rows<Value>& rows, int64_t id)
{
    const Value* value = rows.find(id);
    return value ? rowOf(*value) : json(nullptr);
}

} // namespace

Status State::load(Database& database)
{
    State fresh;
    for (const TableInfo& info : tableInfos()) {
        if (info.table == Table::PseudoLabels)
            continue;
        auto status = database.forEachRow(
            info.table, [&](int64_t id, const json& row) { fresh.applyRow(info.table, id, row); });
        if (!status)
            return status;
    }
    fresh.joinVideos();
    *this = std::move(fresh);
    return {};
}

void State::apply(const RowChanges& changes)
{
    for (const RowChange& change : changes)
        applyRow(change.table, change.id, change.after);
    if (!m_joined)
        joinVideos();
}

void State::applyRow(Table table, int64_t id, const json& row)
{
    switch (table) {
    case Table::Schemes:
        return applyScheme(id, row);
    case Table::Subjects:
        place(m_subjects, id, row);
        m_joined = false;
        return;
    case Table::Videos:
        place(m_videos, id, row);
        m_joined = false;
        return;
    case Table::Persons:
        return place(m_persons, id, row);
    case Table::Models:
        return place(m_models, id, row);
    case Table::Tracks:
        place(m_tracks, id, row);
        m_joined = false;
        return;
    case Table::Runs:
        return applyRun(id, row);
    case Table::Blocks:
        return applyBlock(id, row);
    case Table::PseudoLabels:
        return;
    case Table::Annotations:
        return applyAnnotation(id, row);
    case Table::Reviewed:
        return place(m_reviewed, id, row);
    case Table::Notes:
        return place(m_notes, id, row);
    case Table::Syncs:
        return place(m_cameras, id, row);
    case Table::Members:
        return place(m_members, id, row);
    case Table::Assignments:
        return place(m_assignments, id, row);
    case Table::Conflicts:
        return place(m_conflicts, id, row);
    case Table::TrackEdits:
        return place(m_trackEdits, id, row);
    case Table::PoseCorrections:
        return place(m_poseCorrections, id, row);
    case Table::Crops:
        return place(m_crops, id, row);
    case Table::CropCorrections:
        return place(m_cropCorrections, id, row);
    case Table::Withholdings:
        return place(m_withholdings, id, row);
    }
}

json State::row(Table table, int64_t id) const
{
    switch (table) {
    case Table::Schemes: {
        const auto at = m_schemes.find(id);
        return at != m_schemes.end() ? rowOf(at->second) : json(nullptr);
    }
    case Table::Subjects:
        return rowIn(m_subjects, id);
    case Table::Videos:
        return rowIn(m_videos, id);
    case Table::Persons:
        return rowIn(m_persons, id);
    case Table::Models:
        return rowIn(m_models, id);
    case Table::Tracks:
        return rowIn(m_tracks, id);
    case Table::Runs:
        return rowIn(m_runs, id);
    case Table::Blocks:
        return rowIn(m_blocks, id);
    case Table::PseudoLabels:
        break;
    case Table::Annotations: {
        const Annotation* known = annotation(id);
        return known ? rowOf(*known) : json(nullptr);
    }
    case Table::Reviewed:
        return rowIn(m_reviewed, id);
    case Table::Notes:
        return rowIn(m_notes, id);
    case Table::Syncs:
        return rowIn(m_cameras, id);
    case Table::Members:
        return rowIn(m_members, id);
    case Table::Assignments:
        return rowIn(m_assignments, id);
    case Table::Conflicts:
        return rowIn(m_conflicts, id);
    case Table::TrackEdits:
        return rowIn(m_trackEdits, id);
    case Table::PoseCorrections:
        return rowIn(m_poseCorrections, id);
    case Table::Crops:
        return rowIn(m_crops, id);
    case Table::CropCorrections:
        return rowIn(m_cropCorrections, id);
    case Table::Withholdings:
        return rowIn(m_withholdings, id);
    }
    return nullptr;
}

void State::applyScheme(int64_t id, const json& row)
{
    if (row.is_null())
        m_schemes.erase(id);
    else if (auto scheme = schemeOf(row); scheme)
        m_schemes[id] = std::move(*scheme);
    m_scheme = m_schemes.empty() ? LabelScheme() : m_schemes.rbegin()->second;
}

void State::applyRun(int64_t id, const json& row)
{
    if (const PredictionRun* old = m_runs.find(id))
        m_runOfPrediction.erase(old->firstPrediction);
    place(m_runs, id, row);
    if (const PredictionRun* now = m_runs.find(id); now && now->predictions > 0)
        m_runOfPrediction[now->firstPrediction] = id;
}

void State::applyBlock(int64_t id, const json& row)
{
    if (const ScoreBlock* old = m_blocks.find(id))
        m_blockOfRun.erase(old->runId);
    place(m_blocks, id, row);
    if (const ScoreBlock* now = m_blocks.find(id))
        m_blockOfRun[now->runId] = id;
}

void State::applyAnnotation(int64_t id, const json& row)
{
    if (const Annotation* old = m_annotations.find(id))
        m_annotationsOfVideo[old->videoId].erase(id);
    if (row.is_null()) {
        m_annotations.remove(id);
        return;
    }
    auto annotation = valueOf<Annotation>(id, row);
    m_annotationsOfVideo[annotation.videoId].insert(id);
    m_annotations.put(id, std::move(annotation));
}

void State::joinVideo(VideoEntry& video) const
{
    const Subject* subject = m_subjects.find(video.subjectId);
    video.subject = subject ? subject->name : std::string();
    video.role = subject ? subject->role : SubjectRole::Train;
    const auto place = m_places.find(video.id);
    video.path = place != m_places.end() ? place->second : video.sharedPath;
    const auto track = m_activeTracks.find(video.id);
    video.track = track != m_activeTracks.end() ? track->second : std::string();
}

void State::setPlaces(VideoPlaces places)
{
    m_places = std::move(places);
    joinVideos();
}

void State::joinVideos()
{
    m_joined = true;
    m_activeTracks.clear();
    for (const TrackEntry& track : m_tracks.all())
        if (track.active)
            m_activeTracks[track.videoId] = track.file;
    std::vector<VideoEntry> joined = m_videos.all();
    for (VideoEntry& video : joined) {
        joinVideo(video);
        m_videos.put(std::move(video));
    }
}

const Subject* State::subjectNamed(std::string_view name) const
{
    const auto at = std::ranges::find(m_subjects.all(), name, &Subject::name);
    return at != m_subjects.all().end() ? &*at : nullptr;
}

const PredictionRun* State::runOfPrediction(int64_t predictionId) const
{
    const auto behind = m_runOfPrediction.upper_bound(predictionId);
    if (behind == m_runOfPrediction.begin())
        return nullptr;
    const PredictionRun* run = m_runs.find(std::prev(behind)->second);
    return run && predictionId < run->firstPrediction + run->predictions ? run : nullptr;
}

const ScoreBlock* State::blockOfRun(int64_t runId) const
{
    const auto known = m_blockOfRun.find(runId);
    return known != m_blockOfRun.end() ? m_blocks.find(known->second) : nullptr;
}

const Annotation* State::annotation(int64_t id) const { return m_annotations.find(id); }

std::vector<Annotation> State::sorted(
    int64_t videoId, const std::function<bool(const Annotation&)>& wanted) const
{
    std::vector<Annotation> result;
    const auto ids = m_annotationsOfVideo.find(videoId);
    if (ids == m_annotationsOfVideo.end())
        return result;
    result.reserve(ids->second.size());
    for (const int64_t id : ids->second)
        if (const Annotation* one = m_annotations.find(id); one && wanted(*one))
            result.push_back(*one);
    std::ranges::sort(result, [](const Annotation& a, const Annotation& b) {
        return std::tie(a.span.first, a.span.last, a.id) < std::tie(b.span.first, b.span.last, b.id);
    });
    return result;
}

std::vector<Annotation> State::annotations(int64_t videoId) const
{
    return sorted(videoId, [](const Annotation&) { return true; });
}

std::vector<Annotation> State::annotations(int64_t videoId, std::string_view layer) const
{
    return sorted(videoId, [layer](const Annotation& one) { return one.layer == layer; });
}

const SyncedVideo* State::camera(int64_t videoId) const
{
    const auto at = std::ranges::find(m_cameras.all(), videoId, &SyncedVideo::videoId);
    return at != m_cameras.all().end() ? &*at : nullptr;
}

std::vector<SyncedVideo> State::camerasOf(int64_t videoId) const
{
    std::vector<SyncedVideo> result;
    if (const SyncedVideo* self = camera(videoId))
        std::ranges::copy_if(m_cameras.all(), std::back_inserter(result),
            [self](const SyncedVideo& other) { return other.session == self->session; });
    return result;
}

} // namespace telltale
