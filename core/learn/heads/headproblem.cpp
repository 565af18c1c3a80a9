// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/heads/headproblem.h"
#include <ATen/Parallel.h>
#include <algorithm>
#include <atomic>
#include <numeric>

namespace telltale {

namespace {

constexpr int64_t kBlockRows = 1024; // stay in a core's cache from the logits to the gradient

/// Views of the parameters, of the features' type.
struct Layer {
    at::Tensor weight;
    at::Tensor bias;

    Layer(const at::Tensor& parameters, int64_t first, int64_t inputs, int64_t units)
        : weight(parameters.narrow(0, first, inputs * units).view({inputs, units}))
        , bias(parameters.narrow(0, first + inputs * units, units))
    {
    }
    at::Tensor operator()(const at::Tensor& rows) const { return at::addmm(bias, rows, weight); }
    /// Adds the slope of rows * weight + bias.
    void addSlope(const at::Tensor& rows, const at::Tensor& slope)
    {
        weight += rows.t().mm(slope);
        bias += slope.sum(0);
    }
};

/// First layer, and the second where there is a hidden one.
std::vector<Layer> layersOf(const HeadProblem& problem, const at::Tensor& parameters)
{
    if (problem.hidden == 0)
        return {Layer(parameters, 0, problem.inputs(), problem.classes)};
    return {Layer(parameters, 0, problem.inputs(), problem.hidden),
        Layer(parameters, (problem.inputs() + 1) * problem.hidden, problem.hidden, problem.classes)};
}

/// Turns logits into their slope in place; returns the loss.
double slopeOf(const HeadProblem& problem, at::Tensor& logits, int64_t first)
{
    const int64_t rows = logits.size(0);
    const at::Tensor truth = problem.labels.narrow(0, first, rows).unsqueeze(1);
    const at::Tensor weight = problem.weights.narrow(0, first, rows).unsqueeze(1);
    at::Tensor off; // what the semantic part misses, along the label vectors
    at::Tensor felt;
    double loss = 0;
    if (problem.metric.defined()) {
        off = logits / problem.semanticScale;
        off.scatter_add_(1, truth, at::full_like(truth, -1, off.options()));
        felt = off.mm(problem.metric) * weight;
        loss += 0.5 * problem.semanticWeight * (off * felt).sum(at::kDouble).item<double>();
    }
    const at::Tensor shares = at::log_softmax(logits, 1);
    loss -= (shares.gather(1, truth) * weight).sum(at::kDouble).item<double>();
    at::exp_out(logits, shares);
    logits.scatter_add_(1, truth, at::full_like(truth, -1, logits.options()));
    logits.mul_(weight);
    if (felt.defined())
        logits.add_(felt, problem.semanticWeight / problem.semanticScale);
    return loss;
}

at::Tensor tensorOf(const std::vector<double>& values)
{
    return at::from_blob(
        const_cast<double*>(values.data()), {static_cast<int64_t>(values.size())}, at::kDouble);
}

} // namespace

double HeadProblem::addBlock(const at::Tensor& parameters, int64_t first, at::Tensor& gradient) const
{
    const at::Tensor rows = features.narrow(0, first, std::min(kBlockRows, features.size(0) - first));
    const std::vector<Layer> layers = layersOf(*this, parameters);
    std::vector<Layer> slopes = layersOf(*this, gradient);
    if (hidden == 0) {
        at::Tensor logits = layers.front()(rows);
        const double loss = slopeOf(*this, logits, first);
        slopes.front().addSlope(rows, logits);
        return loss;
    }
    const at::Tensor active = layers.front()(rows).relu_();
    at::Tensor logits = layers.back()(active);
    const double loss = slopeOf(*this, logits, first);
    slopes.back().addSlope(active, logits);
    slopes.front().addSlope(rows, logits.mm(layers.back().weight.t()) * active.gt(0));
    return loss;
}

std::optional<double> HeadProblem::evaluate(
    const std::vector<double>& at, std::vector<double>& gradient, const ProgressSink& progress) const
{
    const at::Tensor parameters = tensorOf(at);
    const at::Tensor rounded = parameters.to(features.scalar_type());
    const int64_t blocks = (features.size(0) + kBlockRows - 1) / kBlockRows;
    at::Tensor parts = at::zeros({blocks, parameters.numel()}, features.options());
    std::vector<double> losses(static_cast<size_t>(blocks));
    std::atomic<bool> cancelled = false;
    at::parallel_for(0, blocks, 1, [&](int64_t first, int64_t last) {
        for (int64_t block = first; block < last && !cancelled; ++block) {
            at::Tensor part = parts[block];
            losses[static_cast<size_t>(block)] = addBlock(rounded, block * kBlockRows, part);
            if (at::get_thread_num() == 0 && progress.cancelled()) // the caller's own
                cancelled = true;
        }
    });
    if (cancelled)
        return {};
    const at::Tensor away = centre.defined() ? parameters - centre : parameters;
    gradient.assign(at.size(), 0);
    at::Tensor slope = tensorOf(gradient);
    at::sum_out(slope, parts, {0}, false, at::kDouble); // of blocks, in double
    slope.add_(away, pull);
    if (movable.defined())
        slope.mul_(movable);
    return std::accumulate(losses.begin(), losses.end(), 0.5 * pull * away.square().sum().item<double>());
}

at::Tensor HeadProblem::logits(const at::Tensor& rows, const std::vector<double>& at) const
{
    const std::vector<Layer> layers = layersOf(*this, tensorOf(at).to(features.scalar_type()));
    return hidden == 0 ? layers.front()(rows) : layers.back()(layers.front()(rows).relu_());
}

std::vector<double> HeadProblem::leastSquares(double ridge, const ProgressSink& progress) const
{
    const int64_t size = inputs() + 1;
    at::Tensor products = at::eye(size, at::kDouble) * ridge;
    at::Tensor sums = at::zeros({size, classes}, at::kDouble);
    for (int64_t first = 0; first < features.size(0); first += kBlockRows) {
        if (progress.cancelled())
            return {};
        const int64_t count = std::min(kBlockRows, features.size(0) - first);
        const at::Tensor weight = weights.narrow(0, first, count).unsqueeze(1);
        const at::Tensor rows
            = at::cat({features.narrow(0, first, count), at::ones({count, 1}, features.options())}, 1);
        const at::Tensor weighted = rows * weight;
        products += weighted.t().mm(rows);
        at::Tensor wanted = at::zeros({count, classes}, features.options());
        wanted.scatter_(1, labels.narrow(0, first, count).unsqueeze(1), semanticScale);
        sums += weighted.t().mm(wanted);
    }
    const at::Tensor found = at::cholesky_solve(sums, at::linalg_cholesky(products)).contiguous();
    return {found.data_ptr<double>(), found.data_ptr<double>() + found.numel()};
}

} // namespace telltale
