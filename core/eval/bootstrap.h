// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <vector>

namespace telltale {

/// How far a figure depends on who happened to be filmed: subjects are drawn anew, with replacement (Efron
/// 1979), because spans of one person are no independent samples.
struct BootstrapOptions {
    int resamples = 1000; ///< 0: no intervals
    double level = 0.95; ///< share of the resamples between both ends
    uint64_t seed = 0; ///< the same seed gives the same intervals on every machine
};

struct BootstrapInterval {
    double low = 0;
    double high = 0;
    int resamples = 0; ///< in which the figure was defined; 0: both ends are NaN
};

/// How often each of `subjects` subjects is in each resample; every row sums up to `subjects`.
std::vector<std::vector<int>> resampledSubjects(int subjects, const BootstrapOptions& options);

/// Percentiles (1 - level) / 2 and (1 + level) / 2, linear between values; NaN are left out.
BootstrapInterval percentileInterval(std::vector<double> values, double level);

} // namespace telltale
