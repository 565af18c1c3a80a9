// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/networks/decoders.h"
#include <algorithm>
#include <array>

namespace telltale {
namespace {

bool never(const DecoderOptions&) { return false; }
bool always(const DecoderOptions&) { return true; }
bool withTail(const DecoderOptions& options) { return !options.tail.empty(); }

constexpr std::array kDecoders{
    PoseDecoder{"heatmap", "one map a point (and perhaps one of the background): points x height x width",
        true, never, heatmapMismatch, decodeHeatmaps},
    PoseDecoder{"heatmap_paf",
        "one map a point, one of the background, and two of directions for each limb: maps x height x width",
        true, always, fieldsMismatch, decodeFields},
    PoseDecoder{"simcc", "two outputs, points x (width * split) and points x (height * split)", true, never,
        simccMismatch, decodeSimcc},
    PoseDecoder{"regression", "the numbers that its fields and tail list, for each point and each person",
        true, withTail, regressionMismatch, decodeRegression},
    PoseDecoder{"boxes",
        "boxes x 5 (left, top, right, bottom, score) with perhaps their classes in a second output, or boxes "
        "x 7 "
        "(picture, class, score, left, top, right, bottom)",
        false, always, boxesMismatch, decodeBoxes},
};

} // namespace

std::span<const PoseDecoder> poseDecoders() { return kDecoders; }

const PoseDecoder* findPoseDecoder(const std::string& name)
{
    const auto* const found = std::find_if(
        kDecoders.begin(), kDecoders.end(), [&](const PoseDecoder& decoder) { return name == decoder.name; });
    return found == kDecoders.end() ? nullptr : found;
}

std::string shapeText(std::span<const int64_t> shape)
{
    std::string text;
    for (const int64_t size : shape)
        text += (text.empty() ? "" : " x ") + std::to_string(size);
    return text.empty() ? "one number" : text;
}

float peakVertex(float before, float at, float after)
{
    constexpr float kFlat = -1e-9f;
    const float curve = before - 2 * at + after;
    return curve < kFlat ? std::clamp(0.5f * (before - after) / curve, -0.5f, 0.5f) : 0.0f;
}

PoseBox boxAround(std::span<const PosePoint> points)
{
    float left = 0;
    float top = 0;
    float right = -1;
    float bottom = -1;
    bool any = false;
    for (const PosePoint& point : points) {
        if (!(point.score > 0))
            continue;
        left = any ? std::min(left, point.x) : point.x;
        right = any ? std::max(right, point.x) : point.x;
        top = any ? std::min(top, point.y) : point.y;
        bottom = any ? std::max(bottom, point.y) : point.y;
        any = true;
    }
    return any ? PoseBox{left, top, right - left, bottom - top} : PoseBox{};
}

float meanScore(std::span<const PosePoint> points)
{
    float sum = 0;
    for (const PosePoint& point : points)
        sum += point.score;
    return points.empty() ? 0 : sum / static_cast<float>(points.size());
}

} // namespace telltale
