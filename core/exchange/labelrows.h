// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "exchange/csv.h"
#include "exchange/spans.h"
#include <filesystem>
#include <map>
#include <span>

namespace telltale {

/// One row `class,start,end` of the label files of SMG and iMiGUE, as it stands.
struct LabelRow {
    ImportPlace place; ///< file and line
    int64_t id = 0;
    int64_t start = 0;
    int64_t end = 0;
};

/// The videos that the rows of a table name, in order of their first rows.
class VideosByName {
public:
    IntakeVideo& of(const std::string& name);
    std::vector<IntakeVideo> take() { return std::move(m_videos); }

private:
    std::vector<IntakeVideo> m_videos;
    std::map<std::string, size_t> m_places;
};

/// A header line is left out. A row that is not three whole numbers is a problem, with file and line. Error
/// where the file cannot be read at all.
Result<std::vector<LabelRow>> readLabelRows(const std::filesystem::path& file, ImportProblems& problems);
/// A video file of the folder whose name holds none of `without`, preferring one that holds a word of `with`;
/// empty if there is none.
std::filesystem::path findVideo(const std::filesystem::path& folder, const std::vector<std::string>& with,
    const std::vector<std::string>& without);
/// Whether its name says that a file is a video.
bool isNamedVideo(const std::filesystem::path& file);
/// The endings of such names, with the point and in small letters.
std::span<const char* const> videoEndings();
bool isFile(const std::filesystem::path& path);
/// The path with a name at its end, which ".", ".." and a slash at the end hide.
std::filesystem::path named(const std::filesystem::path& path);
/// Entries of a folder in order of name; empty if it cannot be read.
std::vector<std::filesystem::path> sortedEntries(const std::filesystem::path& folder);

} // namespace telltale
