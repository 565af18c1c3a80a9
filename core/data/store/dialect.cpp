// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/store/dialect.h"
#include "data/store/serverschema.h"
#include <QSqlError>
#include <algorithm>
#include <array>

namespace telltale {
namespace {

struct Failure {
    const char* code;
    ErrorCode meaning;
    const char* sentence;
};

// SQLite's primary result codes.
constexpr std::array<Failure, 9> kSqliteFailures{{
    {"5", ErrorCode::Io, "another program is writing to this project, try again when it is done"},
    {"6", ErrorCode::Io, "another program is writing to this project, try again when it is done"},
    {"8", ErrorCode::Io, "is not writable, change the permissions of the folder and of the file"},
    {"10", ErrorCode::Io, "could not be read or written, check the disk"},
    {"11", ErrorCode::BadFormat, "is damaged or cut short, 'telltale-cli project repair' can mend it"},
    {"13", ErrorCode::Io, "the disk is full, make room: the work goes on by itself then"},
    {"14", ErrorCode::Io, "cannot be opened, check the permissions of the folder"},
    {"19", ErrorCode::Conflict, "somebody else has made a row of that name or number meanwhile"},
    {"26", ErrorCode::BadFormat, "is not a Telltale project but some other kind of file"},
}};

// Classes (two letters) and codes of SQLSTATE, the special ones first.
constexpr std::array<Failure, 14> kPostgresFailures{{
    {kEditConflict, ErrorCode::Conflict, "somebody else has changed this meanwhile"},
    {kEditForged, ErrorCode::InvalidArgument,
        "the edit is signed with another name than the one you are connected with, set that name"},
    {"42501", ErrorCode::Io, "the server does not allow this, ask its owner for the right to write"},
    {"25006", ErrorCode::Io, "the server is read-only at the moment"},
    {"53100", ErrorCode::Io, "the server's disk is full, make room: the work goes on by itself then"},
    {"40", ErrorCode::Io, "the server asks to try again"},
    {"23", ErrorCode::Conflict, "somebody else has made a row of that name or number meanwhile"},
    {"08", ErrorCode::Io, "the connection to the server is lost; it is tried again"},
    {"57", ErrorCode::Io, "the server is shutting down or starting; it is tried again"},
    {"53", ErrorCode::Io, "the server has no room for this at the moment"},
    {"55", ErrorCode::Io, "the server is busy with something else; it is tried again"},
    {"28", ErrorCode::Io, "the server refuses this user or password"},
    {"3D", ErrorCode::NotFound, "the server has no such database"},
    {"XX", ErrorCode::BadFormat, "the server reports damage of the database"},
}};

int primaryCode(const QSqlError& error) { return error.nativeErrorCode().toInt() & 0xff; }

const Failure* sqliteFailure(const QSqlError& error)
{
    const auto at = std::ranges::find_if(kSqliteFailures,
        [code = std::to_string(primaryCode(error))](const Failure& one) { return code == one.code; });
    return at != kSqliteFailures.end() ? &*at : nullptr;
}

const Failure* postgresFailure(const QSqlError& error)
{
    static constexpr Failure kLost{
        "", ErrorCode::Io, "the connection to the server is lost; it is tried again"};
    const std::string code = error.nativeErrorCode().toStdString();
    if (code.empty() || error.type() == QSqlError::ConnectionError)
        return &kLost;
    const auto at = std::ranges::find_if(
        kPostgresFailures, [&](const Failure& one) { return code.starts_with(one.code); });
    return at != kPostgresFailures.end() ? &*at : nullptr;
}

template <const Failure* (*Find)(const QSqlError&)> const char* sentenceOf(const QSqlError& error)
{
    const Failure* known = Find(error);
    return known ? known->sentence : nullptr;
}

template <const Failure* (*Find)(const QSqlError&)> ErrorCode meaningOf(const QSqlError& error)
{
    const Failure* known = Find(error);
    return known ? known->meaning : ErrorCode::Internal;
}

// Nothing in the program, present or future, rewrites the log.
QStringList sqliteGuards()
{
    return {QStringLiteral("CREATE TRIGGER edits_stay BEFORE UPDATE ON edits"
                           " BEGIN SELECT RAISE(ABORT, 'the log only grows'); END"),
        QStringLiteral("CREATE TRIGGER edits_remain BEFORE DELETE ON edits"
                       " BEGIN SELECT RAISE(ABORT, 'the log only grows'); END")};
}

QStringList postgresGuards()
{
    return {QStringLiteral("CREATE FUNCTION edits_only_grow() RETURNS trigger LANGUAGE plpgsql AS"
                           " $$ BEGIN RAISE EXCEPTION 'the log only grows'; END $$"),
        QStringLiteral("CREATE TRIGGER edits_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON edits"
                       " EXECUTE FUNCTION edits_only_grow()")};
}

const char* typeName(ColumnType type, const Dialect& dialect)
{
    switch (type) {
    case ColumnType::Integer:
        return dialect.integer;
    case ColumnType::Real:
        return dialect.real;
    case ColumnType::Text:
        break;
    }
    return "TEXT";
}

struct Index {
    const char* name;
    const char* on;
};
// No index that the program does not need: each costs a page in every edit.
constexpr std::array<Index, 1> kIndexes{{
    {"pseudo_labels_of_prediction", "pseudo_labels(prediction_id)"},
}};

/// The last one of the log. It has a default, so that a program of the time before it can still write.
constexpr const char* kEffortColumn = "effort TEXT NOT NULL DEFAULT ''";

} // namespace

const Dialect& sqliteDialect()
{
    static const Dialect dialect{"QSQLITE", "libqt6sql6-sqlite", "BEGIN IMMEDIATE", "", "IS", "INTEGER",
        "REAL", "BLOB", "INTEGER PRIMARY KEY", sqliteGuards, sentenceOf<sqliteFailure>,
        meaningOf<sqliteFailure>};
    return dialect;
}

const Dialect& postgresDialect()
{
    static const Dialect dialect{"QPSQL", "libqt6sql6-psql", "BEGIN",
        "SELECT pg_advisory_xact_lock(hashtext(current_schema()))", "IS NOT DISTINCT FROM", "BIGINT",
        "DOUBLE PRECISION", "BYTEA", "BIGINT PRIMARY KEY", postgresGuards, sentenceOf<postgresFailure>,
        meaningOf<postgresFailure>};
    return dialect;
}

QString tableStatement(const TableInfo& info, const Dialect& dialect)
{
    QStringList parts{QStringLiteral("id ") + QLatin1String(dialect.primaryKey)};
    for (const Column& column : info.columns) {
        QString part
            = QLatin1String(column.name) + QLatin1Char(' ') + QLatin1String(typeName(column.type, dialect));
        if (column.references)
            part += QStringLiteral(" REFERENCES %1(id)").arg(QLatin1String(column.references));
        else
            part += QStringLiteral(" NOT NULL");
        if (column.unique)
            part += QStringLiteral(" UNIQUE");
        parts << part;
    }
    if (info.constraint)
        parts << QLatin1String(info.constraint);
    return QStringLiteral("CREATE TABLE %1(%2)")
        .arg(QLatin1String(info.name), parts.join(QStringLiteral(", ")));
}

QStringList addedTableStatements(const Dialect& dialect, int64_t version)
{
    QStringList statements;
    for (const TableInfo& info : tableInfos())
        if (info.since > version)
            statements << tableStatement(info, dialect);
    if (version < kSchemaOfEffort) // the rows that are there stay as they are, byte for byte
        statements << QStringLiteral("ALTER TABLE edits ADD COLUMN ") + QLatin1String(kEffortColumn);
    return statements;
}

QStringList schemaStatements(const Dialect& dialect)
{
    QStringList statements;
    for (const TableInfo& info : tableInfos())
        statements << tableStatement(info, dialect);
    const QLatin1String integer(dialect.integer);
    statements << QStringLiteral(
        "CREATE TABLE edits(sequence %1, time TEXT NOT NULL, annotator TEXT NOT NULL,"
        " kind TEXT NOT NULL, command TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,"
        " undo_of %2 NOT NULL, token TEXT NOT NULL, step TEXT NOT NULL, hash TEXT NOT NULL, %3)")
                      .arg(QLatin1String(dialect.primaryKey), integer, QLatin1String(kEffortColumn))
               << QStringLiteral("CREATE TABLE ids(name TEXT PRIMARY KEY, next %1 NOT NULL)").arg(integer)
               << QStringLiteral("CREATE TABLE info(key TEXT PRIMARY KEY, value TEXT NOT NULL)")
               << QStringLiteral("CREATE TABLE blobs(digest TEXT NOT NULL, part %1 NOT NULL,"
                                 " bytes %2 NOT NULL, PRIMARY KEY(digest, part))")
                      .arg(integer, QLatin1String(dialect.bytes));
    for (const Index& index : kIndexes)
        statements << QStringLiteral("CREATE INDEX %1 ON %2")
                          .arg(QLatin1String(index.name), QLatin1String(index.on));
    return statements + dialect.guards();
}

} // namespace telltale
