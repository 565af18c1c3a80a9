// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// A project on a PostgreSQL server: a schema of a database.
#include "data/projectlocation.h"
#include "data/store/database.h"
#include "data/store/serverschema.h"
#include <QSqlError>
#include <QVariant>
#include <cstdlib>

namespace telltale {

Status Database::connectServer(const ProjectLocation& server)
{
    m_database = QSqlDatabase::addDatabase(QLatin1String(m_dialect.driver), m_connection);
    if (!m_database.isValid())
        return Error{ErrorCode::Unsupported, "Qt's PostgreSQL driver is missing, install libqt6sql6-psql"};
    const auto text = [](const std::string& value) { return QString::fromStdString(value); };
    m_database.setHostName(text(server.host));
    if (server.port > 0)
        m_database.setPort(server.port);
    m_database.setDatabaseName(text(server.database));
    if (!server.user.empty())
        m_database.setUserName(text(server.user));
    if (!server.password.empty())
        m_database.setPassword(text(server.password));
    m_database.setConnectOptions(text(server.connectOptions()));
    if (!m_database.open())
        return Error{ErrorCode::Io,
            m_name + ": the server cannot be reached: "
                + m_database.lastError().databaseText().simplified().toStdString()};
    // A plan that was made when a table was empty stays for the session: no search through whole tables.
    return execute(QStringLiteral("SET enable_seqscan = off"));
}

Result<std::unique_ptr<Database>> Database::create(
    const ProjectLocation& server, EditRecord first, const RowChanges& changes)
{
    return create(server, [&](Database& database) { return database.enterFirst(std::move(first), changes); });
}

Result<std::unique_ptr<Database>> Database::create(const ProjectLocation& server, const Fill& fill)
{
    std::unique_ptr<Database> database(
        new Database(postgresDialect(), server.textWithoutPassword(), Access::Write));
    if (auto status = database->connectServer(server); !status)
        return status.error();
    const QString schema = QString::fromStdString(server.project);
    const auto there = database->texts(
        QStringLiteral("SELECT 1 FROM information_schema.schemata WHERE schema_name = '%1'").arg(schema));
    if (!there)
        return there.error();
    if (!there->empty())
        return Error{ErrorCode::Conflict,
            server.textWithoutPassword()
                + ": there is a project of that name already, open it or choose another name"};
    const auto encoding = database->texts(QStringLiteral("SHOW server_encoding"));
    if (!encoding)
        return encoding.error();
    if (encoding->empty() || encoding->front() != "UTF8")
        return Error{ErrorCode::Unsupported,
            database->name()
                + ": the database must hold UTF-8, make one with 'createdb -E UTF8 -T template0'"};
    auto status = database->transaction([&]() -> Status {
        if (auto made = database->execute(QStringLiteral("CREATE SCHEMA \"%1\"").arg(schema)); !made)
            return made;
        if (auto made = database->makeTables(); !made)
            return made;
        for (const QString& statement : serverSchemaStatements(schema))
            if (auto made = database->execute(statement); !made)
                return made;
        if (auto made = fill(*database); !made)
            return made;
        return database->setInfo("schema", std::to_string(kSchemaVersion));
    });
    if (!status)
        return status.error();
    return database;
}

Result<std::unique_ptr<Database>> Database::open(const ProjectLocation& server, Access access)
{
    std::unique_ptr<Database> database(new Database(postgresDialect(), server.textWithoutPassword(), access));
    if (auto status = database->connectServer(server); !status)
        return status.error();
    const auto there
        = database->texts(QStringLiteral("SELECT 1 FROM information_schema.tables WHERE table_name = 'edits'"
                                         " AND table_schema = '%1'")
                              .arg(QString::fromStdString(server.project)));
    if (!there)
        return there.error();
    if (there->empty())
        return Error{ErrorCode::NotFound,
            database->name() + ": the server has no such project, make it with 'project push'"};
    const auto version = database->info("schema");
    if (!version)
        return version.error();
    database->m_version = std::strtoll(version->c_str(), nullptr, 10);
    if (database->m_version > kSchemaVersion)
        return Error{ErrorCode::NewerSchema,
            database->name() + ": was written by a newer Telltale, update Telltale to open it"};
    if (access == Access::Write && database->m_version < kSchemaVersion)
        if (auto status = database->upgradeServer(QString::fromStdString(server.project)); !status)
            return Error{status.error().code,
                status.error().message
                    + "; the project is of an older Telltale, whoever made it on the server has to open it "
                      "once"};
    return database;
}

Status Database::upgradeServer(const QString& schema)
{
    auto status = transaction([&]() -> Status {
        const auto version = info("schema"); // another program may have been quicker
        if (!version)
            return version.error();
        const QStringList statements
            = addedTableStatements(m_dialect, std::strtoll(version->c_str(), nullptr, 10));
        for (const QString& statement : statements + serverUpgradeStatements(schema))
            if (auto made = execute(statement); !made)
                return made;
        return setInfo("schema", std::to_string(kSchemaVersion));
    });
    if (status)
        m_version = kSchemaVersion;
    return status;
}

Result<CommitOutcome> Database::tryCommitOnServer(
    const EditRecord& record, int64_t known, const IdClaims& claims)
{
    auto query = prepared(
        QStringLiteral("SELECT e_sequence, e_hash FROM commit_edit(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    if (!query)
        return query.error();
    int index = 0;
    (*query)->bindValue(index++, QVariant::fromValue<qlonglong>(known));
    for (const std::string* text :
        {&record.time, &record.annotator, &record.kind, &record.command, &record.before, &record.after})
        (*query)->bindValue(index++, QString::fromStdString(*text));
    (*query)->bindValue(index++, QVariant::fromValue<qlonglong>(record.undoOf));
    for (const std::string& text : {record.token, record.step,
             claims.empty() ? std::string() : nlohmann::json(claims).dump(), record.effort})
        (*query)->bindValue(index++, QString::fromStdString(text));
    if (auto status = run(**query, "writing an edit"); !status)
        return status.error();
    CommitOutcome outcome;
    if (!(*query)->next())
        return failure((*query)->lastError(), "writing an edit");
    outcome.sequence = (*query)->value(0).toLongLong();
    outcome.hash = (*query)->value(1).toString().toStdString();
    (*query)->finish();
    if (outcome.sequence - 1 <= known)
        return outcome;
    auto read = forEachEdit(
        known, [&outcome](EditRecord other) { outcome.others.push_back(std::move(other)); },
        outcome.sequence);
    return read ? Result<CommitOutcome>(std::move(outcome)) : Result<CommitOutcome>(read.error());
}

Status Database::insertRows(Table table, const std::vector<std::pair<int64_t, nlohmann::json>>& rows)
{
    if (!isServer()) {
        for (const auto& [id, row] : rows)
            if (auto status = insertRow(table, id, row); !status)
                return status;
        return {};
    }
    nlohmann::json all = nlohmann::json::array();
    for (const auto& [id, row] : rows) {
        all.push_back(row);
        all.back()["id"] = id;
    }
    return insertMany(infoOf(table).name, all);
}

Status Database::insertEdits(const std::vector<EditRecord>& records)
{
    if (!isServer()) {
        for (const EditRecord& record : records)
            if (auto status = insertEdit(record); !status)
                return status;
        return {};
    }
    nlohmann::json all = nlohmann::json::array();
    for (const EditRecord& one : records)
        all.push_back({{"sequence", one.sequence}, {"time", one.time}, {"annotator", one.annotator},
            {"kind", one.kind}, {"command", one.command}, {"before", one.before}, {"after", one.after},
            {"undo_of", one.undoOf}, {"token", one.token}, {"step", one.step}, {"hash", one.hash},
            {"effort", one.effort}});
    return insertMany("edits", all);
}

Status Database::insertMany(const char* table, const nlohmann::json& rows)
{
    auto query
        = prepared(QStringLiteral("INSERT INTO %1 SELECT * FROM json_populate_recordset(NULL::%1, ?::JSON)")
                       .arg(QLatin1String(table)));
    if (!query)
        return query.error();
    const std::string text = rows.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    (*query)->bindValue(0, QString::fromStdString(text));
    return run(**query, "writing rows");
}

Result<std::map<std::string, std::string>> Database::files()
{
    QSqlQuery query(m_database);
    if (!query.exec(QStringLiteral("SELECT path, digest FROM files")))
        return failure(query.lastError(), "reading the list of files");
    std::map<std::string, std::string> all;
    while (query.next())
        all[query.value(0).toString().toStdString()] = query.value(1).toString().toStdString();
    return all;
}

Status Database::setFile(const std::string& path, const std::string& digest)
{
    auto query = prepared(QStringLiteral("INSERT INTO files(path, digest) VALUES(?, ?)"
                                         " ON CONFLICT(path) DO UPDATE SET digest = excluded.digest"));
    if (!query)
        return query.error();
    (*query)->bindValue(0, QString::fromStdString(path));
    (*query)->bindValue(1, QString::fromStdString(digest));
    return run(**query, "writing the list of files");
}

} // namespace telltale
