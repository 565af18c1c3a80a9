// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "data/preparedrun.h"
#include "data/state.h"
#include <optional>

namespace telltale {

/// Where numbers of new rows come from.
class IdSource {
public:
    virtual ~IdSource() = default;
    /// The first of `count` numbers that nobody else gets.
    virtual Result<int64_t> take(const std::string& name, int64_t count) = 0;
};

/// Who makes the edit, and where.
struct DraftContext {
    std::filesystem::path folder;
    std::string annotator;
    MemberRole role = MemberRole::Owner;
};

/// `file` as a project at `folder` stores it: relative unless only the root folder joins the two.
std::string storedVideoPath(const std::filesystem::path& folder, const std::filesystem::path& file);
/// A track of which only the file is known.
TrackEntry trackAt(std::string file);
/// The layer in which somebody works on a video: his own if he codes it alone, the adjudicated one for those
/// who review what others code alone, else the shared one.
std::string workingLayer(const State& state, int64_t videoId, const std::string& annotator, MemberRole role);

/// The rules of the project: turns a wish into row changes on top of the state, without touching it. The
/// first wish that is refused makes the whole draft fail.
class Draft {
public:
    Draft(const State& state, DraftContext context, IdSource& ids);

    // draftvideos.cpp
    int64_t addVideo(VideoEntry video);
    void findVideo(int64_t videoId, VideoEntry found, const FrameTimes& times);
    /// An offline video of which more is known now; nothing for others.
    void lengthenVideo(const VideoEntry& wanted);
    void relocateVideo(int64_t videoId, const std::filesystem::path& file);
    void setTrack(int64_t videoId, TrackEntry track);
    void setSubjectRole(const std::string& subject, SubjectRole role);
    void renameSubject(const std::string& subject, const std::string& name);
    void setPerson(Person person);

    // draftposes.cpp
    void editTrack(TrackEdit edit, const std::vector<PoseCorrection>& corrections);
    /// Gives the row's number.
    int64_t correctPose(PoseCorrection correction);
    void uncorrectPoses(int64_t videoId, int person, const FrameSpan& frames);
    void setCrops(int64_t videoId, std::vector<SavedCrop> crops);
    int64_t correctCrop(CropCorrection correction);
    void uncorrectCrops(int64_t videoId, int person, const std::string& kind, const FrameSpan& frames);

    // draftspans.cpp
    int64_t addAnnotation(Annotation annotation);
    void removeAnnotation(int64_t id);
    void setSpan(int64_t id, FrameSpan span);
    void relabel(int64_t id, int classId);
    void setState(int64_t id, SpanState state);
    int64_t split(int64_t id, int64_t frame);
    void merge(const std::vector<int64_t>& ids);
    void markReviewed(int64_t videoId, FrameSpan span);
    void unmarkReviewed(int64_t videoId, FrameSpan span);
    int64_t addNote(Note note);
    void setNote(int64_t id, const std::string& text);
    void removeNote(int64_t id);

    // draftruns.cpp
    int64_t addRun(PreparedRun run);
    int64_t addModel(ModelEntry model, bool active);
    void useModel(int64_t id, const std::string& kind);
    void removeModel(int64_t id);
    void addClasses(const std::vector<LabelClass>& classes, bool force);
    void setScheme(LabelScheme scheme);
    void addBatch(ImportBatch batch);

    // draftcameras.cpp
    void synchronize(const std::vector<SyncedVideo>& cameras);
    void setCameraOffset(int64_t videoId, int64_t offsetUs);
    void unsynchronize(int64_t videoId);

    // draftteam.cpp
    void setMembers(const std::vector<Member>& wanted); ///< by name
    void removeMember(const std::string& name);
    void assign(int64_t videoId, const std::vector<std::string>& annotators, int withheld);
    void setFinished(int64_t videoId, bool finished);
    void adjudicate(
        int64_t videoId, const std::vector<Annotation>& agreed, const std::vector<int64_t>& instead);
    int64_t addConflict(EditConflict conflict);
    void closeConflict(int64_t id, const RowChanges& wanted);

    const RowChanges& changes() const { return m_changes; }
    RowChanges takeChanges() { return std::move(m_changes); }
    const std::optional<Error>& failure() const { return m_failure; }

private:
    /// The reviewed ranges of a video that was known by its nominal rate only.
    void alignReviewed(const VideoEntry& nominal, const FrameTimes& times);
    void fail(ErrorCode code, std::string sentence);
    int64_t nextId(Table table) { return takeIds(infoOf(table).name, 1); }
    int64_t takeIds(const std::string& name, int64_t count);
    void record(Table table, int64_t id, nlohmann::json before, nlohmann::json after);
    /// Fails the draft if the annotator may not do `what`.
    bool allowed(MemberRole least, const std::string& what);
    bool allowedOn(const std::string& layer, int64_t videoId);
    const ModelEntry* modelOf(int64_t id, const std::string& kind); ///< fails the draft if unknown
    const VideoEntry* video(int64_t id) const;
    const VideoEntry* knownVideo(int64_t id); ///< fails the draft if unknown
    const Annotation* annotation(int64_t id); ///< fails the draft if unknown or not the annotator's to change
    const Subject* subject(const std::string& name); ///< fails the draft if unknown
    int64_t subjectFor(const VideoEntry& video);
    const LabelScheme& scheme() const { return m_scheme ? *m_scheme : m_state.scheme(); }
    void recordScheme(LabelScheme changed);
    void update(const Annotation& before, Annotation after);
    bool checkCameras(const std::vector<SyncedVideo>& cameras);
    bool checkOffset(int64_t offsetUs);
    /// Takes videos out of their sessions; a session that has one camera left is dissolved.
    void leaveSessions(const std::vector<int64_t>& videos);
    bool checkVideo(const VideoEntry& video);
    const VideoEntry* trackedVideo(int64_t id); ///< fails the draft if it has no track
    bool checkFrame(const VideoEntry& video, int64_t frame, int person);
    bool checkSpan(int64_t videoId, const FrameSpan& span);
    bool checkClass(int classId);
    bool checkHead(int64_t videoId, const PredictionHead& head);
    /// Removes the proposals that nobody touched and returns what stays on the video.
    std::vector<Annotation> clearOpenProposals(int64_t videoId);
    void propose(int64_t videoId, int64_t predictionId, const PredictionHead& head,
        const std::vector<Annotation>& decided);
    std::vector<std::string> codingLayers(int64_t videoId) const;
    const Withholding* withholdingOf(int64_t videoId, const std::string& annotator) const; ///< null: none
    void withhold(int64_t videoId, const std::string& annotator, int percent);

    const State& m_state;
    DraftContext m_context;
    IdSource& m_ids;
    std::vector<VideoEntry> m_newVideos;
    std::vector<Subject> m_newSubjects;
    std::vector<Annotation> m_newAnnotations; ///< so that a run of the same draft respects them
    std::optional<LabelScheme> m_scheme;
    RowChanges m_changes;
    std::optional<Error> m_failure;
};

} // namespace telltale
