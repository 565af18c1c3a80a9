// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/augment.h"
#include <algorithm>
#include <cmath>
#include <vector>

namespace telltale {
namespace {

constexpr double kOnlyMobile = 0.32;
constexpr double kNoHands = 0.08;
constexpr double kNoFace = 0.05;
constexpr double kNoLegs = 0.3; ///< besides the others: seated people behind a desk
constexpr double kCoarse = 0.8; ///< of the 14-point cases
constexpr double kUnsteady = 0.5; ///< of the 14-point cases: points get lost and jump
constexpr double kNoArm = 0.15; ///< of the 14-point cases: an arm outside the picture
constexpr int64_t kLongestTrouble = 10; ///< rows
constexpr float kFallbackWidth = 80; ///< pixels, where no shoulders are seen

void dropRange(PointAugmentation& augmentation, int first, int last)
{
    std::fill(augmentation.dropped.begin() + first, augmentation.dropped.begin() + last, true);
}

float shoulderWidth(const NdArray& points)
{
    std::vector<float> widths;
    for (int64_t t = 0; t < points.shape[0]; ++t) {
        const float* row = points.values.data() + t * kPointCount * 3;
        if (row[5 * 3 + 2] > 0 && row[6 * 3 + 2] > 0)
            widths.push_back(std::hypot(row[5 * 3] - row[6 * 3], row[5 * 3 + 1] - row[6 * 3 + 1]));
    }
    if (widths.empty())
        return kFallbackWidth;
    const auto middle = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
    std::nth_element(widths.begin(), middle, widths.end());
    return *middle;
}

/// What 14-point networks do to a track: cells as large as a hundredth of their input, losses and jumps.
PointAugmentation drawMobile(Random& random)
{
    PointAugmentation augmentation = onlyMobilePoints();
    if (random.chance(kCoarse))
        augmentation.grid = static_cast<float>(random.uniform(0.02, 0.14));
    if (random.chance(kUnsteady)) {
        augmentation.lossRate = random.uniform(0, 0.02);
        augmentation.outlierRate = random.uniform(0, 0.01);
    }
    if (random.chance(kNoArm)) {
        const int side = static_cast<int>(random.below(2));
        augmentation.dropped[static_cast<size_t>(9 + side)] = true;
        augmentation.dropped[static_cast<size_t>((side == 0 ? kLeftHandStart : kRightHandStart))] = true;
        augmentation.dropped[static_cast<size_t>(7 + side)] = random.chance(0.5);
    }
    return augmentation;
}

/// Points that are lost or jump for some rows.
void disturb(const PointAugmentation& augmentation, Random random, float width, NdArray& points)
{
    for (int i = 0; i < kPointCount; ++i) {
        int64_t until = 0;
        float shift[2] = {0, 0};
        bool lost = false;
        for (int64_t t = 0; t < points.shape[0]; ++t) {
            float* p = points.values.data() + (t * kPointCount + i) * 3;
            if (t >= until) {
                const double what = random.uniform();
                lost = what < augmentation.lossRate;
                if (!lost && what >= augmentation.lossRate + augmentation.outlierRate)
                    continue;
                until = t + 1 + random.below(kLongestTrouble);
                for (float& s : shift)
                    s = width * static_cast<float>(random.uniform(-1.2, 1.2));
            }
            if (p[2] <= 0)
                continue;
            p[0] = lost ? 0 : p[0] + shift[0];
            p[1] = lost ? 0 : p[1] + shift[1];
            p[2] = lost ? 0 : p[2];
        }
    }
}

} // namespace

PointAugmentation onlyMobilePoints()
{
    PointAugmentation augmentation;
    augmentation.dropped.fill(true);
    if (const auto layout = findPoseLayout("mobile14"); layout.ok())
        for (size_t i = 0; i < (*layout)->sources68.size(); ++i)
            augmentation.dropped[i] = (*layout)->sources68[i].empty();
    return augmentation;
}

PointAugmentation drawAugmentation(Random& random)
{
    PointAugmentation augmentation;
    const double what = random.uniform();
    if (what < kOnlyMobile)
        augmentation = drawMobile(random);
    else if (what < kOnlyMobile + kNoHands)
        dropRange(augmentation, kLeftHandStart, kPointCount);
    else if (what < kOnlyMobile + kNoHands + kNoFace)
        dropRange(augmentation, 0, 5);
    if (random.chance(kNoLegs)) {
        dropRange(augmentation, 13, 17);
        dropRange(augmentation, 20, kLeftHandStart);
        if (random.chance(0.5))
            dropRange(augmentation, 11, 13);
    }
    augmentation.flipped = random.chance(0.5);
    augmentation.noise = static_cast<float>(random.uniform(0, 0.04));
    augmentation.stretch = static_cast<float>(random.uniform(0.87, 1.15));
    augmentation.turn = static_cast<float>(random.uniform(-0.1, 0.1));
    return augmentation;
}

void augmentPoints(const PointAugmentation& augmentation, Random random, NdArray& points)
{
    const float width = shoulderWidth(points);
    const float cell = augmentation.grid * width;
    const float noise = augmentation.noise * width * (cell > 0 ? 0.5f : 1.0f);
    const auto snapped = [cell](float v) { return cell > 0 ? (std::floor(v / cell) + 0.5f) * cell : v; };
    const float cosine = std::cos(augmentation.turn);
    const float sine = std::sin(augmentation.turn);
    for (int64_t t = 0; t < points.shape[0]; ++t) {
        float* row = points.values.data() + t * kPointCount * 3;
        for (int i = 0; i < kPointCount; ++i) {
            float* p = row + i * 3;
            if (p[2] <= 0)
                continue;
            if (augmentation.dropped[static_cast<size_t>(i)]) {
                p[0] = p[1] = p[2] = 0;
                continue;
            }
            const float x = p[0] * augmentation.stretch * (augmentation.flipped ? -1.0f : 1.0f);
            const float y = p[1];
            p[0] = snapped(cosine * x - sine * y + noise * static_cast<float>(random.normal()));
            p[1] = snapped(sine * x + cosine * y + noise * static_cast<float>(random.normal()));
        }
        if (!augmentation.flipped)
            continue;
        for (const auto& [left, right] : poseLayouts().front().flipPairs)
            std::swap_ranges(row + left * 3, row + left * 3 + 3, row + right * 3);
    }
    if (augmentation.lossRate > 0 || augmentation.outlierRate > 0)
        disturb(augmentation, random, width, points);
}

} // namespace telltale
