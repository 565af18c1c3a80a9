// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "base/timebase.h"
#include "data/effort.h"
#include "data/frozenproject.h"
#include "data/labelscheme.h"
#include "data/preparedrun.h"
#include "data/spanhistory.h"
#include "data/types.h"
#include <QFlags>
#include <QObject>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

class QUndoStack;

namespace telltale {

class ScoreFiles;

/// What an edit touched, so that a view refreshes only what it must.
enum class ChangeKind {
    Videos = 1, ///< also subjects, persons, tracks
    Annotations = 2,
    Predictions = 4,
    Models = 8,
    Scheme = 16,
    Cameras = 32,
    Reviewed = 64,
    Notes = 128,
    Team = 256, ///< members, assignments, conflicts
    Poses = 512, ///< corrections of tracks
    Crops = 1024,
};
Q_DECLARE_FLAGS(ChangeKinds, ChangeKind)
Q_DECLARE_OPERATORS_FOR_FLAGS(ChangeKinds)

/// What an import brings, applied as one edit. Ids of new rows are given by the document.
struct ImportBatch {
    std::vector<LabelClass> classes; ///< new names at the end of the scheme
    bool extendFixed = false; ///< allow new names in a fixed scheme
    /// id 0: new; else its track is replaced, and its length if it is offline.
    std::vector<VideoEntry> videos;
    /// videoId < 0: -1 is the first of `videos`, -2 the second, ...
    std::vector<Annotation> annotations;
    std::vector<ReviewedRange> reviewed; ///< videoId as above; only it and the span count
    std::vector<int64_t> confirmed; ///< open proposals that become accepted
    std::vector<Person> persons; ///< videoId as above; names for numbers
    std::vector<PreparedRun> runs; ///< videoId as above; each with the meaning of Document::importRun
    std::vector<TrackEntry> tracks; ///< videoId as above; become the active ones
    std::vector<SavedCrop> crops; ///< videoId as above; take the place of those of the same videos
};

/// How a project is opened.
struct DocumentOptions {
    /// False: every edit waits until it is durable and reports if it could not be written (command line).
    /// True: edits return at once, a local journal keeps them until the store has them, what cannot be
    /// written now is tried again, and edits of others come in while the event loop runs (window).
    bool background = false;
    std::string annotator = {}; ///< empty: $TELLTALE_ANNOTATOR, then the login name
};

/// Whether edits reach the store.
struct StoreHealth {
    int64_t pending = 0; ///< edits that are not durable yet
    int64_t inMemoryOnly = 0; ///< those of them that are in no journal either and end with the program
    std::string trouble; ///< a sentence: why; empty: they are on their way
};

/// The project at one moment, for training and prediction: no later edit shows in it.
struct ProjectSnapshot {
    int64_t sequence = 0; ///< last entry of the edit log that is in it
    LabelScheme scheme;
    std::vector<VideoEntry> videos;
    std::vector<Annotation> annotations; ///< of the layers that Document::layer gives
    std::vector<ReviewedRange> reviewed;
    std::vector<ModelEntry> models;
    std::vector<TrackEdit> trackEdits;
    std::vector<PoseCorrection> poseCorrections;
    std::vector<SavedCrop> crops;
    std::vector<CropCorrection> cropCorrections;
};

/// One entry of the history, newest last.
struct HistoryEntry {
    int64_t sequence = 0;
    std::string time;
    std::string annotator;
    std::string kind; ///< "do", "undo", "redo"
    std::string command;
};

/// What a command of the log is called in the undo list and the history.
QString commandText(const std::string& command);

/// An open project: the only door through which anything in it changes.
/// Every edit is one undo step and one transaction (new state and one row of the append-only edit log); there
/// is no save. Undo and redo are edits too, are not limited, and work after a restart for the annotator's own
/// edits. Belongs to the thread that made it (QObject::moveToThread by that thread is fine). An edit that is
/// refused changes nothing.
class Document : public QObject {
    Q_OBJECT
public:
    /// Makes the folder with project.db, cache/, models/. Conflict if there is a project already, Io if
    /// the folder is not writable.
    static Result<std::unique_ptr<Document>> create(
        const std::filesystem::path& folder, const LabelScheme& scheme, const DocumentOptions& options = {});
    /// `project`: a folder, or the postgresql:// URL of a team's project. NotFound, BadFormat (not a
    /// project), NewerSchema, Io.
    static Result<std::unique_ptr<Document>> open(
        const std::filesystem::path& project, const DocumentOptions& options = {});
    /// Waits until what can be written is written.
    ~Document() override;

