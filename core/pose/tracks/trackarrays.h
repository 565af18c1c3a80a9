// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/posepoint.h"
#include <cmath>
#include <string_view>

namespace telltale {

/// Stands at the points of a track file whose writer saw to it that each is finite and that missing ones are
/// all zeros, so that nobody has to look at all of them again.
inline constexpr std::string_view kCheckedPoints = "checked1";

/// A point as track files have it: missing if it has no score or a number is none.
inline PosePoint cleanPoint(const PosePoint& point)
{
    const bool there
        = point.score > 0 && std::isfinite(point.x) && std::isfinite(point.y) && std::isfinite(point.score);
    return there ? point : PosePoint{};
}

} // namespace telltale
