// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/store/database.h"
#include <QSqlError>
#include <QStringList>
#include <QVariant>
#include <array>
#include <atomic>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int64_t kApplicationId = 0x54454c4c; // "TELL"
constexpr int64_t kBlobPart = int64_t{4} << 20;

/// A commit is on the disk when it returns. The write-ahead log is taken over into the file often: it then
/// stays short and is written over instead of growing, which is what makes a commit cheaper than an append.
constexpr std::array kWritingPragmas{"PRAGMA foreign_keys = ON", "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL", "PRAGMA wal_autocheckpoint = 200"};

const QString kEditColumns = QStringLiteral(
    "sequence, time, annotator, kind, command, before, after, undo_of, token, step, hash, effort");

/// `form` once per column with its name in place of the percent sign.
QString columnList(const TableInfo& info, const QString& form, const QString& separator)
{
    QStringList parts;
    for (const Column& column : info.columns)
        parts << QString(form).replace(QLatin1Char('%'), QLatin1String(column.name));
    return parts.join(separator);
}

QString names(const TableInfo& info) { return columnList(info, QStringLiteral("%"), QStringLiteral(", ")); }

QMetaType metaType(ColumnType type)
{
    constexpr std::array kTypes{QMetaType::LongLong, QMetaType::Double, QMetaType::QString};
    return QMetaType(kTypes.at(static_cast<size_t>(type)));
}

QVariant toVariant(const json& value, ColumnType type)
{
    if (value.is_null())
        return QVariant(metaType(type));
    switch (type) {
    case ColumnType::Integer:
        return QVariant::fromValue<qlonglong>(value.get<int64_t>());
    case ColumnType::Real:
        return value.get<double>();
    case ColumnType::Text:
        break;
    }
    return QString::fromStdString(value.get_ref<const std::string&>());
}

json fromVariant(const QVariant& value, ColumnType type)
{
    if (value.isNull() && type != ColumnType::Text)
        return nullptr;
    switch (type) {
    case ColumnType::Integer:
        return static_cast<int64_t>(value.toLongLong());
    case ColumnType::Real:
        return value.toDouble();
    case ColumnType::Text:
        break;
    }
    return value.toString().toStdString();
}

json readRow(const QSqlQuery& query, const TableInfo& info)
{
    json row = json::object();
    int index = 1;
    for (const Column& column : info.columns)
        row[column.name] = fromVariant(query.value(index++), column.type);
    return row;
}

EditRecord readEdit(const QSqlQuery& query)
{
    const auto text = [&query](int column) { return query.value(column).toString().toStdString(); };
    return {query.value(0).toLongLong(), text(1), text(2), text(3), text(4), text(5), text(6),
        query.value(7).toLongLong(), text(8), text(9), text(10), text(11)};
}

} // namespace

Database::Database(const Dialect& dialect, std::string name, Access access)
    : m_dialect(dialect)
    , m_name(std::move(name))
    , m_access(access)
{
    static std::atomic<int> serial = 0;
    m_connection = QStringLiteral("telltale-project-%1").arg(++serial);
}

Database::~Database()
{
    m_queries.clear();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

Error Database::failure(const QSqlError& error, const char* doing) const
{
    if (const char* known = m_dialect.sentence(error))
        return {m_dialect.meaning(error), m_name + ": " + known};
    return {ErrorCode::Internal, m_name + ": " + doing + " failed: " + error.text().toStdString()};
}

Status Database::run(QSqlQuery& query, const char* doing)
{
    return query.exec() ? Status() : Status(failure(query.lastError(), doing));
}

Status Database::execute(const QString& statement)
{
    QSqlQuery query(m_database);
    return query.exec(statement) ? Status() : Status(failure(query.lastError(), "a statement"));
}

Status Database::ended(const QSqlQuery& query, const char* doing) const
{
    // A connection that dies ends the rows without an error.
    const bool whole = !query.lastError().isValid() && m_database.isOpen();
    return whole ? Status() : Status(failure(query.lastError(), doing));
}

Result<QSqlQuery*> Database::prepared(const QString& statement)
{
    const auto known = m_queries.find(statement);
    if (known != m_queries.end())
        return &known->second;
    QSqlQuery query(m_database);
    query.setForwardOnly(!isServer()); // there other statements come in between
    if (!query.prepare(statement))
        return failure(query.lastError(), "preparing a statement");
    return &m_queries.emplace(statement, std::move(query)).first->second;
}

Result<int64_t> Database::number(const QString& statement)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(statement))
        return failure(query.lastError(), "reading");
    return query.next() ? static_cast<int64_t>(query.value(0).toLongLong()) : int64_t{0};
}

