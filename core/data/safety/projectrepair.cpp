// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/safety/projectrepair.h"
#include "base/files.h"
#include "data/safety/logrebuild.h"
#include "data/safety/stillcopy.h"
#include "data/safety/verdict.h"
#include "data/store/database.h"
#include "data/store/diskfiles.h"
#include "data/times.h"
#include <QUuid>
#include <algorithm>
#include <array>
#include <iterator>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kPutAside = "project.db.";

/// A database that goes away, with its companions, unless it has got another name.
class Draft {
public:
    explicit Draft(const fs::path& folder)
        : m_file(folder / (".repairing-" + QUuid::createUuid().toString(QUuid::Id128).toStdString() + ".db"))
    {
    }
    ~Draft()
    {
        std::error_code ec;
        for (const char* suffix : {"", "-wal", "-shm"})
            fs::remove(m_file.string() + suffix, ec);
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    const fs::path& path() const { return m_file; }

private:
    fs::path m_file;
};

/// Whether making the project anew from its log can help.
bool canHelp(const std::string& kind)
{
    constexpr std::array kKinds{"truncated", "damaged", "empty", "interrupted-restore", "inconsistent"};
    return std::ranges::find(kKinds, kind) != kKinds.end();
}

/// The database of the project, or the newest that was put aside.
fs::path sourceIn(const fs::path& folder)
{
    std::error_code ec;
    if (fs::exists(folder / "project.db", ec))
        return folder / "project.db";
    fs::path newest;
    for (const auto& entry : fs::directory_iterator(folder, ec)) {
        const std::string name = entry.path().filename().string();
        const bool companion = name.ends_with("-wal") || name.ends_with("-shm");
        if (name.starts_with(kPutAside) && !companion
            && (newest.empty() || fs::last_write_time(entry, ec) > fs::last_write_time(newest, ec)))
            newest = entry.path();
    }
    return newest;
}

/// Rows of the tables that can be read to their end, and the numbers that were given out.
struct Present {
    StateRows rows;
    std::map<std::string, int64_t> nextIds;
};

Present readPresent(const fs::path& source, ProgressSink& progress)
{
    Present present;
    const auto copy = copyStill(source, progress);
    const auto database = copy ? Database::open((*copy)->database(), Database::Access::Read)
                               : Result<std::unique_ptr<Database>>(copy.error());
    if (!database)
        return present;
    for (const TableInfo& info : tableInfos()) {
        StateRows rows;
        const Status read = (*database)->forEachRow(info.table, [&](int64_t id, const json& row) {
            rows[{info.name, id}] = row;
        });
        if (read)
            present.rows.merge(rows);
    }
    if (auto ids = (*database)->nextIds())
        present.nextIds = std::move(*ids);
    return present;
}

class Repair {
public:
    Repair(fs::path folder, ProgressSink& progress) : m_folder(std::move(folder)), m_progress(progress) { }

    Result<RepairReport> run(const ProjectVerdict& verdict, const std::optional<fs::path>& wanted)
    {
        m_report.needed = true;
        m_source = sourceIn(m_folder);
        if (auto status = salvage(verdict, wanted); !status)
            return status.error();
        const Present present = readPresent(m_source, m_progress);
        // The rows of the damaged tables are no proof: where they do not fit, the log alone has to do.
        Status written = write(rebuild(present.rows), present.nextIds);
        if (!written && !m_log.lost.empty() && written.error().code != ErrorCode::Io)
            written = write(rebuild({}), present.nextIds);
        if (!written)
            return written.error();
        count();
        return m_report;
    }

private:
    Status salvage(const ProjectVerdict& verdict, const std::optional<fs::path>& wanted)
    {
        auto own
            = m_source.empty() ? Result<LogCandidates>(LogCandidates()) : salvageLog(m_source, m_progress);
        if (!own)
            return own.error();
        m_log = proveLog(*own);
        if (wanted || verdict.snapshot) {
            const fs::path snapshot = wanted ? *wanted : verdict.snapshot->file;
            if (auto status = addSnapshot(*own, snapshot, wanted.has_value()); !status)
                return status;
        }
        if (m_log.entries.empty())
            return Error{ErrorCode::NotFound,
                m_folder.string()
                    + ": no edit can be read any more and there is no good snapshot; take the project from a "
                      "backup; nothing was changed"};
        return {};
    }

    RebuiltLog rebuild(const StateRows& present)
    {
        RebuiltLog log = rebuildLog(m_log, present);
        while (log.misfit > 0) {
            const auto behind = m_log.doubtful.upper_bound(log.misfit);
            if (behind == m_log.doubtful.begin())
                break;
            m_log.giveUp(*std::prev(behind));
            log = rebuildLog(m_log, present);
        }
        return log;
    }

    void count()
    {
        m_report.edits = static_cast<int64_t>(m_log.entries.size());
        m_report.lostEdits = static_cast<int64_t>(m_log.lost.size());
        if (m_log.lost.empty())
            return;
        m_report.firstLost = m_log.lost.front();
        if (const auto before = m_log.entries.find(m_report.firstLost - 1); before != m_log.entries.end())
            m_report.lostSince = before->second.time;
    }

