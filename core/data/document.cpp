// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Opening a project, and what it holds.
#include "base/files.h"
#include "data/documentprivate.h"
#include "data/effortlog.h"
#include "data/rows.h"
#include "data/rowsof.h"
#include "data/times.h"
#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <pwd.h>
#include <set>
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

DocumentOptions withAnnotator(DocumentOptions options)
{
    if (options.annotator.empty())
        options.annotator = defaultAnnotator();
    return options;
}

EditRecord creation(const std::string& annotator)
{
    EditRecord record;
    record.time = timeNow();
    record.annotator = annotator;
    record.kind = nameOf(EditKind::Do);
    record.command = "create";
    record.token = "create";
    return record;
}

Status makeStore(const ProjectLocation& location, const LabelScheme& scheme, const std::string& annotator)
{
    const RowChanges changes{{Table::Schemes, 1, nullptr, rowOf(scheme)}};
    const auto made = location.isTeam()
        ? Database::create(location, creation(annotator), changes)
        : Database::create(location.folder / "project.db", creation(annotator), changes);
    if (!made)
        return made.error();
    return location.isTeam() ? writeTeamFile(location) : Status();
}

} // namespace

Document::Document(std::unique_ptr<Private> data) : d(std::move(data))
{
    d->q = this;
    // The worker tells that something has happened; it is taken over in the document's own thread.
    d->worker->setListener([this] {
        QMetaObject::invokeMethod(
            this, [this] { d->takeEvents(); }, Qt::QueuedConnection);
    });
    connect(&d->stack, &QUndoStack::indexChanged, this, [this] { d->putStackBack(); });
    d->stack.setParent(this); // so that it follows the document to another thread
    d->fillStack();
    d->takeEvents(); // what others did while it was opened; before this nobody could be told
}

Document::~Document()
{
    d->stack.setParent(nullptr);
    d->stack.blockSignals(true);
    blockSignals(true);
}

Result<std::unique_ptr<Document>> Document::create(
    const fs::path& folder, const LabelScheme& scheme, const DocumentOptions& options)
{
    auto location = ProjectLocation::parse(folder.string());
    if (!location)
        return location.error();
    std::error_code ec;
    for (const char* name : {"project.db", "team.json"})
        if (fs::exists(location->folder / name, ec) && !location->isTeam())
            return Error{ErrorCode::Conflict,
                folder.string() + ": there is a project already, open it or choose another folder"};
    for (const fs::path& part : {location->folder, location->folder / "cache", location->folder / "models"})
        if (auto status = ensureWritableFolder(part); !status)
            return status.error();
    const DocumentOptions named = withAnnotator(options);
    if (auto status = makeStore(*location, scheme, named.annotator); !status)
        return status.error();
    return open(folder, named);
}

Result<std::unique_ptr<Document>> Document::open(const fs::path& project, const DocumentOptions& options)
{
    auto location = locate(project.string());
    if (!location)
        return location.error();
    location->folder = fs::absolute(location->folder).lexically_normal();
    auto data = std::make_unique<Private>(std::move(*location), withAnnotator(options));
    if (auto status = data->open(); !status)
        return status.error();
    if (data->location.isTeam()) {
        data->state.setPlaces(readVideoPlaces(data->location.folder));
        // From now on the local folder stands for the project.
        std::error_code ec;
        if (!fs::exists(data->location.folder / "team.json", ec))
            if (auto status = writeTeamFile(data->location); !status)
                return status.error();
    }
    return std::unique_ptr<Document>(new Document(std::move(data)));
}

const fs::path& Document::folder() const { return d->location.folder; }
bool Document::isTeamProject() const { return d->location.isTeam(); }

fs::path Document::absolute(const std::string& pathInProject) const
{
    return (d->location.folder / pathInProject).lexically_normal();
}

const LabelScheme& Document::scheme() const { return d->state.scheme(); }
const std::string& Document::annotator() const { return d->annotator; }

void Document::setAnnotator(std::string name)
{
    if (name == d->annotator)
        return;
    d->annotator = std::move(name);
    d->readTitles();
    d->fillStack();
    emit changed(ChangeKind::Annotations | ChangeKind::Team, 0);
}

MemberRole Document::role() const { return d->role(); }

MemberRole Document::Private::role() const
{
    const auto& members = state.members().all();
    if (members.empty())
        return MemberRole::Owner;
    const auto self = std::ranges::find(members, annotator, &Member::name);
    return self != members.end() ? self->role : MemberRole::Annotator;
}

