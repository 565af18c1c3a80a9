// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/safety/snapshotkeeper.h"
#include "data/store/sqlitefile.h"

namespace telltale {
namespace {

Result<LogEnd> endOf(const std::filesystem::path& database, SqliteFile::Mode mode)
{
    auto file = SqliteFile::open(database, mode);
    return file ? file->logEnd() : Result<LogEnd>(file.error());
}

} // namespace

SnapshotKeeper::SnapshotKeeper(Plan plan)
    : m_plan(std::move(plan))
    , m_thread([this](const std::stop_token& stop) { work(stop); })
{
}

SnapshotKeeper::~SnapshotKeeper()
{
    m_thread.request_stop();
    m_thread.join();
}

void SnapshotKeeper::takeSoon()
{
    const std::lock_guard lock(m_mutex);
    m_wanted = true;
    m_wake.notify_all();
}

void SnapshotKeeper::abandon() { m_abandoned.cancel(); }

void SnapshotKeeper::work(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, stop, m_plan.every, [this] { return m_wanted; });
            m_wanted = false;
        }
        takeIfEdited();
    }
    // Edits of the time while the last one was taken.
    takeIfEdited();
}

void SnapshotKeeper::takeIfEdited()
{
    if (m_abandoned.cancelled())
        return;
    const auto present = endOf(m_plan.projectDb, SqliteFile::Mode::Live);
    if (!present)
        return tell(present.error());
    // The file is asked, not its name: after a restore the same number may stand for another edit.
    const auto snapshots = listSnapshots(m_plan.folder);
    if (!snapshots.empty()) {
        const auto last = endOf(snapshots.front().file, SqliteFile::Mode::Immutable);
        if (last && *last == *present)
            return;
    }
    const auto snapshot = takeSnapshot(m_plan.projectDb, m_plan.folder, m_abandoned);
    if (!snapshot)
        return tell(snapshot.error());
    m_lastFailure.clear();
    if (m_plan.taken)
        m_plan.taken(*snapshot);
}

void SnapshotKeeper::tell(const Error& error)
{
    if (error.code == ErrorCode::Cancelled || error.message == m_lastFailure)
        return;
    m_lastFailure = error.message;
    if (m_plan.failed)
        m_plan.failed(error);
}

} // namespace telltale
