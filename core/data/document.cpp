// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/document.h"
#include "base/files.h"
#include "data/database.h"
#include "data/draft.h"
#include "data/editcommand.h"
#include "data/rows.h"
#include "data/state.h"
#include <QDateTime>
#include <QUndoStack>
#include <array>
#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;

std::string defaultAnnotator()
{
    if (const char* name = std::getenv("TELLTALE_ANNOTATOR"); name && *name)
        return name;
    if (const passwd* user = ::getpwuid(::getuid()); user && user->pw_name)
        return user->pw_name;
    return "unknown";
}

std::string timeNow() { return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toStdString(); }

fs::path databaseFile(const fs::path& folder) { return folder / "project.db"; }

struct TableKind {
    Table table;
    ChangeKind kind;
};
constexpr std::array<TableKind, 7> kKinds{{{Table::Schemes, ChangeKind::Scheme},
    {Table::Videos, ChangeKind::Videos}, {Table::Runs, ChangeKind::Predictions},
    {Table::Predictions, ChangeKind::Predictions}, {Table::Annotations, ChangeKind::Annotations},
    {Table::Models, ChangeKind::Models}, {Table::Syncs, ChangeKind::Cameras}}};

/// The one video that the changes are about, 0 if there are several or none.
int64_t videoOfChanges(const std::vector<RowChange>& changes)
{
    int64_t video = 0;
    for (const RowChange& change : changes) {
        const nlohmann::json& row = change.after.is_null() ? change.before : change.after;
        const int64_t id = change.table == Table::Videos ? change.id
            : row.contains("video_id")                   ? row["video_id"].get<int64_t>()
                                                         : 0;
        if (id == 0 || (video != 0 && id != video))
            return 0;
        video = id;
    }
    return video;
}

} // namespace

class Document::Private final : public EditTarget {
public:
    Private(fs::path where, std::unique_ptr<Database> store)
        : folder(std::move(where))
        , database(std::move(store))
    {
    }

    Status load();
    Draft draft() { return Draft(state, folder, annotator, lastIds); }
    /// Commits the draft and pushes it on the stack.
    Status run(const char* command, const QString& text, const Draft& draft, EditCommand::Merge merge = {});
    /// The same for an edit that makes a row: gives its id.
    Result<int64_t> run(const char* command, const QString& text, const Draft& draft, int64_t id)
    {
        const Status status = run(command, text, draft);
        return status ? Result<int64_t>(id) : Result<int64_t>(status.error());
    }
    Result<int64_t> commit(const char* kind, int64_t undoOf, const std::string& command,
        const std::vector<RowChange>& changes, const std::vector<Payload>& payloads);
    int64_t turn(const char* kind, int64_t of, const std::string& command,
        const std::vector<RowChange>& changes) override;
    void announce(const std::vector<RowChange>& changes);

    Document* q = nullptr;
    fs::path folder;
    std::unique_ptr<Database> database;
    State state;
    LastIds lastIds;
    int64_t lastSequence = 0;
    std::string annotator = defaultAnnotator();
    QUndoStack stack;
    int indexToRestore = -1;
};

Status Document::Private::load()
{
    if (auto status = state.load(*database); !status)
        return status;
    const auto sequence = database->lastSequence();
    if (!sequence)
        return sequence.error();
    lastSequence = *sequence;
    for (const TableInfo& info : tableInfos()) {
        const auto last = database->lastId(info.table);
        if (!last)
            return last.error();
        lastIds[info.table] = std::max(lastIds[info.table], *last);
    }
    return {};
}

Result<int64_t> Document::Private::commit(const char* kind, int64_t undoOf, const std::string& command,
    const std::vector<RowChange>& changes, const std::vector<Payload>& payloads)
{
    const EditRecord record{0, timeNow(), annotator, kind, command, {}, undoOf};
    auto sequence = database->commit(record, changes, payloads, lastSequence);
    if (sequence) {
        lastSequence = *sequence;
        state.apply(changes);
        return sequence;
    }
    const auto current = database->lastSequence();
    if (current && *current != lastSequence && load()) {
        // What the steps would bring back may be gone; the log still has all of it.
        QMetaObject::invokeMethod(&stack, &QUndoStack::clear, Qt::QueuedConnection);
        ChangeKinds everything;
        for (const TableKind& entry : kKinds)
            everything |= entry.kind;
        emit q->changed(everything, 0);
    }
    return sequence;
}

void Document::Private::announce(const std::vector<RowChange>& changes)
{
    ChangeKinds kinds;
    for (const RowChange& change : changes)
        for (const TableKind& entry : kKinds)
            if (entry.table == change.table)
                kinds |= entry.kind;
    emit q->changed(kinds, videoOfChanges(changes));
}

