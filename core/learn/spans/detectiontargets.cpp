// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/spans/detectiontargets.h"
#include <algorithm>
#include <cmath>
#include <torch/types.h>

namespace telltale {
namespace {

constexpr float kFarthest = 10000; ///< end of the last level's reach
constexpr float kFirstReach = 4;
constexpr float kSimilar = 1e-3F; ///< lengths that count as the same

bool counts(const Segment& segment, int classes)
{
    return segment.label >= 0 && segment.label < classes && std::isfinite(segment.start)
        && std::isfinite(segment.end) && segment.length() > 0;
}

/// Whether a segment is to be found from a point.
bool isFor(const PyramidPoint& point, const Segment& segment, double radius)
{
    const float left = point.at - segment.start;
    const float right = segment.end - point.at;
    float inside = std::min(left, right);
    if (radius > 0) {
        const float centre = 0.5F * (segment.start + segment.end);
        const float reach = point.stride * static_cast<float>(radius);
        inside = std::min(point.at - std::max(centre - reach, segment.start),
            std::min(centre + reach, segment.end) - point.at);
    }
    const float farther = std::max(left, right);
    return inside > 0 && farther >= point.shortest && farther <= point.longest;
}

/// Values of one window, to become tensors.
struct TargetRows {
    std::vector<float> classes;
    std::vector<float> offsets;
    std::vector<uint8_t> positive;
    std::vector<int64_t> segment;
};

void fillPoint(const PyramidPoint& point, size_t row, const std::vector<Segment>& truth,
    const std::vector<size_t>& usable, int classes, const TargetOptions& options, TargetRows& rows)
{
    std::vector<size_t> hits;
    for (const size_t index : usable)
        if (isFor(point, truth[index], options.centreRadius))
            hits.push_back(index);
    size_t shown = usable.front(); // ActionFormer's value where nothing is to be found; nobody reads it
    if (!hits.empty()) {
        shown = *std::min_element(hits.begin(), hits.end(),
            [&](size_t a, size_t b) { return truth[a].length() < truth[b].length(); });
        rows.positive[row] = 1;
        rows.segment[row] = static_cast<int64_t>(shown);
        for (const size_t hit : hits)
            if (!options.onlyShortest || truth[hit].length() <= truth[shown].length() + kSimilar)
                rows.classes[row * static_cast<size_t>(classes) + static_cast<size_t>(truth[hit].label)] = 1;
    }
    rows.offsets[2 * row] = (point.at - truth[shown].start) / point.stride;
    rows.offsets[2 * row + 1] = (truth[shown].end - point.at) / point.stride;
}

} // namespace

std::vector<ReachOfLevel> defaultReach(int64_t levels)
{
    std::vector<ReachOfLevel> reach;
    for (int64_t level = 0; level < levels; ++level) {
        const float far = kFirstReach * std::ldexp(1.F, static_cast<int>(level));
        reach.push_back({level == 0 ? 0 : far / 2, level + 1 == levels ? kFarthest : far});
    }
    return reach;
}

std::vector<PyramidPoint> pyramidPoints(int64_t positions, const std::vector<ReachOfLevel>& reach)
{
    std::vector<PyramidPoint> points;
    points.reserve(static_cast<size_t>(std::max<int64_t>(0, 2 * positions)) + reach.size());
    int64_t stride = 1;
    for (const ReachOfLevel& level : reach) {
        for (int64_t at = 0; at < positions; at += stride)
            points.push_back(
                {static_cast<float>(at), level.shortest, level.longest, static_cast<float>(stride)});
        stride *= 2;
    }
    return points;
}

DetectionTargets targetsOf(const std::vector<PyramidPoint>& points, const std::vector<Segment>& truth,
    int classes, const TargetOptions& options)
{
    TargetRows rows;
    rows.classes.resize(points.size() * static_cast<size_t>(classes));
    rows.offsets.resize(points.size() * 2);
    rows.positive.resize(points.size());
    rows.segment.assign(points.size(), -1);
    std::vector<size_t> usable;
    for (size_t i = 0; i < truth.size(); ++i)
        if (counts(truth[i], classes))
            usable.push_back(i);
    if (!usable.empty())
        for (size_t row = 0; row < points.size(); ++row)
            fillPoint(points[row], row, truth, usable, classes, options, rows);
    const auto count = static_cast<int64_t>(points.size());
    return {torch::tensor(rows.classes).view({count, classes}), torch::tensor(rows.offsets).view({count, 2}),
        torch::tensor(rows.positive, torch::kUInt8).to(torch::kBool),
        torch::tensor(rows.segment, torch::kInt64)};
}

DetectionTargets stackedTargets(const std::vector<DetectionTargets>& windows)
{
    const auto stacked = [&](torch::Tensor DetectionTargets::*part) {
        std::vector<torch::Tensor> parts;
        parts.reserve(windows.size());
        for (const DetectionTargets& window : windows)
            parts.push_back(window.*part);
        return torch::stack(parts);
    };
    return {stacked(&DetectionTargets::classes), stacked(&DetectionTargets::offsets),
        stacked(&DetectionTargets::positive), stacked(&DetectionTargets::segment)};
}

} // namespace telltale