Status Document::Private::keepPlaces(const std::map<int64_t, fs::path>& files)
{
    VideoPlaces places = state.places();
    for (const auto& [id, file] : files)
        places[id] = storedVideoPath(location.folder, file);
    if (auto status = writeVideoPlaces(location.folder, places); !status)
        return status;
    state.setPlaces(std::move(places));
    emit q->changed(ChangeKind::Videos, 0);
    return {};
}

bool Document::Private::mayRead(int64_t videoId, const std::string& layer) const
{
    return role() >= MemberRole::Reviewer || layer == workingLayer(state, videoId, annotator, role());
}

StoreHealth Document::health() const { return {d->pendingCount, d->inMemoryOnly, d->trouble}; }
Status Document::flush() { return d->flush(); }

const std::vector<VideoEntry>& Document::videos() const { return d->state.videos(); }
const VideoEntry* Document::video(int64_t id) const { return d->state.video(id); }

const VideoEntry* Document::videoByName(std::string_view name) const
{
    const auto at = std::ranges::find(videos(), name, &VideoEntry::name);
    return at != videos().end() ? &*at : nullptr;
}

std::string Document::freeVideoName(const std::string& wanted) const
{
    std::string name = wanted;
    for (int number = 2; videoByName(name); ++number)
        name = wanted + "_" + std::to_string(number);
    return name;
}

std::string Document::storedPath(const fs::path& file) const
{
    return storedVideoPath(d->location.folder, file);
}

const std::vector<Subject>& Document::subjects() const { return d->state.subjects().all(); }
std::vector<Person> Document::persons(int64_t videoId) const { return ofVideo(d->state.persons(), videoId); }
std::vector<TrackEntry> Document::tracks(int64_t videoId) const
{
    return ofVideo(d->state.tracks(), videoId);
}

std::string Document::layer(int64_t videoId) const
{
    return workingLayer(d->state, videoId, d->annotator, d->role());
}

std::vector<std::string> Document::layers(int64_t videoId) const
{
    std::set<std::string> names{layer(videoId)};
    for (const Annotation& one : d->state.annotations(videoId))
        names.insert(one.layer);
    for (const Assignment& one : assignments(videoId))
        names.insert(one.annotator);
    std::erase_if(names, [&](const std::string& name) { return !d->mayRead(videoId, name); });
    return {names.begin(), names.end()};
}

std::vector<Annotation> Document::annotations(int64_t videoId) const
{
    return d->state.annotations(videoId, layer(videoId));
}

std::vector<Annotation> Document::annotations(int64_t videoId, const std::string& layer) const
{
    return d->mayRead(videoId, layer) ? d->state.annotations(videoId, layer) : std::vector<Annotation>();
}

