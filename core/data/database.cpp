// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/database.h"
#include "base/files.h"
#include <QCryptographicHash>
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

// Ids are AUTOINCREMENT so that SQLite never hands one out twice. The log, the predictions and their numbers
// are guarded by triggers: nothing in the program, present or future, rewrites them.
constexpr std::array kSchema{
    "CREATE TABLE schemes(id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL)",
    "CREATE TABLE videos(id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, name TEXT NOT NULL UNIQUE,"
    " subject TEXT NOT NULL, role TEXT NOT NULL, fingerprint TEXT NOT NULL, frame_count INTEGER NOT NULL,"
    " duration_us INTEGER NOT NULL, fps REAL NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,"
    " offline INTEGER NOT NULL, track TEXT NOT NULL)",
    "CREATE TABLE runs(id INTEGER PRIMARY KEY AUTOINCREMENT, video_id INTEGER NOT NULL REFERENCES videos(id),"
    " time TEXT NOT NULL, model TEXT NOT NULL, recipe TEXT NOT NULL, seed TEXT NOT NULL, curves TEXT NOT "
    "NULL)",
    "CREATE TABLE payloads(digest TEXT PRIMARY KEY, bytes BLOB NOT NULL)",
    "CREATE TABLE predictions(id INTEGER PRIMARY KEY AUTOINCREMENT, run_id INTEGER NOT NULL REFERENCES "
    "runs(id),"
    " video_id INTEGER NOT NULL REFERENCES videos(id), person INTEGER NOT NULL, first INTEGER NOT NULL,"
    " last INTEGER NOT NULL, score REAL NOT NULL, pseudo_label INTEGER NOT NULL, birth TEXT NOT NULL,"
    " payload TEXT NOT NULL REFERENCES payloads(digest))",
    "CREATE TABLE annotations(id INTEGER PRIMARY KEY AUTOINCREMENT, video_id INTEGER NOT NULL REFERENCES "
    "videos(id),"
    " person INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, class_id INTEGER NOT NULL,"
    " state TEXT NOT NULL, origin TEXT NOT NULL, annotator TEXT NOT NULL,"
    " prediction_id INTEGER REFERENCES predictions(id), start_us INTEGER, end_us INTEGER, CHECK(first >= 0 "
    "AND last > first))",
    "CREATE TABLE models(id INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, file TEXT NOT NULL,"
    " kind TEXT NOT NULL, recipe TEXT NOT NULL, metrics TEXT NOT NULL, active INTEGER NOT NULL)",
    "CREATE TABLE edits(sequence INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, annotator TEXT NOT "
    "NULL,"
    " kind TEXT NOT NULL, command TEXT NOT NULL, changes TEXT NOT NULL, undo_of INTEGER REFERENCES "
    "edits(sequence))",
    "CREATE INDEX annotations_of_video ON annotations(video_id)",
    "CREATE INDEX annotations_of_prediction ON annotations(prediction_id)",
    "CREATE INDEX predictions_of_run ON predictions(run_id)",
    "CREATE INDEX predictions_of_video ON predictions(video_id)",
    "CREATE INDEX runs_of_video ON runs(video_id)",
    "CREATE TRIGGER edits_stay BEFORE UPDATE ON edits BEGIN SELECT RAISE(ABORT, 'the log only grows'); END",
    "CREATE TRIGGER edits_remain BEFORE DELETE ON edits BEGIN SELECT RAISE(ABORT, 'the log only grows'); END",
    "CREATE TRIGGER predictions_stay BEFORE UPDATE ON predictions"
    " BEGIN SELECT RAISE(ABORT, 'predictions never change'); END",
    "CREATE TRIGGER payloads_stay BEFORE UPDATE ON payloads"
    " BEGIN SELECT RAISE(ABORT, 'predictions never change'); END",
};

/// What each later schema adds. A migration only adds tables, so that the log of an older project still gives
/// its state.
struct Migration {
    int version;
    const char* statement;
};
constexpr std::array kMigrations{
    Migration{2,
        "CREATE TABLE syncs(id INTEGER PRIMARY KEY AUTOINCREMENT, video_id INTEGER NOT NULL UNIQUE"
        " REFERENCES videos(id), session INTEGER NOT NULL, offset_us INTEGER NOT NULL)"},
};
static_assert(kMigrations.back().version == kSchemaVersion);

