// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/train/trainrecipe.h"
#include <cstdint>

namespace telltale {

/// Learning rate by step: a straight line from 0 that reaches `rate` with the last warm-up step, then half a
/// cosine to `floor` (OpenTAD's LinearWarmupCosineAnnealingLR).
struct RateSchedule {
    double rate = 1e-3;
    double floor = 0;
    int64_t warmUp = 0; ///< steps
    int64_t steps = 1; ///< all together
    double at(int64_t step) const;
};

/// The one that a recipe describes.
RateSchedule scheduleOf(const TrainRecipe& recipe, int64_t stepsPerEpoch);

} // namespace telltale
