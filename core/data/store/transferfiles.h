// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "data/store/transfer.h"
#include <set>
#include <string>

namespace telltale {

class Database;
class ScoreFiles;

/// What rows point to: the bytes that go with a project.
struct FileNeeds {
    std::set<std::string> blocks; ///< digests; the project is not whole without them
    std::set<std::string> formerBlocks; ///< digests of entries that were undone
    std::set<std::string> tracks; ///< paths in the project's folder
};

/// Whether the path stays inside the folder it is relative to.
bool staysInside(const std::filesystem::path& path);

/// Puts numbers, pose tracks and everything in models/ on the server.
Status sendFiles(const std::filesystem::path& folder, const ScoreFiles& scores, const FileNeeds& needs,
    Database& server, TransferReport& report, ProgressSink& progress);
/// Gets what is not in the folder yet.
Status fetchFiles(Database& server, const FileNeeds& needs, const std::filesystem::path& folder,
    ScoreFiles& scores, TransferReport& report, ProgressSink& progress);

} // namespace telltale
