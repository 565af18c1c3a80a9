// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/heatmaps/pointclip.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace telltale {
namespace {

/// Farther coordinates are damage.
constexpr float kFarthestPixel = 1e6f;
constexpr double kMostPixels = 1e9; // fits into int

/// Least and greatest coordinate that is not 0, of one axis.
struct Extent {
    float low = INFINITY;
    float high = -INFINITY;

    void add(float value)
    {
        if (value == 0 || !(std::abs(value) < kFarthestPixel))
            return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    bool empty() const { return !(low <= high); }
    /// The sum is rounded to float32 before it is halved, as in the reference.
    double centre() const { return static_cast<double>(low + high) / 2; }
    float length() const { return high - low; }
};

int truncated(double pixel) { return static_cast<int>(std::clamp(pixel, -kMostPixels, kMostPixels)); }

int rounded(double value) { return static_cast<int>(std::nearbyint(std::min(value, kMostPixels))); }

PixelBox boxAround(const Extent& x, const Extent& y, const PointClip& clip, const CompactOptions& options)
{
    double halfWidth = static_cast<double>(x.length()) / 2 * (1 + options.padding);
    double halfHeight = static_cast<double>(y.length()) / 2 * (1 + options.padding);
    if (options.ratio) {
        halfHeight = std::max(options.ratio->first * halfWidth, halfHeight);
        halfWidth = std::max(1 / options.ratio->second * halfHeight, halfWidth);
    }
    double left = x.centre() - halfWidth;
    double right = x.centre() + halfWidth;
    double top = y.centre() - halfHeight;
    double bottom = y.centre() + halfHeight;
    if (!options.mayLeavePicture) {
        left = std::max(left, 0.0);
        top = std::max(top, 0.0);
        right = std::min(right, static_cast<double>(clip.width));
        bottom = std::min(bottom, static_cast<double>(clip.height));
    }
    return {truncated(left), truncated(top), truncated(right), truncated(bottom)};
}

} // namespace

bool PointClip::valid() const
{
    return persons >= 0 && frames >= 0 && pointCount >= 0
        && points.size()
        == static_cast<size_t>(persons) * static_cast<size_t>(frames) * static_cast<size_t>(pointCount);
}

PointClip clipOfTrack(
    const PoseTrack& track, std::span<const int64_t> frames, int person, int height, int width)
{
    PointClip clip;
    clip.frames = static_cast<int64_t>(frames.size());
    clip.pointCount = track.pointCount;
    clip.height = height;
    clip.width = width;
    if (person >= track.persons)
        return clip;
    const int first = std::max(person, 0);
    clip.persons = person < 0 ? track.persons : 1;
    clip.points.resize(static_cast<size_t>(clip.persons * clip.frames * clip.pointCount));
    for (int64_t t = 0; t < clip.frames; ++t) {
        const int64_t row = track.rowOf(frames[static_cast<size_t>(t)]);
        for (int m = 0; m < clip.persons && row >= 0; ++m)
            std::copy_n(track.at(row, first + m), clip.pointCount, clip.at(m, t));
    }
    return clip;
}

std::optional<PixelBox> poseCompact(PointClip& clip, const CompactOptions& options)
{
    Extent x;
    Extent y;
    for (PosePoint& p : clip.points) {
        p.x = std::isnan(p.x) ? 0 : p.x;
        p.y = std::isnan(p.y) ? 0 : p.y;
        // Each coordinate is tested alone, as the reference does.
        x.add(p.x);
        y.add(p.y);
    }
    if (x.empty() || y.empty() || x.length() < options.threshold || y.length() < options.threshold)
        return std::nullopt;
    const PixelBox box = boxAround(x, y, clip, options);
    if (box.width() < 1 || box.height() < 1)
        return std::nullopt; // a body that lies outside of the picture that the box may not leave
    for (PosePoint& p : clip.points) {
        p.x = p.x != 0 ? p.x - static_cast<float>(box.left) : 0;
        p.y = p.y != 0 ? p.y - static_cast<float>(box.top) : 0;
    }
    clip.width = box.width();
    clip.height = box.height();
    return box;
}

PixelBox compactForMaps(PointClip& clip, const CompactOptions& options)
{
    if (const auto box = poseCompact(clip, options))
        return *box;
    PosePoint middle;
    for (const PosePoint& p : clip.points)
        if (p.score > 0)
            middle = p;
    const int half = std::max(truncated(options.threshold), 1);
    const int x = truncated(std::clamp(middle.x, -kFarthestPixel, kFarthestPixel));
    const int y = truncated(std::clamp(middle.y, -kFarthestPixel, kFarthestPixel));
    const PixelBox box{x - half, y - half, x + half, y + half};
    cropClip(clip, box);
    return box;
}

void resizeClip(PointClip& clip, int height, int width)
{
    const auto scaleX = static_cast<float>(static_cast<double>(width) / std::max(clip.width, 1));
    const auto scaleY = static_cast<float>(static_cast<double>(height) / std::max(clip.height, 1));
    for (PosePoint& p : clip.points) {
        p.x *= scaleX;
        p.y *= scaleY;
    }
    clip.width = width;
    clip.height = height;
}

void resizeShortSide(PointClip& clip, int side)
{
    const double factor = static_cast<double>(side) / std::max(std::min(clip.width, clip.height), 1);
    resizeClip(clip, truncated(clip.height * factor + 0.5), truncated(clip.width * factor + 0.5));
}

void flipClip(PointClip& clip, std::span<const std::pair<int, int>> flipPairs)
{
    const auto width = static_cast<float>(clip.width);
    for (PosePoint& p : clip.points)
        p.x = p.x != 0 ? width - p.x : 0;
    const auto inside = [&](int v) { return v >= 0 && v < clip.pointCount; };
    for (int m = 0; m < clip.persons; ++m)
        for (int64_t t = 0; t < clip.frames; ++t)
            for (const auto& [left, right] : flipPairs)
                if (inside(left) && inside(right))
                    std::swap(clip.at(m, t)[left], clip.at(m, t)[right]);
}

void cropClip(PointClip& clip, const PixelBox& box)
{
    for (PosePoint& p : clip.points) {
        p.x -= static_cast<float>(box.left);
        p.y -= static_cast<float>(box.top);
    }
    clip.width = box.width();
    clip.height = box.height();
}

PixelBox centreBox(const PointClip& clip, int height, int width)
{
    const int left = std::max(clip.width - width, 0) / 2;
    const int top = std::max(clip.height - height, 0) / 2;
    return {left, top, std::min(left + width, clip.width), std::min(top + height, clip.height)};
}

PixelBox randomResizedBox(const PointClip& clip, const RandomCropOptions& options, NumpyRandom& random)
{
    constexpr size_t kAttempts = 10;
    std::array<double, kAttempts> aspects{};
    std::array<double, kAttempts> areas{};
    for (double& aspect : aspects)
        aspect = std::exp(random.uniform(std::log(options.aspect.first), std::log(options.aspect.second)));
    const double whole = static_cast<double>(clip.width) * clip.height;
    for (double& area : areas)
        area = random.uniform(options.area.first, options.area.second) * whole;
    for (size_t i = 0; i < kAttempts; ++i) {
        const int width = rounded(std::sqrt(areas[i] * aspects[i]));
        const int height = rounded(std::sqrt(areas[i] / aspects[i]));
        if (width > clip.width || height > clip.height)
            continue;
        const auto left = static_cast<int>(random.below(clip.width - width + 1));
        const auto top = static_cast<int>(random.below(clip.height - height + 1));
        return {left, top, left + width, top + height};
    }
    const int side = std::min(clip.width, clip.height);
    return centreBox(clip, side, side);
}

} // namespace telltale