Status Database::connectFile(const fs::path& file)
{
    m_database = QSqlDatabase::addDatabase(QLatin1String(m_dialect.driver), m_connection);
    if (!m_database.isValid())
        return Error{ErrorCode::Unsupported, "Qt's SQLite driver is missing, install libqt6sql6-sqlite"};
    m_database.setDatabaseName(QString::fromStdString(file.string()));
    m_database.setConnectOptions(m_access == Access::Read
            ? QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000;QSQLITE_OPEN_READONLY")
            : QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!m_database.open())
        return failure(m_database.lastError(), "opening");
    return {};
}

Status Database::examineFile()
{
    const auto application = number(QStringLiteral("PRAGMA application_id"));
    if (!application)
        return application.error();
    if (*application != kApplicationId)
        return Error{ErrorCode::BadFormat,
            m_name
                + ": is not a Telltale project but another or an empty database, choose the project's "
                  "folder"};
    const auto version = number(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return version.error();
    if (*version > kSchemaVersion)
        return Error{ErrorCode::NewerSchema,
            m_name + ": was written by a newer Telltale (schema " + std::to_string(*version)
                + ", this one knows " + std::to_string(kSchemaVersion) + "), update Telltale to open it"};
    m_version = *version;
    return {};
}

Result<std::unique_ptr<Database>> Database::open(const fs::path& file, Access access)
{
    std::unique_ptr<Database> database(new Database(sqliteDialect(), file.string(), access));
    std::error_code ec;
    if (!fs::is_regular_file(file, ec))
        return Error{ErrorCode::NotFound, file.string() + ": there is no such file"};
    if (auto status = database->connectFile(file); !status)
        return status.error();
    if (auto status = database->examineFile(); !status)
        return status.error();
    if (access == Access::Read) {
        if (database->m_version < kOldestReadableSchema)
            return Error{ErrorCode::Unsupported,
                file.string() + ": was written by an older Telltale (schema "
                    + std::to_string(database->m_version)
                    + "), open the project once with this one: it brings it up to date"};
        return database;
    }
    for (const char* pragma : kWritingPragmas)
        if (auto status = database->execute(QString::fromLatin1(pragma)); !status)
            return status.error();
    if (database->m_version < kSchemaVersion)
        if (auto status = database->m_version < kOldestReadableSchema
                ? migrateFile(*database, file, database->m_version)
                : database->addTables();
            !status)
            return status.error();
    database->m_version = kSchemaVersion;
    (void)database->changedOutside();
    return database;
}

Status Database::makeTables()
{
    for (const QString& statement : schemaStatements(m_dialect))
        if (auto status = execute(statement); !status)
            return status;
    return {};
}

Status Database::addTables()
{
    return transaction([this]() -> Status {
        // Another program may have been quicker.
        const auto version = number(QStringLiteral("PRAGMA user_version"));
        if (!version)
            return version.error();
        for (const QString& statement : addedTableStatements(m_dialect, *version))
            if (auto status = execute(statement); !status)
                return status;
        return execute(QStringLiteral("PRAGMA user_version = %1").arg(kSchemaVersion));
    });
}

Status Database::enterFirst(EditRecord first, const RowChanges& changes)
{
    if (auto status = formatChanges(changes, first); !status)
        return status;
    for (const RowChange& change : changes) {
        if (auto status = insertRow(change.table, change.id, change.after); !status)
            return status;
        if (auto status = setNextId(infoOf(change.table).name, change.id + 1); !status)
            return status;
    }
    first.sequence = 1;
    first.hash = hashOf(first, {});
    return insertEdit(first);
}

Result<std::unique_ptr<Database>> Database::create(
    const fs::path& file, EditRecord first, const RowChanges& changes)
{
    return create(file, [&](Database& database) { return database.enterFirst(std::move(first), changes); });
}

Result<std::unique_ptr<Database>> Database::create(const fs::path& file, const Fill& fill)
{
    std::unique_ptr<Database> database(new Database(sqliteDialect(), file.string(), Access::Write));
    const auto make = [&]() -> Status {
        if (auto status = database->connectFile(file); !status)
            return status;
        for (const char* pragma :
            {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON"})
            if (auto status = database->execute(QString::fromLatin1(pragma)); !status)
                return status;
        return database->transaction([&]() -> Status {
            if (auto status = database->makeTables(); !status)
                return status;
            if (auto status = fill(*database); !status)
                return status;
            if (auto status
                = database->execute(QStringLiteral("PRAGMA application_id = %1").arg(kApplicationId));
                !status)
                return status;
            return database->execute(QStringLiteral("PRAGMA user_version = %1").arg(kSchemaVersion));
        });
    };
    if (auto status = make(); !status) {
        database.reset();
        for (const char* suffix : {"", "-wal", "-shm"}) {
            std::error_code ec;
            fs::remove(file.string() + suffix, ec);
        }
        return status.error();
    }
    return database;
}

Status Database::forEachRow(Table table, const std::function<void(int64_t, json)>& visit)
{
    const TableInfo& info = infoOf(table);
    if (info.since > m_version)
        return {};
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(
            QStringLiteral("SELECT id, %1 FROM %2 ORDER BY id").arg(names(info), QLatin1String(info.name)))) {
        Error error = failure(query.lastError(), "reading a table");
        // What a table looks like is written in the file, too, where a flipped bit may rename a column.
        if (!isServer() && error.code == ErrorCode::Internal)
            error = {ErrorCode::BadFormat,
                m_name + ": its table " + info.name
                    + " is not as it was made, 'telltale-cli project repair' can mend it ("
                    + query.lastError().databaseText().toStdString() + ")"};
        return error;
    }
    while (query.next())
        visit(query.value(0).toLongLong(), readRow(query, info));
    return ended(query, "reading a table");
}

Result<json> Database::row(Table table, int64_t id)
{
    const TableInfo& info = infoOf(table);
    auto query = prepared(
        QStringLiteral("SELECT id, %1 FROM %2 WHERE id = ?").arg(names(info), QLatin1String(info.name)));
    if (!query)
        return query.error();
    (*query)->bindValue(0, QVariant::fromValue<qlonglong>(id));
    if (auto status = run(**query, "reading a row"); !status)
        return status.error();
    json row = (*query)->next() ? readRow(**query, info) : json(nullptr);
    (*query)->finish();
    return row;
}

QString Database::editColumns() const
{
    // A log that was never written by this version is read as it is.
    return m_version < kSchemaOfEffort
        ? QString(kEditColumns).replace(QStringLiteral("effort"), QStringLiteral("''"))
        : kEditColumns;
}

Status Database::forEachEdit(int64_t sequence, const std::function<void(EditRecord)>& visit, int64_t end)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(
            QStringLiteral("SELECT %1 FROM edits WHERE sequence > %2 AND sequence < %3 ORDER BY sequence")
                .arg(editColumns())
                .arg(sequence)
                .arg(end)))
        return failure(query.lastError(), "reading the edit log");
    while (query.next())
        visit(readEdit(query));
    return ended(query, "reading the edit log");
}

