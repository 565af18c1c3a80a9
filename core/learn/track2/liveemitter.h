// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/spans/segment.h"
#include "learn/spans/spandecision.h"
#include <cstdint>
#include <vector>

namespace telltale {

/// When a detector looks and when it says what it saw, while frames still come. All in frames. The defaults
/// are ours (docs/live.md).
struct LiveTiming {
    int64_t hop = 8; ///< from one look to the next
    int64_t settle = 16; ///< that a span's end must lie behind the newest frame
    /// By which an end may move back from one look to the next and its span still be told; what turns up
    /// further back is too late and never told.
    int64_t late = 8;
    bool operator==(const LiveTiming&) const = default;

    /// The newest frame is never further behind a span's end when the span is told, if no frame is missing.
    int64_t latency() const { return hop + settle + late; }
};

/// A span that was told while frames still came. It stays as it is.
struct LiveSpan {
    int label = 0;
    double start = 0; ///< frames
    double end = 0;
    double score = 0;
    int64_t seen = 0; ///< frames of the stream that had come by then
    bool operator==(const LiveSpan&) const = default;
};

/// What a detector finds in one look, less those that overlap a better one too much, whatever their score.
std::vector<ScoredSpan> liveCandidates(const std::vector<Segment>& found, const SpanDecision& decision);

/// Tells every span once, from looks that follow each other. Remembers the spans whose end is not behind
/// `memory` frames, so that it does not grow. One thread.
class LiveEmitter {
public:
    LiveEmitter(SpanDecision decision, const LiveTiming& timing, int64_t memory);

    /// What is told now, by its end: candidates that reach the threshold and whose end has just settled
    /// (at the stream's end: all that no earlier look told), but for those that are a span told before.
    /// `seen`: frames of the stream so far, ascending.
    std::vector<LiveSpan> take(const std::vector<ScoredSpan>& candidates, int64_t seen, bool last);
    void restart();
    const LiveTiming& timing() const { return m_timing; }

private:
    bool isKnown(const ScoredSpan& span) const;

    SpanDecision m_decision;
    LiveTiming m_timing;
    int64_t m_memory;
    int64_t m_settled; ///< ends behind it are too late
    std::vector<LiveSpan> m_told;
};

} // namespace telltale
