// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <QSqlDatabase>
#include <QSqlQuery>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

class QSqlError;

namespace telltale {

/// Version of the tables; a project of a later one is refused.
inline constexpr int kSchemaVersion = 2;

enum class Table { Schemes, Videos, Runs, Predictions, Annotations, Models, Syncs };

enum class ColumnType { Integer, Real, Text };
struct Column {
    const char* name;
    ColumnType type;
};
/// The columns of a table besides its id.
struct TableInfo {
    Table table;
    const char* name;
    std::vector<Column> columns;
    int since = 1; ///< schema that brought the table
};
const std::vector<TableInfo>& tableInfos(); ///< in an order that foreign keys allow
const TableInfo& infoOf(Table table);

/// One row before and after an edit; null means that it is not there.
struct RowChange {
    Table table = Table::Annotations;
    int64_t id = 0;
    nlohmann::json before;
    nlohmann::json after;
};
/// Numbers that are too many for a row of text, found by their SHA-256.
struct Payload {
    std::string digest;
    std::string bytes;
};
std::string payloadDigest(const std::string& bytes);

/// One entry of the append-only log.
struct EditRecord {
    int64_t sequence = 0;
    std::string time;
    std::string annotator;
    std::string kind; ///< "do", "undo", "redo"
    std::string command;
    std::string changes; ///< JSON: [{table, id, before, after}]
    int64_t undoOf = 0; ///< sequence of the entry that an undo or redo turns round
};

/// The file project.db: a SQLite database in WAL mode. Belongs to one thread. Every public function catches
/// and reports; none throws.
class Database {
public:
    enum class Access { Read, Write };
    /// Makes the file with its tables. `first` becomes entry 1 of the log.
    static Result<std::unique_ptr<Database>> create(
        const std::filesystem::path& file, EditRecord first, const std::vector<RowChange>& changes);
    /// NotFound, BadFormat, NewerSchema, Io. Looks before it touches: another program's file stays as it is.
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, Access access);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Status forEachRow(Table table, const std::function<void(int64_t, nlohmann::json)>& visit);
    Result<nlohmann::json> row(Table table, int64_t id); ///< null if there is none
    Status forEachEdit(const std::function<void(const EditRecord&)>& visit);
    Result<std::string> payload(const std::string& digest);
    Result<int64_t> lastSequence();
    Result<int64_t> lastId(Table table); ///< highest id ever used
    /// The text rows of a PRAGMA.
    Result<std::vector<std::string>> pragma(const QString& statement);

    /// Applies the changes and appends the log entry in one transaction; returns its sequence number.
    /// Conflict if the last entry is not `expectedLast`, because another program has written meanwhile.
    Result<int64_t> commit(const EditRecord& record, const std::vector<RowChange>& changes,
        const std::vector<Payload>& payloads, int64_t expectedLast);

private:
    Database(std::filesystem::path file, Access access);
    Status connect();
    Status makeTables();
    Status examine();
    /// Brings the tables of an older schema up to this one, in one transaction.
    Status migrate();
    Result<int64_t> write(const EditRecord& record, const std::vector<RowChange>& changes,
        const std::vector<Payload>& payloads, int64_t expectedLast);
    Status writeChange(const RowChange& change);
    Status execute(const QString& statement);
    Status execute(QSqlQuery& query, const char* doing);
    Result<QSqlQuery*> prepared(const QString& statement);
    Result<int64_t> number(const QString& statement);
    Error failure(const QSqlError& error, const char* doing) const;

    std::filesystem::path m_file;
    Access m_access;
    int64_t m_version = kSchemaVersion; ///< of the tables in the file
    QString m_connection;
    std::map<QString, QSqlQuery> m_queries;
    QSqlDatabase m_database;
};

/// The JSON of the log; BadFormat if a text is not UTF-8.
Result<std::string> formatChanges(const std::vector<RowChange>& changes);
Result<std::vector<RowChange>> parseChanges(const std::string& text);

} // namespace telltale
