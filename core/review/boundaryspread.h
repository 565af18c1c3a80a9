// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include <span>

namespace telltale {

/// Frames by which the ends of a span may lie earlier or later.
struct BoundarySpread {
    double start = 0;
    double end = 0;
    bool operator==(const BoundarySpread&) const = default;
};

/// From a curve of one value a frame that is high inside of the span and low beside it, as a detector's is:
/// half of the frames in which it climbs from a quarter to three quarters of its highest value inside, about
/// either end. A step is 0; half of the span's length is the most, also where the curve stays high beyond the
/// span. 0 where the curve is nowhere above 0. Any thread.
BoundarySpread boundarySpread(std::span<const float> curve, const FrameSpan& span);

} // namespace telltale
