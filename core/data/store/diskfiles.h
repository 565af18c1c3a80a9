// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <filesystem>
#include <string>

namespace telltale {

/// Files as they lie on the disk, for those who copy whole databases. Not for a database that this process
/// has open: closing a descriptor of it would end the process' locks.

/// Waits until the file is on the disk, and forgets what memory holds of it, so that the next reader sees
/// what the disk has. Io.
Status flushToDisk(const std::filesystem::path& file);
/// Renames and waits until the folder says so. Io.
Status renameDurably(const std::filesystem::path& from, const std::filesystem::path& to);
/// Copies into a new file and flushes it. Io, Cancelled; then nothing is left at `to`.
Status copyDurably(
    const std::filesystem::path& from, const std::filesystem::path& to, ProgressSink& progress);
/// SHA-256 as 64 hex digits. NotFound, Io, Cancelled.
Result<std::string> fileDigest(const std::filesystem::path& file, ProgressSink& progress);

} // namespace telltale