struct SqliteFailure {
    int code; ///< SQLite's primary result code
    ErrorCode meaning;
    const char* sentence;
};
constexpr std::array<SqliteFailure, 8> kFailures{{
    {5, ErrorCode::Io, "another program is writing to this project, try again when it is done"},
    {6, ErrorCode::Io, "another program is writing to this project, try again when it is done"},
    {8, ErrorCode::Io, "is not writable, change the permissions of the folder and of the file"},
    {10, ErrorCode::Io, "could not be read or written, check the disk"},
    {11, ErrorCode::BadFormat, "is damaged or cut short, take it from a backup"},
    {13, ErrorCode::Io, "the disk is full, make room and do this again"},
    {14, ErrorCode::Io, "cannot be opened, check the permissions of the folder"},
    {26, ErrorCode::BadFormat, "is not a Telltale project but some other kind of file"},
}};

/// `form` once per column with its name in place of the percent sign.
QString columnList(const TableInfo& info, const QString& form, const QString& separator)
{
    QStringList parts;
    for (const Column& column : info.columns)
        parts << QString(form).replace(QLatin1Char('%'), QLatin1String(column.name));
    return parts.join(separator);
}

QVariant toVariant(const json& value, ColumnType type)
{
    if (value.is_null())
        return {};
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
    if (value.isNull())
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

} // namespace

const std::vector<TableInfo>& tableInfos()
{
    using enum ColumnType;
    static const std::vector<TableInfo> infos{
        {Table::Schemes, "schemes", {{"body", Text}}},
        {Table::Videos, "videos",
            {{"path", Text}, {"name", Text}, {"subject", Text}, {"role", Text}, {"fingerprint", Text},
                {"frame_count", Integer}, {"duration_us", Integer}, {"fps", Real}, {"width", Integer},
                {"height", Integer}, {"offline", Integer}, {"track", Text}}},
        {Table::Runs, "runs",
            {{"video_id", Integer}, {"time", Text}, {"model", Text}, {"recipe", Text}, {"seed", Text},
                {"curves", Text}}},
        {Table::Predictions, "predictions",
            {{"run_id", Integer}, {"video_id", Integer}, {"person", Integer}, {"first", Integer},
                {"last", Integer}, {"score", Real}, {"pseudo_label", Integer}, {"birth", Text},
                {"payload", Text}}},
        {Table::Annotations, "annotations",
            {{"video_id", Integer}, {"person", Integer}, {"first", Integer}, {"last", Integer},
                {"class_id", Integer}, {"state", Text}, {"origin", Text}, {"annotator", Text},
                {"prediction_id", Integer}, {"start_us", Integer}, {"end_us", Integer}}},
        {Table::Models, "models",
            {{"time", Text}, {"file", Text}, {"kind", Text}, {"recipe", Text}, {"metrics", Text},
                {"active", Integer}}},
        {Table::Syncs, "syncs", {{"video_id", Integer}, {"session", Integer}, {"offset_us", Integer}}, 2},
    };
    return infos;
}

const TableInfo& infoOf(Table table) { return tableInfos().at(static_cast<size_t>(table)); }

std::string payloadDigest(const std::string& bytes)
{
    return QCryptographicHash::hash(
        QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())), QCryptographicHash::Sha256)
        .toHex()
        .toStdString();
}

Result<std::string> formatChanges(const std::vector<RowChange>& changes)
{
    try {
        json list = json::array();
        for (const RowChange& change : changes)
            list.push_back({{"table", infoOf(change.table).name}, {"id", change.id},
                {"before", change.before}, {"after", change.after}});
        return list.dump();
    } catch (const json::exception&) {
        return Error{
            ErrorCode::InvalidArgument, "a name or path holds characters that are not UTF-8, rename it"};
    }
}

