// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/store/transfer.h"
#include "base/files.h"
#include "data/projectlocation.h"
#include "data/store/database.h"
#include "data/store/diskfiles.h"
#include "data/store/pendingedit.h"
#include "data/store/scorefiles.h"
#include "data/store/transferfiles.h"
#include <algorithm>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr size_t kRowsAtOnce = 2000;
constexpr size_t kEntryBytesAtOnce = size_t{8} << 20;

Error stopped() { return {ErrorCode::Cancelled, "the transfer was stopped, nothing was changed"}; }

/// Reads a source as it is at one moment, whatever others write meanwhile.
class StillSource {
public:
    explicit StillSource(Database& database) : m_database(database) { }
    ~StillSource() { (void)m_database.execute(QStringLiteral("ROLLBACK")); }
    StillSource(const StillSource&) = delete;
    StillSource& operator=(const StillSource&) = delete;
    Status begin()
    {
        return m_database.execute(m_database.isServer()
                ? QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                : QStringLiteral("BEGIN"));
    }

private:
    Database& m_database;
};

/// Moves rows and log entries from one store to another.
class Mover {
public:
    Mover(Database& from, ProgressSink& progress) : m_from(from), m_progress(progress) { }

    /// Learns what goes with the rows, and how long the source's log is.
    Status survey()
    {
        const auto last = m_from.lastEdit();
        if (!last)
            return last.error();
        m_last = *last;
        auto status = m_from.forEachRow(Table::Blocks,
            [this](int64_t, const json& row) { m_needs.blocks.insert(row.at("digest").get<std::string>()); });
        if (!status)
            return status;
        return m_from.forEachRow(Table::Tracks,
            [this](int64_t, const json& row) { m_needs.tracks.insert(row.at("file").get<std::string>()); });
    }

    /// How far the target's log is the beginning of the source's.
    Status compare(Database& to, TransferReport& report)
    {
        auto there = to.lastEdit();
        if (!there)
            return there.error();
        m_target = *there;
        const bool ahead = m_target.sequence > m_last.sequence;
        const auto common = ahead ? to.edit(m_last.sequence) : m_from.edit(m_target.sequence);
        if (!common)
            return common.error();
        if (common->hash != (ahead ? m_last.hash : m_target.hash))
            return Error{ErrorCode::Conflict,
                m_from.name() + " and " + to.name()
                    + " both have edits that the other lacks, or are different projects; nothing was "
                      "changed. "
                      "Pull the server's into another folder and enter there what is missing"};
        report.targetAhead = ahead;
        return {};
    }

    Status copyAll(Database& to)
    {
        for (const TableInfo& info : tableInfos())
            if (auto status = copyTable(info.table, to); !status)
                return status;
        if (auto status
            = copyLog(0, [&to](const std::vector<EditRecord>& some) { return to.insertEdits(some); });
            !status)
            return status;
        return copyIds(to, {});
    }

    /// Enters what the target lacks, entry for entry.
    Status catchUp(Database& to)
    {
        const auto unchanged = to.lastEdit();
        if (!unchanged)
            return unchanged.error();
        if (unchanged->hash != m_target.hash)
            return Error{ErrorCode::Conflict,
                to.name() + ": somebody has edited the project meanwhile, do the same again"};
        auto status = copyLog(m_target.sequence, [this, &to](const std::vector<EditRecord>& some) {
            for (const EditRecord& record : some)
                if (auto entered = enter(record, to); !entered)
                    return entered;
            return to.insertEdits(some);
        });
        if (!status)
            return status;
        const auto ids = to.nextIds();
        if (!ids)
            return ids.error();
        if (auto copied = copyIds(to, *ids); !copied || !to.isServer())
            return copied;
        return to.execute(
            QStringLiteral("SELECT pg_notify('telltale_' || current_schema(), '%1')").arg(m_last.sequence));
    }

