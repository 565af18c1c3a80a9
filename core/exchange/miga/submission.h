// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/spanformat.h"

namespace telltale {

/// A file of a submission, alone or packed.
struct SubmissionFile {
    std::string name; ///< with the folders inside of the archive
    std::string content;
};

/// Whether the content is that of a zip archive, an empty one too.
bool isArchive(std::string_view content);

/// The files in a zip archive, or the file itself. What operating systems add is left out. BadFormat where a
/// name leads out of the archive or a size is absurd.
Result<std::vector<SubmissionFile>> submissionFiles(const SourceFile& file);

/// Rows of text without their line ends, with their numbers from 1; blank ones are left out.
std::vector<std::pair<int64_t, std::string_view>> textRows(std::string_view text);

} // namespace telltale
