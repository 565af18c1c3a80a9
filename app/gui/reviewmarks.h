// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "widgets/timeline/timelineview.h"

namespace telltale {

/// Frames that at least one of the ranges covers; ranges by start.
int64_t framesCovered(const std::vector<ReviewedRange>& ranges);
/// The lane that shows which parts of a video somebody has looked through, with their share in its title.
TimelineLane reviewedLane(const Document& document, int64_t videoId, int64_t frameCount);
/// The notes of a video where they belong on the ruler; those on the video as a whole stand at its start.
std::vector<TimelineMark> noteMarks(const Document& document, int64_t videoId);
/// "frame 120", "span at frame 10", ...: what a note is on.
QString notePlace(const Document& document, const Note& note);

} // namespace telltale
