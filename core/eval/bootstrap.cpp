// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/bootstrap.h"
#include "base/random.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace telltale {
namespace {

/// `share` of the way through sorted values.
double percentile(const std::vector<double>& sorted, double share)
{
    const double place = std::clamp(share, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<size_t>(place);
    const size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

} // namespace

std::vector<std::vector<int>> resampledSubjects(int subjects, const BootstrapOptions& options)
{
    std::vector<std::vector<int>> drawn;
    if (subjects <= 0)
        return drawn;
    Random random(options.seed);
    drawn.reserve(static_cast<size_t>(std::max(options.resamples, 0)));
    for (int i = 0; i < options.resamples; ++i) {
        std::vector<int>& counts = drawn.emplace_back(static_cast<size_t>(subjects), 0);
        for (int draw = 0; draw < subjects; ++draw)
            ++counts[static_cast<size_t>(random.below(subjects))];
    }
    return drawn;
}

BootstrapInterval percentileInterval(std::vector<double> values, double level)
{
    std::erase_if(values, [](double value) { return std::isnan(value); });
    if (values.empty()) {
        constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
        return {kNone, kNone, 0};
    }
    std::ranges::sort(values);
    return {percentile(values, (1 - level) / 2), percentile(values, (1 + level) / 2),
        static_cast<int>(values.size())};
}

} // namespace telltale
