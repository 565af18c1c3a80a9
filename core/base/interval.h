// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <algorithm>
#include <cstdint>

namespace telltale {

/// Half-open span [first, last) of presentation-order frame indices of one video.
struct FrameSpan {
    int64_t first = 0;
    int64_t last = 0;

    int64_t length() const { return std::max<int64_t>(0, last - first); }
    bool empty() const { return last <= first; }
    bool contains(int64_t frame) const { return frame >= first && frame < last; }
    bool overlaps(const FrameSpan& other) const { return first < other.last && other.first < last; }
    bool operator==(const FrameSpan&) const = default;
};

/// Frames that both spans hold.
inline int64_t intersection(const FrameSpan& a, const FrameSpan& b)
{
    return std::max<int64_t>(0, std::min(a.last, b.last) - std::max(a.first, b.first));
}

/// Intersection over union in [0, 1]; 0 for two empty spans.
inline double temporalIou(const FrameSpan& a, const FrameSpan& b)
{
    const int64_t shared = intersection(a, b);
    const int64_t all = a.length() + b.length() - shared;
    return all > 0 ? static_cast<double>(shared) / static_cast<double>(all) : 0.0;
}

/// The part of `span` inside [0, frames).
inline FrameSpan clampSpan(const FrameSpan& span, int64_t frames)
{
    const int64_t first = std::clamp<int64_t>(span.first, 0, frames);
    return {first, std::clamp<int64_t>(span.last, first, frames)};
}

} // namespace telltale
