// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "base/random.h"
#include "pose/layout.h"
#include <array>

namespace telltale {

/// How far other estimators see less, and worse, than the synthetic one. Probabilities and sizes are ours.
struct PointAugmentation {
    std::array<bool, kPointCount> dropped{};
    bool flipped = false; ///< mirrored, left and right points exchanged (no class is left or right alone)
    float noise = 0; ///< shoulder widths
    float stretch = 1; ///< of x against y
    float turn = 0; ///< radians
};

/// Draws one: in about every second case some points are missing everywhere (all that 14-point models lack,
/// the hands, the face or the legs), with noise, mirroring, stretch and a slight turn.
PointAugmentation drawAugmentation(Random& random);
/// Nothing but the points that 14-point models lack.
PointAugmentation onlyMobilePoints();

/// Changes `points` [T, 68, 3] (pixels) in place. Missing points stay missing.
void augmentPoints(const PointAugmentation& augmentation, Random random, NdArray& points);

} // namespace telltale
