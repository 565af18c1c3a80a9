// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include "data/sharedrows.h"
#include "data/tables.h"
#include "data/types.h"
#include "data/videoplaces.h"
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

namespace telltale {

class Database;

/// The rows of one table, ascending by id. Copies share them until one of the two changes; they may be read
/// on other threads meanwhile.
template <typename Value> class Rows {
public:
    const std::vector<Value>& all() const { return *m_rows; }
    const Value* find(int64_t id) const
    {
        const auto at = std::ranges::lower_bound(*m_rows, id, {}, &Value::id);
        return at != m_rows->end() && at->id == id ? &*at : nullptr;
    }
    void put(Value value)
    {
        std::vector<Value>& rows = own();
        const auto at = std::ranges::lower_bound(rows, value.id, {}, &Value::id);
        if (at != rows.end() && at->id == value.id)
            *at = std::move(value);
        else
            rows.insert(at, std::move(value));
    }
    void remove(int64_t id)
    {
        std::vector<Value>& rows = own();
        const auto at = std::ranges::lower_bound(rows, id, {}, &Value::id);
        if (at != rows.end() && at->id == id)
            rows.erase(at);
    }

private:
    /// The rows, for this value alone.
    std::vector<Value>& own()
    {
        if (m_rows.use_count() > 1)
            m_rows = std::make_shared<std::vector<Value>>(*m_rows);
        else // another thread may have let go of them just now: what it read was read before this
            std::atomic_thread_fence(std::memory_order_acquire);
        return *m_rows;
    }

    std::shared_ptr<std::vector<Value>> m_rows = std::make_shared<std::vector<Value>>();
};

/// The project in memory. Numbers of predictions and pseudo-labels stay on the disk. A value: copies are
/// independent.
class State {
public:
    /// Reads everything anew.
    Status load(Database& database);
    /// Follows an edit.
    void apply(const RowChanges& changes);
    /// Where videos are on this machine, if not where the store says.
    void setPlaces(VideoPlaces places);
    const VideoPlaces& places() const { return m_places; }
    /// The row as the log writes it, null if it is not there. Pseudo-labels are never there.
    nlohmann::json row(Table table, int64_t id) const;

    const LabelScheme& scheme() const { return m_scheme; }
    int64_t schemeId() const { return m_schemes.empty() ? 0 : m_schemes.rbegin()->first; }
    const std::vector<VideoEntry>& videos() const { return m_videos.all(); }
    const VideoEntry* video(int64_t id) const { return m_videos.find(id); }
    const Rows<VideoEntry>& videoRows() const { return m_videos; }
    const Rows<Subject>& subjects() const { return m_subjects; }
    const Subject* subjectNamed(std::string_view name) const;
    const Rows<Person>& persons() const { return m_persons; }
    const Rows<TrackEntry>& tracks() const { return m_tracks; }
    const Rows<PredictionRun>& runs() const { return m_runs; }
    const PredictionRun* runOfPrediction(int64_t predictionId) const;
    const ScoreBlock* blockOfRun(int64_t runId) const;
    const Rows<ScoreBlock>& blocks() const { return m_blocks; }
    const Rows<ModelEntry>& models() const { return m_models; }
    const Rows<ReviewedRange>& reviewed() const { return m_reviewed; }
    const Rows<Note>& notes() const { return m_notes; }
    const Rows<Member>& members() const { return m_members; }
    const Rows<Assignment>& assignments() const { return m_assignments; }
    const Rows<EditConflict>& conflicts() const { return m_conflicts; }
    const Rows<TrackEdit>& trackEdits() const { return m_trackEdits; }
    const Rows<PoseCorrection>& poseCorrections() const { return m_poseCorrections; }
    const Rows<SavedCrop>& crops() const { return m_crops; }
    const Rows<CropCorrection>& cropCorrections() const { return m_cropCorrections; }
    const Rows<Withholding>& withholdings() const { return m_withholdings; }

    const Annotation* annotation(int64_t id) const;
    /// Every layer, by start.
    std::vector<Annotation> annotations(int64_t videoId) const;
    std::vector<Annotation> annotations(int64_t videoId, std::string_view layer) const;
    const SharedRows<Annotation>& allAnnotations() const { return m_annotations; }

    const std::vector<SyncedVideo>& cameras() const { return m_cameras.all(); }
    const SyncedVideo* camera(int64_t videoId) const; ///< null if the video is in no session
    std::vector<SyncedVideo> camerasOf(int64_t videoId) const; ///< of its session

private:
    void applyRow(Table table, int64_t id, const nlohmann::json& row);
    void applyScheme(int64_t id, const nlohmann::json& row);
    void applyRun(int64_t id, const nlohmann::json& row);
    void applyBlock(int64_t id, const nlohmann::json& row);
    void applyAnnotation(int64_t id, const nlohmann::json& row);
    /// Fills in what other tables know of the videos.
    void joinVideos();
    void joinVideo(VideoEntry& video) const;
    std::vector<Annotation> sorted(
        int64_t videoId, const std::function<bool(const Annotation&)>& wanted) const;

    std::map<int64_t, LabelScheme> m_schemes;
    LabelScheme m_scheme; ///< the newest
    Rows<Subject> m_subjects;
    Rows<VideoEntry> m_videos;
    Rows<Person> m_persons;
    Rows<ModelEntry> m_models;
    Rows<TrackEntry> m_tracks;
    Rows<PredictionRun> m_runs;
    Rows<ScoreBlock> m_blocks;
    std::map<int64_t, int64_t> m_runOfPrediction; ///< run by its first prediction
    std::unordered_map<int64_t, int64_t> m_blockOfRun;
    Rows<ReviewedRange> m_reviewed;
    Rows<Note> m_notes;
    Rows<SyncedVideo> m_cameras;
    Rows<Member> m_members;
    Rows<Assignment> m_assignments;
    Rows<EditConflict> m_conflicts;
    Rows<TrackEdit> m_trackEdits;
    Rows<PoseCorrection> m_poseCorrections;
    Rows<SavedCrop> m_crops;
    Rows<CropCorrection> m_cropCorrections;
    Rows<Withholding> m_withholdings;
    SharedRows<Annotation> m_annotations;
    std::unordered_map<int64_t, std::set<int64_t>> m_annotationsOfVideo;
    VideoPlaces m_places;
    std::unordered_map<int64_t, std::string> m_activeTracks; ///< file by video
    bool m_joined = true; ///< false: videos lack what other tables know
};

} // namespace telltale
