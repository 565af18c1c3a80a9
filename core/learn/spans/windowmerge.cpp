// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/spans/windowmerge.h"
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace telltale {
namespace {

/// As Python's round(): of the exact value, halves to the even neighbour.
float roundedTo(float value, int decimals)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.*f", decimals, static_cast<double>(value));
    return static_cast<float>(std::strtod(text.data(), nullptr));
}

std::vector<Segment> together(const std::vector<std::vector<Segment>>& windows)
{
    size_t count = 0;
    for (const auto& window : windows)
        count += window.size();
    std::vector<Segment> all;
    all.reserve(count);
    for (const auto& window : windows)
        all.insert(all.end(), window.begin(), window.end());
    return all;
}

} // namespace

std::vector<Segment> inTime(std::vector<Segment> segments, const GridTime& time, double windowStart)
{
    const auto end = static_cast<float>(time.duration);
    const auto place = [&](float position) {
        const float frame = position * static_cast<float>(time.step) + static_cast<float>(windowStart)
            + static_cast<float>(time.offset);
        return std::clamp(frame / static_cast<float>(time.rate), 0.F, end);
    };
    for (Segment& segment : segments) {
        segment.start = place(segment.start);
        segment.end = place(segment.end);
    }
    return segments;
}

std::vector<Segment> mergedWindows(
    const std::vector<std::vector<Segment>>& windows, const SuppressionOptions& options)
{
    return suppressed(together(windows), options);
}

std::vector<Segment> rounded(std::vector<Segment> segments)
{
    for (Segment& segment : segments) {
        segment.start = roundedTo(segment.start, 2);
        segment.end = roundedTo(segment.end, 2);
        segment.score = roundedTo(segment.score, 4);
    }
    return segments;
}

std::vector<Segment> mergedWindowsRounded(
    const std::vector<std::vector<Segment>>& windows, const SuppressionOptions& options)
{
    std::vector<Segment> all = rounded(together(windows));
    std::vector<int> labels; // in the order in which they appear
    for (Segment& segment : all) {
        const auto found = std::find(labels.begin(), labels.end(), segment.label);
        const auto place = found - labels.begin();
        if (found == labels.end())
            labels.push_back(segment.label);
        segment.label = static_cast<int>(place);
    }
    std::vector<Segment> left = rounded(suppressed(all, options));
    for (Segment& segment : left)
        segment.label = labels[static_cast<size_t>(segment.label)];
    return left;
}

} // namespace telltale
