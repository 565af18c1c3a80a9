// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/layout.h"
#include <cstdint>

namespace telltale {

/// Which points the heat map shows.
enum class HeatGroup { All, Head, Arms, Hands, Body };

/// Colour maps of the heat map: lightness rises evenly in each, so that they survive colour blindness.
enum class HeatColors { Inferno, Viridis, Cividis, White };

/// How bones and points look.
struct SkeletonLook {
    uint32_t hiddenParts = 0; ///< bit i: the body part of value i
    bool sideColors = true; ///< the left side orange, the right one blue; off: all in one colour
    bool scoreOpacity = true; ///< the surer a point, the more opaque; off: all opaque

    bool operator==(const SkeletonLook&) const = default;
    bool shows(BodyPart part) const { return (hiddenParts >> static_cast<unsigned>(part) & 1U) == 0; }
};

/// Which overlays are drawn over the picture, and how.
struct OverlayOptions {
    bool skeleton = true;
    SkeletonLook look;
    bool heatmap = false;
    HeatGroup heatGroup = HeatGroup::All;
    HeatColors heatColors = HeatColors::Inferno;
    double heatmapOpacity = 0.6;
    bool labels = true;
    bool crop = false;
    bool picture = true; ///< off: identity-free, skeleton and heatmap only

    bool operator==(const OverlayOptions&) const = default;
};

} // namespace telltale