    const std::filesystem::path& folder() const; ///< local, also of a team's project
    bool isTeamProject() const;
    std::filesystem::path absolute(const std::string& pathInProject) const;
    const LabelScheme& scheme() const;
    const std::string& annotator() const; ///< name written into every edit
    /// Undo steps and the working layer are the annotator's, so they change with the name.
    void setAnnotator(std::string name);
    MemberRole role() const; ///< of the annotator; owner where there are no members

    // Durability
    StoreHealth health() const;
    /// Waits until every edit is durable; Io with the reason if that cannot be at the moment.
    Status flush();

    // The project as it is
    const std::vector<VideoEntry>& videos() const;
    const VideoEntry* video(int64_t id) const; ///< null if unknown; valid until the next edit
    const VideoEntry* videoByName(std::string_view name) const;
    /// `wanted` itself, or with a number behind it if a video has that name already.
    std::string freeVideoName(const std::string& wanted) const;
    /// How `file` is stored: relative to the project folder unless only the root joins the two.
    std::string storedPath(const std::filesystem::path& file) const;
    const std::vector<Subject>& subjects() const;
    std::vector<Person> persons(int64_t videoId) const;
    std::vector<TrackEntry> tracks(int64_t videoId) const;
    /// The layer in which the annotator works on this video.
    std::string layer(int64_t videoId) const;
    /// Layers of a video that have spans or coders and that the annotator may see.
    std::vector<std::string> layers(int64_t videoId) const;
    /// Spans of the working layer in every state, by start.
    std::vector<Annotation> annotations(int64_t videoId) const;
    /// Of another layer; empty if the annotator may not see it.
    std::vector<Annotation> annotations(int64_t videoId, const std::string& layer) const;
    std::vector<Annotation> allAnnotations() const; ///< the working layers of all videos
    const Annotation* annotation(int64_t id) const; ///< null if unknown; valid until the next edit
    /// Null if unknown, or if its numbers are still on their way from the server (then `changed` comes).
    std::shared_ptr<const Prediction> prediction(int64_t id) const;
    std::optional<PseudoLabel> pseudoLabel(int64_t predictionId) const; ///< asks the store
    std::vector<PredictionRun> runs(int64_t videoId) const; ///< oldest first
    const std::vector<ModelEntry>& models() const;
    std::vector<ReviewedRange> reviewed(int64_t videoId) const; ///< of the working layer, by start
    std::vector<Note> notes(int64_t videoId) const; ///< 0: those on the project
    /// The videos that were recorded together with this one, itself among them, as they were added; empty if
    /// there are none.
    std::vector<SyncedVideo> camerasOf(int64_t videoId) const;
    /// Of the active track, in the order in which they apply.
    std::vector<TrackEdit> trackEdits(int64_t videoId) const;
    /// Of the active track, by frame and person.
    std::vector<PoseCorrection> poseCorrections(int64_t videoId) const;
    std::vector<SavedCrop> crops(int64_t videoId) const;
    std::vector<CropCorrection> cropCorrections(int64_t videoId) const; ///< by frame
    const std::vector<Member>& members() const;
    std::vector<Assignment> assignments(int64_t videoId) const;
    std::vector<Withholding> withholdings(int64_t videoId) const;
    /// So many of a hundred proposals are withheld from the annotator, who codes this video alone.
    int withheldPercent(int64_t videoId) const;
    std::vector<EditConflict> conflicts() const; ///< open ones
    ProjectSummary summary() const;
    /// While `changed` is emitted: the spans whose rows that edit touched, ascending; empty if these are not
    /// known, so that all may have changed, and at any other time.
    const std::vector<int64_t>& changedSpans() const;
    int64_t sequence() const; ///< last entry of the edit log that is known to be durable
    /// Shares its rows with the document; costs well under a millisecond and waits for nothing.
    FrozenProject freeze() const;
    /// Immutable; waits for durability so that its sequence is true.
    Result<ProjectSnapshot> snapshot();
    Result<std::vector<HistoryEntry>> history() const;
    /// What the log says of one span, newest first; of a span that is gone too. As history() it asks the
    /// store and waits, so it is called from a worker thread; the document has to outlive the call.
    Result<std::vector<SpanEdit>> spanHistory(int64_t annotationId) const;
    /// Entries of the log after `sequence` with what they cost, oldest first, at most `most` of them: the
    /// store is kept for as long as it takes to read so many. Called from a worker thread as spanHistory().
    Result<std::vector<EffortEntry>> effortLog(int64_t sequence, int64_t most) const;

