// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/store/database.h"
#include "data/types.h"
#include <atomic>
#include <memory>

namespace telltale {

/// The sequence of an entry that may not have been committed yet: 0 until then. Any thread.
struct SequenceCell {
    std::atomic<int64_t> sequence{0};
    std::string token;
};

/// An edit that has been applied in memory and is on its way to the store. Immutable once submitted, but for
/// `cell` and `done`.
struct PendingEdit {
    EditRecord record; ///< without sequence, hash and undoOf
    RowChanges changes;
    IdClaims claims;
    std::vector<ScoreBlock> blocks; ///< that the edit brings; a server needs their bytes
    std::shared_ptr<SequenceCell> cell = std::make_shared<SequenceCell>();
    std::shared_ptr<SequenceCell> undoOf; ///< null for none
    bool keepTrying = true; ///< false: somebody waits for the outcome
    bool journalled = false; ///< it survives the program
    std::atomic<bool> done{false};
};

/// The blocks of numbers that changes bring.
std::vector<ScoreBlock> blocksIn(const RowChanges& changes);

/// The record of the journal, and back. BadFormat if it is none.
std::string formatPending(const PendingEdit& edit, int64_t known);
struct JournalledEdit {
    std::shared_ptr<PendingEdit> edit;
    int64_t known = 0; ///< last entry that its program had seen
    std::string undoToken; ///< where the entry to turn round had no sequence yet
};
Result<JournalledEdit> parsePending(const std::string& text);

/// The row of `conflicts` for an edit that met `found`.
EditConflict conflictOf(const PendingEdit& edit, const CommitOutcome& outcome);

/// Commits what programs that died have left in the journals of this project. An edit that does not fit any
/// more becomes a conflict. `prepare` comes before each edit. Returns how many edits were entered.
Result<int64_t> replayJournals(Database& database, const std::filesystem::path& journals,
    const std::function<Status(const PendingEdit&)>& prepare = {});

} // namespace telltale
