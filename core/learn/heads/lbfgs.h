// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <functional>
#include <optional>
#include <vector>

namespace telltale {

/// A function to be minimised: fills the gradient and returns the value, or nothing if it was cancelled.
using Objective
    = std::function<std::optional<double>(const std::vector<double>& at, std::vector<double>& gradient)>;

struct LbfgsOptions {
    int steps = 100;
    double tolerance
        = 0; ///< ends when three steps together lower the value by less than this share; 0: never
    double flat = 1e-5; ///< norm of the gradient at which the optimum is reached
};

struct LbfgsResult {
    std::vector<double> at; ///< empty if it was cancelled
    double value = 0;
    int steps = 0;
    int evaluations = 0;
};

/// Limited-memory BFGS with backtracking (Nocedal and Wright, Numerical Optimization, algorithms 7.4, 7.5 and
/// 3.1). `onStep(step, value, at)` after every step that lowered the value.
LbfgsResult minimize(const Objective& objective, std::vector<double> start, const LbfgsOptions& options,
    const std::function<void(int, double, const std::vector<double>&)>& onStep);

} // namespace telltale
