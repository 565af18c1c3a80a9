// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/intake.h"
#include <iterator>

namespace telltale {

/// The videos and spans of an ActivityNet file: ground truth with or without the "database" level, or
/// predictions ("results", all proposals). BadFormat names file and line, or the path of the element.
Result<std::vector<IntakeVideo>> readActivityNet(const std::filesystem::path& file);

/// The rows of a span list `video_id,class_id,start_frame,end_frame[,score]`; the header is optional and a
/// class may be given by name. A row with a score is a proposal.
Result<std::vector<IntakeVideo>> readSpanList(const std::filesystem::path& file, int frameBase);

/// The videos of all files, read one after the other. The first failure ends it.
template <typename Read>
Result<std::vector<IntakeVideo>> readEach(const std::vector<std::filesystem::path>& files, const Read& read)
{
    std::vector<IntakeVideo> videos;
    for (const std::filesystem::path& file : files) {
        Result<std::vector<IntakeVideo>> some = read(file);
        if (!some)
            return some.error();
        videos.insert(
            videos.end(), std::make_move_iterator(some->begin()), std::make_move_iterator(some->end()));
    }
    return videos;
}

} // namespace telltale
