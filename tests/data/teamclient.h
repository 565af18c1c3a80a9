// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "editstream.h"
#include "postgresserver.h"
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

namespace telltale {

/// Lets events come in until `done`; a test that waits in vain fails after a minute.
template <typename Condition> bool waitUntil(Condition done)
{
    QEventLoop loop; // of the calling thread
    QElapsedTimer clock;
    for (clock.start(); !done() && clock.elapsed() < 60000;) {
        QTimer::singleShot(200, &loop, &QEventLoop::quit);
        loop.processEvents(QEventLoop::WaitForMoreEvents);
    }
    return done();
}

/// A person at a machine of his own: a local folder that names the project's server.
class TeamClient {
public:
    TeamClient(std::filesystem::path folder, std::string annotator);
    /// Null and a failure if it cannot be opened.
    std::unique_ptr<Document> open(bool background = true) const;
    const std::filesystem::path& folder() const { return m_folder; }

private:
    std::filesystem::path m_folder;
    std::string m_annotator;
};

/// A server with projects and the folders of those who work on them.
class TeamServer {
public:
    /// Null if PostgreSQL cannot run here.
    PostgresServer* server() const { return PostgresServer::shared(); }
    /// A project with one video of 10,000 frames and five classes, opened for "owner".
    std::unique_ptr<Document> create(const std::string& project);
    TeamClient client(const std::string& project, const std::string& annotator,
        const std::string& user = PostgresServer::kOwner);
    /// The log's hashes, and that replaying it gives the state.
    void expectSound(const std::string& project);
    std::filesystem::path operator/(const std::string& name) const { return m_scratch / name; }

private:
    ScratchFolder m_scratch;
};

} // namespace telltale
