// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>

namespace telltale {

/// A float32 as IEEE 754 binary16 bits, rounded to nearest, ties to even, as NumPy and the hardware do:
/// subnormal halves, overflow to infinity, NaN stays NaN.
inline uint16_t toHalf(float value)
{
    const auto bits = std::bit_cast<uint32_t>(value);
    const uint32_t sign = bits >> 16 & 0x8000u;
    const uint32_t magnitude = bits & 0x7fffffffu;
    if (magnitude > 0x7f800000u) // NaN: quiet, with what fits of its payload
        return static_cast<uint16_t>(sign | 0x7e00u | (magnitude >> 13 & 0x3ffu));
    if (magnitude >= 0x477ff000u) // rounds to 65536 or more
        return static_cast<uint16_t>(sign | 0x7c00u);
    if (magnitude >= 0x38800000u) { // 2^-14, the least normal half
        const uint32_t rebased = magnitude - (112u << 23);
        return static_cast<uint16_t>(sign | (rebased + 0xfffu + (rebased >> 13 & 1u)) >> 13);
    }
    // Adding 0.5 lets the adder round at the place value of the least half, 2^-24.
    const uint32_t rounded = std::bit_cast<uint32_t>(std::bit_cast<float>(magnitude) + 0.5f) - 0x3f000000u;
    return static_cast<uint16_t>(sign | rounded);
}

/// The float32 of binary16 bits; exact.
inline float fromHalf(uint16_t half)
{
    const uint32_t sign = (half & 0x8000u) << 16;
    const uint32_t exponent = half >> 10 & 0x1fu;
    const uint32_t fraction = half & 0x3ffu;
    if (exponent == 0x1fu)
        return std::bit_cast<float>(sign | 0x7f800000u | fraction << 13);
    if (exponent == 0) {
        const float magnitude = static_cast<float>(fraction) * 0x1p-24f;
        return sign ? -magnitude : magnitude;
    }
    return std::bit_cast<float>(sign | (exponent + 112u) << 23 | fraction << 13);
}

/// Converts `count` numbers, with the processor's own instruction where it has one.
void toHalves(const float* in, size_t count, uint16_t* out);

} // namespace telltale
