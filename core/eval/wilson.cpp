// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/wilson.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace telltale {
namespace {

constexpr double kNormal95 = 1.959963984540054; // two-sided 95 % of the normal distribution

} // namespace

ShareInterval wilsonEnds(double share, double clips)
{
    if (!(clips > 0))
        return {};
    const double z2 = kNormal95 * kNormal95;
    const double centre = (share + z2 / (2 * clips)) / (1 + z2 / clips);
    const double half
        = kNormal95 * std::sqrt(share * (1 - share) / clips + z2 / (4 * clips * clips)) / (1 + z2 / clips);
    return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

PrecisionEstimate wilsonInterval(int64_t correct, int64_t clips)
{
    PrecisionEstimate estimate;
    estimate.clips = clips;
    estimate.correct = correct;
    if (clips <= 0) {
        estimate.precision = std::numeric_limits<double>::quiet_NaN();
        return estimate;
    }
    estimate.precision = static_cast<double>(correct) / static_cast<double>(clips);
    const ShareInterval ends = wilsonEnds(estimate.precision, static_cast<double>(clips));
    estimate.low = ends.low;
    estimate.high = ends.high;
    return estimate;
}

} // namespace telltale