Status Database::forEachEditTitle(const std::function<void(EditRecord)>& visit)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SELECT sequence, time, annotator, kind, command, '', '', undo_of, '',"
                                   " step, '', '' FROM edits ORDER BY sequence")))
        return failure(query.lastError(), "reading the edit log");
    while (query.next())
        visit(readEdit(query));
    return ended(query, "reading the edit log");
}

Status Database::forEachEffort(int64_t sequence, int64_t most, const std::function<void(EditRecord)>& visit)
{
    // Rows are large, and only those of measured entries are looked at.
    const QString columns = m_version < kSchemaOfEffort
        ? QStringLiteral("'', '', undo_of, '', step, '', ''")
        : QStringLiteral(
            "CASE WHEN effort = '' THEN '' ELSE before END, CASE WHEN effort = '' THEN '' ELSE after"
            " END, undo_of, '', step, '', effort");
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SELECT sequence, time, annotator, kind, command, %1 FROM edits"
                                   " WHERE sequence > %2 ORDER BY sequence LIMIT %3")
                        .arg(columns)
                        .arg(sequence)
                        .arg(most)))
        return failure(query.lastError(), "reading the edit log");
    while (query.next())
        visit(readEdit(query));
    return ended(query, "reading the edit log");
}

Status Database::forEachEditOf(int64_t id, const std::function<void(EditRecord)>& visit)
{
    // As formatChanges() writes it, in `after` also for a row that goes: {"id":7,"row":null,"table":...}.
    const QString named = QStringLiteral("%\"id\":%1,%").arg(id);
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(
            QStringLiteral("SELECT %1 FROM edits WHERE after LIKE ? ORDER BY sequence").arg(editColumns())))
        return failure(query.lastError(), "reading the edit log");
    query.addBindValue(named);
    if (!query.exec())
        return failure(query.lastError(), "reading the edit log");
    while (query.next())
        visit(readEdit(query));
    return ended(query, "reading the edit log");
}

