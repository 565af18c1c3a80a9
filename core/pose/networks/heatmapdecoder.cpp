// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// One map for each point, one person.
#include "pose/networks/decoders.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace telltale {
namespace {

constexpr int64_t kSmallestMap = 4;

struct Peak {
    int64_t at = -1; ///< -1: nothing above 0
    float score = 0;
};

/// Highest finite value above 0; the first of equal ones.
Peak highest(const float* map, int64_t count)
{
    // Independent lanes, so that compilers take vector instructions; NaN loses every comparison.
    constexpr size_t kLanes = 16;
    std::array<float, kLanes> lanes{};
    int64_t i = 0;
    for (; i + static_cast<int64_t>(kLanes) <= count; i += kLanes)
        for (size_t lane = 0; lane < kLanes; ++lane)
            lanes[lane] = map[i + static_cast<int64_t>(lane)] > lanes[lane]
                ? map[i + static_cast<int64_t>(lane)]
                : lanes[lane];
    float best = *std::max_element(lanes.begin(), lanes.end());
    for (; i < count; ++i)
        best = map[i] > best ? map[i] : best;
    if (!(best > 0) || !std::isfinite(best))
        return {};
    return {std::find(map, map + count, best) - map, best};
}

} // namespace

std::string heatmapMismatch(std::span<const OutputView> outputs, const DecoderInput& input)
{
    if (outputs.size() != 1)
        return "there are " + std::to_string(outputs.size()) + " outputs, wanted is one";
    const auto& shape = outputs[0].shape;
    const bool maps = shape.size() == 3 && shape[1] >= kSmallestMap && shape[2] >= kSmallestMap;
    if (maps && (shape[0] == input.points || shape[0] == input.points + 1))
        return {};
    return "its output is " + shapeText(shape) + ", wanted are " + std::to_string(input.points)
        + " maps x height x width";
}

PosePeople decodeHeatmaps(std::span<const OutputView> outputs, const DecoderInput& input)
{
    const int64_t rows = outputs[0].shape[1];
    const int64_t columns = outputs[0].shape[2];
    const float stepX = static_cast<float>(input.width) / static_cast<float>(columns);
    const float stepY = static_cast<float>(input.height) / static_cast<float>(rows);
    PosePerson person;
    person.points.resize(static_cast<size_t>(input.points));
    for (int i = 0; i < input.points; ++i) {
        const float* map = outputs[0].values + i * rows * columns;
        const Peak peak = highest(map, rows * columns);
        if (peak.at < 0 || peak.score < input.options.minScore)
            continue;
        const int64_t row = peak.at / columns;
        const int64_t column = peak.at % columns;
        auto x = static_cast<float>(column);
        auto y = static_cast<float>(row);
        if (column > 0 && column + 1 < columns)
            x += peakVertex(map[peak.at - 1], peak.score, map[peak.at + 1]);
        if (row > 0 && row + 1 < rows)
            y += peakVertex(map[peak.at - columns], peak.score, map[peak.at + columns]);
        person.points[static_cast<size_t>(i)]
            = {(x + 0.5f) * stepX, (y + 0.5f) * stepY, std::min(peak.score, 1.0f)};
    }
    person.box = boxAround(person.points);
    person.score = meanScore(person.points);
    return {std::move(person)};
}

} // namespace telltale
