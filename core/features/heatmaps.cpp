// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/heatmaps.h"
#include "features/features.h"
#include "pose/layout.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace telltale {
namespace {

constexpr float kLeastScore = 1e-3f;
constexpr float kCompactThreshold = 10.0f;
/// exp(-18) is 1.5e-8, below what float32 maps in [0, 1] can show beside anything else.
constexpr float kNegligibleExponent = 18.0f;
constexpr float kFarAway = 1e6f;
constexpr int kStackPatch = 64;

struct PatchRange {
    int first;
    int last; ///< exclusive
    bool empty() const { return last <= first; }
};

/// Truncation towards zero is the reference's: a joint just left of the map still writes column 0.
PatchRange patchRange(double low, double high, double sigma, int size)
{
    return {std::max(static_cast<int>(low - 3 * sigma), 0),
        std::min(static_cast<int>(high + 3 * sigma) + 1, size)};
}

bool drawable(const PosePoint& point)
{
    return point.score >= kLeastScore && std::abs(point.x) < kFarAway && std::abs(point.y) < kFarAway;
}

void fillGaussian(float* out, const PatchRange& range, float centre, float factor)
{
    for (int i = range.first; i < range.last; ++i) {
        const float d = static_cast<float>(i) - centre;
        out[i - range.first] = std::exp(-d * d * factor);
    }
}

float exponentFactor(double sigma) { return static_cast<float>(0.5 / (sigma * sigma)); }

float squaredDistance(float x, float y, const PosePoint& p)
{
    return (x - p.x) * (x - p.x) + (y - p.y) * (y - p.y);
}

/// Squared distance of (x, y) to the segment a-b of squared length `length2`.
float segmentDistance(float x, float y, const PosePoint& a, const PosePoint& b, float length2)
{
    const float da = squaredDistance(x, y, a);
    const float db = squaredDistance(x, y, b);
    const float t = (da - db + length2) / (2 * length2);
    if (t <= 0)
        return da;
    if (t >= 1)
        return db;
    return squaredDistance(x, y, {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y), 1});
}

/// The row's stretch of pixels within `reach` of the segment's own stretch on that row.
PatchRange limbRow(const PatchRange& columns, float y, const PosePoint& a, const PosePoint& b, float reach)
{
    const float dy = b.y - a.y;
    const float dx = b.x - a.x;
    float low = std::min(a.x, b.x);
    float high = std::max(a.x, b.x);
    if (std::abs(dy) > 1e-3f) {
        const float t0 = std::clamp((y - reach - a.y) / dy, 0.0f, 1.0f);
        const float t1 = std::clamp((y + reach - a.y) / dy, 0.0f, 1.0f);
        low = a.x + std::min(t0 * dx, t1 * dx);
        high = a.x + std::max(t0 * dx, t1 * dx);
    }
    return {std::max(columns.first, static_cast<int>(std::floor(low - reach))),
        std::min(columns.last, static_cast<int>(std::ceil(high + reach)) + 1)};
}

/// Our edges as the reference's limbs: from the parent to the child.
const std::vector<std::pair<int, int>>& limbs68()
{
    static const std::vector<std::pair<int, int>> limbs = [] {
        std::vector<std::pair<int, int>> all;
        for (const auto& [child, parent] : poseLayouts().front().edges)
            all.emplace_back(parent, child);
        return all;
    }();
    return limbs;
}

std::vector<PosePoint> pointsOf(const NdArray& array)
{
    std::vector<PosePoint> points(array.values.size() / 3);
    for (size_t i = 0; i < points.size(); ++i) {
        const float* v = array.values.data() + 3 * i;
        if (v[2] > 0 && std::isfinite(v[0]) && std::isfinite(v[1]) && std::isfinite(v[2]))
            points[i] = {v[0], v[1], v[2]};
    }
    return points;
}

/// Moves the points into the map: out of the compact box, stretched to the map's size.
void toMapPixels(std::vector<PosePoint>& points, const HeatmapOptions& options)
{
    CompactBox box = compactBox(points, options.padding);
    if (!box.compacted) {
        // All points on one spot: a box of the least size around it keeps the scale sane.
        PosePoint middle;
        for (const PosePoint& p : points)
            if (p.score > 0)
                middle = p;
        const int half = static_cast<int>(kCompactThreshold);
        const int x = static_cast<int>(std::clamp(middle.x, -kFarAway, kFarAway));
        const int y = static_cast<int>(std::clamp(middle.y, -kFarAway, kFarAway));
        box = {x - half, y - half, x + half, y + half, true};
    }
    const float scaleX = static_cast<float>(options.width) / static_cast<float>(box.right - box.left);
    const float scaleY = static_cast<float>(options.height) / static_cast<float>(box.bottom - box.top);
    for (PosePoint& p : points)
        if (p.score > 0) {
            p.x = (p.x - static_cast<float>(box.left)) * scaleX;
            p.y = (p.y - static_cast<float>(box.top)) * scaleY;
        }
}

} // namespace