Result<std::vector<RowChange>> parseChanges(const std::string& text)
{
    try {
        std::vector<RowChange> changes;
        for (const json& entry : json::parse(text)) {
            const std::string name = entry.at("table").get<std::string>();
            const auto info
                = std::ranges::find_if(tableInfos(), [&](const TableInfo& one) { return name == one.name; });
            if (info == tableInfos().end())
                return Error{ErrorCode::BadFormat, "the edit log names an unknown table '" + name + "'"};
            changes.push_back(
                {info->table, entry.at("id").get<int64_t>(), entry.at("before"), entry.at("after")});
        }
        return changes;
    } catch (const json::exception& exception) {
        return Error{ErrorCode::BadFormat, std::string("the edit log is damaged: ") + exception.what()};
    }
}

Database::Database(fs::path file, Access access) : m_file(std::move(file)), m_access(access)
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
    const int code = error.nativeErrorCode().toInt() & 0xff;
    for (const SqliteFailure& known : kFailures)
        if (known.code == code)
            return {known.meaning, m_file.string() + ": " + known.sentence};
    return {ErrorCode::Internal, m_file.string() + ": " + doing + " failed: " + error.text().toStdString()};
}

Status Database::connect()
{
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    if (!m_database.isValid())
        return Error{ErrorCode::Unsupported, "Qt's SQLite driver is missing, install libqt6sql6-sqlite"};
    m_database.setDatabaseName(QString::fromStdString(m_file.string()));
    m_database.setConnectOptions(m_access == Access::Read
            ? QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000;QSQLITE_OPEN_READONLY")
            : QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!m_database.open())
        return failure(m_database.lastError(), "opening");
    return {};
}

Status Database::execute(QSqlQuery& query, const char* doing)
{
    return query.exec() ? Status() : Status(failure(query.lastError(), doing));
}

Status Database::execute(const QString& statement)
{
    QSqlQuery query(m_database);
    return query.exec(statement) ? Status() : Status(failure(query.lastError(), "a statement"));
}

