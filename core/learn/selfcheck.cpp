// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/selfcheck.h"
#include "nn/threadcount.h"
#include <ATen/Functions.h>
#include <algorithm>
#include <chrono>
#include <cmath>

namespace telltale {

namespace {

constexpr double kSlowGflops = 20; // reference BLAS reaches 4, optimised ones 80 and more
constexpr int kRuns = 3;

} // namespace

double gemmGflops(int64_t size)
{
    using Clock = std::chrono::steady_clock;
    const ThreadCount one(1);
    const auto a = at::ones({size, size});
    double best = 0;
    for (int run = 0; run < kRuns; ++run) {
        const auto start = Clock::now();
        const auto product = at::mm(a, a);
        const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
        best = std::max(best, 2.0 * std::pow(static_cast<double>(size), 3) / std::max(seconds, 1e-9) / 1e9);
    }
    return best;
}

std::string slowBlasWarning(double gflops)
{
    if (gflops >= kSlowGflops)
        return {};
    return "Matrix products run at " + std::to_string(static_cast<int>(gflops))
        + " GFLOP/s, many times slower than this machine can: install the package libopenblas0-openmp.";
}

} // namespace telltale