void drawPoint(const HeatmapCanvas& canvas, const PosePoint& point)
{
    if (!drawable(point))
        return;
    const PatchRange xs = patchRange(point.x, point.x, canvas.sigma, canvas.width);
    const PatchRange ys = patchRange(point.y, point.y, canvas.sigma, canvas.height);
    if (xs.empty() || ys.empty())
        return;
    std::array<float, kStackPatch> small;
    std::vector<float> large;
    float* columns = small.data();
    if (xs.last - xs.first > kStackPatch) {
        large.resize(static_cast<size_t>(xs.last - xs.first));
        columns = large.data();
    }
    const float factor = exponentFactor(canvas.sigma);
    fillGaussian(columns, xs, point.x, factor);
    for (int y = ys.first; y < ys.last; ++y) {
        const float d = static_cast<float>(y) - point.y;
        const float weight = std::exp(-d * d * factor) * point.score;
        float* row = canvas.values + static_cast<ptrdiff_t>(y) * canvas.width;
        for (int x = xs.first; x < xs.last; ++x)
            row[x] = std::max(row[x], columns[x - xs.first] * weight);
    }
}

void drawLimb(const HeatmapCanvas& canvas, const PosePoint& a, const PosePoint& b)
{
    if (!drawable(a) || !drawable(b))
        return;
    const float length2 = squaredDistance(a.x, a.y, b);
    if (length2 < 1) {
        drawPoint(canvas, a);
        return;
    }
    const float score = std::min(a.score, b.score);
    const PatchRange xs = patchRange(std::min(a.x, b.x), std::max(a.x, b.x), canvas.sigma, canvas.width);
    const PatchRange ys = patchRange(std::min(a.y, b.y), std::max(a.y, b.y), canvas.sigma, canvas.height);
    const float factor = exponentFactor(canvas.sigma);
    const float reach = std::sqrt(kNegligibleExponent / factor);
    for (int y = ys.first; y < ys.last; ++y) {
        const float fy = static_cast<float>(y);
        const PatchRange columns = limbRow(xs, fy, a, b, reach);
        float* row = canvas.values + static_cast<ptrdiff_t>(y) * canvas.width;
        for (int x = columns.first; x < columns.last; ++x) {
            const float exponent = segmentDistance(static_cast<float>(x), fy, a, b, length2) * factor;
            if (exponent < kNegligibleExponent)
                row[x] = std::max(row[x], std::exp(-exponent) * score);
        }
    }
}

CompactBox compactBox(std::span<const PosePoint> points, double padding)
{
    float minX = INFINITY;
    float maxX = 0;
    float minY = INFINITY;
    float maxY = 0;
    bool anyX = false;
    bool anyY = false;
    for (const PosePoint& p : points) {
        // Each coordinate is tested alone, as the reference does: 0 means missing.
        if (p.x != 0 && std::abs(p.x) < kFarAway) {
            minX = std::min(minX, p.x);
            maxX = anyX ? std::max(maxX, p.x) : p.x;
            anyX = true;
        }
        if (p.y != 0 && std::abs(p.y) < kFarAway) {
            minY = std::min(minY, p.y);
            maxY = anyY ? std::max(maxY, p.y) : p.y;
            anyY = true;
        }
    }
    if (!anyX || !anyY || maxX - minX < kCompactThreshold || maxY - minY < kCompactThreshold)
        return {};
    const double centreX = (static_cast<double>(minX) + maxX) / 2;
    const double centreY = (static_cast<double>(minY) + maxY) / 2;
    const double half = std::max(maxX - minX, maxY - minY) / 2.0 * (1 + padding);
    return {static_cast<int>(centreX - half), static_cast<int>(centreY - half),
        static_cast<int>(centreX + half), static_cast<int>(centreY + half), true};
}

NdArray heatmapVolume(const NdArray& points, const HeatmapOptions& options)
{
    if (points.shape.size() != 3 || points.shape[2] != 3 || options.width < 1 || options.height < 1
        || !(options.sigma > 0))
        return {};
    const int64_t frames = points.shape[0];
    const int64_t pointCount = points.shape[1];
    std::vector<PosePoint> moved = pointsOf(points);
    if (options.compact)
        toMapPixels(moved, options);
    static const std::vector<std::pair<int, int>> none;
    const auto& limbs = options.limbs && pointCount == kPointCount ? limbs68() : none;
    const int64_t channels = options.limbs ? static_cast<int64_t>(limbs.size()) : pointCount;
    NdArray volume({channels, frames, options.height, options.width});
    const int64_t pixels = static_cast<int64_t>(options.height) * options.width;
    for (int64_t c = 0; c < channels; ++c)
        for (int64_t t = 0; t < frames; ++t) {
            const HeatmapCanvas canvas{volume.values.data() + (c * frames + t) * pixels, options.height,
                options.width, options.sigma};
            const PosePoint* row = moved.data() + t * pointCount;
            if (options.limbs)
                drawLimb(canvas, row[limbs[c].first], row[limbs[c].second]);
            else
                drawPoint(canvas, row[c]);
        }
    return volume;
}

NdArray heatmapOverlay(std::span<const PosePoint> points, int pictureWidth, int pictureHeight, int height,
    int width, float sigma)
{
    NdArray map({std::max(height, 0), std::max(width, 0)});
    if (pictureWidth < 1 || pictureHeight < 1 || height < 1 || width < 1 || !(sigma > 0))
        return map;
    const float scaleX = static_cast<float>(width) / static_cast<float>(pictureWidth);
    const float scaleY = static_cast<float>(height) / static_cast<float>(pictureHeight);
    const HeatmapCanvas canvas{map.values.data(), height, width, sigma};
    for (const PosePoint& p : points)
        drawPoint(canvas, {p.x * scaleX, p.y * scaleY, std::min(p.score, 1.0f)});
    return map;
}

} // namespace telltale
