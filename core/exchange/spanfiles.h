// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/spans.h"

namespace telltale {

/// The videos and spans of an ActivityNet file: ground truth with or without the "database" level, or
/// predictions ("results", all proposals). BadFormat names file and line, or the path of the element.
Result<std::vector<IntakeVideo>> readActivityNet(const std::filesystem::path& file);

/// The rows of a span list `video_id,class_id,start_frame,end_frame[,score]`; the header is optional and a
/// class may be given by name. A row with a score is a proposal.
Result<std::vector<IntakeVideo>> readSpanList(const std::filesystem::path& file, int frameBase);

/// The samples of SMG at or below a folder (SampleNNNN/SampleNNNN_finelabels.csv), or the one of a label
/// file. Frames of the files count from `frameBase`, both ends included; -1: 1, as the organisers' accessor
/// has it. NotFound, or BadFormat where there is none; what is wrong with one of them goes to `problems`.
Result<std::vector<IntakeVideo>> readSmg(
    const std::filesystem::path& path, int frameBase, ImportProblems& problems);
/// The same; the first problem is the failure.
Result<std::vector<IntakeVideo>> readSmg(const std::filesystem::path& path, int frameBase = -1);

/// What the ids of those files stand for: classes.csv beside the samples, else the names of SMG.
Result<std::vector<std::string>> readSmgClasses(const std::filesystem::path& path);

/// The videos of iMiGUE (NNNN/NNNN_label.csv; frames count from 0, class 99 is the last one). Placeholders of
/// the test part are spans without a class. Errors as above.
Result<std::vector<IntakeVideo>> readImigue(
    const std::filesystem::path& path, int frameBase, ImportProblems& problems);
Result<std::vector<IntakeVideo>> readImigue(const std::filesystem::path& path, int frameBase = -1);

/// What `read` makes of its ImportProblems&, unless there are some: then the first one is the failure.
template <typename Read> Result<std::vector<IntakeVideo>> withoutProblems(const Read& read)
{
    ImportProblems problems;
    Result<std::vector<IntakeVideo>> videos = read(problems);
    if (videos && !problems.empty())
        return Error{problems.kept().front().code, problems.kept().front().sentence()};
    return videos;
}

} // namespace telltale
