// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <vector>

namespace telltale {

/// How well per-row probabilities tell gesture rows (target above 0.5) from the rest.
struct DetectorScore {
    int64_t rows = 0;
    double gestureShare = 0;
    double averagePrecision = 0;
    double precision = 0; ///< at probability 0.5
    double recall = 0;
    double f1 = 0;
};

DetectorScore detectorScore(const std::vector<float>& probability, const std::vector<float>& gesture);

} // namespace telltale