Status Document::Private::run(
    const char* command, const QString& text, const Draft& edit, EditCommand::Merge merge)
{
    if (edit.failure())
        return *edit.failure();
    if (edit.changes().empty())
        return {};
    const auto sequence = commit("do", 0, command, edit.changes(), edit.payloads());
    if (!sequence)
        return sequence.error();
    stack.push(new EditCommand(*this, text, command, edit.changes(), *sequence, merge));
    announce(edit.changes());
    return {};
}

int64_t Document::Private::turn(
    const char* kind, int64_t of, const std::string& command, const std::vector<RowChange>& changes)
{
    const auto sequence = commit(kind, of, command, changes, {});
    if (sequence) {
        announce(changes);
        return *sequence;
    }
    // QUndoStack moves its index after this call whatever happens; put it back as soon as it has.
    indexToRestore = stack.index();
    emit q->editFailed(QString::fromStdString(sequence.error().message));
    return 0;
}

Document::Document(std::unique_ptr<Private> data) : d(std::move(data))
{
    d->q = this;
    connect(&d->stack, &QUndoStack::indexChanged, this, [this] {
        const int index = std::exchange(d->indexToRestore, -1);
        if (index >= 0)
            d->stack.setIndex(index);
    });
}

Document::~Document() = default;

Result<std::unique_ptr<Document>> Document::create(const fs::path& folder, const LabelScheme& scheme)
{
    std::error_code ec;
    if (fs::exists(databaseFile(folder), ec))
        return Error{ErrorCode::Conflict,
            folder.string() + ": there is a project already, open it or choose another folder"};
    for (const fs::path& part : {folder, folder / "cache", folder / "models"})
        if (auto status = ensureWritableFolder(part); !status)
            return status.error();
    const EditRecord first{0, timeNow(), defaultAnnotator(), "do", "create", {}, 0};
    {
        const auto made
            = Database::create(databaseFile(folder), first, {{Table::Schemes, 1, nullptr, rowOf(scheme)}});
        if (!made)
            return made.error();
    }
    return open(folder);
}

Result<std::unique_ptr<Document>> Document::open(const fs::path& folder)
{
    std::error_code ec;
    if (!fs::exists(folder, ec))
        return Error{ErrorCode::NotFound, folder.string() + ": there is no such folder"};
    if (!fs::is_directory(folder, ec) || !fs::is_regular_file(databaseFile(folder), ec))
        return Error{ErrorCode::BadFormat,
            folder.string()
                + ": is not a Telltale project (it holds no project.db), make one with 'project new'"};
    auto database = Database::open(databaseFile(folder), Database::Access::Write);
    if (!database)
        return database.error();
    if (auto status = ensureWritableFolder(folder); !status)
        return status.error();
    auto data = std::make_unique<Private>(fs::absolute(folder).lexically_normal(), std::move(*database));
    if (auto status = data->load(); !status)
        return status.error();
    return std::unique_ptr<Document>(new Document(std::move(data)));
}

const fs::path& Document::folder() const { return d->folder; }

fs::path Document::absolute(const std::string& pathInProject) const
{
    return (d->folder / pathInProject).lexically_normal();
}

const LabelScheme& Document::scheme() const { return d->state.scheme(); }
const std::string& Document::annotator() const { return d->annotator; }
void Document::setAnnotator(std::string name) { d->annotator = std::move(name); }
const std::vector<VideoEntry>& Document::videos() const { return d->state.videos(); }
const VideoEntry* Document::video(int64_t id) const { return d->state.video(id); }

const VideoEntry* Document::videoByName(std::string_view name) const
{
    for (const VideoEntry& video : videos())
        if (video.name == name)
            return &video;
    return nullptr;
}

std::string Document::freeVideoName(const std::string& wanted) const
{
    std::string name = wanted;
    for (int number = 2; videoByName(name); ++number)
        name = wanted + "_" + std::to_string(number);
    return name;
}

std::string Document::storedPath(const fs::path& file) const { return storedVideoPath(d->folder, file); }

std::vector<Annotation> Document::annotations(int64_t videoId) const { return d->state.annotations(videoId); }

