// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace telltale {

/// What became of labelled spans from one round to another. Pure functions; any thread.

struct RoundSpan {
    int64_t video = 0;
    int person = 0;
    FrameSpan span;
    int classId = -1;
};

enum class SpanFate {
    Kept, ///< same frames, same class
    New,
    Dropped,
    Relabelled, ///< another class on the same frames, or on frames of which they share at least half
    Moved, ///< same class, other ends, frames in common
};
inline constexpr size_t kSpanFates = 5;

/// tIoU from which two spans of different classes are the same stretch under another name. Ours.
inline constexpr double kSamePlace = 0.5;

struct SpanChange {
    SpanFate fate = SpanFate::Kept;
    int before = -1; ///< index into the spans before, -1: new
    int after = -1; ///< index into the spans after, -1: dropped
};

struct RoundDiff {
    std::vector<SpanChange> changes; ///< by video, person and start
    std::array<int64_t, kSpanFates> counts{}; ///< by SpanFate
    int64_t count(SpanFate fate) const { return counts.at(static_cast<size_t>(fate)); }
};

/// Every span is in one change. Spans of one person in one video are paired: first those on the same frames
/// (the same class before another one), then the others that may be paired, greatest tIoU first, of equal
/// ones those of the same class, then the earlier.
RoundDiff diffRounds(std::span<const RoundSpan> before, std::span<const RoundSpan> after);

} // namespace telltale