    const FileNeeds& needs() const { return m_needs; }
    /// Blocks that only the log after `sequence` speaks of, e.g. of an import that was undone.
    Status surveyLog(int64_t sequence)
    {
        return m_from.forEachEdit(sequence, [this](const EditRecord& record) {
            if (record.after.find(R"("table":"blocks")") == std::string::npos)
                return;
            const auto changes = parseNamedChanges(record);
            if (!changes)
                return;
            for (const NamedChange& change : *changes)
                if (change.table == "blocks" && change.after.is_object())
                    if (std::string digest = change.after.value("digest", std::string());
                        !digest.empty() && !m_needs.blocks.contains(digest))
                        m_needs.formerBlocks.insert(std::move(digest));
        });
    }
    int64_t entries() const { return m_last.sequence - m_target.sequence; }
    int64_t known() const { return m_target.sequence; }

private:
    Status copyTable(Table table, Database& to)
    {
        std::vector<std::pair<int64_t, json>> rows;
        rows.reserve(kRowsAtOnce);
        Status status;
        const auto write = [&] {
            if (status && m_progress.cancelled())
                status = stopped();
            if (status && !rows.empty())
                status = to.insertRows(table, rows);
            rows.clear();
        };
        const Status read = m_from.forEachRow(table, [&](int64_t id, json row) {
            rows.emplace_back(id, std::move(row));
            if (rows.size() == kRowsAtOnce)
                write();
        });
        write();
        return read ? status : read;
    }

    Status copyLog(int64_t after, const std::function<Status(const std::vector<EditRecord>&)>& put)
    {
        std::vector<EditRecord> some;
        size_t bytes = 0;
        Status status;
        const auto write = [&] {
            if (status && m_progress.cancelled())
                status = stopped();
            if (status && !some.empty()) {
                m_progress.report(some.back().sequence - after, m_last.sequence - after, "copying the edits");
                status = put(some);
            }
            some.clear();
            bytes = 0;
        };
        const Status read = m_from.forEachEdit(after, [&](EditRecord record) {
            bytes += record.before.size() + record.after.size();
            some.push_back(std::move(record));
            if (some.size() == kRowsAtOnce || bytes > kEntryBytesAtOnce)
                write();
        });
        write();
        return read ? status : read;
    }

    static Status enter(const EditRecord& record, Database& to)
    {
        const auto changes = parseChanges(record);
        if (!changes)
            return changes.error();
        for (const RowChange& change : *changes) {
            const auto hit = to.applyChange(change);
            if (!hit)
                return hit.error();
            if (!*hit)
                return Error{ErrorCode::BadFormat,
                    to.name() + ": is not what its log says, 'telltale-cli project check' tells more"};
        }
        return {};
    }

    Status copyIds(Database& to, const std::map<std::string, int64_t>& there)
    {
        const auto ids = m_from.nextIds();
        if (!ids)
            return ids.error();
        for (const auto& [name, next] : *ids)
            if (const auto known = there.find(name); known == there.end() || known->second < next)
                if (auto status = to.setNextId(name, next); !status)
                    return status;
        return {};
    }

    Database& m_from;
    ProgressSink& m_progress;
    EditRecord m_last;
    EditRecord m_target;
    FileNeeds m_needs;
};

Result<TransferReport> pushInto(
    Database& from, const fs::path& folder, const ProjectLocation& server, ProgressSink& progress)
{
    TransferReport report;
    Mover mover(from, progress);
    if (auto status = mover.survey(); !status)
        return status.error();
    const ScoreFiles scores(folder / "scores");
    auto to = Database::open(server, Database::Access::Write);
    if (!to && to.error().code != ErrorCode::NotFound)
        return to.error();
    if (to)
        if (auto status = mover.compare(**to, report); !status)
            return status.error();
    if (report.targetAhead)
        return report;
    if (auto status = mover.surveyLog(mover.known()); !status)
        return status.error();
    const auto send = [&](Database& target) {
        return sendFiles(folder, scores, mover.needs(), target, report, progress);
    };
    report.made = !to;
    if (to) {
        const Status moved
            = (*to)->transaction([&] { return mover.catchUp(**to); }, [&] { return send(**to); });
        if (!moved)
            return moved.error();
    } else {
        const auto made = Database::create(server, [&](Database& target) {
            const Status copied = mover.copyAll(target);
            return copied ? send(target) : copied;
        });
        if (!made)
            return made.error();
    }
    report.edits = mover.entries();
    return report;
}

