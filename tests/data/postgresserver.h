// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <filesystem>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

namespace telltale {

/// A throw-away PostgreSQL server: a cluster of its own in a temporary folder, reached through a socket in
/// that folder only, everybody trusted. Goes away with the object, and also when the test program crashes or
/// is killed. Root's tests run it as the user `postgres`, because PostgreSQL refuses to run as root. Not
/// thread-safe.
class PostgresServer {
public:
    struct Options {
        bool durable = true; ///< false: fsync off, for tests that only want many edits
        std::vector<std::string> settings; ///< "max_connections=20"
    };

    /// The server of this test program, started at the first call; nullptr if it cannot run here (see
    /// `whyMissing`): `if (!PostgresServer::shared()) GTEST_SKIP() << PostgresServer::whyMissing();`
    static PostgresServer* shared();
    /// What `shared()` lacks, as a sentence; empty if it runs.
    static const std::string& whyMissing();
    /// A server of the caller's own.
    static Result<std::unique_ptr<PostgresServer>> make(const Options& options);
    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    /// What a user types to open the team project `project`; `user` must have been made before (`sql`).
    std::string url(const std::string& project, const std::string& user = kOwner) const;
    /// Folder with the socket, for host=.
    const std::filesystem::path& socketFolder() const { return m_folder; }

    Status start();
    /// In good order; clients are thrown out.
    Status stop();
    /// At once, as after a power cut: the next start recovers from the log.
    Status crash();
    Status restart();
    /// Throws out all clients but lets them come back.
    Status dropConnections() const;
    /// Stops all of the server's processes where they are, without closing a connection: what a dead network
    /// looks like to a client.
    Status freeze();
    Status thaw();
    /// Statements as the owner of everything, behind the program's back; the answer's rows as lines, columns
    /// with | between them.
    Result<std::string> sql(const std::string& statements) const;

    static constexpr const char* kOwner = "telltale";
    static constexpr const char* kDatabase = "telltale";

private:
    PostgresServer() = default;
    Status prepare(const Options& options);
    Status findServerUser();
    Status startWatchdog();
    Result<std::string> runTool(const std::vector<std::string>& arguments) const;
    Status control(const std::vector<std::string>& arguments);
    Status signalAll(int signal) const;

    std::filesystem::path m_tools; ///< folder of initdb, pg_ctl, psql
    std::filesystem::path m_folder; ///< cluster, socket, log
    uid_t m_user = 0;
    gid_t m_group = 0;
    pid_t m_owner = 0; ///< process that cleans up: a fork of it does not
    bool m_frozen = false;
    int m_watchdog = -1; ///< when this end closes the watchdog cleans up
    int m_watchdogDone = -1;
};

} // namespace telltale
