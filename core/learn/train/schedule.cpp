// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/train/schedule.h"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace telltale {

double RateSchedule::at(int64_t step) const
{
    if (step < warmUp)
        return warmUp > 1 ? rate * static_cast<double>(step) / static_cast<double>(warmUp - 1) : rate;
    const double along
        = static_cast<double>(step - warmUp) / static_cast<double>(std::max<int64_t>(1, steps - warmUp));
    return floor + 0.5 * (rate - floor) * (1 + std::cos(std::numbers::pi * along));
}

RateSchedule scheduleOf(const TrainRecipe& recipe, int64_t stepsPerEpoch)
{
    RateSchedule schedule;
    schedule.rate = recipe.learningRate;
    schedule.floor = recipe.learningRate * recipe.floorRate;
    schedule.warmUp = std::llround(recipe.warmUpEpochs * static_cast<double>(stepsPerEpoch));
    schedule.steps = stepsPerEpoch * recipe.epochs;
    return schedule;
}

} // namespace telltale
