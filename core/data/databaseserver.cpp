// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// A project on a PostgreSQL server: a schema of a database.
#include "data/database.h"
#include "data/projectlocation.h"
#include <QSqlError>

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
                + m_database.lastError().databaseText().trimmed().toStdString()};
    return {};
}

Result<std::unique_ptr<Database>> Database::create(
    const ProjectLocation& server, EditRecord first, const RowChanges& changes)
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
    auto status = database->transaction([&]() -> Status {
        if (auto made = database->execute(QStringLiteral("CREATE SCHEMA %1").arg(schema)); !made)
            return made;
        if (auto made = database->makeTables(std::move(first), changes); !made)
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
    if (*version > std::to_string(kSchemaVersion))
        return Error{ErrorCode::NewerSchema,
            database->name() + ": was written by a newer Telltale, update Telltale to open it"};
    return database;
}

} // namespace telltale