std::vector<Annotation> Document::allAnnotations() const
{
    std::vector<Annotation> all;
    all.reserve(d->state.allAnnotations().size());
    for (const VideoEntry& video : videos()) {
        const auto some = annotations(video.id);
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

const Annotation* Document::annotation(int64_t id) const { return d->state.annotation(id); }

std::shared_ptr<const Prediction> Document::prediction(int64_t id) const { return d->prediction(id); }

std::optional<PseudoLabel> Document::pseudoLabel(int64_t predictionId) const
{
    const auto label = d->worker->ask([predictionId](Database& database) -> Result<PseudoLabel> {
        const auto ids = database.texts(
            QStringLiteral("SELECT id FROM pseudo_labels WHERE prediction_id = %1").arg(predictionId));
        if (!ids)
            return ids.error();
        const int64_t id = ids->empty() ? 0 : std::stoll(ids->back());
        const auto row = database.row(Table::PseudoLabels, id);
        if (!row)
            return row.error();
        if (row->is_null())
            return Error{ErrorCode::NotFound, "the prediction is no pseudo-label"};
        return valueOf<PseudoLabel>(id, *row);
    });
    return label ? std::optional(*label) : std::nullopt;
}

std::vector<PredictionRun> Document::runs(int64_t videoId) const { return ofVideo(d->state.runs(), videoId); }
const std::vector<ModelEntry>& Document::models() const { return d->state.models().all(); }

std::vector<ReviewedRange> Document::reviewed(int64_t videoId) const
{
    auto ranges = ofVideo(d->state.reviewed(), videoId);
    const std::string wanted = layer(videoId);
    std::erase_if(ranges, [&](const ReviewedRange& one) { return one.layer != wanted; });
    std::ranges::sort(ranges, {}, [](const ReviewedRange& one) { return one.span.first; });
    return ranges;
}

std::vector<Note> Document::notes(int64_t videoId) const { return ofVideo(d->state.notes(), videoId); }
std::vector<SyncedVideo> Document::camerasOf(int64_t videoId) const { return d->state.camerasOf(videoId); }
const std::vector<Member>& Document::members() const { return d->state.members().all(); }

std::vector<Assignment> Document::assignments(int64_t videoId) const
{
    return ofVideo(d->state.assignments(), videoId);
}

std::vector<Withholding> Document::withholdings(int64_t videoId) const
{
    return ofVideo(d->state.withholdings(), videoId);
}

int Document::withheldPercent(int64_t videoId) const
{
    const std::string mine = layer(videoId);
    for (const Withholding& one : withholdings(videoId))
        if (!mine.empty() && one.annotator == mine)
            return one.percent;
    return 0;
}

std::vector<EditConflict> Document::conflicts() const
{
    std::vector<EditConflict> open;
    std::ranges::copy_if(d->state.conflicts().all(), std::back_inserter(open), &EditConflict::open);
    return open;
}

ProjectSummary Document::summary() const
{
    ProjectSummary summary;
    summary.schema = kSchemaVersion;
    summary.videos = static_cast<int64_t>(videos().size());
    summary.edits = d->lastSequence + d->pendingCount;
    for (const Annotation& one : allAnnotations()) {
        ++summary.annotations;
        ++summary.byState[std::string(nameOf(one.state))];
        if (one.state == SpanState::Rejected)
            continue;
        const bool named = one.classId >= 0 && one.classId < scheme().classCount();
        ++summary.byClass[named ? scheme().classes[static_cast<size_t>(one.classId)].name : "(no name)"];
    }
    summary.proposals = summary.byState[std::string(nameOf(SpanState::Proposed))];
    return summary;
}

const std::vector<int64_t>& Document::changedSpans() const { return d->changedSpans; }
int64_t Document::sequence() const { return d->lastSequence; }

FrozenProject Document::freeze() const
{
    std::map<int64_t, std::string> layers;
    for (const VideoEntry& video : videos())
        layers.emplace(video.id, layer(video.id));
    return {
        d->state, std::move(layers), folder(), d->scores, d->lastSequence, role() >= MemberRole::Reviewer};
}

Result<ProjectSnapshot> Document::snapshot()
{
    if (Status written = flush(); !written)
        return written.error();
    ProjectSnapshot all{d->lastSequence, scheme(), videos(), allAnnotations(), {}, models(), {}, {}, {}, {}};
    for (const VideoEntry& video : all.videos) {
        const auto some = reviewed(video.id);
        all.reviewed.insert(all.reviewed.end(), some.begin(), some.end());
        const auto add
            = [](auto& list, const auto& more) { list.insert(list.end(), more.begin(), more.end()); };
        add(all.trackEdits, trackEdits(video.id));
        add(all.poseCorrections, poseCorrections(video.id));
        add(all.crops, crops(video.id));
        add(all.cropCorrections, cropCorrections(video.id));
    }
    return all;
}

Result<std::vector<HistoryEntry>> Document::history() const
{
    return d->worker->ask([](Database& database) -> Result<std::vector<HistoryEntry>> {
        std::vector<HistoryEntry> entries;
        const Status read = database.forEachEditTitle([&entries](const EditRecord& one) {
            entries.push_back({one.sequence, one.time, one.annotator, one.kind, one.command});
        });
        return read ? Result<std::vector<HistoryEntry>>(std::move(entries))
                    : Result<std::vector<HistoryEntry>>(read.error());
    });
}

Result<std::vector<SpanEdit>> Document::spanHistory(int64_t annotationId) const
{
    return d->worker->ask([annotationId](Database& database) -> Result<std::vector<SpanEdit>> {
        return readSpanHistory(database, annotationId);
    });
}

Result<std::vector<EffortEntry>> Document::effortLog(int64_t sequence, int64_t most) const
{
    // The store's thread only copies; the rows are taken apart on the caller's.
    const auto records = d->worker->ask(
        [sequence, most](Database& database) { return effortRecords(database, sequence, most); });
    return records ? effortEntries(*records) : Result<std::vector<EffortEntry>>(records.error());
}

void Document::setEffortSource(EffortSource source) { d->effort = std::move(source); }

QUndoStack* Document::undoStack() const { return &d->stack; }

} // namespace telltale
