// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/expectedgain.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

double factor(double value, double weight)
{
    const double share = std::isfinite(value) ? std::clamp(value, 0.0, 1.0) : 0;
    const double base = kGainFloor + (1 - kGainFloor) * share;
    return weight == 1 ? base : std::pow(base, weight); // the usual weight, and there may be many
}

} // namespace

double rarityFactor(int64_t classCount, const GainWeights& weights)
{
    return std::pow(1 + static_cast<double>(std::max<int64_t>(0, classCount)), -0.5 * weights.rarity);
}

double itemGain(const GainInput& input, const GainWeights& weights)
{
    const double seconds = std::isfinite(input.seconds) && input.seconds > 0 ? input.seconds : 1;
    return factor(input.uncertainty, weights.uncertainty) * factor(input.disagreement, weights.disagreement)
        * factor(input.novelty, weights.novelty) * std::pow(seconds, -weights.seconds);
}

double expectedGain(const GainInput& input, const GainWeights& weights)
{
    return rarityFactor(input.classCount, weights) * itemGain(input, weights);
}

double reviewSeconds(double spanSeconds)
{
    return kDecisionSeconds + 2 * kContextSeconds + std::max(0.0, spanSeconds);
}

} // namespace telltale