std::vector<Annotation> Document::allAnnotations() const
{
    std::vector<Annotation> all;
    all.reserve(d->state.annotationCount());
    for (const VideoEntry& video : videos()) {
        const auto some = annotations(video.id);
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

const Annotation* Document::annotation(int64_t id) const { return d->state.annotation(id); }

std::shared_ptr<const Prediction> Document::prediction(int64_t id) const
{
    const auto row = d->database->row(Table::Predictions, id);
    if (!row || row->is_null())
        return nullptr;
    auto prediction = std::make_shared<Prediction>(predictionOf(id, *row));
    const auto bytes = d->database->payload((*row)["payload"].get<std::string>());
    if (!bytes || !parsePayload(*bytes, *prediction))
        return nullptr;
    return prediction;
}

std::vector<PredictionRun> Document::runs(int64_t videoId) const
{
    std::vector<PredictionRun> result;
    for (const PredictionRun& run : d->state.runs())
        if (run.videoId == videoId)
            result.push_back(run);
    return result;
}

std::vector<ModelEntry> Document::models() const { return d->state.models(); }

std::vector<SyncedVideo> Document::camerasOf(int64_t videoId) const { return d->state.camerasOf(videoId); }

ProjectSummary Document::summary() const
{
    ProjectSummary summary = d->state.summary();
    summary.edits = d->lastSequence;
    return summary;
}

Result<int64_t> Document::addVideo(VideoEntry video)
{
    Draft draft = d->draft();
    const int64_t id = draft.addVideo(std::move(video));
    return d->run("add_video", tr("Add video"), draft, id);
}

Status Document::findVideo(int64_t videoId, VideoEntry found, const FrameTimes& times)
{
    Draft draft = d->draft();
    draft.findVideo(videoId, std::move(found), times);
    return d->run("find_video", tr("Find video"), draft);
}

Status Document::setTrack(int64_t videoId, const std::string& trackInProject)
{
    Draft draft = d->draft();
    draft.setTrack(videoId, trackInProject);
    return d->run("set_track", tr("Set pose track"), draft);
}

Result<int64_t> Document::addAnnotation(Annotation annotation)
{
    Draft draft = d->draft();
    const int64_t id = draft.addAnnotation(std::move(annotation));
    return d->run("add_annotation", tr("Add span"), draft, id);
}

Status Document::addAnnotations(std::vector<Annotation> annotations, const QString& what)
{
    ImportBatch batch;
    batch.annotations = std::move(annotations);
    return importBatch(std::move(batch), what);
}

Status Document::importBatch(ImportBatch batch, const QString& what)
{
    Draft draft = d->draft();
    draft.addBatch(std::move(batch));
    return d->run("import", what, draft);
}

Status Document::removeAnnotation(int64_t id)
{
    Draft draft = d->draft();
    draft.removeAnnotation(id);
    return d->run("remove_annotation", tr("Remove span"), draft);
}

Status Document::setSpan(int64_t id, FrameSpan span, int dragSerial)
{
    Draft draft = d->draft();
    draft.setSpan(id, span);
    return d->run("set_span", tr("Move boundary"), draft, {id, dragSerial});
}

Status Document::relabel(int64_t id, int classId)
{
    Draft draft = d->draft();
    draft.relabel(id, classId);
    return d->run("relabel", tr("Name span"), draft);
}

Status Document::setState(int64_t id, SpanState state) { return setStates({id}, state); }

Status Document::setStates(const std::vector<int64_t>& ids, SpanState state)
{
    Draft draft = d->draft();
    for (const int64_t id : ids)
        draft.setState(id, state);
    static const std::array<const char*, 6> kTexts{QT_TR_NOOP("Propose again"), QT_TR_NOOP("Accept"),
        QT_TR_NOOP("Correct"), QT_TR_NOOP("Reject"), QT_TR_NOOP("Skip"), QT_TR_NOOP("Flag")};
    const QString text = tr(kTexts.at(static_cast<size_t>(state)));
    return d->run("set_state",
        ids.size() > 1 ? tr("%1 (%n spans)", nullptr, static_cast<int>(ids.size())).arg(text) : text, draft);
}

Result<int64_t> Document::importRun(PredictionRun run, std::vector<Prediction> predictions)
{
    Draft draft = d->draft();
    const int64_t id = draft.addRun(std::move(run), std::move(predictions));
    return d->run("import_run", tr("Add proposals"), draft, id);
}

Status Document::addClasses(const std::vector<LabelClass>& classes, bool force)
{
    Draft draft = d->draft();
    draft.addClasses(classes, force);
    return d->run("add_classes", tr("Add classes"), draft);
}

Result<int64_t> Document::addModel(ModelEntry model)
{
    Draft draft = d->draft();
    const int64_t id = draft.addModel(std::move(model));
    return d->run("add_model", tr("Use retrained heads"), draft, id);
}

Status Document::synchronize(const std::vector<SyncedVideo>& cameras)
{
    Draft draft = d->draft();
    draft.synchronize(cameras);
    return d->run("synchronize", tr("Synchronise cameras"), draft);
}

Status Document::setCameraOffset(int64_t videoId, int64_t offsetUs, int dragSerial)
{
    Draft draft = d->draft();
    draft.setCameraOffset(videoId, offsetUs);
    return d->run("set_camera_offset", tr("Move camera in time"), draft, {videoId, dragSerial});
}

Status Document::unsynchronize(int64_t videoId)
{
    Draft draft = d->draft();
    draft.unsynchronize(videoId);
    return d->run("unsynchronize", tr("Take camera out of its session"), draft);
}

QUndoStack* Document::undoStack() const { return &d->stack; }

} // namespace telltale
