// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "base/result.h"
#include <cstdint>
#include <filesystem>
#include <map>
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
    bool waiting = false; ///< an import named it and its file was never here: only the name is known
};
/// Looks at the disk for each video; those that wait for their files come first.
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
/// and fingerprint of missing videos; for those that wait, for video files with their names. Of several equal
/// files the one with the old name wins. NotFound if a folder is not there, Cancelled. Any thread; touches no
/// document.
Result<VideoSearch> searchVideos(const std::vector<MissingVideo>& missing,
    const std::vector<std::filesystem::path>& folders, ProgressSink& progress);
struct VideoPlaces {
    std::map<int64_t, std::filesystem::path> moved; ///< for Document::relocateVideos()
    std::map<int64_t, std::filesystem::path> waiting; ///< for findProbedVideo()
};
/// Which of the places are of videos that were here once, and which of those that wait for their files.
VideoPlaces splitPlaces(const Document& document, const std::map<int64_t, std::filesystem::path>& places);

/// Takes over the files as the places of their videos, which have to be missing ones: those that were moved
/// in one undo step, those that wait one by one, with their spans aligned to the frames of the file. Blocks
/// (indexes the files). The errors of probeVideoFile() and of Document::findVideo(): what came before stays.
Status takePlaces(
    Document& document, const std::map<int64_t, std::filesystem::path>& places, ProgressSink& progress);

} // namespace telltale
