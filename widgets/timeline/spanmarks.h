// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/timeline/timelineview.h"

namespace telltale {

/// Everything that the look of a span too narrow for a box depends on, as a number (MarkedSpan::mark): what
/// asks for attention is larger than what does not, flagged most and rejected least, surer proposals than
/// less sure ones. Never 0.
uint32_t markOf(const TimelineSpan& span);

struct SpanMark {
    QRgb color = 0; ///< of the class
    SpanState state = SpanState::Accepted;
    int step = 0; ///< of the score, in [0, kScoreSteps]
    static constexpr int kScoreSteps = 7;
};
SpanMark parseMark(uint32_t mark);

} // namespace telltale
