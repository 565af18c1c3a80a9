// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

namespace telltale {

/// How a figure spreads; NaN throughout without values.
struct Spread {
    int64_t count = 0;
    double mean = 0;
    double median = 0;
    /// Where the median of as many values drawn anew, with replacement, lies in 95 of 100 cases.
    double medianLow = 0;
    double medianHigh = 0;
    double quarter
        = 0; ///< 25th percentile; percentiles are linear between values (Hyndman and Fan 1996, type 7)
    double threeQuarters = 0;
    double fifth = 0; ///< 5th percentile
    double ninetyFifth = 0;
};

/// The interval is the bootstrap's percentile interval without drawing (Efron 1982, "The Jackknife, the
/// Bootstrap and Other Resampling Plans", section 10.3; Maritz and Jarrett 1978, equation 2.1): the r-th of n
/// drawn values is at most the i-th of those that are there with P(Bin(n, i / n) >= r). Of an even number the
/// two in the middle give one end each, so that it is rather too wide. NaN are left out.
Spread spreadOf(std::vector<double> values, double level = 0.95);

/// P(Bin(n, p) >= k).
double binomialTail(int64_t n, double p, int64_t k);

/// Time in seconds and presses, which are not whole once they are shared out.
struct Effort {
    double seconds = 0;
    double keys = 0;
    double clicks = 0;

    double presses() const { return keys + clicks; }
    Effort& operator+=(const Effort& other);
    Effort dividedBy(double parts) const { return {seconds / parts, keys / parts, clicks / parts}; }
};

/// One edit of somebody's.
struct EffortStep {
    int mode = 0; ///< from 0
    Effort onSpan; ///< since the span was chosen
    Effort search; ///< before that
    std::vector<int64_t> spans; ///< that it touched; these share the effort
};

/// What went into a span in all, or in one mode.
struct SpanEffort {
    int64_t span = 0;
    int mode = 0; ///< of bySpanAndMode()
    Effort onSpan;
    Effort search;
};

/// What went into all spans in a mode.
struct ModeEffort {
    Effort onSpan;
    Effort search;
    int64_t decisions = 0;
    int64_t undone = 0; ///< decisions that were taken back at least once

    double perMinute() const; ///< decisions; NaN without any time
    double undoneShare() const; ///< NaN without decisions
    ModeEffort& operator+=(const ModeEffort& other);
};

/// Adds up what went into spans, edit for edit. An edit of several spans gives each of them an equal part;
/// one that touched none is left out. A value.
class SpanEfforts {
public:
    /// The edit is a decision of its own. Its number is for undone().
    size_t addDecision(const EffortStep& step);
    /// It belongs to another decision: a drag that goes on, an undo, a redo.
    void addTo(const EffortStep& step);
    /// The decision was taken back; counts once.
    void undone(size_t decision);

    /// In the order in which they were first touched; valid until something is added.
    const std::vector<SpanEffort>& bySpan() const { return m_spans; }
    const std::vector<SpanEffort>& bySpanAndMode() const { return m_parts; }
    const std::map<int, ModeEffort>& modes() const { return m_modes; }

private:
    struct Decision {
        int mode = 0;
        bool undone = false;
    };
    struct Place {
        uint32_t whole = 0; ///< in m_spans
        std::vector<uint32_t> parts; ///< in m_parts
    };
    std::vector<SpanEffort> m_spans;
    std::vector<SpanEffort> m_parts; ///< one for each span and mode
    std::unordered_map<int64_t, Place> m_places; ///< by span
    std::map<int, ModeEffort> m_modes;
    std::vector<Decision> m_decisions;
};

} // namespace telltale
