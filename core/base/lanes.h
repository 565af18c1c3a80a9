// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/processor.h"
#include <cstdint>
#include <cstring>

namespace telltale {

/// Float32 numbers that are computed together: one register with AVX2. More would not be faster on the
/// processors with wider ones that we measured, and compilers take longer vectors than the processor has
/// apart number by number.
inline constexpr int kLanes = 8;
using Lanes = float __attribute__((vector_size(kLanes * sizeof(float))));
using LaneInts = int32_t __attribute__((vector_size(kLanes * sizeof(int32_t))));

inline constexpr Lanes kLaneNumbers = {0, 1, 2, 3, 4, 5, 6, 7};

TELLTALE_BODY void loadLanes(const float* from, Lanes& to) { std::memcpy(&to, from, sizeof to); }
TELLTALE_BODY void storeLanes(const Lanes& from, float* to) { std::memcpy(to, &from, sizeof from); }

/// exp(x) for x <= 0 to about one unit in the last place, below -87 as at -87 (1.6e-38); NaN counts as -87.
/// Taylor's series of degree 7 on half an octave to each side (error 5e-9), then the power of two into the
/// exponent.
TELLTALE_BODY void expOfNegative(Lanes& x)
{
    constexpr float kLeast = -87.0f;
    constexpr float kLog2e = 1.44269504f;
    constexpr float kLn2High = 0.693359375f; // few bits, so that its multiples are exact
    constexpr float kLn2Low = -2.12194440e-4f;
    constexpr float kRounder
        = 12582912.0f; // 1.5 * 2^23: adding it leaves the nearest integer in the low bits
    const Lanes clamped = x > kLeast ? x : Lanes{} + kLeast;
    const Lanes shifted = clamped * kLog2e + kRounder;
    const Lanes octaves = shifted - kRounder;
    const Lanes r = (clamped - octaves * kLn2High) - octaves * kLn2Low;
    Lanes sum = r * (1.0f / 5040) + 1.0f / 720;
    sum = sum * r + 1.0f / 120;
    sum = sum * r + 1.0f / 24;
    sum = sum * r + 1.0f / 6;
    sum = sum * r + 0.5f;
    sum = sum * r + 1.0f;
    sum = sum * r + 1.0f;
    const LaneInts exponent = __builtin_convertvector(octaves, LaneInts) << 23;
    x = reinterpret_cast<Lanes>(reinterpret_cast<LaneInts>(sum) + exponent);
}

} // namespace telltale
