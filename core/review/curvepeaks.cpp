// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/curvepeaks.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

double at(std::span<const float> curve, size_t place)
{
    return place < curve.size() && std::isfinite(curve[place]) ? static_cast<double>(curve[place]) : 0;
}

} // namespace

std::vector<CurvePeak> peaksOf(std::span<const float> curve, double least)
{
    std::vector<CurvePeak> peaks;
    double before = 0;
    for (size_t first = 0; first < curve.size();) {
        const double height = at(curve, first);
        size_t end = first + 1;
        while (end < curve.size() && at(curve, end) == height)
            ++end;
        if (height >= least && height > before && height > at(curve, end))
            peaks.push_back({static_cast<int64_t>((first + end - 1) / 2), height});
        before = height;
        first = end;
    }
    return peaks;
}

std::optional<CurvePeak> peakBeside(std::span<const CurvePeak> peaks, int64_t frame, int step)
{
    if (step > 0) {
        const auto next = std::ranges::upper_bound(peaks, frame, {}, &CurvePeak::frame);
        return next == peaks.end() ? std::nullopt : std::optional(*next);
    }
    const auto next = std::ranges::lower_bound(peaks, frame, {}, &CurvePeak::frame);
    return next == peaks.begin() ? std::nullopt : std::optional(*std::prev(next));
}

} // namespace telltale
