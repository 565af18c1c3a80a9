// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/spans.h"
#include <iterator>

namespace telltale {

/// The videos and spans of an ActivityNet file: ground truth with or without the "database" level, or
/// predictions ("results", all proposals). BadFormat names file and line, or the path of the element.
Result<std::vector<IntakeVideo>> readActivityNet(const std::filesystem::path& file);

/// The rows of a span list `video_id,class_id,start_frame,end_frame[,score]`; the header is optional and a
/// class may be given by name. A row with a score is a proposal.
Result<std::vector<IntakeVideo>> readSpanList(const std::filesystem::path& file, int frameBase);

/// The samples of SMG at or below a folder (SampleNNNN/SampleNNNN_finelabels.csv), or the one of a label
/// file. Frames of the files count from `frameBase`, both ends included; -1: 1, as the organisers' accessor
/// has it. NotFound, or BadFormat with file and line.
Result<std::vector<IntakeVideo>> readSmg(const std::filesystem::path& path, int frameBase = -1);

/// What the ids of those files stand for: classes.csv beside the samples, else the names of SMG.
Result<std::vector<std::string>> readSmgClasses(const std::filesystem::path& path);

/// The videos of iMiGUE (NNNN/NNNN_label.csv; frames count from 0, class 99 is the last one). Placeholders of
/// the test part are spans without a class.
Result<std::vector<IntakeVideo>> readImigue(const std::filesystem::path& path, int frameBase = -1);

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
