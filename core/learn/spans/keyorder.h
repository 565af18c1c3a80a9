// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace telltale {

/// A number whose order is that of finite floats; 0 and -0 are the same.
inline uint32_t ascendingKey(float value)
{
    const auto bits = std::bit_cast<uint32_t>(value + 0.F);
    return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}
inline uint32_t descendingKey(float value) { return ~ascendingKey(value); }
inline uint32_t ascendingKey(int value) { return static_cast<uint32_t>(value) ^ 0x80000000U; }

/// Places of the keys, lowest first; equal ones stay in their order. Linear in their number.
std::vector<uint32_t> orderByKey(std::span<const uint32_t> keys);

} // namespace telltale
