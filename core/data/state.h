// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/database.h"
#include "data/labelscheme.h"
#include "data/types.h"
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

namespace telltale {

/// The project in memory, as of the last committed edit. Predictions stay on the disk.
class State {
public:
    /// Reads everything anew.
    Status load(Database& database);
    /// Follows a committed edit.
    void apply(const std::vector<RowChange>& changes);

    const LabelScheme& scheme() const { return m_scheme; }
    const std::vector<VideoEntry>& videos() const { return m_videos; }
    const std::vector<PredictionRun>& runs() const { return m_runs; }
    const std::vector<ModelEntry>& models() const { return m_models; }
    const VideoEntry* video(int64_t id) const;
    const Annotation* annotation(int64_t id) const;
    std::vector<Annotation> annotations(int64_t videoId) const; ///< by start
    const std::vector<SyncedVideo>& cameras() const { return m_cameras; }
    const SyncedVideo* camera(int64_t videoId) const; ///< null if the video is in no session
    std::vector<SyncedVideo> camerasOf(int64_t videoId) const; ///< of its session
    size_t annotationCount() const { return m_annotations.size(); }
    ProjectSummary summary() const; ///< without the number of edits

private:
    void applyRow(Table table, int64_t id, const nlohmann::json& row);

    LabelScheme m_scheme;
    std::vector<VideoEntry> m_videos;
    std::vector<PredictionRun> m_runs;
    std::vector<ModelEntry> m_models;
    std::vector<SyncedVideo> m_cameras;
    std::unordered_map<int64_t, Annotation> m_annotations;
    std::unordered_map<int64_t, std::set<int64_t>> m_annotationsOfVideo;
};

} // namespace telltale
