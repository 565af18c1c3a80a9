// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/boundarydoubt.h"
#include <algorithm>
#include <cmath>
#include <optional>

namespace telltale {
namespace {

std::optional<double> meanOf(std::span<const float> curve, int64_t first, int64_t last)
{
    first = std::max<int64_t>(0, first);
    last = std::min(last, static_cast<int64_t>(curve.size()));
    double sum = 0;
    int64_t count = 0;
    for (int64_t i = first; i < last; ++i) {
        const float value = curve[static_cast<size_t>(i)];
        sum += std::isfinite(value) ? static_cast<double>(value) : 0;
        count += std::isfinite(value) ? 1 : 0;
    }
    return count > 0 ? std::optional(sum / static_cast<double>(count)) : std::nullopt;
}

double rangeOf(std::span<const float> curve, int64_t first, int64_t last)
{
    first = std::max<int64_t>(0, first);
    last = std::min(last, static_cast<int64_t>(curve.size()));
    double low = HUGE_VAL;
    double high = -HUGE_VAL;
    for (int64_t i = first; i < last; ++i) {
        const auto value = static_cast<double>(curve[static_cast<size_t>(i)]);
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    return high > low ? high - low : 0;
}

} // namespace

double boundaryDoubt(std::span<const float> curve, const FrameSpan& span, int64_t window)
{
    if (curve.empty() || span.empty() || window <= 0)
        return kUnknownDoubt;
    const int64_t margin = std::max(window, (span.last - span.first) / 2);
    const double range = rangeOf(curve, span.first - margin, span.last + margin);
    if (!(range > 0))
        return 1; // a flat curve speaks for no place at all
    const int64_t inside = std::min(window, span.last - span.first);
    const auto doubtAt = [&](const FrameSpan& within, const FrameSpan& without) {
        const auto in = meanOf(curve, within.first, within.last);
        const auto out = meanOf(curve, without.first, without.last);
        return in && out ? 1 - std::min(1.0, std::abs(*in - *out) / range) : kUnknownDoubt;
    };
    return std::max(doubtAt({span.first, span.first + inside}, {span.first - window, span.first}),
        doubtAt({span.last - inside, span.last}, {span.last, span.last + window}));
}

} // namespace telltale
