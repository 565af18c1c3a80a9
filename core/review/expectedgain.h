// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>

namespace telltale {

/// How much a look at a proposal is worth per second it takes. Pure functions; any thread.
///
/// The gain is a product of factors, each raised to its weight: uncertainty x rarity x disagreement x novelty
/// over the expected seconds. A weight of 0 takes a factor out, 2 makes it count twice. So that one factor of
/// nothing (all modalities agree) does not silence the others, uncertainty, disagreement and novelty run from
/// kGainFloor to 1. Rarity is 1 / sqrt(1 + decided examples), the square root by which training weighs
/// classes.
/// Provenance of the form and of all constants here: ours.

inline constexpr double kGainFloor = 0.05;
/// Seconds that a decision takes beside watching the span once.
inline constexpr double kDecisionSeconds = 2;
/// Seconds before and after a span that are watched with it.
inline constexpr double kContextSeconds = 0.5;

struct GainInput {
    int64_t id = 0;
    int classId = -1;
    int64_t classCount = 0; ///< decided examples of the class
    double uncertainty = 0; ///< [0, 1], as the two below
    double disagreement = 0;
    double novelty = 1;
    double seconds = 1; ///< expected for the look, > 0
};

/// Exponents, >= 0.
struct GainWeights {
    double uncertainty = 1;
    double rarity = 1;
    double disagreement = 1;
    double novelty = 1;
    double seconds = 1;

    bool operator==(const GainWeights&) const = default;
};

/// The factor that all proposals of a class share: one decision changes it for its class alone.
double rarityFactor(int64_t classCount, const GainWeights& weights);
/// All other factors. What is no number counts as 0, seconds that are none as 1.
double itemGain(const GainInput& input, const GainWeights& weights);
/// Their product.
double expectedGain(const GainInput& input, const GainWeights& weights);
/// What looking at a span of this length is expected to take.
double reviewSeconds(double spanSeconds);

} // namespace telltale