Result<QSqlQuery*> Database::prepared(const QString& statement)
{
    const auto known = m_queries.find(statement);
    if (known != m_queries.end())
        return &known->second;
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
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

Status Database::examine()
{
    const auto application = number(QStringLiteral("PRAGMA application_id"));
    if (!application)
        return application.error();
    if (*application != kApplicationId)
        return Error{ErrorCode::BadFormat,
            m_file.string()
                + ": is not a Telltale project but another or an empty database, choose the project's "
                  "folder"};
    const auto version = number(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return version.error();
    if (*version > kSchemaVersion)
        return Error{ErrorCode::NewerSchema,
            m_file.string() + ": was written by a newer Telltale (schema " + std::to_string(*version)
                + ", this one knows " + std::to_string(kSchemaVersion) + "), update Telltale to open it"};
    m_version = *version;
    return {};
}

Status Database::migrate()
{
    if (auto status = execute(QStringLiteral("BEGIN IMMEDIATE")); !status)
        return status;
    const auto add = [this]() -> Status {
        if (auto status = examine(); !status) // another program may have been faster
            return status;
        for (const Migration& migration : kMigrations)
            if (migration.version > m_version)
                if (auto status = execute(QString::fromLatin1(migration.statement)); !status)
                    return status;
        if (auto status = execute(QStringLiteral("PRAGMA user_version = %1").arg(kSchemaVersion)); !status)
            return status;
        return execute(QStringLiteral("COMMIT"));
    };
    Status status = add();
    if (status)
        m_version = kSchemaVersion;
    else
        (void)execute(QStringLiteral("ROLLBACK"));
    return status;
}

Result<std::unique_ptr<Database>> Database::open(const fs::path& file, Access access)
{
    std::unique_ptr<Database> database(new Database(file, access));
    std::error_code ec;
    if (!fs::is_regular_file(file, ec))
        return Error{ErrorCode::NotFound, file.string() + ": there is no such file"};
    if (auto status = database->connect(); !status)
        return status.error();
    if (auto status = database->examine(); !status)
        return status.error();
    for (const char* pragma :
        {"PRAGMA foreign_keys = ON", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"})
        if (access == Access::Write)
            if (auto status = database->execute(QString::fromLatin1(pragma)); !status)
                return status.error();
    if (access == Access::Write && database->m_version < kSchemaVersion)
        if (auto status = database->migrate(); !status)
            return status.error();
    return database;
}

Status Database::makeTables()
{
    for (const char* statement : kSchema)
        if (auto status = execute(QString::fromLatin1(statement)); !status)
            return status;
    for (const Migration& migration : kMigrations)
        if (auto status = execute(QString::fromLatin1(migration.statement)); !status)
            return status;
    if (auto status = execute(QStringLiteral("PRAGMA application_id = %1").arg(kApplicationId)); !status)
        return status;
    return execute(QStringLiteral("PRAGMA user_version = %1").arg(kSchemaVersion));
}

Result<std::unique_ptr<Database>> Database::create(
    const fs::path& file, EditRecord first, const std::vector<RowChange>& changes)
{
    std::unique_ptr<Database> database(new Database(file, Access::Write));
    const auto make = [&]() -> Status {
        if (auto status = database->connect(); !status)
            return status;
        for (const char* pragma : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
                 "PRAGMA foreign_keys = ON", "BEGIN IMMEDIATE"})
            if (auto status = database->execute(QString::fromLatin1(pragma)); !status)
                return status;
        if (auto status = database->makeTables(); !status)
            return status;
        if (auto sequence = database->write(first, changes, {}, 0); !sequence)
            return sequence.error();
        return database->execute(QStringLiteral("COMMIT"));
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
            QStringLiteral("SELECT id, %1 FROM %2 ORDER BY id")
                .arg(columnList(info, QStringLiteral("%"), QStringLiteral(", ")), QLatin1String(info.name))))
        return failure(query.lastError(), "reading a table");
    while (query.next())
        visit(query.value(0).toLongLong(), readRow(query, info));
    return query.lastError().isValid() ? Status(failure(query.lastError(), "reading a table")) : Status();
}

Result<json> Database::row(Table table, int64_t id)
{
    const TableInfo& info = infoOf(table);
    auto query = prepared(
        QStringLiteral("SELECT id, %1 FROM %2 WHERE id = ?")
            .arg(columnList(info, QStringLiteral("%"), QStringLiteral(", ")), QLatin1String(info.name)));
    if (!query)
        return query.error();
    (*query)->bindValue(0, QVariant::fromValue<qlonglong>(id));
    if (auto status = execute(**query, "reading a row"); !status)
        return status.error();
    json row = (*query)->next() ? readRow(**query, info) : json(nullptr);
    (*query)->finish();
    return row;
}

Status Database::forEachEdit(const std::function<void(const EditRecord&)>& visit)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SELECT sequence, time, annotator, kind, command, changes, undo_of FROM "
                                   "edits ORDER BY sequence")))
        return failure(query.lastError(), "reading the edit log");
    const auto text = [&query](int column) { return query.value(column).toString().toStdString(); };
    while (query.next())
        visit({query.value(0).toLongLong(), text(1), text(2), text(3), text(4), text(5),
            query.value(6).toLongLong()});
    return query.lastError().isValid() ? Status(failure(query.lastError(), "reading the edit log"))
                                       : Status();
}

Result<std::string> Database::payload(const std::string& digest)
{
    auto query = prepared(QStringLiteral("SELECT bytes FROM payloads WHERE digest = ?"));
    if (!query)
        return query.error();
    (*query)->bindValue(0, QString::fromStdString(digest));
    if (auto status = execute(**query, "reading numbers"); !status)
        return status.error();
    if (!(*query)->next())
        return Error{ErrorCode::BadFormat, m_file.string() + ": the numbers " + digest + " are missing"};
    std::string bytes = (*query)->value(0).toByteArray().toStdString();
    (*query)->finish();
    return bytes;
}

Result<int64_t> Database::lastSequence() { return number(QStringLiteral("SELECT max(sequence) FROM edits")); }

Result<int64_t> Database::lastId(Table table)
{
    return number(QStringLiteral("SELECT seq FROM sqlite_sequence WHERE name = '%1'")
                      .arg(QLatin1String(infoOf(table).name)));
}

