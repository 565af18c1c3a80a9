// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <random>
#include <vector>

namespace telltale {

/// The numbers of NumPy's legacy generator (numpy.random.seed, rand, randint, permutation), so that what the
/// reference draws can be drawn again. Recipe: numpy/random/mtrand, checked against NumPy.
class NumpyRandom {
public:
    explicit NumpyRandom(uint32_t seed) : m_engine(seed) { }
    uint32_t next() { return static_cast<uint32_t>(m_engine()); }
    /// rand(): uniform in [0, 1) with 53 bits, from two draws.
    double uniform();
    /// uniform(low, high)
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// randint(n): uniform in [0, n); n < 1 counts as 1. Nothing is drawn for n = 1.
    int64_t below(int64_t n);
    /// permutation(n)
    std::vector<int64_t> permutation(int64_t n);

private:
    std::mt19937 m_engine;
};

} // namespace telltale