Result<EditRecord> Database::edit(int64_t sequence)
{
    auto query = prepared(QStringLiteral("SELECT %1 FROM edits WHERE sequence = ?").arg(editColumns()));
    if (!query)
        return query.error();
    (*query)->bindValue(0, QVariant::fromValue<qlonglong>(sequence));
    if (auto status = run(**query, "reading the edit log"); !status)
        return status.error();
    if (!(*query)->next())
        return Error{ErrorCode::NotFound, m_name + ": the log has no entry " + std::to_string(sequence)};
    EditRecord record = readEdit(**query);
    (*query)->finish();
    return record;
}

Result<EditRecord> Database::lastEdit()
{
    auto query = prepared(QStringLiteral("SELECT sequence, hash FROM edits ORDER BY sequence DESC LIMIT 1"));
    if (!query)
        return query.error();
    if (auto status = run(**query, "reading the edit log"); !status)
        return status.error();
    EditRecord record;
    if ((*query)->next()) {
        record.sequence = (*query)->value(0).toLongLong();
        record.hash = (*query)->value(1).toString().toStdString();
    }
    (*query)->finish();
    return record;
}

Result<bool> Database::knows(const std::string& token, int64_t sequence)
{
    auto query = prepared(QStringLiteral("SELECT count(*) FROM edits WHERE sequence > ? AND token = ?"));
    if (!query)
        return query.error();
    (*query)->bindValue(0, QVariant::fromValue<qlonglong>(sequence));
    (*query)->bindValue(1, QString::fromStdString(token));
    if (auto status = run(**query, "reading the edit log"); !status)
        return status.error();
    const bool known = (*query)->next() && (*query)->value(0).toLongLong() > 0;
    (*query)->finish();
    return known;
}

Result<std::map<std::string, int64_t>> Database::nextIds()
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SELECT name, next FROM ids")))
        return failure(query.lastError(), "reading numbers");
    std::map<std::string, int64_t> next;
    while (query.next())
        next[query.value(0).toString().toStdString()] = query.value(1).toLongLong();
    if (auto status = ended(query, "reading numbers"); !status)
        return status.error();
    return next;
}

Result<std::string> Database::info(const std::string& key)
{
    auto query = prepared(QStringLiteral("SELECT value FROM info WHERE key = ?"));
    if (!query)
        return query.error();
    (*query)->bindValue(0, QString::fromStdString(key));
    if (auto status = run(**query, "reading a setting"); !status)
        return status.error();
    std::string value = (*query)->next() ? (*query)->value(0).toString().toStdString() : std::string();
    (*query)->finish();
    return value;
}