Result<std::vector<std::string>> Database::pragma(const QString& statement)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(statement))
        return failure(query.lastError(), "checking");
    std::vector<std::string> rows;
    while (query.next())
        rows.push_back(query.value(0).toString().toStdString());
    if (query.lastError().isValid())
        return failure(query.lastError(), "checking");
    return rows;
}

Status Database::writeChange(const RowChange& change)
{
    const TableInfo& info = infoOf(change.table);
    const bool insert = change.before.is_null();
    const bool remove = change.after.is_null();
    const QString name = QLatin1String(info.name);
    QString statement = QStringLiteral("DELETE FROM %1 WHERE id = ?").arg(name);
    if (insert)
        statement = QStringLiteral("INSERT INTO %1(%2, id) VALUES(%3, ?)")
                        .arg(name, columnList(info, QStringLiteral("%"), QStringLiteral(", ")),
                            columnList(info, QStringLiteral("?"), QStringLiteral(", ")));
    else if (!remove)
        statement = QStringLiteral("UPDATE %1 SET %2 WHERE id = ?")
                        .arg(name, columnList(info, QStringLiteral("% = ?"), QStringLiteral(", ")));
    auto query = prepared(statement);
    if (!query)
        return query.error();
    int index = 0;
    if (!remove)
        for (const Column& column : info.columns)
            (*query)->bindValue(index++, toVariant(change.after.at(column.name), column.type));
    (*query)->bindValue(index, QVariant::fromValue<qlonglong>(change.id));
    if (auto status = execute(**query, "writing a row"); !status)
        return status;
    if ((*query)->numRowsAffected() != 1)
        return Error{ErrorCode::Conflict,
            m_file.string() + ": row " + std::to_string(change.id) + " of " + info.name
                + " is not there any more"};
    (*query)->finish();
    return {};
}

Result<int64_t> Database::write(const EditRecord& record, const std::vector<RowChange>& changes,
    const std::vector<Payload>& payloads, int64_t expectedLast)
{
    const auto text = formatChanges(changes);
    if (!text)
        return text.error();
    const auto last = lastSequence();
    if (!last)
        return last.error();
    if (*last != expectedLast)
        return Error{ErrorCode::Conflict,
            m_file.string()
                + ": another program has changed the project meanwhile, it was read anew, do this again"};
    for (const Payload& payload : payloads) {
        auto query = prepared(QStringLiteral("INSERT OR IGNORE INTO payloads(digest, bytes) VALUES(?, ?)"));
        if (!query)
            return query.error();
        (*query)->bindValue(0, QString::fromStdString(payload.digest));
        (*query)->bindValue(
            1, QByteArray(payload.bytes.data(), static_cast<qsizetype>(payload.bytes.size())));
        if (auto status = execute(**query, "writing numbers"); !status)
            return status.error();
    }
    for (const RowChange& change : changes)
        if (auto status = writeChange(change); !status)
            return status.error();
    auto query = prepared(QStringLiteral(
        "INSERT INTO edits(time, annotator, kind, command, changes, undo_of) VALUES(?, ?, ?, ?, ?, ?)"));
    if (!query)
        return query.error();
    int index = 0;
    for (const std::string& value : {record.time, record.annotator, record.kind, record.command, *text})
        (*query)->bindValue(index++, QString::fromStdString(value));
    (*query)->bindValue(
        index, record.undoOf > 0 ? QVariant::fromValue<qlonglong>(record.undoOf) : QVariant());
    if (auto status = execute(**query, "writing the edit log"); !status)
        return status.error();
    return static_cast<int64_t>((*query)->lastInsertId().toLongLong());
}

Result<int64_t> Database::commit(const EditRecord& record, const std::vector<RowChange>& changes,
    const std::vector<Payload>& payloads, int64_t expectedLast)
{
    if (auto status = execute(QStringLiteral("BEGIN IMMEDIATE")); !status)
        return status.error();
    auto sequence = write(record, changes, payloads, expectedLast);
    if (sequence)
        if (auto status = execute(QStringLiteral("COMMIT")); !status)
            sequence = status.error();
    if (!sequence) {
        for (auto& [statement, query] : m_queries)
            query.finish();
        (void)execute(QStringLiteral("ROLLBACK"));
    }
    return sequence;
}

} // namespace telltale
