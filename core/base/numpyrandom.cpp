// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/numpyrandom.h"
#include <algorithm>
#include <bit>
#include <numeric>

namespace telltale {

double NumpyRandom::uniform()
{
    const auto high = static_cast<double>(next() >> 5);
    const auto low = static_cast<double>(next() >> 6);
    return (high * 0x1p26 + low) * 0x1p-53;
}

int64_t NumpyRandom::below(int64_t n)
{
    if (n <= 1)
        return 0;
    const auto most = static_cast<uint64_t>(n - 1);
    const uint64_t mask = std::bit_ceil(most + 1) - 1;
    while (true) {
        uint64_t value = next();
        if (most > UINT32_MAX)
            value = value << 32 | next();
        value &= mask;
        if (value <= most)
            return static_cast<int64_t>(value);
    }
}

std::vector<int64_t> NumpyRandom::permutation(int64_t n)
{
    std::vector<int64_t> order(static_cast<size_t>(std::max<int64_t>(n, 0)));
    std::iota(order.begin(), order.end(), int64_t{0});
    for (int64_t i = n - 1; i > 0; --i)
        std::swap(order[static_cast<size_t>(i)], order[static_cast<size_t>(below(i + 1))]);
    return order;
}

} // namespace telltale
