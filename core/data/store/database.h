// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/store/dialect.h"
#include "data/tables.h"
#include <QSqlDatabase>
#include <QSqlQuery>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>

namespace telltale {

struct ProjectLocation;

/// Numbers of new rows that were taken while the store could not be asked: name and the first one not taken.
using IdClaims = std::map<std::string, int64_t>;

/// What became of an edit that was offered to the store.
struct CommitOutcome {
    int64_t sequence = 0; ///< 0: conflict, nothing was written
    std::string hash; ///< of the entry
    std::vector<EditRecord> others; ///< entries of other programs that came before, oldest first
    RowChanges found; ///< conflict: the edit's rows as they are (`after`), in the edit's order
};

/// A project's tables: project.db (SQLite in WAL mode) or a schema of a PostgreSQL server. Belongs to the
/// thread that made it. Every public function catches and reports; none throws.
class Database {
public:
    enum class Access { Read, Write };
    /// Makes the file with its tables. `first` becomes entry 1 of the log.
    static Result<std::unique_ptr<Database>> create(
        const std::filesystem::path& file, EditRecord first, const RowChanges& changes);
    /// NotFound, BadFormat, NewerSchema, Io. Looks before it touches: another program's file stays as it is.
    /// With Access::Write an older project is brought to this schema.
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, Access access);
    /// Makes the project's schema on the server; Conflict if there is one.
    static Result<std::unique_ptr<Database>> create(
        const ProjectLocation& server, EditRecord first, const RowChanges& changes);
    /// The same with whatever `fill` puts into the empty tables, all in one transaction.
    using Fill = std::function<Status(Database&)>;
    static Result<std::unique_ptr<Database>> create(const std::filesystem::path& file, const Fill& fill);
    static Result<std::unique_ptr<Database>> create(const ProjectLocation& server, const Fill& fill);
    static Result<std::unique_ptr<Database>> open(const ProjectLocation& server, Access access);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    const Dialect& dialect() const { return m_dialect; }
    /// File or server, as messages name it.
    const std::string& name() const { return m_name; }
    QSqlDatabase& connection() { return m_database; }
    bool isServer() const { return &m_dialect == &postgresDialect(); }
    /// False once the server is known to be gone; costs no round trip.
    bool isConnected() const { return m_database.isOpen(); }

    Status forEachRow(Table table, const std::function<void(int64_t, nlohmann::json)>& visit);
    Result<nlohmann::json> row(Table table, int64_t id); ///< null if there is none
    /// Entries after `sequence` and before `end`, oldest first.
    Status forEachEdit(int64_t sequence, const std::function<void(EditRecord)>& visit,
        int64_t end = std::numeric_limits<int64_t>::max());
    /// The same without before and after.
    Status forEachEditTitle(const std::function<void(EditRecord)>& visit);
    /// At most `most` entries after `sequence`, oldest first, with before and after only where an effort is
    /// known.
    Status forEachEffort(int64_t sequence, int64_t most, const std::function<void(EditRecord)>& visit);
    /// Entries with a row of this id in whichever table, oldest first; looks through the whole log.
    Status forEachEditOf(int64_t id, const std::function<void(EditRecord)>& visit);
    Result<EditRecord> edit(int64_t sequence); ///< NotFound
    Result<EditRecord> lastEdit(); ///< sequence 0 if there is none
    /// Whether an entry after `sequence` has this token.
    Result<bool> knows(const std::string& token, int64_t sequence);
    Result<std::map<std::string, int64_t>> nextIds(); ///< by table; a table that is not in it starts at 1
    Result<std::string> info(const std::string& key); ///< empty if there is none
    Status setInfo(const std::string& key, const std::string& value);
    /// The text rows of a statement that reads.
    Result<std::vector<std::string>> texts(const QString& statement);
    /// Whether another connection has written since this was asked last.
    Result<bool> changedOutside();

    /// Takes `count` ids that nobody else gets; returns the first.
    Result<int64_t> reserveIds(const std::string& name, int64_t count);
    /// Gives back those from `next` on if `end` was the last one given out by anybody.
    Status returnIds(const std::string& name, int64_t next, int64_t end);

    /// Applies the changes and appends the log entry in one transaction. `known`: the last entry that the
    /// caller has seen. Every row must be as `before` says; otherwise nothing is written and the outcome says
    /// what was found.
    Result<CommitOutcome> commit(
        const EditRecord& record, const RowChanges& changes, int64_t known, const IdClaims& claims = {});
    /// Runs `work` in one transaction that excludes other writers; rolls back if it fails. On a server they
    /// are excluded only after `before`, which may take long.
    Status transaction(const std::function<Status()>& work, const std::function<Status()>& before = {});
    /// True if the row was as `before` says and is as `after` says now.
    Result<bool> applyChange(const RowChange& change);
    Status execute(const QString& statement);
    Status insertRow(Table table, int64_t id, const nlohmann::json& row);
    /// As it is, with sequence and hash; for copies of a log.
    Status insertEdit(const EditRecord& record);
    /// Many at once.
    Status insertRows(Table table, const std::vector<std::pair<int64_t, nlohmann::json>>& rows);
    Status insertEdits(const std::vector<EditRecord>& records);
    Status setNextId(const std::string& name, int64_t next);
    Result<std::string> blob(const std::string& digest); ///< NotFound
    Status putBlob(const std::string& digest, const std::string& bytes);
    Result<bool> hasBlob(const std::string& digest);
    /// Files of the project's folder that a server keeps for the others: digest by path.
    Result<std::map<std::string, std::string>> files();
    Status setFile(const std::string& path, const std::string& digest);
    Error failure(const QSqlError& error, const char* doing) const;
    Result<QSqlQuery*> prepared(const QString& statement);

private:
    Database(const Dialect& dialect, std::string name, Access access);
    Status connectFile(const std::filesystem::path& file);
    Status connectServer(const ProjectLocation& server);
    Status examineFile();
    Status makeTables();
    /// Adds the tables and columns that a project of an older, readable schema lacks.
    Status addTables();
    Status upgradeServer(const QString& schema);
    Status enterFirst(EditRecord first, const RowChanges& changes);
    Result<CommitOutcome> tryCommit(
        const EditRecord& record, const RowChanges& changes, int64_t known, const IdClaims& claims);
    /// The same in one round trip; an edit whose token is in the log already is not entered twice.
    Result<CommitOutcome> tryCommitOnServer(const EditRecord& record, int64_t known, const IdClaims& claims);
    Status insertMany(const char* table, const nlohmann::json& rows);
    Status claimIds(const std::string& name, int64_t next);
    Status executePrepared(const QString& statement);
    Status run(QSqlQuery& query, const char* doing);
    /// Whether a loop over rows has seen them all.
    Status ended(const QSqlQuery& query, const char* doing) const;
    Result<int64_t> number(const QString& statement);
    void finishQueries();
    QString editColumns() const; ///< as far as the file has them

    const Dialect& m_dialect;
    std::string m_name;
    Access m_access;
    int64_t m_version = kSchemaVersion; ///< of the tables in the file
    int64_t m_dataVersion = 0;
    QString m_connection;
    std::map<QString, QSqlQuery> m_queries;
    QSqlDatabase m_database;
};

/// Brings project.db of an older schema to this one, in one transaction, as an entry of the log; a copy of
/// the old file stays beside it. Defined in migration.cpp.
Status migrateFile(Database& database, const std::filesystem::path& file, int64_t version);

} // namespace telltale
