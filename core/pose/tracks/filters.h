// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace telltale {

/// One value over time with the variance of its noise; `seen` false: nothing was measured then.
struct Measurement {
    double time = 0; ///< seconds, ascending
    double value = 0;
    double variance = 1;
    bool seen = true;
};

struct OneEuroOptions {
    double minCutoff = 1; ///< Hz
    double beta = 0; ///< Hz per unit a second
    double derivativeCutoff = 1; ///< Hz
};
/// The filtered values, one each; all must be seen.
std::vector<double> oneEuro(std::span<const Measurement> measurements, const OneEuroOptions& options);

struct RtsOptions {
    double accelerationDensity
        = 1; ///< spectral density of white acceleration, squared units per cubic second
    double startSpeed = 1; ///< standard deviation of the velocity at the first measurement, around 0
};
/// Smoothed values at all times; the first must be seen (it is the start: its value, its variance).
std::vector<double> rtsSmooth(std::span<const Measurement> measurements, const RtsOptions& options);

} // namespace telltale
