// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "data/draft/draft.h"
#include "data/editcommand.h"
#include "data/projectlocation.h"
#include "data/state.h"
#include "data/store/idpool.h"
#include "data/store/predictionblock.h"
#include "data/store/storeworker.h"
#include <QThread>
#include <QUndoStack>

namespace telltale {

class EditJournal;
class ScoreFiles;

/// The inside of a Document: the state, the way of edits to the store, and the undo steps.
class Document::Private final : public EditTarget {
public:
    Private(ProjectLocation where, DocumentOptions options);
    ~Private() override;

    // documentstore.cpp
    Status open();
    /// Makes the draft an edit: applies it in memory, hands it to the store, and pushes an undo step.
    Status run(const char* command, const QString& text, Draft& draft, EditCommand::Merge merge = {});
    /// The same for an edit that makes a row: gives its id.
    Result<int64_t> run(const char* command, const QString& text, Draft& draft, int64_t id);
    Status flush();
    void takeEvents();

    Draft draft() { return Draft(state, {location.folder, annotator, role()}, ids); }
    MemberRole role() const;
    /// Where the videos of a team's project are on this machine.
    Status keepPlaces(const std::map<int64_t, std::filesystem::path>& files);
    /// Layers that the annotator may see.
    bool mayRead(int64_t videoId, const std::string& layer) const;
    std::shared_ptr<const Prediction> prediction(int64_t id);
    std::optional<float> scoreOf(int64_t predictionId);

    // documentundo.cpp
    std::shared_ptr<SequenceCell> turn(EditKind kind, const EditCommand& command) override;
    bool filling() const override { return isFilling; }
    void fillStack();
    void readTitles();
    void putStackBack();

    Document* q = nullptr;
    ProjectLocation location;
    DocumentOptions options;
    std::string annotator;
    State state;
    std::shared_ptr<ScoreFiles> scores;
    std::unique_ptr<StoreWorker> worker;
    IdPool ids;
    EffortSource effort; ///< empty: nobody measures
    std::vector<EditRecord> titles; ///< of the log as it was read, for the undo steps
    QUndoStack stack;
    std::vector<int64_t> changedSpans; ///< of the edit that is being announced
    int64_t lastSequence = 0; ///< last entry that is known to be in the log
    int64_t pendingCount = 0;
    int64_t inMemoryOnly = 0; ///< of these, how many no journal has
    std::string trouble;

private:
    Result<std::shared_ptr<PendingEdit>> submit(EditKind kind, const std::string& command, RowChanges changes,
        std::shared_ptr<SequenceCell> undoOf, const std::string& step);
    /// False if the journal cannot take it.
    bool keepInJournal(const PendingEdit& edit);
    void announce(const RowChanges& changes);
    void handle(EditCommitted& event);
    void handle(EditOfOthers& event);
    void handle(EditRefused& event);
    void handle(StoreTrouble& event);
    void handle(IdsReserved& event);
    void handle(BlockArrived& event);
    void settle(const PendingEdit& edit);
    void revert(const EditRefused& event);
    void keepConflict(const EditRefused& event);
    bool isPending(Table table, int64_t id) const { return pendingRows.contains({table, id}); }
    Result<RowChanges> changesOf(const EditCommand& command);
    void refuseTurn(const std::string& sentence);
    const PredictionBlock* blockOf(const PredictionRun& run);

    QThread thread;
    std::unique_ptr<EditJournal> journal;
    std::string client;
    int64_t editCount = 0;
    std::map<std::pair<Table, int64_t>, int> pendingRows; ///< how many edits on their way touch the row
    std::shared_ptr<Error> refusal; ///< of the edit that somebody waits for
    std::map<int64_t, PredictionBlock> blocks; ///< by run, as they were asked for
    bool isFilling = false;
    int indexToRestore = -1;
};

} // namespace telltale
