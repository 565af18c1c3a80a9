// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace telltale {

/// A verified copy of a project's database at one moment. Its name says when, and up to which edit.
struct SnapshotInfo {
    std::filesystem::path file;
    std::chrono::sys_seconds time{}; ///< when it was taken, UTC
    int64_t sequence = 0; ///< of the last edit in it
    int64_t bytes = 0;
};
/// "2026-11-21 14:05:09 UTC"
std::string describeTime(const SnapshotInfo& snapshot);

/// $TELLTALE_SNAPSHOTS, or the user's data folder; in it one folder per project, named after the project and
/// where it lies. Never inside the project, so that what happens to its folder does not happen to them.
std::filesystem::path defaultSnapshotFolder(const std::filesystem::path& projectFolder);

/// Newest first; files of other names are left out. Empty if the folder is not there.
std::vector<SnapshotInfo> listSnapshots(const std::filesystem::path& folder);
/// Those that rotation gives up: what is not among the last ten, nor the last of one of the seven latest days
/// or four latest weeks that have any.
std::vector<SnapshotInfo> expiredSnapshots(std::vector<SnapshotInfo> snapshots);

/// Copies `projectDb` while others write to it: they never wait for it. The copy is read back from the disk,
/// checked and compared with the project's log before it gets its name; then expired ones are removed.
/// Works for every schema. Cancelled, Io (no room, no permission), BadFormat (the project itself is damaged),
/// InvalidArgument (the folder is the project's). Any thread.
Result<SnapshotInfo> takeSnapshot(const std::filesystem::path& projectDb,
    const std::filesystem::path& snapshotFolder, ProgressSink& progress);

/// Whether every byte is as it was written, and SQLite finds nothing wrong. BadFormat, Io, Cancelled.
Status verifySnapshot(const std::filesystem::path& file, ProgressSink& progress);
/// The newest that stands verifySnapshot(); nothing if none does.
std::optional<SnapshotInfo> newestGoodSnapshot(const std::filesystem::path& folder, ProgressSink& progress);

/// Conflict as long as another program or another part of this one has the database open.
Status refuseIfOpen(const std::filesystem::path& projectDb);

/// Gives `fresh` (a database in the project's folder) the name project.db. Nothing is overwritten: the
/// present one stays beside it as project.db.WORD-TIME, with its write-ahead file; its path is returned,
/// empty if there was none. Whatever stops this half-way leaves a folder without a database.
Result<std::filesystem::path> replaceDatabase(
    const std::filesystem::path& fresh, const std::filesystem::path& projectFolder, const std::string& word);

/// What a restore has put aside.
struct Restored {
    std::filesystem::path former; ///< the project's database as it was before; empty if there was none
    /// Edits that were never entered: they belong to the newer history. Empty if there were none.
    std::filesystem::path journals{};
};
/// Puts a snapshot in the place of a project's database. Nothing is overwritten: the present one stays beside
/// it as project.db.before-restore-TIME, and the journals as journal.before-restore-TIME. The numbers of
/// predictions stay: their files only grow, and hold what every snapshot names. Conflict if a program has the
/// project open, BadFormat if the snapshot is damaged, Io. The caller has no Document of the project.
Result<Restored> restoreSnapshot(const std::filesystem::path& snapshot,
    const std::filesystem::path& projectFolder, ProgressSink& progress);

} // namespace telltale
