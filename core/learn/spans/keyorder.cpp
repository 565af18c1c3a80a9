// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/spans/keyorder.h"
#include <algorithm>
#include <array>
#include <numeric>

namespace telltale {
namespace {

constexpr uint32_t kDigitBits = 11;
constexpr size_t kDigits = size_t{1} << kDigitBits;
constexpr uint32_t kPasses = 3;
constexpr size_t kFew = 512; ///< keys that comparing sorts faster than counting

uint32_t digit(uint32_t key, uint32_t pass) { return (key >> (pass * kDigitBits)) & (kDigits - 1); }

} // namespace

std::vector<uint32_t> orderByKey(std::span<const uint32_t> keys)
{
    std::vector<uint32_t> order(keys.size());
    std::iota(order.begin(), order.end(), 0U);
    if (keys.size() < kFew) {
        std::stable_sort(
            order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return keys[a] < keys[b]; });
        return order;
    }
    std::array<std::vector<uint32_t>, kPasses> counts;
    for (auto& count : counts)
        count.resize(kDigits);
    for (const uint32_t key : keys)
        for (uint32_t pass = 0; pass < kPasses; ++pass)
            ++counts[pass][digit(key, pass)];
    std::vector<uint32_t> next(keys.size());
    for (uint32_t pass = 0; pass < kPasses; ++pass) {
        std::vector<uint32_t>& place = counts[pass];
        if (place[digit(keys[0], pass)] == keys.size())
            continue;
        std::exclusive_scan(place.begin(), place.end(), place.begin(), 0U);
        for (const uint32_t index : order)
            next[place[digit(keys[index], pass)]++] = index;
        order.swap(next);
    }
    return order;
}

} // namespace telltale
