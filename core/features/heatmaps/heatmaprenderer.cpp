// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "features/heatmaps/heatmaprenderer.h"
#include "base/slices.h"
#include "features/heatmaps/planepainter.h"
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>
#include <string>

namespace telltale {
namespace {

constexpr std::array<size_t, 3> kNumberSizes{4, 2, 1}; // by type
constexpr int64_t kMostNumbers = int64_t{1} << 40;
constexpr int kLongestSide = 1 << 15;

Error wrong(const std::string& what) { return {ErrorCode::InvalidArgument, "heatmaps: " + what}; }

bool inRange(int index, int64_t count) { return index >= 0 && index < count; }

int scaledSide(int side, double scaling)
{
    const double pixels = side * scaling + 0.5;
    return pixels >= 1 && pixels <= kLongestSide ? static_cast<int>(pixels) : 0;
}

} // namespace

size_t numberSize(NumberType type) { return kNumberSizes[static_cast<size_t>(type)]; }

std::vector<int> mirrorOf(int count, std::span<const std::pair<int, int>> pairs)
{
    std::vector<int> mirror(static_cast<size_t>(std::max(count, 0)));
    std::iota(mirror.begin(), mirror.end(), 0);
    for (const auto& [left, right] : pairs)
        if (inRange(left, count) && inRange(right, count)) {
            mirror[static_cast<size_t>(left)] = right;
            mirror[static_cast<size_t>(right)] = left;
        }
    return mirror;
}

std::vector<int> mirrorOfLimbs(
    std::span<const std::pair<int, int>> limbs, std::span<const std::pair<int, int>> flipPairs)
{
    const auto flipped = [&](int point) {
        for (const auto& [left, right] : flipPairs)
            if (point == left || point == right)
                return point == left ? right : left;
        return point;
    };
    std::vector<int> mirror(limbs.size());
    std::iota(mirror.begin(), mirror.end(), 0);
    for (size_t i = 0; i < limbs.size(); ++i) {
        const std::pair image{flipped(limbs[i].first), flipped(limbs[i].second)};
        for (size_t j = 0; j < limbs.size(); ++j)
            if (limbs[j] == image || limbs[j] == std::pair{image.second, image.first})
                mirror[i] = static_cast<int>(j);
    }
    return mirror;
}

std::vector<int64_t> HeatmapShape::dimensions() const
{
    if (order == HeatmapOrder::FramesFirst)
        return {views * frames, channels, height, width};
    if (views == 1)
        return {channels, frames, height, width};
    return {views, channels, frames, height, width};
}

Result<HeatmapShape> heatmapShape(const PointClip& clip, const HeatmapSpec& spec)
{
    if (!clip.valid())
        return wrong("the clip holds another number of points than it says");
    if (!(spec.sigma > 0) || !std::isfinite(spec.sigma) || !(spec.scaling > 0)
        || !std::isfinite(spec.scaling))
        return wrong("sigma and scaling have to be positive numbers");
    HeatmapShape shape;
    shape.order = spec.order;
    shape.channels = spec.withLimbs ? static_cast<int64_t>(spec.limbs.size()) : clip.pointCount;
    shape.height = scaledSide(clip.height, spec.scaling);
    shape.width = scaledSide(clip.width, spec.scaling);
    if (shape.height < 1 || shape.width < 1)
        return wrong("maps have from 1 to " + std::to_string(kLongestSide) + " pixels on a side");
    if (shape.channels < 1)
        return wrong(spec.withLimbs ? "this layout has no limbs" : "the clip has no points");
    const bool framesFirst = spec.order == HeatmapOrder::FramesFirst;
    const int64_t clips = framesFirst ? 1 : spec.clips;
    if (clips < 1 || clip.frames % clips != 0)
        return wrong(
            std::to_string(clip.frames) + " frames cannot be cut into " + std::to_string(clips) + " clips");
    shape.frames = clip.frames / clips;
    shape.views = spec.mirror.empty() ? clips : 2 * clips;
    for (const auto& [a, b] : spec.withLimbs ? spec.limbs : std::vector<std::pair<int, int>>{})
        if (!inRange(a, clip.pointCount) || !inRange(b, clip.pointCount))
            return wrong("a limb ends at a point that the layout does not have");
    if (!spec.mirror.empty() && static_cast<int64_t>(spec.mirror.size()) != shape.channels)
        return wrong("the mirror images are not those of these channels");
    for (const int channel : spec.mirror)
        if (!inRange(channel, shape.channels))
            return wrong("a mirror image is that of a channel that is not there");
    if (static_cast<double>(shape.planes()) * static_cast<double>(shape.pixels()) > kMostNumbers)
        return wrong("the volume would be too large, choose fewer frames or smaller maps");
    return shape;
}

Status drawHeatmaps(
    const PointClip& clip, const HeatmapSpec& spec, int64_t first, int64_t count, std::span<std::byte> out)
{
    const auto shape = heatmapShape(clip, spec);
    if (!shape)
        return shape.error();
    const size_t planeBytes = static_cast<size_t>(shape->pixels()) * numberSize(spec.type);
    if (first < 0 || count < 0 || first > shape->planes() - count
        || out.size() != static_cast<size_t>(count) * planeBytes)
        return wrong("the memory given is not that of these maps");
    const PaintJob job{clip, spec, *shape};
    inSlices(count, spec.threads, [&](int64_t from, int64_t to) {
        std::byte* const values = out.data() + static_cast<size_t>(from) * planeBytes;
        std::memset(values, 0, static_cast<size_t>(to - from) * planeBytes);
        paintPlanes(job, first + from, to - from, values, nullptr);
    });
    return {};
}

Result<std::vector<std::byte>> drawHeatmaps(const PointClip& clip, const HeatmapSpec& spec)
{
    const auto shape = heatmapShape(clip, spec);
    if (!shape)
        return shape.error();
    std::vector<std::byte> volume(
        static_cast<size_t>(shape->planes() * shape->pixels()) * numberSize(spec.type));
    paintPlanes({clip, spec, *shape}, 0, shape->planes(), volume.data(), nullptr);
    return volume;
}

Result<std::span<const std::byte>> HeatmapBuffer::draw(const PointClip& clip, const HeatmapSpec& spec)
{
    const auto shape = heatmapShape(clip, spec);
    if (!shape)
        return shape.error();
    const auto planes = static_cast<size_t>(shape->planes());
    const size_t bytes = planes * static_cast<size_t>(shape->pixels()) * numberSize(spec.type);
    const bool same = m_volume.size() == bytes && m_drawn.size() == planes && m_type == spec.type
        && m_shape.width == shape->width && m_shape.height == shape->height;
    if (!same) {
        m_volume.assign(bytes, std::byte{0});
        m_drawn.assign(planes, {});
    }
    m_shape = *shape;
    m_type = spec.type;
    const PaintJob job{clip, spec, *shape};
    const size_t planeBytes = planes > 0 ? bytes / planes : 0;
    inSlices(shape->planes(), spec.threads, [&](int64_t from, int64_t to) {
        paintPlanes(job, from, to - from, m_volume.data() + static_cast<size_t>(from) * planeBytes,
            m_drawn.data() + from);
    });
    return std::span<const std::byte>(m_volume);
}

} // namespace telltale
