// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "data/tables.h"
#include <QString>
#include <QStringList>

class QSqlError;

namespace telltale {

/// What differs between the databases that a project can live in.
struct Dialect {
    const char* driver; ///< Qt's name of it
    const char* package; ///< Debian's name of the driver
    const char* begin; ///< opens a transaction that writes
    const char* lock; ///< makes writers wait for each other until the transaction ends; empty if `begin` does
    const char* same; ///< comparison in which null equals null
    const char* integer;
    const char* real;
    const char* bytes;
    const char* primaryKey;
    /// Makes the log refuse changes of what is in it.
    QStringList (*guards)();
    /// Null if the driver's error is none of the known ones.
    const char* (*sentence)(const QSqlError& error);
    ErrorCode (*meaning)(const QSqlError& error);
};
const Dialect& sqliteDialect();
const Dialect& postgresDialect();

/// The statements that make a project's tables, indexes and guards in an empty database.
QStringList schemaStatements(const Dialect& dialect);
/// Those that make the tables and columns which a project of an older schema, from kOldestReadableSchema on,
/// lacks.
QStringList addedTableStatements(const Dialect& dialect, int64_t version);
/// CREATE TABLE for one table of the state.
QString tableStatement(const TableInfo& info, const Dialect& dialect);

} // namespace telltale
