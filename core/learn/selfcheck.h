// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <string>

namespace telltale {

/// GFLOP/s of square matrix products on one thread: the best of a few, some milliseconds in all.
double gemmGflops(int64_t size = 512);
/// Empty, or one sentence that names the package to install if `gflops` is below what an optimised BLAS
/// reaches.
std::string slowBlasWarning(double gflops);

} // namespace telltale
