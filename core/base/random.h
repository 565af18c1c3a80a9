// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cmath>
#include <cstdint>
#include <numbers>

namespace telltale {

/// Small random generator (splitmix64) whose numbers are the same on every machine and compiler,
/// unlike the distributions of <random>. A value type: copy it to fork a stream.
class Random {
public:
    explicit Random(uint64_t seed) : m_state(seed) { }
    /// An independent stream for `key`, e.g. one per subject or clip.
    Random fork(uint64_t key) const
    {
        Random child(m_state ^ (key * 0x9e3779b97f4a7c15ULL + 0x632be59bd9b4e019ULL));
        child.next();
        return child;
    }
    uint64_t next()
    {
        uint64_t z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// Uniform in [0, 1).
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// Uniform in [0, n); n > 0.
    int64_t below(int64_t n) { return static_cast<int64_t>(next() % static_cast<uint64_t>(n)); }
    bool chance(double p) { return uniform() < p; }
    /// Normal with mean 0 and deviation 1 (Box-Muller, one of the pair).
    double normal()
    {
        const double u = 1.0 - uniform();
        return std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::numbers::pi * uniform());
    }

private:
    uint64_t m_state;
};

} // namespace telltale
