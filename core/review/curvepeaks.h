// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace telltale {

/// Disagreement below this is none that deserves a jump. Ours.
inline constexpr double kLeastPeak = 0.1;

struct CurvePeak {
    int64_t frame = 0; ///< middle of its plateau, rounded down
    double height = 0;

    bool operator==(const CurvePeak&) const = default;
};

/// Places of `curve` (a value a frame) that are higher than what lies beside them, and at least `least` high;
/// a plateau is one place. Ascending. Outside the curve there is nothing; what is no number counts as
/// nothing. Any thread.
std::vector<CurvePeak> peaksOf(std::span<const float> curve, double least = kLeastPeak);

/// The nearest peak after `frame` (step > 0) or before it; `peaks` ascending.
std::optional<CurvePeak> peakBeside(std::span<const CurvePeak> peaks, int64_t frame, int step);

} // namespace telltale
