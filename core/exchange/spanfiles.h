// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/intake.h"

namespace telltale {

/// The videos and spans of an ActivityNet file: ground truth with or without the "database" level, or
/// predictions ("results", all proposals). BadFormat names file and line, or the path of the element.
Result<std::vector<IntakeVideo>> readActivityNet(const std::filesystem::path& file);

/// The rows of a span list `video_id,class_id,start_frame,end_frame[,score]`; the header is optional and a
/// class may be given by name. A row with a score is a proposal.
Result<std::vector<IntakeVideo>> readSpanList(const std::filesystem::path& file, int frameBase);

} // namespace telltale