Status Database::setInfo(const std::string& key, const std::string& value)
{
    auto query = prepared(QStringLiteral("INSERT INTO info(key, value) VALUES(?, ?)"
                                         " ON CONFLICT(key) DO UPDATE SET value = excluded.value"));
    if (!query)
        return query.error();
    (*query)->bindValue(0, QString::fromStdString(key));
    (*query)->bindValue(1, QString::fromStdString(value));
    return run(**query, "writing a setting");
}

Result<std::vector<std::string>> Database::texts(const QString& statement)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(statement))
        return failure(query.lastError(), "checking");
    std::vector<std::string> rows;
    while (query.next())
        rows.push_back(query.value(0).toString().toStdString());
    if (auto status = ended(query, "checking"); !status)
        return status.error();
    return rows;
}

Result<bool> Database::changedOutside()
{
    if (isServer())
        return true; // the server is asked for new entries anyway
    const auto version = number(QStringLiteral("PRAGMA data_version"));
    if (!version)
        return version.error();
    return std::exchange(m_dataVersion, *version) != *version;
}

Result<int64_t> Database::reserveIds(const std::string& name, int64_t count)
{
    int64_t first = 0;
    const auto reserve = [&]() -> Status {
        auto query = prepared(QStringLiteral("INSERT INTO ids(name, next) VALUES(?, 1 + ?)"
                                             " ON CONFLICT(name) DO UPDATE SET next = ids.next + ?"
                                             " RETURNING next"));
        if (!query)
            return query.error();
        (*query)->bindValue(0, QString::fromStdString(name));
        (*query)->bindValue(1, QVariant::fromValue<qlonglong>(count));
        (*query)->bindValue(2, QVariant::fromValue<qlonglong>(count));
        if (auto done = run(**query, "reserving numbers"); !done)
            return done;
        (*query)->next();
        first = (*query)->value(0).toLongLong() - count;
        (*query)->finish();
        return {};
    };
    const Status status = isServer() ? reserve() : transaction(reserve); // there one statement is one
    return status ? Result<int64_t>(first) : Result<int64_t>(status.error());
}

Status Database::returnIds(const std::string& name, int64_t next, int64_t end)
{
    auto query = prepared(QStringLiteral("UPDATE ids SET next = ? WHERE name = ? AND next = ?"));
    if (!query)
        return query.error();
    (*query)->bindValue(0, QVariant::fromValue<qlonglong>(next));
    (*query)->bindValue(1, QString::fromStdString(name));
    (*query)->bindValue(2, QVariant::fromValue<qlonglong>(end));
    return run(**query, "giving numbers back");
}

Status Database::claimIds(const std::string& name, int64_t next)
{
    const auto all = nextIds();
    if (!all)
        return all.error();
    const auto known = all->find(name);
    return known != all->end() && known->second >= next ? Status() : setNextId(name, next);
}

Status Database::setNextId(const std::string& name, int64_t next)
{
    auto query = prepared(QStringLiteral("INSERT INTO ids(name, next) VALUES(?, ?)"
                                         " ON CONFLICT(name) DO UPDATE SET next = excluded.next"));
    if (!query)
        return query.error();
    (*query)->bindValue(0, QString::fromStdString(name));
    (*query)->bindValue(1, QVariant::fromValue<qlonglong>(next));
    return run(**query, "reserving numbers");
}

Status Database::insertRow(Table table, int64_t id, const json& row)
{
    const TableInfo& info = infoOf(table);
    auto query = prepared(QStringLiteral("INSERT INTO %1(%2, id) VALUES(%3, ?)")
                              .arg(QLatin1String(info.name), names(info),
                                  columnList(info, QStringLiteral("?"), QStringLiteral(", "))));
    if (!query)
        return query.error();
    int index = 0;
    for (const Column& column : info.columns)
        (*query)->bindValue(index++, toVariant(row.at(column.name), column.type));
    (*query)->bindValue(index, QVariant::fromValue<qlonglong>(id));
    return run(**query, "writing a row");
}

