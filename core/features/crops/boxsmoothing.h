// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "features/crops/croppath.h"
#include <cstdint>
#include <span>
#include <vector>

namespace telltale {

/// What was measured at one frame: edges in pixels, `present` false where there is nothing to look at.
struct BoxSample {
    int64_t frame = 0;
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;
    bool present = false;
};

/// How samples become a path. All of the values are ours; times are in seconds.
struct BoxSmoothing {
    double bridge = 0.5; ///< longer gaps are gaps of the path
    double hold = 0.25; ///< a box stays this long before and behind what was measured
    double median = 0.15; ///< reach of the running median on each side, against single wrong measurements
    double gather = 0; ///< reach on each side of the union of boxes
    float padding = 0.25f; ///< share of the side
    double position = 0.1; ///< standard deviation of the low-pass of the centre
    double size = 0.4; ///< and of the side
    float tolerance = 0.02f; ///< keys are left out while straight lines are this exact, share of the side
};

/// A square that follows the samples (ascending frames): edges by running medians, union, padding, low-pass
/// by local straight lines, which lags behind neither inside nor at the ends, then the fewest keys that are
/// exact enough. Nothing passes `cuts` (ascending first frames of shots). Behind the last sample the box is
/// held if the path reaches it. `fps`: frames a second.
std::vector<CropKey> smoothedKeys(std::span<const BoxSample> samples, std::span<const int64_t> cuts,
    double fps, const BoxSmoothing& smoothing);

} // namespace telltale
