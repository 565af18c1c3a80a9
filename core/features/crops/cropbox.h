// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <algorithm>
#include <cmath>

namespace telltale {

/// Axis-aligned rectangle in pixels of the displayed picture; may reach outside it.
struct CropBox {
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;

    bool operator==(const CropBox&) const = default;
};

/// True unless the box has an area and only finite numbers.
inline bool isEmptyBox(const CropBox& box)
{
    return !(box.width > 0) || !(box.height > 0) || !std::isfinite(box.x) || !std::isfinite(box.y)
        || !std::isfinite(box.width) || !std::isfinite(box.height);
}

/// The box a share `t` of the way from `a` to `b`.
inline CropBox mixedBox(const CropBox& a, const CropBox& b, float t)
{
    const auto mix = [t](float from, float to) { return from + t * (to - from); };
    return {mix(a.x, b.x), mix(a.y, b.y), mix(a.width, b.width), mix(a.height, b.height)};
}

/// How far the edge lies apart that lies farthest apart, in pixels.
inline float boxDistance(const CropBox& a, const CropBox& b)
{
    return std::max({std::abs(a.x - b.x), std::abs(a.y - b.y), std::abs(a.x + a.width - b.x - b.width),
        std::abs(a.y + a.height - b.y - b.height)});
}

} // namespace telltale
