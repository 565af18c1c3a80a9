// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/softmaxregression.h"
#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>
#include <numeric>
#include <thread>

namespace telltale {

namespace {

using Vector = std::vector<double>;

constexpr size_t kChunkRows = 256;
constexpr size_t kRowsWorthThreads = 2048; // below, starting threads costs more than it gains
constexpr size_t kMemory = 10;
constexpr int kHalvings = 20;
constexpr double kArmijo = 1e-4;
constexpr double kFlat = 1e-5; // gradient norm at which the optimum is reached

double dot(const Vector& a, const Vector& b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

void addScaled(Vector& to, double factor, const Vector& from)
{
    for (size_t i = 0; i < to.size(); ++i)
        to[i] += factor * from[i];
}

/// Loss of the rows [first, last) of one chunk; adds to its gradient.
double chunkLoss(const RegressionProblem& problem, const Vector& parameters, size_t chunk, Vector& gradient)
{
    const size_t classes = problem.classes;
    Vector logits(classes);
    double loss = 0;
    const size_t last = std::min(problem.rows(), (chunk + 1) * kChunkRows);
    for (size_t row = chunk * kChunkRows; row < last; ++row) {
        const double* x = problem.features.data() + row * problem.inputs;
        const double* bias = parameters.data() + problem.inputs * classes;
        std::copy_n(bias, classes, logits.begin());
        for (size_t j = 0; j < problem.inputs; ++j) {
            const double* w = parameters.data() + j * classes;
            for (size_t c = 0; c < classes; ++c)
                logits[c] += x[j] * w[c];
        }
        const auto label = static_cast<size_t>(problem.labels[row]);
        const double top = *std::max_element(logits.begin(), logits.end());
        const double truth = logits[label] - top;
        double sum = 0;
        for (double& z : logits)
            sum += z = std::exp(z - top);
        const double weight = problem.weights[row];
        loss += weight * (std::log(sum) - truth);
        for (double& z : logits)
            z *= weight / sum;
        logits[label] -= weight;
        for (size_t j = 0; j < problem.inputs; ++j) {
            double* g = gradient.data() + j * classes;
            for (size_t c = 0; c < classes; ++c)
                g[c] += x[j] * logits[c];
        }
        for (size_t c = 0; c < classes; ++c)
            gradient[problem.inputs * classes + c] += logits[c];
    }
    return loss;
}

/// The direction of descent from the last steps (two-loop recursion).
Vector descent(const Vector& gradient, const std::deque<Vector>& moves, const std::deque<Vector>& changes)
{
    Vector direction = gradient;
    Vector alphas(moves.size());
    for (size_t i = moves.size(); i-- > 0;) {
        alphas[i] = dot(moves[i], direction) / dot(moves[i], changes[i]);
        addScaled(direction, -alphas[i], changes[i]);
    }
    const double scale = moves.empty()
        ? 1 / std::max(1.0, std::sqrt(dot(gradient, gradient)))
        : dot(moves.back(), changes.back()) / dot(changes.back(), changes.back());
    for (double& d : direction)
        d *= scale;
    for (size_t i = 0; i < moves.size(); ++i) {
        const double beta = dot(changes[i], direction) / dot(moves[i], changes[i]);
        addScaled(direction, alphas[i] - beta, moves[i]);
    }
    for (double& d : direction)
        d = -d;
    return direction;
}

} // namespace

bool evaluateRegression(const RegressionProblem& problem, const Vector& parameters, double& loss,
    Vector& gradient, const std::function<bool()>& cancelled)
{
    const size_t chunks = (problem.rows() + kChunkRows - 1) / kChunkRows;
    std::vector<Vector> gradients(chunks, Vector(parameters.size()));
    Vector losses(chunks);
    std::atomic<size_t> next = 0;
    std::atomic<bool> stopped = false;
    const auto work = [&] {
        for (size_t chunk = next++; chunk < chunks && !stopped; chunk = next++) {
            if (cancelled())
                stopped = true;
            else
                losses[chunk] = chunkLoss(problem, parameters, chunk, gradients[chunk]);
        }
    };
    {
        std::vector<std::jthread> helpers;
        const size_t cores = problem.rows() < kRowsWorthThreads ? 1 : std::thread::hardware_concurrency();
        for (size_t i = 1; i < std::min(cores, chunks); ++i)
            helpers.emplace_back(work);
        work();
    }
    if (stopped)
        return false;
    loss = 0;
    gradient.assign(parameters.size(), 0);
    for (size_t chunk = 0; chunk < chunks; ++chunk) {
        loss += losses[chunk];
        addScaled(gradient, 1, gradients[chunk]);
    }
    for (size_t i = 0; i < parameters.size(); ++i) {
        const double away = parameters[i] - problem.start[i];
        loss += 0.5 * problem.pull * away * away;
        gradient[i] += problem.pull * away;
        if (problem.frozen[i % problem.classes])
            gradient[i] = 0;
    }
    return true;
}

Vector solveRegression(const RegressionProblem& problem, int steps,
    const std::function<void(int, double, const Vector&)>& onStep, const std::function<bool()>& cancelled)
{
    Vector parameters = problem.start;
    Vector gradient;
    double loss = 0;
    std::deque<Vector> moves;
    std::deque<Vector> changes;
    if (!evaluateRegression(problem, parameters, loss, gradient, cancelled))
        return {};
    for (int step = 1; step <= steps; ++step) {
        if (std::sqrt(dot(gradient, gradient)) < kFlat)
            break;
        const Vector direction = descent(gradient, moves, changes);
        const double slope = dot(gradient, direction);
        double length = 1;
        Vector candidate;
        Vector candidateGradient;
        double candidateLoss = 0;
        int halvings = 0;
        for (; halvings < kHalvings; ++halvings, length *= 0.5) {
            candidate = parameters;
            addScaled(candidate, length, direction);
            if (!evaluateRegression(problem, candidate, candidateLoss, candidateGradient, cancelled))
                return {};
            if (candidateLoss <= loss + kArmijo * length * slope)
                break;
        }
        if (halvings == kHalvings)
            break;
        Vector change = candidateGradient;
        addScaled(change, -1, gradient);
        Vector move = direction;
        for (double& m : move)
            m *= length;
        if (dot(move, change) > 1e-14) {
            moves.push_back(std::move(move));
            changes.push_back(std::move(change));
            if (moves.size() > kMemory) {
                moves.pop_front();
                changes.pop_front();
            }
        }
        parameters = std::move(candidate);
        gradient = std::move(candidateGradient);
        loss = candidateLoss;
        onStep(step, loss, parameters);
    }
    return parameters;
}

} // namespace telltale
