// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/projectcheck.h"
#include "data/database.h"
#include <map>
#include <set>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Rows = std::map<int64_t, json>;
using Tables = std::map<Table, Rows>;

constexpr size_t kMostProblems = 50;

class Checker {
public:
    Checker(Database& database, ProgressSink& progress) : m_database(database), m_progress(progress) { }

    Result<CheckReport> run()
    {
        for (Status (Checker::*step)() :
            {&Checker::storage, &Checker::replay, &Checker::compare, &Checker::payloads}) {
            if (m_progress.cancelled())
                return Error{ErrorCode::Cancelled, "the check was stopped"};
            if (auto status = (this->*step)(); !status)
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
        m_progress.report(0, 4, "checking the file");
        const auto integrity = m_database.pragma(QStringLiteral("PRAGMA integrity_check"));
        if (!integrity)
            return integrity.error();
        for (const std::string& row : *integrity)
            if (row != "ok")
                problem("the file is damaged: " + row);
        const auto keys = m_database.pragma(QStringLiteral("PRAGMA foreign_key_check"));
        if (!keys)
            return keys.error();
        for (const std::string& table : *keys)
            problem("a row of " + table + " points to a row that is not there");
        return {};
    }

    Status replay()
    {
        m_progress.report(1, 4, "replaying the log");
        return m_database.forEachEdit([this](const EditRecord& record) {
            ++m_report.edits;
            const std::string place = "entry " + std::to_string(record.sequence) + " of the log ";
            if (record.sequence != m_report.edits && !m_gap) {
                problem(
                    place + "should be number " + std::to_string(m_report.edits) + ": entries are missing");
                m_gap = true;
            }
            const auto changes = parseChanges(record.changes);
            if (!changes)
                return problem(place + "cannot be read: " + changes.error().message);
            for (const RowChange& change : *changes)
                replayChange(change, place);
        });
    }

    void replayChange(const RowChange& change, const std::string& place)
    {
        Rows& rows = m_replayed[change.table];
        const auto known = rows.find(change.id);
        const json current = known != rows.end() ? known->second : json(nullptr);
        if (current != change.before)
            problem(place + "does not fit what was there before in row " + std::to_string(change.id) + " of "
                + infoOf(change.table).name);
        if (change.after.is_null())
            rows.erase(change.id);
        else
            rows[change.id] = change.after;
    }

    Status compare()
    {
        m_progress.report(2, 4, "comparing with the state");
        for (const TableInfo& info : tableInfos()) {
            Rows& rows = m_replayed[info.table];
            auto status = m_database.forEachRow(info.table, [&](int64_t id, const json& row) {
                ++m_report.rows;
                const auto expected = rows.find(id);
                if (expected == rows.end())
                    return problem("row " + std::to_string(id) + " of " + info.name + " is not in the log");
                if (expected->second != row)
                    problem("row " + std::to_string(id) + " of " + info.name + " is not what the log says");
                if (info.table == Table::Predictions)
                    m_digests.insert(row["payload"].get<std::string>());
                rows.erase(expected);
            });
            if (!status)
                return status;
            for (const auto& [id, row] : rows)
                problem("row " + std::to_string(id) + " of " + info.name
                    + " is in the log but not in the project");
        }
        return {};
    }

    Status payloads()
    {
        m_progress.report(3, 4, "checking the numbers of predictions");
        for (const std::string& digest : m_digests) {
            const auto bytes = m_database.payload(digest);
            if (!bytes || payloadDigest(*bytes) != digest)
                problem("the numbers " + digest + " of a prediction are missing or damaged");
        }
        m_progress.report(4, 4, "checking the numbers of predictions");
        return {};
    }

    Database& m_database;
    ProgressSink& m_progress;
    CheckReport m_report;
    Tables m_replayed;
    std::set<std::string> m_digests;
    bool m_gap = false;
};

} // namespace

Result<CheckReport> checkProject(const fs::path& folder, ProgressSink& progress)
{
    const fs::path file = folder / "project.db";
    std::error_code ec;
    if (!fs::exists(folder, ec))
        return Error{ErrorCode::NotFound, folder.string() + ": there is no such folder"};
    if (!fs::is_regular_file(file, ec))
        return Error{ErrorCode::BadFormat,
            folder.string()
                + ": is not a Telltale project (it holds no project.db), make one with 'project new'"};
    const auto database = Database::open(file, Database::Access::Read);
    if (!database)
        return database.error();
    return Checker(**database, progress).run();
}

} // namespace telltale
