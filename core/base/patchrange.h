// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/lanes.h"
#include <algorithm>

namespace telltale {

/// Pixels [first, last) along one axis of a map.
struct PatchRange {
    int first = 0;
    int last = 0;
    bool empty() const { return last <= first; }
    int length() const { return last - first; }
};

/// The pixels that a Gaussian of `sigma` around everything from `low` to `high` may touch on an axis of
/// `size` pixels. The truncation towards zero is the reference's (PYSKL, GeneratePoseTarget): a joint just
/// left of the map still writes column 0. Any finite numbers are allowed.
inline PatchRange patchRange(double low, double high, double sigma, int size)
{
    const double most = size;
    return {static_cast<int>(std::clamp(low - 3 * sigma, 0.0, most)),
        std::min(static_cast<int>(std::clamp(high + 3 * sigma, -1.0, most)) + 1, size)};
}

/// From the places of pixels to exp(-(place - centre)^2 * factor) there, 0 outside of `range`.
TELLTALE_BODY void gaussianLanes(Lanes& places, float centre, float factor, const PatchRange& range)
{
    const LaneInts inside
        = (places >= static_cast<float>(range.first)) & (places < static_cast<float>(range.last));
    const Lanes d = places - centre;
    places = -(d * d) * factor;
    expOfNegative(places);
    places = inside ? places : Lanes{};
}

} // namespace telltale
