// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstddef>
#include <functional>
#include <vector>

namespace telltale {

/// Weighted multinomial logistic regression with a quadratic pull towards a starting point, in double
/// precision. Parameters are [inputs + 1, classes], the bias last: the order in which the sums run along
/// memory.
struct RegressionProblem {
    size_t inputs = 0;
    size_t classes = 0;
    std::vector<double> features; ///< [rows, inputs], standardised
    std::vector<int> labels;
    std::vector<double> weights; ///< per row, sum 1
    std::vector<double> start; ///< where the pull leads and the search begins
    std::vector<bool> frozen; ///< classes whose parameters stay at the start
    double pull = 0;

    size_t rows() const { return labels.size(); }
};

/// Loss and gradient, summed in a fixed order whatever the number of threads. False if `cancelled` said so.
bool evaluateRegression(const RegressionProblem& problem, const std::vector<double>& parameters, double& loss,
    std::vector<double>& gradient, const std::function<bool()>& cancelled);

/// L-BFGS from the start. `onStep(step, loss, parameters)` after every step; it stops after `steps`, at the
/// optimum, or when `cancelled` (asked every few milliseconds) says so: then the result is empty.
std::vector<double> solveRegression(const RegressionProblem& problem, int steps,
    const std::function<void(int, double, const std::vector<double>&)>& onStep,
    const std::function<bool()>& cancelled);

} // namespace telltale
