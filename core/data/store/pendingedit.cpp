// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/store/pendingedit.h"
#include "data/rows.h"
#include "data/store/editjournal.h"
#include "data/times.h"
#include <algorithm>
#include <limits>

namespace telltale {
namespace {

using nlohmann::json;

std::string rowsText(const RowChanges& changes, nlohmann::json RowChange::*side)
{
    json rows = json::array();
    for (const RowChange& change : changes)
        rows.push_back({{"table", infoOf(change.table).name}, {"id", change.id}, {"row", change.*side}});
    return rows.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// Who changed one of the rows last; empty if nobody of `others` did.
std::string changerOf(const RowChanges& changes, const std::vector<EditRecord>& others)
{
    std::string name;
    for (const EditRecord& other : others) {
        const auto theirs = parseChanges(other);
        if (!theirs)
            continue;
        for (const RowChange& change : *theirs)
            if (std::ranges::any_of(changes, [&](const RowChange& mine) {
                    return mine.table == change.table && mine.id == change.id;
                }))
                name = other.annotator;
    }
    return name;
}

/// For a commit that needs not know what others have written.
constexpr int64_t kNobodyElse = std::numeric_limits<int64_t>::max();

/// Enters journalled edits in order.
class Replay {
public:
    using Prepare = std::function<Status(const PendingEdit&)>;
    Replay(Database& database, const Prepare& prepare) : m_database(database), m_prepare(prepare) { }

    Status enter(JournalledEdit journalled)
    {
        PendingEdit& edit = *journalled.edit;
        // A program that died during an earlier replay may have entered some of it.
        for (const std::string& token : {edit.record.token, conflictToken(edit)}) {
            const auto known = m_database.knows(token, journalled.known);
            if (!known)
                return known.error();
            if (*known)
                return {};
        }
        if (m_prepare)
            if (auto status = m_prepare(edit); !status)
                return status;
        edit.record.undoOf = edit.undoOf ? edit.undoOf->sequence.load() : 0;
        if (const auto turned = m_entered.find(journalled.undoToken); turned != m_entered.end())
            edit.record.undoOf = turned->second;
        const auto outcome = m_database.commit(edit.record, edit.changes, journalled.known, edit.claims);
        if (!outcome)
            return outcome.error();
        if (outcome->sequence == 0)
            return keepConflict(conflictOf(edit, *outcome), conflictToken(edit));
        m_entered[edit.record.token] = outcome->sequence;
        ++m_count;
        return {};
    }

    int64_t count() const { return m_count; }

private:
    static std::string conflictToken(const PendingEdit& edit) { return "conflict-" + edit.record.token; }

    Status keepConflict(const EditConflict& conflict, const std::string& token)
    {
        const auto id = m_database.reserveIds(infoOf(Table::Conflicts).name, 1);
        if (!id)
            return id.error();
        const RowChanges changes{{Table::Conflicts, *id, nullptr, rowOf(conflict)}};
        EditRecord record;
        record.time = timeNow();
        record.annotator = conflict.annotator;
        record.kind = nameOf(EditKind::Do);
        record.command = "conflict";
        record.token = token;
        if (auto status = formatChanges(changes, record); !status)
            return status;
        const auto outcome = m_database.commit(record, changes, kNobodyElse);
        return outcome ? Status() : Status(outcome.error());
    }

    Database& m_database;
    const Prepare& m_prepare;
    std::map<std::string, int64_t> m_entered; ///< sequence by token
    int64_t m_count = 0;
};

} // namespace

std::vector<ScoreBlock> blocksIn(const RowChanges& changes)
{
    std::vector<ScoreBlock> blocks;
    for (const RowChange& change : changes)
        if (change.table == Table::Blocks && !change.after.is_null())
            blocks.push_back(valueOf<ScoreBlock>(change.id, change.after));
    return blocks;
}

std::string formatPending(const PendingEdit& edit, int64_t known)
{
    const EditRecord& record = edit.record;
    const int64_t turned = edit.undoOf ? edit.undoOf->sequence.load() : 0;
    json entry{{"known", known}, {"time", record.time}, {"annotator", record.annotator},
        {"kind", record.kind}, {"command", record.command}, {"before", record.before},
        {"after", record.after}, {"token", record.token}, {"step", record.step}, {"claims", edit.claims}};
    if (!record.effort.empty())
        entry["effort"] = record.effort;
    if (turned > 0)
        entry["undo_of"] = turned;
    else if (edit.undoOf)
        entry["undo_token"] = edit.undoOf->token;
    return entry.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<JournalledEdit> parsePending(const std::string& text)
{
    try {
        const json entry = json::parse(text);
        JournalledEdit journalled;
        journalled.edit = std::make_shared<PendingEdit>();
        journalled.known = entry.at("known").get<int64_t>();
        EditRecord& record = journalled.edit->record;
        const std::pair<const char*, std::string EditRecord::*> members[] = {{"time", &EditRecord::time},
            {"annotator", &EditRecord::annotator}, {"kind", &EditRecord::kind},
            {"command", &EditRecord::command}, {"before", &EditRecord::before}, {"after", &EditRecord::after},
            {"token", &EditRecord::token}, {"step", &EditRecord::step}};
        for (const auto& [name, member] : members)
            record.*member = entry.at(name).get<std::string>();
        record.effort = entry.value("effort", std::string()); // programs before schema 5 did not know it
        journalled.edit->claims = entry.at("claims").get<IdClaims>();
        journalled.undoToken = entry.value("undo_token", std::string());
        if (const int64_t turned = entry.value("undo_of", int64_t{0}); turned > 0) {
            journalled.edit->undoOf = std::make_shared<SequenceCell>();
            journalled.edit->undoOf->sequence = turned;
        }
        auto changes = parseChanges(record);
        if (!changes)
            return changes.error();
        journalled.edit->changes = std::move(*changes);
        journalled.edit->blocks = blocksIn(journalled.edit->changes);
        return journalled;
    } catch (const json::exception& exception) {
        return Error{
            ErrorCode::BadFormat, std::string("an edit in the journal cannot be read: ") + exception.what()};
    }
}

EditConflict conflictOf(const PendingEdit& edit, const CommitOutcome& outcome)
{
    EditConflict conflict;
    conflict.time = timeNow();
    conflict.annotator = edit.record.annotator;
    conflict.other = changerOf(edit.changes, outcome.others);
    conflict.command = edit.record.command;
    conflict.videoId = videoOfChanges(edit.changes);
    conflict.base = rowsText(edit.changes, &RowChange::before);
    conflict.mine = rowsText(edit.changes, &RowChange::after);
    conflict.theirs = rowsText(outcome.found, &RowChange::after);
    return conflict;
}

Result<int64_t> replayJournals(Database& database, const std::filesystem::path& journals,
    const std::function<Status(const PendingEdit&)>& prepare)
{
    auto abandoned = EditJournal::abandoned(journals);
    if (!abandoned)
        return abandoned.error();
    Replay replay(database, prepare);
    for (RecoveredJournal& journal : *abandoned) {
        for (const std::string& text : journal.records()) {
            auto journalled = parsePending(text);
            if (!journalled)
                return Error{journalled.error().code,
                    journal.file().string() + ": " + journalled.error().message
                        + "; move the file away to open the project without it"};
            if (auto status = replay.enter(std::move(*journalled)); !status)
                return status.error();
        }
        if (auto status = journal.remove(); !status)
            return status.error();
    }
    return replay.count();
}

} // namespace telltale
