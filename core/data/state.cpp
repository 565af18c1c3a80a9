// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/state.h"
#include "data/rows.h"
#include <algorithm>
#include <iterator>
#include <tuple>

namespace telltale {
namespace {

/// Puts, replaces or removes (`row` null) the entry `id` of a list that is ascending by id.
template <typename Entry, typename Read>
void place(std::vector<Entry>& list, int64_t id, const nlohmann::json& row, Read read)
{
    const auto at = std::ranges::lower_bound(list, id, {}, &Entry::id);
    const bool known = at != list.end() && at->id == id;
    if (row.is_null()) {
        if (known)
            list.erase(at);
    } else if (known) {
        *at = read(id, row);
    } else {
        list.insert(at, read(id, row));
    }
}

} // namespace

Status State::load(Database& database)
{
    State fresh;
    for (const TableInfo& info : tableInfos()) {
        if (info.table == Table::Predictions)
            continue;
        auto status = database.forEachRow(
            info.table, [&](int64_t id, const nlohmann::json& row) { fresh.applyRow(info.table, id, row); });
        if (!status)
            return status;
    }
    *this = std::move(fresh);
    return {};
}

void State::apply(const std::vector<RowChange>& changes)
{
    for (const RowChange& change : changes)
        applyRow(change.table, change.id, change.after);
}

void State::applyRow(Table table, int64_t id, const nlohmann::json& row)
{
    switch (table) {
    case Table::Schemes:
        if (auto scheme = schemeOf(row); scheme)
            m_scheme = std::move(*scheme);
        break;
    case Table::Videos:
        place(m_videos, id, row, videoOf);
        break;
    case Table::Runs:
        place(m_runs, id, row, runOf);
        break;
    case Table::Models:
        place(m_models, id, row, modelOf);
        break;
    case Table::Syncs:
        place(m_cameras, id, row, cameraOf);
        break;
    case Table::Annotations:
        if (const auto old = m_annotations.find(id); old != m_annotations.end()) {
            m_annotationsOfVideo[old->second.videoId].erase(id);
            m_annotations.erase(old);
        }
        if (!row.is_null()) {
            Annotation annotation = annotationOf(id, row);
            m_annotationsOfVideo[annotation.videoId].insert(id);
            m_annotations.emplace(id, std::move(annotation));
        }
        break;
    case Table::Predictions:
        break;
    }
}

const VideoEntry* State::video(int64_t id) const
{
    const auto at = std::ranges::lower_bound(m_videos, id, {}, &VideoEntry::id);
    return at != m_videos.end() && at->id == id ? &*at : nullptr;
}

const Annotation* State::annotation(int64_t id) const
{
    const auto at = m_annotations.find(id);
    return at != m_annotations.end() ? &at->second : nullptr;
}

std::vector<Annotation> State::annotations(int64_t videoId) const
{
    std::vector<Annotation> result;
    const auto ids = m_annotationsOfVideo.find(videoId);
    if (ids == m_annotationsOfVideo.end())
        return result;
    result.reserve(ids->second.size());
    for (const int64_t id : ids->second)
        result.push_back(m_annotations.at(id));
    std::ranges::sort(result, [](const Annotation& a, const Annotation& b) {
        return std::tie(a.span.first, a.span.last, a.id) < std::tie(b.span.first, b.span.last, b.id);
    });
    return result;
}

const SyncedVideo* State::camera(int64_t videoId) const
{
    const auto at = std::ranges::find(m_cameras, videoId, &SyncedVideo::videoId);
    return at != m_cameras.end() ? &*at : nullptr;
}

std::vector<SyncedVideo> State::camerasOf(int64_t videoId) const
{
    std::vector<SyncedVideo> result;
    if (const SyncedVideo* self = camera(videoId))
        std::ranges::copy_if(m_cameras, std::back_inserter(result),
            [self](const SyncedVideo& other) { return other.session == self->session; });
    return result;
}

ProjectSummary State::summary() const
{
    ProjectSummary summary;
    summary.schema = kSchemaVersion;
    summary.videos = static_cast<int64_t>(m_videos.size());
    summary.annotations = static_cast<int64_t>(m_annotations.size());
    for (const auto& [id, annotation] : m_annotations) {
        ++summary.byState[std::string(nameOf(annotation.state))];
        if (annotation.state == SpanState::Rejected)
            continue;
        const bool named = annotation.classId >= 0 && annotation.classId < m_scheme.classCount();
        ++summary
              .byClass[named ? m_scheme.classes[static_cast<size_t>(annotation.classId)].name : "(no name)"];
    }
    summary.proposals = summary.byState[std::string(nameOf(SpanState::Proposed))];
    return summary;
}

} // namespace telltale
