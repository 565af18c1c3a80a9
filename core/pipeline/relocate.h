// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace telltale {

class Document;

/// A video of the project whose file is not where it was.
struct MissingVideo {
    int64_t id = 0;
    std::string name;
    std::filesystem::path file; ///< where it was
    std::string fingerprint;
    int64_t bytes = 0; ///< 0 if not known
};
/// Looks at the disk for each video. Videos that never had a file are not among them.
std::vector<MissingVideo> missingVideos(const Document& document);

struct FoundVideo {
    int64_t id = 0;
    std::filesystem::path file;

    bool operator==(const FoundVideo&) const = default;
};
struct VideoSearch {
    std::vector<FoundVideo> found; ///< in the order of the missing ones, one file each
    int64_t files = 0; ///< that were seen
    int64_t unreadable = 0; ///< files that might have been one of them but could not be read
};
/// Looks through the folders and all below them (links to folders are not followed) for files with the size
/// and fingerprint of missing videos. Of several equal files the one with the old name wins. NotFound if a
/// folder is not there, Cancelled. Any thread; touches no document.
Result<VideoSearch> searchVideos(const std::vector<MissingVideo>& missing,
    const std::vector<std::filesystem::path>& folders, ProgressSink& progress);

} // namespace telltale
