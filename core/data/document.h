// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include "base/timebase.h"
#include "data/labelscheme.h"
#include "data/types.h"
#include <QFlags>
#include <QObject>
#include <filesystem>
#include <memory>
#include <vector>

class QUndoStack;

namespace telltale {

/// What an edit touched, so that a view refreshes only what it must.
enum class ChangeKind { Videos = 1, Annotations = 2, Predictions = 4, Models = 8, Scheme = 16, Cameras = 32 };
Q_DECLARE_FLAGS(ChangeKinds, ChangeKind)
Q_DECLARE_OPERATORS_FOR_FLAGS(ChangeKinds)

/// What an import brings, applied as one edit. Ids of new rows are given by the document.
struct ImportBatch {
    std::vector<LabelClass> classes; ///< new names at the end of the scheme
    bool extendFixed = false; ///< allow new names in a fixed scheme
    std::vector<VideoEntry> videos; ///< id 0: new; else its track is replaced
    /// videoId < 0: -1 is the first of `videos`, -2 the second, ...
    std::vector<Annotation> annotations;
    struct Run {
        PredictionRun run; ///< videoId as above
        std::vector<Prediction> predictions;
    };
    std::vector<Run> runs; ///< each with the meaning of Document::importRun
};

/// An open project: the only door through which anything in it changes.
/// Every edit is one undo step and is committed (new state and one row of the append-only edit log, in one
/// transaction, WAL with synchronous FULL) before the function returns; there is no save. Undo and redo are
/// edits too. Belongs to the thread that made it. A failed edit changes nothing.
class Document : public QObject {
    Q_OBJECT
public:
    /// Makes the folder with project.db, cache/ and models/. Conflict if there is a project already, Io if
    /// the folder is not writable.
    static Result<std::unique_ptr<Document>> create(
        const std::filesystem::path& folder, const LabelScheme& scheme);
    /// NotFound, BadFormat (not a project), NewerSchema, Io.
    static Result<std::unique_ptr<Document>> open(const std::filesystem::path& folder);
    ~Document() override;

    const std::filesystem::path& folder() const;
    std::filesystem::path absolute(const std::string& pathInProject) const;
    const LabelScheme& scheme() const;
    /// Name written into every edit; default: $TELLTALE_ANNOTATOR, then the login name.
    const std::string& annotator() const;
    void setAnnotator(std::string name);

    const std::vector<VideoEntry>& videos() const;
    const VideoEntry* video(int64_t id) const; ///< null if unknown; valid until the next edit
    const VideoEntry* videoByName(std::string_view name) const;
    /// `wanted` itself, or with a number behind it if a video has that name already.
    std::string freeVideoName(const std::string& wanted) const;
    /// How `file` is stored: relative to the project folder unless only the root joins the two.
    std::string storedPath(const std::filesystem::path& file) const;
    /// Spans of a video in every state, by start.
    std::vector<Annotation> annotations(int64_t videoId) const;
    std::vector<Annotation> allAnnotations() const;
    const Annotation* annotation(int64_t id) const;
    /// Reads the row from the database; null if unknown.
    std::shared_ptr<const Prediction> prediction(int64_t id) const;
    std::vector<PredictionRun> runs(int64_t videoId) const; ///< oldest first
    std::vector<ModelEntry> models() const;
    /// The videos that were recorded together with this one, itself among them, as they were added; empty if
    /// there are none.
    std::vector<SyncedVideo> camerasOf(int64_t videoId) const;
    ProjectSummary summary() const;

    Result<int64_t> addVideo(
        VideoEntry video); ///< id is given here; Conflict if the name or file is there already
    /// The file of an offline video is there: takes over path, size, rate, subject and role of `found`. Spans
    /// that an import gave as times go to the frames on screen then, others keep their frames; all are cut at
    /// the end, and Conflict if one lies wholly behind it.
    Status findVideo(int64_t videoId, VideoEntry found, const FrameTimes& times);
    Status setTrack(int64_t videoId, const std::string& trackInProject);
    Result<int64_t> addAnnotation(Annotation annotation);
    Status importBatch(ImportBatch batch, const QString& what); ///< one undo step, all or nothing
    Status addAnnotations(
        std::vector<Annotation> annotations, const QString& what); ///< one undo step (import)
    Status removeAnnotation(int64_t id);
    /// Moves boundaries; a proposal or accepted proposal becomes Corrected. Calls with the same dragSerial >
    /// 0 on the same span merge into one undo step.
    Status setSpan(int64_t id, FrameSpan span, int dragSerial = 0);
    /// Names the span; a proposal becomes Accepted if it had that name, Corrected otherwise.
    Status relabel(int64_t id, int classId);
    Status setState(int64_t id, SpanState state);
    Status setStates(const std::vector<int64_t>& ids, SpanState state); ///< one undo step
    /// Adds a run with its predictions and a proposal for each; open proposals of earlier runs on that video
    /// that nobody touched are removed, everything a person decided stays, and predictions that overlap such
    /// a span by tIoU >= 0.5 make no proposal. One undo step. Returns the run's id.
    Result<int64_t> importRun(PredictionRun run, std::vector<Prediction> predictions);
    /// New names at the end of an open scheme (Conflict on a fixed one unless `force`).
    Status addClasses(const std::vector<LabelClass>& classes, bool force);
    /// Registers trained heads and makes them active. One undo step.
    Result<int64_t> addModel(ModelEntry model);
    /// Makes two to four videos the cameras of one session, in this order; of each only `videoId` and
    /// `offsetUs` count. A video leaves the session it was in before, and a session of one is none.
    Status synchronize(const std::vector<SyncedVideo>& cameras);
    /// Moves a camera of a session on the session's clock. Calls with the same dragSerial > 0 on the same
    /// video merge into one undo step.
    Status setCameraOffset(int64_t videoId, int64_t offsetUs, int dragSerial = 0);
    /// Takes a video out of its session.
    Status unsynchronize(int64_t videoId);

    QUndoStack* undoStack() const;

signals:
    /// After every edit, undo and redo. `videoId` 0: several.
    void changed(telltale::ChangeKinds kinds, qint64 videoId);
    /// An undo or redo could not be written; the state is as before.
    void editFailed(const QString& sentence);

private:
    class Private;
    explicit Document(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace telltale
