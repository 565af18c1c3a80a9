// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/boundaryspread.h"
#include <algorithm>

namespace telltale {

BoundarySpread boundarySpread(std::span<const float> curve, const FrameSpan& span)
{
    const auto frames = static_cast<int64_t>(curve.size());
    const int64_t first = std::clamp<int64_t>(span.first, 0, frames);
    const int64_t last = std::clamp<int64_t>(span.last, first, frames);
    if (first == last)
        return {};
    const auto at = [&curve](int64_t frame) { return curve[static_cast<size_t>(frame)]; };
    float highest = 0;
    for (int64_t frame = first; frame < last; ++frame)
        highest = std::max(highest, at(frame));
    if (!(highest > 0))
        return {};
    const float low = highest * 0.25F;
    const float high = highest * 0.75F;
    const double most = static_cast<double>(last - first) / 2;
    // The high frame nearest to the end from inside, and the low one from outside; no further than need be.
    const auto spread = [&](int64_t inside, int64_t inwards) {
        int64_t high1 = inside;
        while (high1 >= first && high1 < last && at(high1) < high)
            high1 += inwards;
        int64_t low1 = inside;
        const int64_t reach = last - first;
        while (low1 >= 0 && low1 < frames && std::abs(low1 - inside) <= reach && at(low1) >= low)
            low1 -= inwards;
        const int64_t climbed = std::abs(high1 - low1) - 1; // frames between low and high
        return std::clamp(static_cast<double>(climbed) / 2, 0.0, most);
    };
    return {spread(first, 1), spread(last - 1, -1)};
}

} // namespace telltale