    Status addSnapshot(LogCandidates& own, const fs::path& snapshot, bool insisted)
    {
        if (auto status = verifySnapshot(snapshot, m_progress); !status)
            return status;
        const auto found = salvageLog(snapshot, m_progress);
        if (!found)
            return found.error();
        const ProvenLog theirs = proveLog(*found);
        for (const auto& [sequence, entry] : theirs.entries) {
            const auto mine = m_log.entries.find(sequence);
            if (mine == m_log.entries.end() || mine->second.hash == entry.hash)
                continue;
            if (!insisted)
                return {};
            return Error{ErrorCode::Conflict,
                snapshot.string() + ": its edits are not the project's from edit " + std::to_string(sequence)
                    + " on; restore it instead, or repair without it"};
        }
        for (const auto& [sequence, entry] : theirs.entries)
            own[sequence].push_back(entry);
        const auto before = static_cast<int64_t>(m_log.entries.size());
        m_log = proveLog(own);
        m_report.snapshot = snapshot;
        m_report.fromSnapshot = static_cast<int64_t>(m_log.entries.size()) - before;
        return {};
    }

    Status write(RebuiltLog log, const std::map<std::string, int64_t>& nextIds)
    {
        addNote(log);
        for (const auto& [name, next] : nextIds)
            log.nextIds[name] = std::max(log.nextIds[name], next);
        const Draft draft(m_folder);
        if (auto status = fill(draft.path(), log); !status)
            return status;
        if (auto status = verify(draft.path()); !status)
            return status;
        if (auto status = flushToDisk(draft.path()); !status)
            return status;
        auto former = replaceDatabase(draft.path(), m_folder, "damaged");
        if (!former)
            return former.error();
        m_report.former = former->empty() ? m_source : *former;
        return {};
    }

    /// The log says that there was a repair.
    void addNote(RebuiltLog& log) const
    {
        EditRecord note;
        note.sequence = static_cast<int64_t>(log.entries.size()) + 1;
        note.time = timeNow();
        note.annotator = "repair";
        note.kind = nameOf(EditKind::Do);
        note.command = "repair";
        note.before = note.after = "[]";
        note.token = "repair-" + std::to_string(note.sequence) + "-" + note.time;
        note.hash = hashOf(note, log.entries.back().hash);
        log.entries.push_back(std::move(note));
    }

    static Status fill(const fs::path& file, const RebuiltLog& log)
    {
        const auto made = Database::create(file, {}, {});
        if (!made)
            return made.error();
        Database& database = **made;
        return database.transaction([&]() -> Status {
            // A new database begins with an entry of its own.
            for (const char* statement : {"DROP TRIGGER edits_remain", "DELETE FROM edits"})
                if (auto status = database.execute(QString::fromLatin1(statement)); !status)
                    return status;
            if (auto status = database.execute(database.dialect().guards().last()); !status)
                return status;
            for (const EditRecord& entry : log.entries)
                if (auto status = database.insertEdit(entry); !status)
                    return status;
            for (const TableInfo& info : tableInfos())
                for (const auto& [row, value] : log.rows)
                    if (row.first == info.name)
                        if (auto status = insert(database, info, row.second, value); !status)
                            return status;
            for (const auto& [name, next] : log.nextIds)
                if (auto status = database.setNextId(name, next); !status)
                    return status;
            return {};
        });
    }

    static Status insert(Database& database, const TableInfo& info, int64_t id, const json& row)
    {
        try {
            return database.insertRow(info.table, id, row);
        } catch (const json::exception& exception) {
            return Error{ErrorCode::BadFormat,
                std::string("row ") + std::to_string(id) + " of " + info.name
                    + " in the log does not fit its table: " + exception.what()};
        }
    }

    Status verify(const fs::path& file)
    {
        const auto database = Database::open(file, Database::Access::Write);
        if (!database)
            return database.error();
        const auto report = checkDatabase(**database, nullptr, m_progress);
        if (!report)
            return report.error();
        if (report->stateSound)
            return {};
        return Error{ErrorCode::BadFormat,
            m_folder.string() + ": what can be saved does not make a sound project ("
                + report->problems.front() + "); restore a snapshot; nothing was changed"};
    }

    fs::path m_folder;
    ProgressSink& m_progress;
    fs::path m_source;
    ProvenLog m_log;
    RepairReport m_report;
};

void tell(RepairReport& report)
{
    report.done.push_back(
        std::to_string(report.edits) + " edits were saved and the project made anew from them");
    if (report.fromSnapshot > 0)
        report.done.push_back(
            std::to_string(report.fromSnapshot) + " of them were only in " + report.snapshot->string());
    if (report.lostEdits > 0)
        report.done.push_back(std::to_string(report.lostEdits) + " edits are lost, the first of them is edit "
            + std::to_string(report.firstLost)
            + (report.lostSince.empty() ? std::string() : ", made after " + report.lostSince));
    report.done.push_back("the damaged database is " + report.former.string());
}

} // namespace

Result<RepairReport> repairProject(
    const fs::path& folder, const std::optional<fs::path>& snapshot, ProgressSink& progress)
{
    const auto verdict = judgeProject(folder.string(), progress);
    if (!verdict)
        return verdict.error();
    if (verdict->sound || verdict->kind == "numbers-missing" || verdict->kind == "torn") {
        RepairReport nothing;
        nothing.edits = verdict->report.edits;
        nothing.done.push_back(verdict->message);
        if (!verdict->remedy.empty() && !verdict->message.ends_with(verdict->remedy))
            nothing.done.push_back(verdict->remedy);
        return nothing;
    }
    if (!canHelp(verdict->kind))
        return Error{ErrorCode::Unsupported, verdict->message};
    if (auto status = ensureWritableFolder(folder); !status)
        return status.error();
    if (auto status = refuseIfOpen(folder / "project.db"); !status)
        return status.error();
    auto report = Repair(folder, progress).run(*verdict, snapshot);
    if (report)
        tell(*report);
    return report;
}

} // namespace telltale
