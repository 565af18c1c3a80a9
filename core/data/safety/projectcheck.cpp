// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/safety/projectcheck.h"
#include "data/projectlocation.h"
#include "data/rows.h"
#include "data/safety/stillcopy.h"
#include "data/store/database.h"
#include "data/store/digest.h"
#include "data/store/editjournal.h"
#include "data/store/pendingedit.h"
#include "data/store/scorefiles.h"
#include <QCryptographicHash>
#include <map>
#include <set>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using TableRows = std::map<int64_t, json>;

constexpr size_t kMostProblems = 50;

/// SHA-256 over rows in a fixed order.
class RowHash {
public:
    void add(const std::string& table, int64_t id, const json& row)
    {
        const std::string text = table + " " + std::to_string(id) + " "
            + row.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
        m_hash.addData(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
    }
    std::string text() const { return m_hash.result().toHex().toStdString(); }

private:
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

class Checker {
public:
    Checker(Database& database, ScoreFiles* scores, ProgressSink& progress)
        : m_database(database)
        , m_scores(scores)
        , m_progress(progress)
    {
    }

    Result<CheckReport> run()
    {
        struct Step {
            Status (Checker::*work)();
            const char* title;
        };
        const std::vector<Step> steps{{&Checker::storage, "checking the file"},
            {&Checker::replay, "replaying the log"}, {&Checker::compare, "comparing with the state"},
            {&Checker::numbers, "checking the numbers of predictions"}};
        for (size_t i = 0; i < steps.size(); ++i) {
            if (m_progress.cancelled())
                return Error{ErrorCode::Cancelled, "the check was stopped"};
            m_progress.report(static_cast<int64_t>(i), static_cast<int64_t>(steps.size()), steps[i].title);
            if (auto status = (this->*steps[i].work)(); !status)
                return status.error();
        }
        return m_report;
    }

private:
    void problem(std::string sentence)
    {
        if (m_report.problems.size() < kMostProblems)
            m_report.problems.push_back(std::move(sentence));
    }

    Status storage()
    {
        if (&m_database.dialect() != &sqliteDialect())
            return {};
        const auto integrity = m_database.texts(QStringLiteral("PRAGMA integrity_check"));
        if (!integrity)
            return integrity.error();
        for (const std::string& row : *integrity)
            if (row != "ok")
                problem("the file is damaged: " + row);
        const auto keys = m_database.texts(QStringLiteral("PRAGMA foreign_key_check"));
        if (!keys)
            return keys.error();
        for (const std::string& table : *keys)
            problem("a row of " + table + " points to a row that is not there");
        return {};
    }

    Status replay()
    {
        return m_database.forEachEdit(0, [this](const EditRecord& record) {
            ++m_report.edits;
            const std::string place = "entry " + std::to_string(record.sequence) + " of the log ";
            if (record.sequence != m_report.edits && !m_gap) {
                problem(
                    place + "should be number " + std::to_string(m_report.edits) + ": entries are missing");
                m_gap = true;
            }
            if (hashOf(record, m_lastHash) != record.hash)
                problem(place + "is not what was written (its hash does not fit)");
            m_lastHash = record.hash;
            const auto changes = parseNamedChanges(record);
            if (!changes)
                return problem(place + "cannot be read: " + changes.error().message);
            for (const NamedChange& change : *changes)
                replayChange(change, place);
        });
    }

    void replayChange(const NamedChange& change, const std::string& place)
    {
        TableRows& rows = m_replayed[change.table];
        const auto known = rows.find(change.id);
        const json current = known != rows.end() ? known->second : json(nullptr);
        if (current != change.before)
            problem(place + "does not fit what was there before in row " + std::to_string(change.id) + " of "
                + change.table);
        if (change.after.is_null())
            rows.erase(change.id);
        else
            rows[change.id] = change.after;
    }

    Status compare()
    {
        RowHash state;
        RowHash replayed;
        for (const TableInfo& info : tableInfos()) {
            TableRows& rows = m_replayed[info.name];
            for (const auto& [id, row] : rows)
                replayed.add(info.name, id, row);
            auto status = m_database.forEachRow(info.table, [&](int64_t id, const json& row) {
                ++m_report.rows;
                state.add(info.name, id, row);
                if (info.table == Table::Blocks)
                    m_blocks.push_back(valueOf<ScoreBlock>(id, row));
                const auto expected = rows.find(id);
                if (expected == rows.end())
                    return problem("row " + std::to_string(id) + " of " + info.name + " is not in the log");
                if (expected->second != row)
                    problem("row " + std::to_string(id) + " of " + info.name + " is not what the log says");
                rows.erase(expected);
            });
            if (!status)
                return status;
            for (const auto& [id, row] : rows)
                problem("row " + std::to_string(id) + " of " + info.name
                    + " is in the log but not in the project");
            m_replayed.erase(info.name);
        }
        for (const auto& [table, rows] : m_replayed)
            if (!rows.empty())
                problem("the log has rows of a table " + table + " that the project has not");
        m_report.stateHash = state.text();
        m_report.replayHash = replayed.text();
        return {};
    }

    Status numbers()
    {
        m_report.stateSound = m_report.problems.empty();
        for (const ScoreBlock& block : m_blocks) {
            if (m_progress.cancelled())
                return Error{ErrorCode::Cancelled, "the check was stopped"};
            ++m_report.blocks;
            if (auto status = m_scores ? inFiles(block) : inDatabase(block); !status)
                problem("the numbers of run " + std::to_string(block.runId)
                    + " are missing or damaged: " + status.error().message);
        }
        m_progress.report(1, 1, "checked");
        return {};
    }

    Status inFiles(const ScoreBlock& block) const
    {
        Status here = m_scores->verify({block.file, block.offset, block.bytes, block.digest});
        if (here)
            return here;
        const auto found = m_scores->find(block.digest);
        return found ? m_scores->verify(*found) : here;
    }

    Status inDatabase(const ScoreBlock& block)
    {
        const auto bytes = m_database.blob(block.digest);
        if (!bytes)
            return bytes.error();
        return hexOf(sha256(*bytes)) == block.digest
            ? Status()
            : Status(Error{ErrorCode::BadFormat, "their digest is not " + block.digest});
    }

    Database& m_database;
    ScoreFiles* m_scores;
    ProgressSink& m_progress;
    CheckReport m_report;
    std::map<std::string, TableRows> m_replayed;
    std::vector<ScoreBlock> m_blocks;
    std::string m_lastHash;
    bool m_gap = false;
};

Result<CheckReport> checkWithJournals(
    Database& database, ScoreFiles* scores, const fs::path& folder, ProgressSink& progress)
{
    auto report = checkDatabase(database, scores, progress);
    const auto records = EditJournal::waiting(folder / "journal");
    if (!report || !records)
        return report;
    for (const std::string& record : *records) {
        const auto edit = parsePending(record);
        if (!edit)
            continue;
        const auto known = database.knows(edit->edit->record.token, edit->known);
        report->waiting += known && !*known ? 1 : 0;
    }
    return report;
}

/// The error of the copy as one of the original.
Error inPlaceOf(const fs::path& copy, const fs::path& original, Error error)
{
    const std::string name = copy.string();
    if (const size_t at = error.message.find(name); at != std::string::npos)
        error.message.replace(at, name.size(), original.string());
    return error;
}

} // namespace

Result<CheckReport> checkDatabase(Database& database, ScoreFiles* scores, ProgressSink& progress)
{
    return Checker(database, scores, progress).run();
}

Result<CheckReport> checkProject(const std::filesystem::path& project, ProgressSink& progress)
{
    const auto location = locate(project.string());
    if (!location)
        return location.error();
    if (location->isTeam()) {
        const auto database = Database::open(*location, Database::Access::Read);
        return database ? checkWithJournals(**database, nullptr, location->folder, progress)
                        : Result<CheckReport>(database.error());
    }
    // Even a connection that only reads leaves files in the folder, and cannot do without them.
    const fs::path file = location->folder / "project.db";
    const auto copy = copyStill(file, progress);
    if (!copy)
        return copy.error();
    const auto database = Database::open((*copy)->database(), Database::Access::Read);
    if (!database)
        return inPlaceOf((*copy)->database(), file, database.error());
    ScoreFiles scores(location->folder / "scores");
    auto report = checkWithJournals(**database, &scores, location->folder, progress);
    return report ? report : inPlaceOf((*copy)->database(), file, report.error());
}

} // namespace telltale
