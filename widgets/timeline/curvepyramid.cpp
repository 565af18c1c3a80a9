// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/curvepyramid.h"
#include <algorithm>
#include <cmath>

namespace telltale {

CurvePyramid::CurvePyramid(std::vector<float> curve) : m_curve(std::move(curve))
{
    for (float& value : m_curve)
        if (!std::isfinite(value))
            value = 0;
    for (size_t count = m_curve.size(); count > 1;) {
        std::vector<Range> next((count + 1) / 2);
        for (size_t i = 0; i < next.size(); ++i) {
            const size_t left = 2 * i;
            const size_t right = std::min(left + 1, count - 1);
            if (m_levels.empty()) {
                next[i] = {std::min(m_curve[left], m_curve[right]), std::max(m_curve[left], m_curve[right])};
            } else {
                const std::vector<Range>& below = m_levels.back();
                next[i] = {std::min(below[left].low, below[right].low),
                    std::max(below[left].high, below[right].high)};
            }
        }
        count = next.size();
        m_levels.push_back(std::move(next));
    }
}

CurvePyramid::Range CurvePyramid::over(int64_t from, int64_t to, int level) const
{
    if (level == 0) {
        const auto [low, high] = std::minmax_element(m_curve.begin() + from, m_curve.begin() + to);
        return {*low, *high};
    }
    const std::vector<Range>& ranges = m_levels[static_cast<size_t>(level - 1)];
    Range range = ranges[static_cast<size_t>(from)];
    for (int64_t i = from + 1; i < to; ++i) {
        range.low = std::min(range.low, ranges[static_cast<size_t>(i)].low);
        range.high = std::max(range.high, ranges[static_cast<size_t>(i)].high);
    }
    return range;
}

float CurvePyramid::between(double position) const
{
    const double at = std::clamp(position, 0.0, static_cast<double>(size()) - 1);
    const auto frame = static_cast<size_t>(at);
    const float left = m_curve[frame];
    const float right = m_curve[std::min(frame + 1, m_curve.size() - 1)];
    return left + (right - left) * static_cast<float>(at - static_cast<double>(frame));
}

CurvePyramid::Columns CurvePyramid::columns(double position, double framesPerColumn, int count) const
{
    Columns columns;
    columns.low.reserve(static_cast<size_t>(std::max(0, count)));
    columns.high.reserve(static_cast<size_t>(std::max(0, count)));
    int level = 0;
    double stretch = 1;
    while (stretch * 4 <= framesPerColumn && level < static_cast<int>(m_levels.size())) {
        ++level;
        stretch *= 2;
    }
    const auto frames = static_cast<double>(size());
    const int64_t end
        = level == 0 ? size() : static_cast<int64_t>(m_levels[static_cast<size_t>(level - 1)].size());
    for (int i = 0; i < count; ++i) {
        const double from = std::max(0.0, position + i * framesPerColumn);
        if (from >= frames)
            break;
        if (framesPerColumn < 1) {
            columns.low.push_back(between(from + framesPerColumn / 2 - 0.5));
            columns.high.push_back(columns.low.back());
            continue;
        }
        const auto first = static_cast<int64_t>(from / stretch);
        const double to = (position + (i + 1) * framesPerColumn) / stretch;
        auto last = static_cast<int64_t>(to);
        last += static_cast<double>(last) < to ? 1 : 0;
        const Range range = over(first, std::clamp(last, first + 1, end), level);
        columns.low.push_back(range.low);
        columns.high.push_back(range.high);
    }
    return columns;
}

} // namespace telltale
