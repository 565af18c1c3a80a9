// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/inputs/heatmapinput.h"
#include "base/random.h"
#include <cmath>
#include <limits>
#include <torch/torch.h>

namespace telltale {

namespace {

using torch::Tensor;

constexpr int kCropTrials = 10;
constexpr double kFarAway = 1e6; ///< farther points are damage; keeps the squares finite

void checkPoints(const Tensor& points)
{
    TORCH_CHECK(points.dim() == 5 && points.size(4) >= 3,
        "points of clips have the shape [clips, persons, frames, points, 3]");
}

/// One coordinate of the points on each pixel of an axis: [..., pixels].
struct Axis {
    Tensor distance; ///< pixel minus point
    Tensor inside; ///< within the box of 3 sigma
};

/// `low` and `high` are the ends of what is drawn, equal for a point.
Axis axisOf(const Tensor& from, const Tensor& low, const Tensor& high, int64_t pixels, double sigma)
{
    const auto pixel = torch::arange(pixels, from.options());
    const double reach = 3 * sigma;
    // The reference compares in float64: a point may lie on the very edge.
    const auto first = (low.to(torch::kDouble) - reach).trunc().clamp_min(0).unsqueeze(-1);
    const auto end = (high.to(torch::kDouble) + reach).trunc().add(1).clamp_max(double(pixels)).unsqueeze(-1);
    return {pixel - from.unsqueeze(-1), (pixel >= first).logical_and(pixel < end)};
}

Tensor gaussian(const Axis& axis, double sigma)
{
    const auto values = axis.distance.square().mul(-1 / (2 * sigma * sigma)).exp();
    return torch::where(axis.inside, values, torch::zeros_like(values));
}

/// Points [N, persons, V, T] apart; `score` is 0 where nothing is drawn.
struct Columns {
    Tensor x;
    Tensor y;
    Tensor score;
};

Columns columnsOf(const Tensor& points, const HeatmapVolumeOptions& options)
{
    const auto ordered = points.to(torch::kFloat).transpose(2, 3);
    auto x = ordered.select(-1, 0);
    auto y = ordered.select(-1, 1);
    auto score = options.useScore ? ordered.select(-1, 2) : torch::ones_like(x);
    const auto drawn
        = (score >= options.leastScore).logical_and(x.abs() < kFarAway).logical_and(y.abs() < kFarAway);
    const auto none = torch::zeros_like(x);
    return {torch::where(drawn, x, none), torch::where(drawn, y, none), torch::where(drawn, score, none)};
}

/// [N, V, T, height, width] of one person.
Tensor pointVolume(const Columns& person, const HeatmapVolumeOptions& options)
{
    const auto across = axisOf(person.x, person.x, person.x, options.width, options.sigma);
    const auto down = axisOf(person.y, person.y, person.y, options.height, options.sigma);
    const auto rows = gaussian(down, options.sigma) * person.score.unsqueeze(-1);
    return rows.unsqueeze(-1) * gaussian(across, options.sigma).unsqueeze(-2);
}

Columns chosen(const Columns& person, const Tensor& which)
{
    return {person.x.index_select(1, which), person.y.index_select(1, which),
        person.score.index_select(1, which)};
}

/// Gaussian of the distance to the segment, the weight the lower score; a limb shorter than a pixel is its
/// first point.
Tensor limbVolume(const Columns& person, const HeatmapVolumeOptions& options)
{
    std::vector<int64_t> from;
    std::vector<int64_t> to;
    from.reserve(options.limbs.size());
    to.reserve(options.limbs.size());
    for (const auto& [first, second] : options.limbs) {
        from.push_back(first);
        to.push_back(second);
    }
    const auto indices = torch::TensorOptions(torch::kLong).device(person.x.device());
    Columns a = chosen(person, torch::tensor(from, indices));
    const Columns b = chosen(person, torch::tensor(to, indices));
    const auto lower = torch::minimum(a.score, b.score);
    a.score = torch::where(lower >= options.leastScore, a.score, torch::zeros_like(lower));
    const auto length2 = (b.x - a.x).square() + (b.y - a.y).square();
    const auto isPoint = (length2 < 1).unsqueeze(-1).unsqueeze(-1);

    const auto acrossA
        = axisOf(a.x, torch::minimum(a.x, b.x), torch::maximum(a.x, b.x), options.width, options.sigma);
    const auto downA
        = axisOf(a.y, torch::minimum(a.y, b.y), torch::maximum(a.y, b.y), options.height, options.sigma);
    const auto wide = [](const Tensor& values) { return values.unsqueeze(-1).unsqueeze(-1); };
    const auto dx = acrossA.distance.unsqueeze(-2);
    const auto dy = downA.distance.unsqueeze(-1);
    const auto alongX = wide(b.x - a.x);
    const auto alongY = wide(b.y - a.y);
    const auto share = ((dx * alongX + dy * alongY) / wide(length2).clamp_min(1)).clamp(0, 1);
    const auto distance2 = (dx - share * alongX).square() + (dy - share * alongY).square();
    const auto values = distance2.mul(-1 / (2 * options.sigma * options.sigma)).exp()
        * wide(torch::minimum(a.score, lower));
    const auto inside = acrossA.inside.unsqueeze(-2).logical_and(downA.inside.unsqueeze(-1));
    const auto segment = torch::where(inside, values, torch::zeros_like(values));
    return torch::where(isPoint, pointVolume(a, options), segment);
}

/// Least or greatest coordinate of a clip's valid points, [N].
Tensor extreme(const Tensor& coordinate, const Tensor& valid, bool least)
{
    const double infinity = std::numeric_limits<double>::infinity();
    const auto beyond = torch::full_like(coordinate, least ? infinity : -infinity);
    const auto flat = torch::where(valid, coordinate, beyond).flatten(1);
    return least ? flat.amin(1) : flat.amax(1);
}

/// Zeros in all channels where `valid` [N, persons, T, V] is false.
Tensor onlyValid(const Tensor& points, const Tensor& valid)
{
    return torch::where(valid.unsqueeze(-1), points, torch::zeros_like(points));
}

struct Crop {
    double left;
    double top;
    double width;
    double height;
    bool flipped;
};

/// The first of ten candidates that fits the map, otherwise the greatest square in its middle.
Crop drawCrop(const MapOptions& map, const MapAugmentation& augmentation, uint64_t seed)
{
    Random random(seed);
    const auto mapWidth = static_cast<double>(map.width);
    const auto mapHeight = static_cast<double>(map.height);
    const double side = std::min(mapWidth, mapHeight);
    Crop crop{(mapWidth - side) / 2, (mapHeight - side) / 2, side, side, false};
    crop.flipped = random.chance(augmentation.flip) && !augmentation.mirror.empty();
    for (int trial = 0; trial < kCropTrials; ++trial) {
        const double aspect
            = std::exp(random.uniform(std::log(augmentation.leastAspect), std::log(augmentation.mostAspect)));
        const double area
            = random.uniform(augmentation.leastArea, augmentation.mostArea) * mapWidth * mapHeight;
        const double width = std::sqrt(area * aspect);
        const double height = std::sqrt(area / aspect);
        if (width > mapWidth || height > mapHeight)
            continue;
        crop.left = random.uniform(0, mapWidth - width);
        crop.top = random.uniform(0, mapHeight - height);
        crop.width = width;
        crop.height = height;
        break;
    }
    return crop;
}

} // namespace

Tensor heatmapVolumes(const Tensor& points, const HeatmapVolumeOptions& options)
{
    checkPoints(points);
    TORCH_CHECK(options.sigma > 0 && options.height > 0 && options.width > 0,
        "heatmaps need a sigma and sizes above 0");
    for (const auto& [from, to] : options.limbs)
        TORCH_CHECK(std::min(from, to) >= 0 && std::max(from, to) < points.size(3),
            "a limb ends at a point that the layout does not have");
    const Columns all = columnsOf(points, options);
    Tensor volume;
    // One person after the other: all at once would take as many volumes.
    for (int64_t person = 0; person < points.size(1); ++person) {
        const Columns one{all.x.select(1, person), all.y.select(1, person), all.score.select(1, person)};
        auto drawn = options.limbs.empty() ? pointVolume(one, options) : limbVolume(one, options);
        volume = volume.defined() ? torch::maximum(volume, drawn) : drawn;
    }
    if (volume.defined())
        return volume;
    const auto channels = options.limbs.empty() ? points.size(3) : static_cast<int64_t>(options.limbs.size());
    return torch::zeros(
        {points.size(0), channels, points.size(2), options.height, options.width}, all.x.options());
}

Tensor pointsToMap(const Tensor& points, const MapOptions& options)
{
    checkPoints(points);
    const auto plain = points.narrow(4, 0, 3).to(torch::kFloat);
    const auto x = plain.select(-1, 0);
    const auto y = plain.select(-1, 1);
    const auto valid
        = (plain.select(-1, 2) > 0).logical_and(x.abs() < kFarAway).logical_and(y.abs() < kFarAway);
    if (plain.numel() == 0)
        return plain;
    const auto left = extreme(x, valid, true);
    const auto right = extreme(x, valid, false);
    const auto top = extreme(y, valid, true);
    const auto bottom = extreme(y, valid, false);
    const auto body = torch::maximum(right - left, bottom - top) * ((1 + options.padding) / 2);
    const auto half = body.clamp_min(options.leastSide).view({-1, 1, 1, 1});
    const auto middleX = ((left + right) / 2).view({-1, 1, 1, 1});
    const auto middleY = ((top + bottom) / 2).view({-1, 1, 1, 1});
    const auto mapX = (x - middleX + half) * (static_cast<double>(options.width) / 2) / half;
    const auto mapY = (y - middleY + half) * (static_cast<double>(options.height) / 2) / half;
    return onlyValid(torch::stack({mapX, mapY, plain.select(-1, 2)}, -1), valid);
}

Tensor augmentOnMap(const Tensor& points, const MapOptions& map, const MapAugmentation& augmentation,
    std::span<const uint64_t> seeds)
{
    checkPoints(points);
    TORCH_CHECK(static_cast<int64_t>(seeds.size()) == points.size(0), "every clip needs a seed of its own");
    TORCH_CHECK(
        augmentation.mirror.empty() || static_cast<int64_t>(augmentation.mirror.size()) == points.size(3),
        "the mirrored points are those of another layout");
    std::vector<float> numbers;
    numbers.reserve(seeds.size() * 5);
    for (const uint64_t seed : seeds) {
        const Crop crop = drawCrop(map, augmentation, seed);
        for (const double value : {crop.left, crop.top, static_cast<double>(map.width) / crop.width,
                 static_cast<double>(map.height) / crop.height, crop.flipped ? 1.0 : 0.0})
            numbers.push_back(static_cast<float>(value));
    }
    const auto crops = torch::tensor(numbers).to(points.device()).view({-1, 5, 1, 1, 1});
    const auto plain = points.narrow(4, 0, 3);
    const auto valid = plain.select(-1, 2) > 0;
    auto x = (plain.select(-1, 0) - crops.select(1, 0)) * crops.select(1, 2);
    const auto y = (plain.select(-1, 1) - crops.select(1, 1)) * crops.select(1, 3);
    const auto flipped = crops.select(1, 4) > 0;
    x = torch::where(flipped, static_cast<double>(map.width) - x, x);
    const auto cropped = onlyValid(torch::stack({x, y, plain.select(-1, 2)}, -1), valid);
    if (augmentation.mirror.empty())
        return cropped;
    const auto mirror
        = torch::tensor(augmentation.mirror, torch::TensorOptions(torch::kLong).device(points.device()));
    return torch::where(flipped.unsqueeze(-1), cropped.index_select(3, mirror), cropped);
}

} // namespace telltale
