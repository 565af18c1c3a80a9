// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/spanmarks.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace telltale {

namespace {

/// Least attention first; the rank is the place, counted from 1. Bits 27 to 29 of a mark, then three of the
/// score and the colour.
constexpr std::array<SpanState, 6> kByAttention{SpanState::Rejected, SpanState::Skipped, SpanState::Accepted,
    SpanState::Corrected, SpanState::Proposed, SpanState::Flagged};
constexpr int kRankShift = 27;
constexpr int kStepShift = 24;

} // namespace

uint32_t markOf(const TimelineSpan& span)
{
    const auto* place = std::find(kByAttention.begin(), kByAttention.end(), span.state);
    const auto rank = static_cast<uint32_t>(place - kByAttention.begin()) + 1;
    const double score = span.state == SpanState::Proposed ? std::clamp(span.score, 0.0, 1.0) : 1.0;
    const auto step = static_cast<uint32_t>(std::lround(score * SpanMark::kScoreSteps));
    return rank << kRankShift | step << kStepShift | (span.color.rgb() & 0xffffff);
}

SpanMark parseMark(uint32_t mark)
{
    const size_t rank = std::clamp<size_t>(mark >> kRankShift, 1, kByAttention.size());
    return {0xff000000 | mark, kByAttention[rank - 1], static_cast<int>(mark >> kStepShift & 7)};
}

} // namespace telltale
