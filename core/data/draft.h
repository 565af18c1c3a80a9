// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "data/state.h"
#include <map>
#include <optional>

namespace telltale {

using LastIds = std::map<Table, int64_t>;

/// `file` as a project at `folder` stores it: relative unless only the root folder joins the two.
std::string storedVideoPath(const std::filesystem::path& folder, const std::filesystem::path& file);

/// The rules of the project: turns a wish into row changes on top of the state, without touching it. The
/// first wish that is refused makes the whole draft fail.
class Draft {
public:
    Draft(const State& state, std::filesystem::path folder, std::string annotator, LastIds& lastIds);

    int64_t addVideo(VideoEntry video);
    void findVideo(int64_t videoId, VideoEntry found, const FrameTimes& times);
    void setTrack(int64_t videoId, const std::string& track);
    int64_t addAnnotation(Annotation annotation);
    void removeAnnotation(int64_t id);
    void setSpan(int64_t id, FrameSpan span);
    void relabel(int64_t id, int classId);
    void setState(int64_t id, SpanState state);
    int64_t addRun(PredictionRun run, std::vector<Prediction> predictions);
    void addClasses(const std::vector<LabelClass>& classes, bool force);
    int64_t addModel(ModelEntry model);
    void addBatch(ImportBatch batch);
    void synchronize(const std::vector<SyncedVideo>& cameras);
    void setCameraOffset(int64_t videoId, int64_t offsetUs);
    void unsynchronize(int64_t videoId);

    const std::vector<RowChange>& changes() const { return m_changes; }
    const std::vector<Payload>& payloads() const { return m_payloads; }
    const std::optional<Error>& failure() const { return m_failure; }

private:
    void fail(ErrorCode code, std::string sentence);
    int64_t nextId(Table table) { return ++m_lastIds[table]; }
    void record(Table table, int64_t id, nlohmann::json before, nlohmann::json after);
    const VideoEntry* video(int64_t id) const;
    const Annotation* annotation(int64_t id); ///< fails the draft if unknown
    const LabelScheme& scheme() const { return m_scheme ? *m_scheme : m_state.scheme(); }
    void update(const Annotation& before, Annotation after);
    bool checkCameras(const std::vector<SyncedVideo>& cameras);
    bool checkOffset(int64_t offsetUs);
    /// Takes videos out of their sessions; a session that has one camera left is dissolved.
    void leaveSessions(const std::vector<int64_t>& videos);
    bool checkVideo(const VideoEntry& video);
    bool checkSpan(int64_t videoId, const FrameSpan& span);
    bool checkClass(int classId);
    bool checkPrediction(const Prediction& prediction);
    /// Removes the proposals that nobody touched and returns what stays on the video.
    std::vector<Annotation> clearOpenProposals(int64_t videoId);
    void addPrediction(Prediction prediction, const std::vector<Annotation>& decided);

    const State& m_state;
    std::filesystem::path m_folder;
    std::string m_annotator;
    LastIds& m_lastIds;
    std::vector<VideoEntry> m_newVideos;
    std::vector<Annotation> m_newAnnotations; ///< so that a run of the same draft respects them
    std::optional<LabelScheme> m_scheme;
    std::vector<RowChange> m_changes;
    std::vector<Payload> m_payloads;
    std::optional<Error> m_failure;
};

} // namespace telltale
