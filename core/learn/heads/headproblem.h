// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include <ATen/ATen.h>
#include <optional>
#include <vector>

namespace telltale {

/// Loss of a head on projected rows: weighted multinomial cross-entropy, the semantic least squares, and the
/// pull. Parameters are [inputs + 1, classes], bias last; with a hidden layer [inputs + 1, hidden] and then
/// [hidden + 1, classes]. Only for core/learn; c10 exceptions pass.
struct HeadProblem {
    at::Tensor features; ///< [rows, inputs], float or double
    at::Tensor labels; ///< [rows], int64
    at::Tensor weights; ///< [rows], of the features' type, sum 1
    int64_t classes = 0;
    int64_t hidden = 0; ///< 0: linear
    at::Tensor metric; ///< [classes, classes]: products of the label vectors, of the features' type; or none
    double semanticWeight = 0;
    double semanticScale = 1;
    at::Tensor centre; ///< parameters that the pull leads to, double; none: zero
    at::Tensor movable; ///< per parameter 1, or 0 for those that stay where they are, double; none: all 1
    double pull = 0;

    int64_t inputs() const { return features.size(1); }
    int64_t parameters() const
    {
        return hidden > 0 ? (inputs() + 1) * hidden + (hidden + 1) * classes : (inputs() + 1) * classes;
    }

    /// Loss and gradient, by blocks of rows that LibTorch's threads share; the sums do not depend on how many
    /// these are. Nothing if cancelled, which the calling thread asks every few milliseconds.
    std::optional<double> evaluate(
        const std::vector<double>& at, std::vector<double>& gradient, const ProgressSink& progress) const;

    /// Of rows of the features' type.
    at::Tensor logits(const at::Tensor& rows, const std::vector<double>& at) const;

    /// Linear head by weighted ridge regression to `semanticScale` for the row's class and 0 for others: one
    /// Cholesky factor, near the optimum of the cross-entropy. Empty if cancelled.
    std::vector<double> leastSquares(double ridge, const ProgressSink& progress) const;

private:
    /// Adds the gradient of the block of rows from `first` on; returns its loss.
    double addBlock(const at::Tensor& parameters, int64_t first, at::Tensor& gradient) const;
};

} // namespace telltale
