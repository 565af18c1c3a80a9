// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/inputs/pointinputs.h"
#include <limits>
#include <torch/torch.h>
#include <vector>

namespace telltale {

namespace {

using torch::Tensor;

/// Units along the greater side of the box around a body. Ours: about the shoulder widths of somebody who
/// sits.
constexpr double kUnitsPerBox = 4;
/// A unit is never smaller than this, in what the points are measured in. Ours.
constexpr double kLeastUnit = 1e-3;

void checkPoints(const Tensor& points)
{
    TORCH_CHECK(points.dim() == 4 && (points.size(3) == 3 || points.size(3) == 4),
        "points must have the shape [clips, frames, points, 3 or 4], not ", points.sizes());
}

void checkPairs(const Tensor& points, std::span<const std::pair<int, int>> pairs)
{
    for (const auto& [first, second] : pairs)
        TORCH_CHECK(std::min(first, second) >= 0 && std::max(first, second) < points.size(2), "the pair (",
            first, ", ", second, ") names a point that is not among ", points.size(2));
}

Tensor coordinates(const Tensor& points) { return points.narrow(3, 0, points.size(3) - 1); }
/// [clips, frames, points, 1]
Tensor scores(const Tensor& points) { return points.narrow(3, points.size(3) - 1, 1); }

/// What has no place, and what is not a number, is zero.
Tensor withoutBroken(const Tensor& points)
{
    const auto sound = points.isfinite().all(3, true);
    return torch::where(sound, points, torch::zeros({}, points.options()));
}

/// NaN where `seen` is not: for nanmedian and the like.
Tensor orNothing(const Tensor& values, const Tensor& seen)
{
    return torch::where(
        seen, values, torch::full({}, std::numeric_limits<float>::quiet_NaN(), values.options()));
}

Tensor medianOverFrames(const Tensor& values, const Tensor& seen)
{
    return std::get<0>(orNothing(values, seen).nanmedian(1, true));
}

bool isThere(const Tensor& points, int point) { return point >= 0 && point < points.size(2); }

struct Box {
    Tensor middle; ///< [clips, 1, 1, axes]
    Tensor side; ///< [clips, 1, 1, 1]
};

Box boxOf(const Tensor& places, const Tensor& seen)
{
    const auto infinite = torch::full({}, std::numeric_limits<float>::infinity(), places.options());
    const auto low = torch::where(seen, places, infinite).amin({1, 2}, true);
    const auto high = torch::where(seen, places, -infinite).amax({1, 2}, true);
    const auto anything = seen.any(2, true).any(1, true);
    const auto nothing = torch::zeros({}, places.options());
    return {torch::where(anything, (low + high) / 2, nothing),
        torch::where(anything, high - low, nothing).amax({3}, true)};
}

Tensor originOf(const Tensor& places, const Tensor& seen, const BodyUnit& body, const Box& box)
{
    const auto origin = places.narrow(2, body.origin, 1);
    const auto there = seen.narrow(2, body.origin, 1);
    const auto overClip = medianOverFrames(origin, there);
    const auto fallback = torch::where(overClip.isnan(), box.middle, overClip);
    return body.followOrigin ? torch::where(there, origin, fallback) : fallback;
}

Tensor unitOf(const Tensor& places, const Tensor& seen, const BodyUnit& body, const Box& box)
{
    const auto span = places.narrow(2, body.from, 1) - places.narrow(2, body.to, 1);
    const auto both = seen.narrow(2, body.from, 1).logical_and(seen.narrow(2, body.to, 1));
    const auto unit = medianOverFrames(span.square().sum(3, true).sqrt(), both);
    return torch::where(unit.gt(kLeastUnit), unit, box.side / kUnitsPerBox);
}

} // namespace

Tensor normalizeToPicture(const Tensor& points, double height, double width, double threshold)
{
    checkPoints(points);
    TORCH_CHECK(points.size(3) == 3, "points with a depth have no place in a picture");
    TORCH_CHECK(height > 0 && width > 0, "a picture of ", width, " x ", height, " has no middle");
    const auto sound = withoutBroken(points);
    const auto half = torch::tensor({width / 2, height / 2}, points.options());
    const auto kept = scores(sound).gt(threshold).to(points.dtype());
    return torch::cat({(coordinates(sound) - half) / half * kept, scores(sound)}, 3);
}

Tensor normalizePoints(const Tensor& points, const BodyUnit& body, double leastScore)
{
    checkPoints(points);
    const auto sound = withoutBroken(points);
    const auto seen = scores(sound).gt(0).logical_and(scores(sound).ge(leastScore));
    const auto places = coordinates(sound);
    const auto box = boxOf(places, seen);
    const auto origin = isThere(points, body.origin) ? originOf(places, seen, body, box) : box.middle;
    const bool measured = isThere(points, body.from) && isThere(points, body.to);
    const auto unit = measured ? unitOf(places, seen, body, box) : box.side / kUnitsPerBox;
    const auto placed = (places - origin) / unit.clamp_min(kLeastUnit);
    return torch::cat({placed, scores(sound)}, 3) * seen.to(points.dtype());
}

Tensor interpolateMissing(const Tensor& points, double leastScore)
{
    checkPoints(points);
    const auto sound = withoutBroken(points);
    const int64_t frames = points.size(1);
    if (frames < 3 || points.numel() == 0)
        return sound;
    const auto seen = scores(sound).ge(leastScore);
    const auto times = torch::arange(frames, points.options().dtype(torch::kLong)).view({1, -1, 1, 1});
    const auto before = std::get<0>(torch::where(seen, times, torch::full_like(times, -1)).cummax(1));
    const auto later = torch::where(seen, times, torch::full_like(times, frames));
    const auto after = std::get<0>(later.flip(1).cummin(1)).flip(1);
    const auto fill = seen.logical_not().logical_and(before.ge(0)).logical_and(after.lt(frames));
    const auto first = before.clamp_min(0);
    const auto last = after.clamp_max(frames - 1);
    const auto share = (times - first).to(points.dtype()) / (last - first).clamp_min(1).to(points.dtype());
    const auto from = sound.gather(1, first.expand_as(sound));
    const auto to = sound.gather(1, last.expand_as(sound));
    return torch::where(fill, from + (to - from) * share, sound);
}

Tensor boneStream(const Tensor& points, std::span<const std::pair<int, int>> pairs)
{
    checkPoints(points);
    checkPairs(points, pairs);
    const int64_t count = points.size(2);
    std::vector<int64_t> other(static_cast<size_t>(count));
    std::vector<float> has(static_cast<size_t>(count), 0.f);
    for (const auto& [first, second] : pairs) {
        other[static_cast<size_t>(first)] = second;
        has[static_cast<size_t>(first)] = 1;
    }
    const auto index = torch::tensor(other, torch::kLong).to(points.device());
    const auto mask = torch::tensor(has).to(points.options()).view({1, 1, -1, 1});
    const auto parents = points.index_select(2, index);
    const auto bones
        = torch::cat({coordinates(points) - coordinates(parents), (scores(points) + scores(parents)) / 2}, 3);
    return bones * mask;
}

Tensor motionStream(const Tensor& stream)
{
    checkPoints(stream);
    const int64_t frames = stream.size(1);
    if (frames == 0)
        return stream.clone();
    const auto now = stream.narrow(1, 0, frames - 1);
    const auto next = stream.narrow(1, 1, frames - 1);
    const auto moved
        = torch::cat({coordinates(next) - coordinates(now), (scores(next) + scores(now)) / 2}, 3);
    return torch::cat({moved, torch::zeros_like(stream.narrow(1, 0, 1))}, 1);
}

} // namespace telltale
