// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace telltale {

/// Where a project is: a folder with its own SQLite file, or a schema on a PostgreSQL server together with
/// the local folder for what belongs to this machine (cache, models, journal of edits not yet sent).
struct ProjectLocation {
    enum class Store { Sqlite, Postgres };

    Store store = Store::Sqlite;
    std::filesystem::path folder; ///< holds project.db, or team.json (once `writeTeamFile` was called)
    std::string host; ///< name, address without brackets, or folder of a UNIX socket; empty: libpq's default
    int port = 0; ///< 0: PostgreSQL's default
    std::string database;
    std::string user; ///< empty: libpq's default ($PGUSER, the name of the account)
    std::string
        password; ///< only in memory; where it is empty libpq looks at $PGPASSWORD and ~/.pgpass itself
    std::string project = "telltale"; ///< name of the PostgreSQL schema
    std::map<std::string, std::string> settings; ///< sslmode and the like, handed on to libpq

    bool isTeam() const { return store == Store::Postgres; }
    /// What a user could type to get here again: the folder, or a URL without the password.
    std::string textWithoutPassword() const;
    /// For QSqlDatabase::setConnectOptions: the settings, time limits and the project's schema as search
    /// path.
    std::string connectOptions() const;

    /// Takes apart what a user gives as PROJECT without looking at the disk: a folder (also its project.db or
    /// team.json), or
    /// postgresql://[user[:password]@][host][:port]/database[?host=SOCKETFOLDER&project=NAME...]. A server's
    /// local folder is the account's own for that store. InvalidArgument with a sentence.
    static Result<ProjectLocation> parse(std::string_view text);
};

/// The text with everything that can be a password replaced, however malformed it is: for messages.
std::string withoutPassword(std::string_view text);

/// Finds the project that a user names: `parse`, then a folder must hold project.db, or team.json that names
/// a server. NotFound or BadFormat with a sentence; writes nothing.
Result<ProjectLocation> locate(const std::string& text);

/// Makes the local folder of a team project and writes team.json (the store's URL without password) into it.
Status writeTeamFile(const ProjectLocation& location);
/// The server that the folder's team.json names; `folder` stays the local folder. Refuses a stored password.
Result<ProjectLocation> readTeamFile(const std::filesystem::path& folder);

} // namespace telltale