    // Effort
    /// Gives what an edit cost the person who makes it, as formatEffort() writes it; empty: not measured.
    /// Asked once while a command, undo or redo that isHandwork() is made, so it has to answer within
    /// microseconds.
    using EffortSource = std::function<std::string(const std::string& command)>;
    void setEffortSource(EffortSource source);

    // Videos and subjects
    Result<int64_t> addVideo(
        VideoEntry video); ///< id is given here; Conflict if the name or file is there already
    /// The file of an offline video is there: takes over path, size, rate, subject and role of `found`. Spans
    /// that an import gave as times go to the frames on screen then, others keep their frames; all are cut at
    /// the end, and Conflict if one lies wholly behind it.
    Status findVideo(int64_t videoId, VideoEntry found, const FrameTimes& times);
    /// New places of videos that were moved. One undo step. In a team's project the places are those of this
    /// machine alone and no edit.
    Status relocateVideos(const std::map<int64_t, std::filesystem::path>& files);
    Status setTrack(int64_t videoId, const std::string& trackInProject);
    Status setTrack(int64_t videoId, TrackEntry track);
    Status setSubjectRole(const std::string& subject, SubjectRole role);
    Status renameSubject(const std::string& subject, const std::string& name);
    Status setPerson(Person person); ///< by video and number

    // Poses and crops
    /// Who is who in the active track of edit.videoId. NotFound without a track. `corrections`: those of the
    /// track afterwards, all of them, because they go with the persons (see changePersons()).
    Status editTrack(TrackEdit edit, const std::vector<PoseCorrection>& corrections);
    /// Puts points of persons into frames of the active track; points of the same frame that are not named
    /// stay as they are. One undo step; calls with the same dragSerial > 0 for the same person and frame
    /// merge.
    Status correctPoses(int64_t videoId, const std::vector<PoseCorrection>& corrections, int dragSerial = 0);
    /// These frames of the person are as the track has them again.
    Status uncorrectPoses(int64_t videoId, int person, const FrameSpan& frames);
    /// The paths of all crops of the video; corrections stay.
    Status setCrops(int64_t videoId, std::vector<SavedCrop> crops);
    /// Puts the rectangle into one frame. Calls with the same dragSerial > 0 for the same one merge.
    Status correctCrop(CropCorrection correction, int dragSerial = 0);
    /// A person of -1 stands for all, an empty kind too.
    Status uncorrectCrops(int64_t videoId, int person, const std::string& kind, const FrameSpan& frames);

    // Spans
    Result<int64_t> addAnnotation(Annotation annotation);
    Status importBatch(ImportBatch batch, const QString& what); ///< one undo step, all or nothing
    Status addAnnotations(
        std::vector<Annotation> annotations, const QString& what); ///< one undo step (import)
    Status removeAnnotation(int64_t id);
    Status removeAnnotations(const std::vector<int64_t>& ids);
    /// Moves boundaries; a proposal or accepted proposal becomes Corrected. Calls with the same dragSerial >
    /// 0 on the same span merge into one undo step.
    Status setSpan(int64_t id, FrameSpan span, int dragSerial = 0);
    /// Names the span; a proposal becomes Accepted if it had that name, Corrected otherwise.
    Status relabel(int64_t id, int classId);
    Status setState(int64_t id, SpanState state);
    Status setStates(const std::vector<int64_t>& ids, SpanState state); ///< one undo step
    /// Accepts open proposals of the working layers whose fused probability is at least `threshold`, of one
    /// class and video if these are given. One undo step. Returns how many.
    Result<int64_t> acceptAbove(double threshold, int classId = -1, int64_t videoId = 0);
    /// Accepts and rejects open proposals. What is not open any more, or is gone, stays as it is: a decision
    /// that was made meanwhile counts. One undo step. Returns how many were decided.
    Result<int64_t> decideProposals(
        const std::vector<int64_t>& accepted, const std::vector<int64_t>& rejected);
    /// The second part starts at `frame`; returns its id.
    Result<int64_t> splitAnnotation(int64_t id, int64_t frame);
    Status mergeAnnotations(const std::vector<int64_t>& ids); ///< the first one keeps its name
    Status markReviewed(int64_t videoId, FrameSpan span);
    Status unmarkReviewed(int64_t videoId, FrameSpan span);
    Result<int64_t> addNote(Note note); ///< author and time are given here
    Status setNote(int64_t id, const std::string& text); ///< an empty text removes it

