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
        augmentation = onlyMobilePoints();
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
    const float noise = augmentation.noise * shoulderWidth(points);
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
            p[0] = cosine * x - sine * y + noise * static_cast<float>(random.normal());
            p[1] = sine * x + cosine * y + noise * static_cast<float>(random.normal());
        }
        if (!augmentation.flipped)
            continue;
        for (const auto& [left, right] : poseLayouts().front().flipPairs)
            std::swap_ranges(row + left * 3, row + left * 3 + 3, row + right * 3);
    }
}

} // namespace telltale
