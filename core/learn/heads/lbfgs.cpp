// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/heads/lbfgs.h"
#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>

namespace telltale {

namespace {

using Vector = std::vector<double>;

constexpr size_t kMemory = 10; // pairs of moves and changes (ours)
constexpr int kHalvings = 20; // of one step (ours)
constexpr double kArmijo = 1e-4; // usual
constexpr double kLeastCurvature = 1e-14;
constexpr size_t kWindow = 3; // steps over which progress is judged (ours): one alone may be a short one

double dot(const Vector& a, const Vector& b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

void addScaled(Vector& to, double factor, const Vector& from)
{
    for (size_t i = 0; i < to.size(); ++i)
        to[i] += factor * from[i];
}

/// The last moves and what they changed in the gradient.
class Curvature {
public:
    void add(Vector move, Vector change)
    {
        if (dot(move, change) <= kLeastCurvature)
            return;
        m_moves.push_back(std::move(move));
        m_changes.push_back(std::move(change));
        if (m_moves.size() > kMemory) {
            m_moves.pop_front();
            m_changes.pop_front();
        }
    }

    /// The direction of descent (two-loop recursion).
    Vector descent(const Vector& gradient) const
    {
        Vector direction = gradient;
        Vector alphas(m_moves.size());
        for (size_t i = m_moves.size(); i-- > 0;) {
            alphas[i] = dot(m_moves[i], direction) / dot(m_moves[i], m_changes[i]);
            addScaled(direction, -alphas[i], m_changes[i]);
        }
        const double scale = m_moves.empty()
            ? 1 / std::max(1.0, std::sqrt(dot(gradient, gradient)))
            : dot(m_moves.back(), m_changes.back()) / dot(m_changes.back(), m_changes.back());
        for (double& d : direction)
            d *= scale;
        for (size_t i = 0; i < m_moves.size(); ++i) {
            const double beta = dot(m_changes[i], direction) / dot(m_moves[i], m_changes[i]);
            addScaled(direction, alphas[i] - beta, m_moves[i]);
        }
        for (double& d : direction)
            d = -d;
        return direction;
    }

private:
    std::deque<Vector> m_moves;
    std::deque<Vector> m_changes;
};

} // namespace

LbfgsResult minimize(const Objective& objective, Vector start, const LbfgsOptions& options,
    const std::function<void(int, double, const Vector&)>& onStep)
{
    LbfgsResult result;
    Vector gradient;
    Curvature curvature;
    std::vector<double> values;
    const auto evaluate = [&](const Vector& at, Vector& slope) {
        ++result.evaluations;
        return objective(at, slope);
    };
    std::optional<double> value = evaluate(start, gradient);
    if (!value)
        return result;
    values.push_back(*value);
    for (int step = 1; step <= options.steps; ++step) {
        if (std::sqrt(dot(gradient, gradient)) < options.flat)
            break;
        const Vector direction = curvature.descent(gradient);
        const double slope = dot(gradient, direction);
        double length = 1;
        Vector candidate;
        Vector candidateGradient;
        int halvings = 0;
        for (; halvings < kHalvings; ++halvings, length *= 0.5) {
            candidate = start;
            addScaled(candidate, length, direction);
            value = evaluate(candidate, candidateGradient);
            if (!value)
                return result;
            if (*value <= values.back() + kArmijo * length * slope)
                break;
        }
        if (halvings == kHalvings)
            break;
        Vector change = candidateGradient;
        addScaled(change, -1, gradient);
        Vector move = candidate;
        addScaled(move, -1, start);
        curvature.add(std::move(move), std::move(change));
        start = std::move(candidate);
        gradient = std::move(candidateGradient);
        values.push_back(*value);
        result.steps = step;
        if (onStep)
            onStep(step, *value, start);
        if (values.size() > kWindow
            && values[values.size() - 1 - kWindow] - *value < options.tolerance * std::abs(*value))
            break;
    }
    result.value = values.back();
    result.at = std::move(start);
    return result;
}

} // namespace telltale