Result<bool> Database::applyChange(const RowChange& change)
{
    if (change.before.is_null()) {
        if (auto status = insertRow(change.table, change.id, change.after); !status)
            return status.error();
        return true;
    }
    const TableInfo& info = infoOf(change.table);
    const QString name = QLatin1String(info.name);
    const QString where = columnList(
        info, QStringLiteral("% %1 ?").arg(QLatin1String(m_dialect.same)), QStringLiteral(" AND "));
    const QString statement = change.after.is_null()
        ? QStringLiteral("DELETE FROM %1 WHERE id = ? AND %2").arg(name, where)
        : QStringLiteral("UPDATE %1 SET %2 WHERE id = ? AND %3")
              .arg(name, columnList(info, QStringLiteral("% = ?"), QStringLiteral(", ")), where);
    auto query = prepared(statement);
    if (!query)
        return query.error();
    int index = 0;
    if (!change.after.is_null())
        for (const Column& column : info.columns)
            (*query)->bindValue(index++, toVariant(change.after.at(column.name), column.type));
    (*query)->bindValue(index++, QVariant::fromValue<qlonglong>(change.id));
    for (const Column& column : info.columns)
        (*query)->bindValue(index++, toVariant(change.before.at(column.name), column.type));
    if (auto status = run(**query, "writing a row"); !status)
        return status.error();
    const bool hit = (*query)->numRowsAffected() == 1;
    (*query)->finish();
    return hit;
}

Status Database::insertEdit(const EditRecord& record)
{
    // SQLite takes bytes as the UTF-8 that they are; as a QString a long entry would be there three times.
    const char* const text = isServer() ? "?" : "CAST(? AS TEXT)";
    auto query = prepared(QStringLiteral("INSERT INTO edits(%1) VALUES(?, ?, ?, ?, ?, %2, %2, ?, ?, ?, ?, ?)")
                              .arg(kEditColumns, QLatin1String(text)));
    if (!query)
        return query.error();
    const auto bytes = [this](const std::string& value) {
        return isServer()
            ? QVariant(QString::fromStdString(value))
            : QVariant(QByteArray::fromRawData(value.data(), static_cast<qsizetype>(value.size())));
    };
    int index = 0;
    (*query)->bindValue(index++, QVariant::fromValue<qlonglong>(record.sequence));
    for (const std::string* value : {&record.time, &record.annotator, &record.kind, &record.command})
        (*query)->bindValue(index++, QString::fromStdString(*value));
    (*query)->bindValue(index++, bytes(record.before));
    (*query)->bindValue(index++, bytes(record.after));
    (*query)->bindValue(index++, QVariant::fromValue<qlonglong>(record.undoOf));
    for (const std::string* value : {&record.token, &record.step, &record.hash, &record.effort})
        (*query)->bindValue(index++, QString::fromStdString(*value));
    return run(**query, "writing the edit log");
}

void Database::finishQueries()
{
    for (auto& [statement, query] : m_queries)
        query.finish();
}

Status Database::executePrepared(const QString& statement)
{
    if (isServer())
        return execute(statement);
    auto query = prepared(statement);
    if (!query)
        return query.error();
    auto status = run(**query, "a transaction");
    (*query)->finish();
    return status;
}

Status Database::transaction(const std::function<Status()>& work, const std::function<Status()>& before)
{
    if (auto status = executePrepared(QLatin1String(m_dialect.begin)); !status)
        return status;
    Status status = before ? before() : Status();
    if (status && *m_dialect.lock)
        status = execute(QLatin1String(m_dialect.lock));
    if (status)
        status = work();
    if (status)
        status = executePrepared(QStringLiteral("COMMIT"));
    if (!status) {
        finishQueries();
        (void)execute(QStringLiteral("ROLLBACK"));
    }
    return status;
}

