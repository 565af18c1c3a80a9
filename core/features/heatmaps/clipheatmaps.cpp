// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/features.h"
#include "features/heatmaps/heatmapoverlay.h"
#include "features/heatmaps/heatmaprenderer.h"
#include "features/heatmaps/planepainter.h"
#include "pose/layout.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

PointClip clipOf(const NdArray& array)
{
    PointClip clip;
    clip.persons = 1;
    clip.frames = array.shape[0];
    clip.pointCount = static_cast<int>(array.shape[1]);
    clip.points.resize(array.values.size() / 3);
    for (size_t i = 0; i < clip.points.size(); ++i) {
        const float* v = array.values.data() + 3 * i;
        if (v[2] > 0 && std::isfinite(v[0]) && std::isfinite(v[1]) && std::isfinite(v[2]))
            clip.points[i] = {v[0], v[1], v[2]};
    }
    return clip;
}

} // namespace

std::vector<std::pair<int, int>> heatmapLimbs(const PoseLayout& layout)
{
    if (layout.limbs != layout.edges)
        return layout.limbs;
    std::vector<std::pair<int, int>> limbs;
    limbs.reserve(layout.edges.size());
    for (const auto& [child, parent] : layout.edges)
        limbs.emplace_back(parent, child);
    return limbs;
}

NdArray heatmapVolume(const NdArray& points, const HeatmapOptions& options)
{
    if (points.shape.size() != 3 || points.shape[2] != 3 || options.width < 1 || options.height < 1
        || !(options.sigma > 0))
        return {};
    PointClip clip = clipOf(points);
    clip.width = options.width;
    clip.height = options.height;
    if (options.compact) {
        CompactOptions compact;
        compact.padding = options.padding;
        compactForMaps(clip, compact);
        resizeClip(clip, options.height, options.width);
    }
    HeatmapSpec spec;
    spec.sigma = options.sigma;
    spec.withLimbs = options.limbs;
    if (options.limbs && clip.pointCount == kPointCount)
        spec.limbs = heatmapLimbs(poseLayouts().front());
    const auto shape = heatmapShape(clip, spec);
    if (!shape)
        return NdArray({options.limbs ? static_cast<int64_t>(spec.limbs.size()) : clip.pointCount,
            clip.frames, options.height, options.width});
    NdArray volume(shape->dimensions());
    paintPlanes({clip, spec, *shape}, 0, shape->planes(),
        std::as_writable_bytes(std::span(volume.values)).data(), nullptr);
    return volume;
}

NdArray heatmapOverlay(
    std::span<const PosePoint> points, int pictureWidth, int pictureHeight, const OverlayMaps& maps)
{
    NdArray map({std::max(maps.height, 0), std::max(maps.width, 0)});
    if (pictureWidth < 1 || pictureHeight < 1 || map.empty())
        return map;
    PointClip clip{1, 1, static_cast<int>(points.size()), maps.height, maps.width,
        std::vector<PosePoint>(points.begin(), points.end())};
    const float scaleX = static_cast<float>(maps.width) / static_cast<float>(pictureWidth);
    const float scaleY = static_cast<float>(maps.height) / static_cast<float>(pictureHeight);
    for (PosePoint& p : clip.points)
        p = {p.x * scaleX, p.y * scaleY, std::min(p.score, 1.0f)};
    HeatmapSpec spec;
    spec.sigma = maps.sigma;
    spec.withLimbs = !maps.limbs.empty();
    spec.limbs.assign(maps.limbs.begin(), maps.limbs.end());
    const auto shape = heatmapShape(clip, spec);
    if (!shape)
        return map;
    const auto shown = [&](int point) {
        return maps.shown.empty()
            || (static_cast<size_t>(point) < maps.shown.size() && maps.shown[static_cast<size_t>(point)]);
    };
    // Each channel is painted over the ones before: the maximum of all.
    for (int channel = 0; channel < static_cast<int>(shape->channels); ++channel) {
        const auto [a, b]
            = spec.withLimbs ? spec.limbs[static_cast<size_t>(channel)] : std::pair{channel, channel};
        if (shown(a) && shown(b))
            paintPlanes({clip, spec, *shape}, channel, 1,
                std::as_writable_bytes(std::span(map.values)).data(), nullptr);
    }
    return map;
}

NdArray heatmapOverlay(std::span<const PosePoint> points, int pictureWidth, int pictureHeight, int height,
    int width, float sigma)
{
    return heatmapOverlay(points, pictureWidth, pictureHeight, OverlayMaps{height, width, sigma});
}

std::vector<bool> pointsOfParts(const PoseLayout& layout, std::span<const BodyPart> parts)
{
    std::vector<bool> shown(layout.parts.size());
    for (size_t i = 0; i < shown.size(); ++i)
        shown[i] = std::find(parts.begin(), parts.end(), layout.parts[i]) != parts.end();
    return shown;
}

} // namespace telltale