/// Makes project.db beside where it belongs and renames it once it is whole.
Status pullAll(Mover& mover, const fs::path& folder)
{
    const fs::path part = folder / "project.db.part";
    std::error_code ec;
    for (const char* suffix : {"", "-wal", "-shm"})
        fs::remove(part.string() + suffix, ec);
    {
        const auto made = Database::create(part, [&](Database& target) { return mover.copyAll(target); });
        if (!made)
            return made.error();
    }
    return renameDurably(part, folder / "project.db");
}

Status prepareFolder(const fs::path& folder)
{
    std::error_code ec;
    if (fs::exists(folder / "team.json", ec))
        return Error{ErrorCode::Conflict,
            folder.string() + ": belongs to a project on a server, choose another folder for the copy"};
    for (const fs::path& part : {folder, folder / "cache", folder / "models"})
        if (auto status = ensureWritableFolder(part); !status)
            return status;
    return {};
}

} // namespace

Result<TransferReport> pushProject(
    const fs::path& project, const ProjectLocation& server, ProgressSink& progress)
{
    const auto location = locate(project.string());
    if (!location)
        return location.error();
    if (location->isTeam())
        return Error{ErrorCode::InvalidArgument,
            location->textWithoutPassword()
                + ": is on a server already; pull it into a folder and push that to copy it elsewhere"};
    if (!server.isTeam())
        return Error{ErrorCode::InvalidArgument,
            server.folder.string() + ": a project is pushed to a postgresql:// URL, this is a folder"};
    const auto from = Database::open(location->folder / "project.db", Database::Access::Write);
    if (!from)
        return from.error();
    // What a program that died left behind belongs to the project too.
    if (const auto replayed = replayJournals(**from, location->folder / "journal"); !replayed)
        return replayed.error();
    StillSource still(**from);
    if (auto status = still.begin(); !status)
        return status.error();
    return pushInto(**from, location->folder, server, progress);
}

Result<TransferReport> pullProject(
    const ProjectLocation& server, const fs::path& folder, ProgressSink& progress)
{
    if (!server.isTeam())
        return Error{ErrorCode::InvalidArgument,
            server.folder.string() + ": only a project on a server is pulled; a folder can just be copied"};
    const auto from = Database::open(server, Database::Access::Read);
    if (!from)
        return from.error();
    StillSource still(**from);
    if (auto status = still.begin(); !status)
        return status.error();
    TransferReport report;
    Mover mover(**from, progress);
    if (auto status = mover.survey(); !status)
        return status.error();
    if (auto status = prepareFolder(folder); !status)
        return status.error();
    std::error_code ec;
    report.made = !fs::exists(folder / "project.db", ec);
    std::unique_ptr<Database> to;
    if (!report.made) {
        auto opened = Database::open(folder / "project.db", Database::Access::Write);
        if (!opened)
            return opened.error();
        to = std::move(*opened);
        if (auto status = mover.compare(*to, report); !status)
            return status.error();
    }
    if (report.targetAhead)
        return report;
    if (auto status = mover.surveyLog(mover.known()); !status)
        return status.error();
    // Files first: until the project speaks of them they only lie there.
    ScoreFiles scores(folder / "scores");
    if (auto status = fetchFiles(**from, mover.needs(), folder, scores, report, progress); !status)
        return status.error();
    const Status moved = to ? to->transaction([&] { return mover.catchUp(*to); }) : pullAll(mover, folder);
    if (!moved)
        return moved.error();
    report.edits = mover.entries();
    return report;
}

} // namespace telltale