Result<CommitOutcome> Database::tryCommit(
    const EditRecord& record, const RowChanges& changes, int64_t known, const IdClaims& claims)
{
    CommitOutcome outcome;
    EditRecord entry = record;
    Status status = transaction([&]() -> Status {
        const auto last = lastEdit();
        if (!last)
            return last.error();
        if (last->sequence > known) {
            auto read
                = forEachEdit(known, [&](EditRecord other) { outcome.others.push_back(std::move(other)); });
            if (!read)
                return read;
        }
        for (const auto& [name, next] : claims)
            if (auto claimed = claimIds(name, next); !claimed)
                return claimed;
        for (const RowChange& change : changes) {
            const auto hit = applyChange(change);
            if (!hit)
                return hit.error();
            if (!*hit)
                return Error{ErrorCode::Conflict, m_name + ": somebody else has changed this meanwhile"};
        }
        entry.sequence = last->sequence + 1;
        entry.hash = hashOf(entry, last->hash);
        return insertEdit(entry);
    });
    if (!status)
        return status.error();
    outcome.sequence = entry.sequence;
    outcome.hash = entry.hash;
    return outcome;
}

Result<CommitOutcome> Database::commit(
    const EditRecord& record, const RowChanges& changes, int64_t known, const IdClaims& claims)
{
    auto outcome
        = isServer() ? tryCommitOnServer(record, known, claims) : tryCommit(record, changes, known, claims);
    if (outcome || outcome.error().code != ErrorCode::Conflict)
        return outcome;
    CommitOutcome conflict;
    if (auto read
        = forEachEdit(known, [&](EditRecord other) { conflict.others.push_back(std::move(other)); });
        !read)
        return read.error();
    conflict.found.reserve(changes.size());
    for (const RowChange& change : changes) {
        auto current = row(change.table, change.id);
        if (!current)
            return current.error();
        conflict.found.push_back({change.table, change.id, change.before, std::move(*current)});
    }
    return conflict;
}

Result<std::string> Database::blob(const std::string& digest)
{
    auto query = prepared(QStringLiteral("SELECT bytes FROM blobs WHERE digest = ? ORDER BY part"));
    if (!query)
        return query.error();
    (*query)->bindValue(0, QString::fromStdString(digest));
    if (auto status = run(**query, "reading a file"); !status)
        return status.error();
    std::string bytes;
    bool found = false;
    for (; (*query)->next(); found = true) {
        const QByteArray part = (*query)->value(0).toByteArray();
        bytes.append(part.constData(), static_cast<size_t>(part.size()));
    }
    (*query)->finish();
    if (!found)
        return Error{ErrorCode::NotFound, m_name + ": the file " + digest + " is not there"};
    return bytes;
}

Result<bool> Database::hasBlob(const std::string& digest)
{
    auto query = prepared(QStringLiteral("SELECT count(*) FROM blobs WHERE digest = ? AND part = 0"));
    if (!query)
        return query.error();
    (*query)->bindValue(0, QString::fromStdString(digest));
    if (auto status = run(**query, "reading a file"); !status)
        return status.error();
    const bool there = (*query)->next() && (*query)->value(0).toLongLong() > 0;
    (*query)->finish();
    return there;
}

Status Database::putBlob(const std::string& digest, const std::string& bytes)
{
    auto query = prepared(
        QStringLiteral("INSERT INTO blobs(digest, part, bytes) VALUES(?, ?, ?) ON CONFLICT DO NOTHING"));
    if (!query)
        return query.error();
    // The first part last: where it is, all are.
    const auto total = static_cast<int64_t>(bytes.size());
    for (int64_t part = std::max<int64_t>(total - 1, 0) / kBlobPart; part >= 0; --part) {
        const int64_t at = part * kBlobPart;
        (*query)->bindValue(0, QString::fromStdString(digest));
        (*query)->bindValue(1, QVariant::fromValue<qlonglong>(part));
        (*query)->bindValue(2, QByteArray(bytes.data() + at, std::min(kBlobPart, total - at)));
        if (auto status = run(**query, "writing a file"); !status)
            return status;
    }
    return {};
}

} // namespace telltale
