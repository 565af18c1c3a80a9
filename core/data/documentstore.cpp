// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The way of an edit: into memory, into the journal, to the store, and what comes back from there.
#include "data/documentprivate.h"
#include "data/rows.h"
#include "data/store/editjournal.h"
#include "data/store/scorefiles.h"
#include "data/times.h"
#include <QUuid>
#include <algorithm>
#include <array>

namespace telltale {
namespace {

/// Longer records are not journalled: a file has them almost as soon, a server perhaps not.
constexpr size_t kLongestJournalled = size_t{4} << 20;
constexpr size_t kLongestJournalledForServer = size_t{28} << 20;
/// Steps with more rows read them from the log when they are undone.
constexpr size_t kMostRowsKept = 256;
constexpr size_t kMostBlocksKept = 64;

struct TableKind {
    Table table;
    ChangeKind kind;
};
constexpr std::array<TableKind, 21> kKinds{{{Table::Schemes, ChangeKind::Scheme},
    {Table::Subjects, ChangeKind::Videos}, {Table::Videos, ChangeKind::Videos},
    {Table::Persons, ChangeKind::Videos}, {Table::Models, ChangeKind::Models},
    {Table::Tracks, ChangeKind::Videos}, {Table::Runs, ChangeKind::Predictions},
    {Table::Blocks, ChangeKind::Predictions}, {Table::PseudoLabels, ChangeKind::Predictions},
    {Table::Annotations, ChangeKind::Annotations}, {Table::Reviewed, ChangeKind::Reviewed},
    {Table::Notes, ChangeKind::Notes}, {Table::Syncs, ChangeKind::Cameras},
    {Table::Members, ChangeKind::Team}, {Table::Assignments, ChangeKind::Team},
    {Table::Conflicts, ChangeKind::Team}, {Table::TrackEdits, ChangeKind::Poses},
    {Table::PoseCorrections, ChangeKind::Poses}, {Table::Crops, ChangeKind::Crops},
    {Table::CropCorrections, ChangeKind::Crops}, {Table::Withholdings, ChangeKind::Team}}};

} // namespace

Document::Private::Private(ProjectLocation where, DocumentOptions wanted)
    : location(std::move(where))
    , options(std::move(wanted))
    , annotator(options.annotator)
    , client(QUuid::createUuid().toString(QUuid::Id128).left(12).toStdString())
{
}

Document::Private::~Private()
{
    if (!worker)
        return;
    (void)worker->waitIdle();
    worker->setListener({});
    takeEvents();
    worker->close(ids.unused());
    thread.quit();
    thread.wait();
}

Status Document::Private::open()
{
    scores = std::make_shared<ScoreFiles>(location.folder / "scores");
    StoreWorker::Settings settings;
    settings.folder = location.folder;
    if (location.isTeam())
        settings.server = std::make_shared<const ProjectLocation>(location);
    settings.scores = scores;
    settings.follow = options.background;
    worker = std::make_unique<StoreWorker>(std::move(settings));
    worker->moveToThread(&thread);
    thread.start();
    auto opened = worker->open();
    if (!opened)
        return opened.error();
    if (!opened->trouble.empty() && !options.background)
        return Error{ErrorCode::Io, opened->trouble};
    state = std::move(opened->state);
    lastSequence = opened->last.sequence;
    titles = std::move(opened->titles);
    trouble = std::move(opened->trouble);
    ids.start(
        [this](const std::string& name, int64_t count) {
            return worker->ask(
                [name, count](Database& database) { return database.reserveIds(name, count); });
        },
        [this](const std::string& name, int64_t count) { worker->reserve(name, count); },
        std::move(opened->nextIds), !location.isTeam());
    if (!options.background)
        return {};
    if (auto made = EditJournal::open(location.folder / "journal", client); made)
        journal = std::move(*made);
    if (!trouble.empty())
        return {};
    // The first edit finds its number ready.
    ids.prepare(infoOf(Table::Annotations).name);
    return worker->ask([](Database&) { return Status(); });
}

Status Document::Private::run(const char* command, const QString& text, Draft& edit, EditCommand::Merge merge)
{
    if (edit.failure())
        return *edit.failure();
    if (edit.changes().empty())
        return {};
    const std::string step = merge.drag > 0
        ? client + ":" + std::to_string(merge.drag) + ":" + std::to_string(merge.row)
        : std::string();
    auto submitted = submit(EditKind::Do, command, edit.takeChanges(), nullptr, step);
    if (!submitted)
        return submitted.error();
    const PendingEdit& pending = **submitted;
    // The step shares the changes with the edit, which lives as long as somebody needs it.
    std::shared_ptr<const RowChanges> changes;
    if (pending.changes.size() <= kMostRowsKept)
        changes = std::shared_ptr<const RowChanges>(*submitted, &pending.changes);
    stack.push(new EditCommand(*this, text, command, std::move(changes), pending.cell, merge));
    announce(pending.changes);
    return {};
}

Result<int64_t> Document::Private::run(const char* command, const QString& text, Draft& edit, int64_t id)
{
    const Status status = run(command, text, edit);
    return status ? Result<int64_t>(id) : Result<int64_t>(status.error());
}

Result<std::shared_ptr<PendingEdit>> Document::Private::submit(EditKind kind, const std::string& command,
    RowChanges changes, std::shared_ptr<SequenceCell> undoOf, const std::string& step)
{
    auto edit = std::make_shared<PendingEdit>();
    edit->record.time = timeNow();
    edit->record.annotator = annotator;
    edit->record.kind = nameOf(kind);
    edit->record.command = command;
    edit->record.step = step;
    if (effort && isHandwork(command))
        edit->record.effort = effort(command);
    edit->record.token = client + "-" + std::to_string(++editCount);
    if (auto status = formatChanges(changes, edit->record); !status)
        return status.error();
    edit->cell->token = edit->record.token;
    edit->changes = std::move(changes);
    edit->claims = ids.takeClaims();
    edit->blocks = blocksIn(edit->changes);
    edit->undoOf = std::move(undoOf);
    edit->keepTrying = options.background;

    state.apply(edit->changes);
    for (const RowChange& change : edit->changes)
        ++pendingRows[{change.table, change.id}];
    ++pendingCount;
    if (journal)
        edit->journalled = keepInJournal(*edit);
    inMemoryOnly += edit->journalled ? 0 : 1;
    worker->submit(edit);
    if (options.background)
        return edit;
    worker->waitFor(*edit);
    takeEvents();
    if (const auto refused = std::exchange(refusal, nullptr))
        return *refused;
    return edit;
}

bool Document::Private::keepInJournal(const PendingEdit& edit)
{
    const size_t longest = location.isTeam() ? kLongestJournalledForServer : kLongestJournalled;
    if (edit.record.before.size() + edit.record.after.size() > longest)
        return false;
    if (pendingCount == 1)
        journal->clear();
    // A journal that cannot be written is no reason to refuse the edit: it waits in memory.
    return journal->append(formatPending(edit, lastSequence)).ok();
}

Status Document::Private::flush()
{
    const Status status = worker->waitIdle();
    takeEvents();
    return status;
}

void Document::Private::announce(const RowChanges& changes)
{
    ChangeKinds kinds;
    changedSpans.clear();
    for (const RowChange& change : changes) {
        kinds |= kKinds.at(static_cast<size_t>(change.table)).kind;
        if (change.table == Table::Annotations)
            changedSpans.push_back(change.id);
    }
    std::ranges::sort(changedSpans);
    if (kinds)
        emit q->changed(kinds, videoOfChanges(changes));
    changedSpans.clear();
}

void Document::Private::takeEvents()
{
    for (StoreEvent& event : worker->takeEvents())
        std::visit([this](auto& one) { handle(one); }, event);
}

void Document::Private::settle(const PendingEdit& edit)
{
    for (const RowChange& change : edit.changes) {
        const auto known = pendingRows.find({change.table, change.id});
        if (known != pendingRows.end() && --known->second == 0)
            pendingRows.erase(known);
    }
    --pendingCount;
    inMemoryOnly -= edit.journalled ? 0 : 1;
    if (pendingCount == 0 && journal)
        journal->clear();
}

void Document::Private::handle(EditCommitted& event)
{
    lastSequence = event.sequence;
    settle(*event.edit);
    if (pendingCount == 0)
        emit q->healthChanged();
}

void Document::Private::handle(EditOfOthers& event)
{
    lastSequence = event.record.sequence;
    // Rows with edits of ours on their way keep our version until the store has judged these edits.
    RowChanges visible;
    for (RowChange& change : event.changes)
        if (!isPending(change.table, change.id))
            visible.push_back(std::move(change));
    state.apply(visible);
    announce(visible);
}

void Document::Private::revert(const EditRefused& event)
{
    RowChanges back;
    const RowChanges& found = event.outcome.found;
    for (const RowChange& change : event.edit->changes) {
        if (isPending(change.table, change.id))
            continue; // a later edit of ours follows and will be judged too
        const auto now = std::ranges::find_if(
            found, [&](const RowChange& one) { return one.table == change.table && one.id == change.id; });
        back.push_back(
            {change.table, change.id, change.after, now != found.end() ? now->after : change.before});
    }
    state.apply(back);
    announce(back);
}

void Document::Private::keepConflict(const EditRefused& event)
{
    EditConflict conflict = conflictOf(*event.edit, event.outcome);
    Draft edit = draft();
    const int64_t id = edit.addConflict(std::move(conflict));
    if (edit.failure() || !submit(EditKind::Do, "conflict", edit.changes(), nullptr, {}))
        return;
    announce(edit.changes());
    emit q->conflictFound(id);
}

void Document::Private::handle(EditRefused& event)
{
    // While somebody waits for the edit there is nothing to keep: he gets the error and still has his wish.
    const bool waiting = !event.edit->keepTrying;
    if (waiting)
        refusal = std::make_shared<Error>(event.error);
    const bool conflict = event.error.code == ErrorCode::Conflict;
    if (conflict && !waiting)
        keepConflict(event); // before settle(): the journal must not be emptied in between
    settle(*event.edit);
    revert(event);
    if (waiting)
        return;
    for (int i = 0; i < stack.count(); ++i) {
        const auto* step = dynamic_cast<const EditCommand*>(stack.command(i));
        if (step && step->last() == event.edit->cell)
            const_cast<EditCommand*>(step)->setObsolete(true);
    }
    if (!conflict)
        emit q->editFailed(QString::fromStdString(event.error.message));
    emit q->healthChanged();
}

void Document::Private::handle(StoreTrouble& event)
{
    trouble = event.sentence;
    emit q->healthChanged();
}

void Document::Private::handle(IdsReserved& event) { ids.arrived(event.name, event.first, event.count); }

void Document::Private::handle(BlockArrived& event)
{
    blocks.erase(event.runId);
    const PredictionRun* run = state.runs().find(event.runId);
    emit q->changed(ChangeKind::Predictions, run ? run->videoId : 0);
}

const PredictionBlock* Document::Private::blockOf(const PredictionRun& run)
{
    if (const auto known = blocks.find(run.id); known != blocks.end())
        return &known->second;
    const ScoreBlock* index = state.blockOfRun(run.id);
    if (!index)
        return nullptr;
    auto bytes = bytesOf(*scores, *index);
    if (!bytes && location.isTeam()) {
        worker->fetchBlock(*index);
        if (!options.background) {
            (void)worker->ask([](Database&) { return Status(); });
            bytes = bytesOf(*scores, *index);
        }
    }
    if (!bytes)
        return nullptr;
    auto block = PredictionBlock::read(std::move(*bytes));
    if (!block)
        return nullptr;
    if (blocks.size() >= kMostBlocksKept)
        blocks.clear();
    return &blocks.emplace(run.id, std::move(*block)).first->second;
}

std::shared_ptr<const Prediction> Document::Private::prediction(int64_t id)
{
    const PredictionRun* run = state.runOfPrediction(id);
    const PredictionBlock* block = run ? blockOf(*run) : nullptr;
    return block ? predictionOf(*block, *run, id) : nullptr;
}

std::optional<float> Document::Private::scoreOf(int64_t predictionId)
{
    const PredictionRun* run = state.runOfPrediction(predictionId);
    const PredictionBlock* block = run ? blockOf(*run) : nullptr;
    if (!block)
        return std::nullopt;
    return block->bestScore(predictionId - run->firstPrediction);
}

} // namespace telltale