    // Models
    /// Adds a run with its predictions and a proposal for each; open proposals of earlier runs on that video
    /// that nobody touched are removed, everything a person decided stays, and predictions that overlap such
    /// a span by tIoU >= 0.5 make no proposal. One undo step. Returns the run's id.
    Result<int64_t> importRun(PredictionRun run, const std::vector<Prediction>& predictions);
    /// The same with numbers that are on the disk already (prepareRun, on any thread).
    Result<int64_t> importRun(PreparedRun run);
    std::shared_ptr<ScoreFiles> scoreFiles() const;
    /// Registers trained heads and makes them active. One undo step.
    Result<int64_t> addModel(ModelEntry model);
    /// Registers trained heads beside the active ones, to be compared with them. One undo step.
    Result<int64_t> addCandidate(ModelEntry model);
    /// Makes a registered model the active one of its kind, promoting it or going back to it; 0: none, so
    /// that what the weights came with is used. NotFound. One undo step; none if nothing changes.
    Status useModel(int64_t id, const std::string& kind = "heads");
    /// Takes a model out of the list; its file stays, so that the step can be undone. NotFound; Conflict for
    /// an active one.
    Status removeModel(int64_t id);

    // Label scheme
    /// New names at the end of an open scheme (Conflict on a fixed one unless `force`).
    Status addClasses(const std::vector<LabelClass>& classes, bool force);
    /// A new version of the scheme; classes keep their places and cannot be taken out, only retired.
    Status setScheme(LabelScheme scheme);

    // Cameras
    /// Makes two to four videos the cameras of one session, in this order; of each only `videoId` and
    /// `offsetUs` count. A video leaves the session it was in before, and a session of one is none.
    Status synchronize(const std::vector<SyncedVideo>& cameras);
    /// Moves a camera of a session on the session's clock. Calls with the same dragSerial > 0 on the same
    /// video merge into one undo step.
    Status setCameraOffset(int64_t videoId, int64_t offsetUs, int dragSerial = 0);
    /// Takes a video out of its session.
    Status unsynchronize(int64_t videoId);

    // Team
    Status setMember(const std::string& name, MemberRole role);
    Status setMembers(const std::vector<Member>& members); ///< by name; others stay. One undo step
    Status removeMember(const std::string& name);
    /// These people code the video independently, each in a layer of his own; nobody else's is shown to them.
    /// From those who are new `withheld` of a hundred proposals are withheld (isWithheld()), now and of later
    /// runs.
    Status assign(int64_t videoId, const std::vector<std::string>& annotators, int withheld = 0);
    Status setFinished(int64_t videoId, bool finished); ///< the annotator's own assignment
    /// Adds spans to the adjudicated layer, a rejected one where there is no gesture; they take the place of
    /// `instead`, spans of that layer. One undo step.
    Status adjudicate(
        int64_t videoId, const std::vector<Annotation>& agreed, const std::vector<int64_t>& instead = {});
    enum class Side { Mine, Theirs };
    /// Closes a conflict: with the version that was refused, or with the one that stands. One undo step.
    Status resolveConflict(int64_t id, Side side);

    QUndoStack* undoStack() const;

signals:
    /// After every edit, undo and redo, of this program or others. `videoId` 0: several.
    void changed(telltale::ChangeKinds kinds, qint64 videoId);
    /// An edit, undo or redo could not be made; the state is as before.
    void editFailed(const QString& sentence);
    /// health() has changed.
    void healthChanged();
    /// Somebody else had changed what an edit was about; both versions are in conflicts().
    void conflictFound(qint64 id);

private:
    class Private;
    explicit Document(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace telltale
