// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/random.h"
#include "nn/inputs/pointinputs.h"
#include <array>
#include <cmath>
#include <torch/torch.h>
#include <vector>

namespace telltale {

namespace {

using torch::Tensor;
using Matrix = std::array<std::array<double, 3>, 3>;

/// Streams of a clip's random numbers, so that one kind of variation does not change another's.
enum Stream : uint64_t { kPlacing = 1, kDropping, kNoise };

Matrix product(const Matrix& a, const Matrix& b)
{
    Matrix c{};
    for (size_t i = 0; i < 3; ++i)
        for (size_t j = 0; j < 3; ++j)
            for (size_t k = 0; k < 3; ++k)
                c[i][j] += a[i][k] * b[k][j];
    return c;
}

/// What becomes of the places of each clip of a batch.
struct Placement {
    std::vector<float> matrix; ///< [clips, axes, axes], for row vectors
    std::vector<float> shift; ///< [clips, axes]
    std::vector<float> flipped; ///< [clips], 0 or 1
};

void place(Placement& all, const PointAugmentation& how, size_t axes, Random random)
{
    const bool flip = random.chance(how.flip);
    const double angle = random.uniform(-how.rotation, how.rotation);
    const double turn = axes == 3 ? random.uniform(-how.turn, how.turn) : 0;
    const double size = std::exp(random.uniform(-1, 1) * std::log1p(how.scale));
    const Matrix mirror = {{{flip ? -size : size, 0, 0}, {0, size, 0}, {0, 0, size}}};
    const Matrix roll
        = {{{std::cos(angle), std::sin(angle), 0}, {-std::sin(angle), std::cos(angle), 0}, {0, 0, 1}}};
    const Matrix yaw
        = {{{std::cos(turn), 0, std::sin(turn)}, {0, 1, 0}, {-std::sin(turn), 0, std::cos(turn)}}};
    const Matrix matrix = product(product(mirror, yaw), roll);
    for (size_t i = 0; i < axes; ++i) {
        for (size_t j = 0; j < axes; ++j)
            all.matrix.push_back(static_cast<float>(matrix[i][j]));
        all.shift.push_back(static_cast<float>(random.uniform(-how.shift, how.shift)));
    }
    all.flipped.push_back(flip ? 1.f : 0.f);
}

Placement placements(const PointAugmentation& how, int64_t axes, std::span<const uint64_t> seeds)
{
    Placement all;
    for (const uint64_t seed : seeds)
        place(all, how, static_cast<size_t>(axes), Random(seed).fork(kPlacing));
    return all;
}

/// [clips, 1, points, 1]: 0 for points that are dropped.
Tensor kept(double chance, int64_t points, std::span<const uint64_t> seeds)
{
    std::vector<float> values;
    values.reserve(seeds.size() * static_cast<size_t>(points));
    for (const uint64_t seed : seeds) {
        Random random = Random(seed).fork(kDropping);
        for (int64_t point = 0; point < points; ++point)
            values.push_back(random.chance(chance) ? 0.f : 1.f);
    }
    return torch::tensor(values).view({static_cast<int64_t>(seeds.size()), 1, points, 1});
}

/// Four 16-bit uniform numbers added up: near enough to normal, deviation 1, and one draw instead of a
/// logarithm, root and cosine.
float nearlyNormal(Random& random)
{
    constexpr float kScale = 1.7320508f / 65536; // the sum of four has a variance of 1/3
    const uint64_t bits = random.next();
    const auto sum
        = static_cast<float>((bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48));
    return (sum - 131070.f) * kScale;
}

Tensor noise(const Tensor& like, std::span<const uint64_t> seeds)
{
    auto values = torch::empty(like.sizes(), torch::kFloat);
    const int64_t each = values.numel() / std::max<int64_t>(static_cast<int64_t>(seeds.size()), 1);
    float* next = values.data_ptr<float>();
    for (const uint64_t seed : seeds) {
        Random random = Random(seed).fork(kNoise);
        for (int64_t i = 0; i < each; ++i)
            *next++ = nearlyNormal(random);
    }
    return values;
}

/// Each point's place in the list once left and right have changed places.
Tensor mirroredOrder(int64_t points, std::span<const std::pair<int, int>> flipPairs)
{
    auto order = torch::arange(points, torch::kLong);
    for (const auto& [left, right] : flipPairs) {
        TORCH_CHECK(std::min(left, right) >= 0 && std::max(left, right) < points, "the flip pair (", left,
            ", ", right, ") names a point that is not among ", points);
        order[left] = right;
        order[right] = left;
    }
    return order;
}

} // namespace

Tensor augmentPoints(const Tensor& points, const PointAugmentation& how,
    std::span<const std::pair<int, int>> flipPairs, std::span<const uint64_t> seeds)
{
    TORCH_CHECK(points.dim() == 4 && (points.size(3) == 3 || points.size(3) == 4),
        "points must have the shape [clips, frames, points, 3 or 4], not ", points.sizes());
    const int64_t clips = points.size(0);
    TORCH_CHECK(static_cast<int64_t>(seeds.size()) == clips, "there are ", seeds.size(), " seeds for ", clips,
        " clips");
    const int64_t axes = points.size(3) - 1;
    const auto here = points.options();
    const Placement placement = placements(how, axes, seeds);

    const auto flipped = torch::tensor(placement.flipped).view({clips, 1, 1, 1}).to(here).gt(0);
    const auto order = mirroredOrder(points.size(2), flipPairs).to(points.device());
    auto varied = torch::where(flipped, points.index_select(2, order), points);
    const auto score = varied.narrow(3, axes, 1);
    const auto matrix = torch::tensor(placement.matrix).view({clips, axes, axes}).to(here);
    const auto shift = torch::tensor(placement.shift).view({clips, 1, axes}).to(here);
    const auto flat = varied.narrow(3, 0, axes).reshape({clips, -1, axes});
    auto places = torch::baddbmm(shift, flat, matrix).view({clips, points.size(1), points.size(2), axes});
    if (how.noise > 0)
        places = places + noise(places, seeds).to(here) * how.noise;
    auto there = score.gt(0);
    if (how.drop > 0)
        there = there.logical_and(kept(how.drop, points.size(2), seeds).to(points.device()).gt(0));
    return torch::where(there, torch::cat({places, score}, 3), torch::zeros({}, here));
}

} // namespace telltale
