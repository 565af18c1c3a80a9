// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/filters.h"
#include <cmath>
#include <numbers>

namespace telltale {
namespace {

/// Weight of the newest value in an exponential filter with this cutoff, after `step` seconds.
double smoothingFactor(double cutoff, double step)
{
    const double turn = 2 * std::numbers::pi * cutoff * step;
    return turn / (turn + 1);
}

/// Place and velocity with their symmetric covariance.
struct Belief {
    double place = 0;
    double velocity = 0;
    double pp = 0;
    double pv = 0;
    double vv = 0;
};

Belief predicted(const Belief& b, double step, double density)
{
    return {b.place + step * b.velocity, b.velocity,
        b.pp + 2 * step * b.pv + step * step * b.vv + density * step * step * step / 3,
        b.pv + step * b.vv + density * step * step / 2, b.vv + density * step};
}

Belief corrected(const Belief& b, double value, double variance)
{
    const double total = b.pp + variance;
    const double placeGain = b.pp / total;
    const double velocityGain = b.pv / total;
    const double surprise = value - b.place;
    return {b.place + placeGain * surprise, b.velocity + velocityGain * surprise, b.pp * variance / total,
        b.pv * variance / total, b.vv - velocityGain * b.pv};
}

/// One step backward: `now` as filtered, `ahead` as predicted from it, `later` as smoothed.
Belief smoothed(const Belief& now, const Belief& ahead, const Belief& later, double step)
{
    // Gain G = P F' P_ahead^-1, two by two.
    const double a = now.pp + step * now.pv;
    const double b = now.pv;
    const double c = now.pv + step * now.vv;
    const double d = now.vv;
    const double det = ahead.pp * ahead.vv - ahead.pv * ahead.pv;
    const double g00 = (a * ahead.vv - b * ahead.pv) / det;
    const double g01 = (b * ahead.pp - a * ahead.pv) / det;
    const double g10 = (c * ahead.vv - d * ahead.pv) / det;
    const double g11 = (d * ahead.pp - c * ahead.pv) / det;
    const double placeStep = later.place - ahead.place;
    const double velocityStep = later.velocity - ahead.velocity;
    Belief result = now; // the covariance is not needed any more
    result.place += g00 * placeStep + g01 * velocityStep;
    result.velocity += g10 * placeStep + g11 * velocityStep;
    return result;
}

} // namespace

std::vector<double> oneEuro(std::span<const Measurement> measurements, const OneEuroOptions& options)
{
    std::vector<double> result;
    result.reserve(measurements.size());
    double speed = 0;
    for (size_t i = 0; i < measurements.size(); ++i) {
        const double value = measurements[i].value;
        if (i == 0) {
            result.push_back(value);
            continue;
        }
        const double step = measurements[i].time - measurements[i - 1].time;
        const double before = result.back();
        const double newest = (value - before) / step;
        speed += smoothingFactor(options.derivativeCutoff, step) * (newest - speed);
        const double cutoff = options.minCutoff + options.beta * std::abs(speed);
        result.push_back(before + smoothingFactor(cutoff, step) * (value - before));
    }
    return result;
}

std::vector<double> rtsSmooth(std::span<const Measurement> measurements, const RtsOptions& options)
{
    std::vector<double> result(measurements.size());
    if (measurements.empty())
        return result;
    std::vector<Belief> filtered(measurements.size());
    std::vector<Belief> ahead(measurements.size()); // what the one before it said
    filtered[0]
        = {measurements[0].value, 0, measurements[0].variance, 0, options.startSpeed * options.startSpeed};
    for (size_t i = 1; i < measurements.size(); ++i) {
        const double step = measurements[i].time - measurements[i - 1].time;
        ahead[i] = predicted(filtered[i - 1], step, options.accelerationDensity);
        filtered[i] = measurements[i].seen
            ? corrected(ahead[i], measurements[i].value, measurements[i].variance)
            : ahead[i];
    }
    Belief later = filtered.back();
    result.back() = later.place;
    for (size_t i = measurements.size() - 1; i-- > 0;) {
        later = smoothed(filtered[i], ahead[i + 1], later, measurements[i + 1].time - measurements[i].time);
        result[i] = later.place;
    }
    return result;
}

} // namespace telltale
