// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/format.h"
#include "exchange/spans.h"

namespace telltale {

/// The videos of the document with their spans in the wanted states; `notes` gets sentences about what they
/// hold. `format`: name of the format that is written, for originals. Cancelled, or why the times of a video
/// cannot be read.
Result<OutgoingProject> outgoing(const Document& document, const std::string& format,
    const ExportOptions& options, ProgressSink& progress, std::vector<std::string>& notes);

/// The spans of a video that have a class; `left` counts the others.
std::vector<const OutgoingSpan*> namedSpans(const OutgoingVideo& video, int64_t& left);
/// A note about those others, where there are some. `video`: its name; empty: of all videos.
void tellUnnamed(int64_t left, std::vector<std::string>& notes, const std::string& video = {});
/// A note where spans are about several people of a video and the format does not say about whom.
void tellPeople(const OutgoingProject& project, std::vector<std::string>& notes);

/// Files an export collects in a new folder that appears complete or not at all. Conflict if `out` holds
/// something.
class FolderWriter {
public:
    explicit FolderWriter(std::filesystem::path out);
    ~FolderWriter();
    FolderWriter(const FolderWriter&) = delete;
    FolderWriter& operator=(const FolderWriter&) = delete;
    Status begin();
    std::filesystem::path path(const std::string& relative) const { return m_part / relative; }
    Status finish();

private:
    std::filesystem::path m_out;
    std::filesystem::path m_part;
};

/// `name` as the name of a file in any folder of any system: separators and what Windows forbids become '_'.
std::string safeFileName(const std::string& name);

} // namespace telltale
