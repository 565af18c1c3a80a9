// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/learningcurve.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace telltale {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr double kFlattest = 0.01; ///< exponents that are tried
constexpr double kSteepest = 10;
constexpr int kSteps = 120; ///< between them, alike in their logarithm

/// a, b >= 0 and the sum of squares for one exponent. Examples are over their geometric mean, so that b stays
/// of the size of a whatever the exponent.
struct StraightFit {
    double a = 0;
    double b = 0;
    double residual = 0;
    double slope = 0; ///< of the residual over the exponent; a and b are the best, so they do not change it
};

class ScaledPoints {
public:
    explicit ScaledPoints(const std::vector<CurvePoint>& points) : m_points(points)
    {
        double weights = 0;
        for (const CurvePoint& point : points) {
            m_centre += point.weight * std::log(point.examples);
            weights += point.weight;
        }
        m_centre /= weights;
        m_logs.reserve(points.size());
        for (const CurvePoint& point : points)
            m_logs.push_back(std::log(point.examples) - m_centre);
    }

    StraightFit fit(double c) const
    {
        double w = 0;
        double wx = 0;
        double wy = 0;
        double wxx = 0;
        double wxy = 0;
        for (size_t i = 0; i < m_points.size(); ++i) {
            const double x = std::exp(-c * m_logs[i]);
            const double weight = m_points[i].weight;
            w += weight;
            wx += weight * x;
            wy += weight * m_points[i].score;
            wxx += weight * x * x;
            wxy += weight * x * m_points[i].score;
        }
        const double meanX = wx / w;
        const double meanY = wy / w;
        const double spread = wxx - meanX * wx;
        StraightFit result;
        result.b = spread > 0 ? std::max(0.0, -(wxy - meanX * wy) / spread) : 0;
        result.a = meanY + result.b * meanX;
        if (result.a > 1) {
            result.a = 1;
            result.b = std::max(0.0, (wx - wxy) / wxx);
        }
        for (size_t i = 0; i < m_points.size(); ++i) {
            const double x = std::exp(-c * m_logs[i]);
            const double away = m_points[i].score - result.a + result.b * x;
            result.residual += m_points[i].weight * away * away;
            result.slope -= 2 * m_points[i].weight * away * result.b * m_logs[i] * x;
        }
        return result;
    }

    double centre() const { return m_centre; }

private:
    const std::vector<CurvePoint>& m_points;
    std::vector<double> m_logs;
    double m_centre = 0; ///< ln of the geometric mean
};

double exponentAt(int step)
{
    return kFlattest * std::pow(kSteepest / kFlattest, static_cast<double>(step) / kSteps);
}

/// The exponent of the least residual, to the last digit.
double bestExponent(const ScaledPoints& points, bool& atEnd)
{
    int best = 0;
    double least = kInfinite;
    for (int step = 0; step <= kSteps; ++step)
        if (const double residual = points.fit(exponentAt(step)).residual; residual < least) {
            best = step;
            least = residual;
        }
    atEnd = best == 0 || best == kSteps;
    if (atEnd)
        return exponentAt(best);
    double low = exponentAt(best - 1);
    double high = exponentAt(best + 1);
    for (double middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        (points.fit(middle).slope < 0 ? low : high) = middle;
    return (low + high) / 2;
}

std::vector<CurvePoint> usable(const std::vector<CurvePoint>& points)
{
    std::vector<CurvePoint> kept;
    for (const CurvePoint& point : points)
        if (point.examples > 0 && point.weight > 0 && std::isfinite(point.score)
            && std::isfinite(point.examples) && std::isfinite(point.weight))
            kept.push_back(point);
    return kept;
}

bool rises(const LearningCurve& curve) { return curve.problem == CurveProblem::None; }

} // namespace

double LearningCurve::at(double examples) const { return a - b * std::pow(examples, -c); }

LearningCurve fitLearningCurve(const std::vector<CurvePoint>& all, const CurveLimits& limits)
{
    const std::vector<CurvePoint> points = usable(all);
    LearningCurve curve;
    curve.points = static_cast<int>(points.size());
    curve.a = curve.b = curve.c = curve.residual = kNone;
    if (points.empty())
        return curve;
    const auto [fewest, most] = std::ranges::minmax_element(points, {}, &CurvePoint::examples);
    curve.fewest = fewest->examples;
    curve.most = most->examples;
    if (curve.points < limits.fewestPoints)
        return curve;
    if (curve.most < curve.fewest * limits.leastSpread) {
        curve.problem = CurveProblem::NarrowRange;
        return curve;
    }
    const ScaledPoints scaled(points);
    bool atEnd = false;
    curve.c = bestExponent(scaled, atEnd);
    const StraightFit fit = scaled.fit(curve.c);
    curve.a = fit.a;
    curve.b = fit.b * std::exp(curve.c * scaled.centre());
    curve.residual = fit.residual;
    curve.problem = fit.b <= 0 ? CurveProblem::NoRise : atEnd ? CurveProblem::NoCurve : CurveProblem::None;
    return curve;
}

double examplesFor(const LearningCurve& curve, double target)
{
    return target < curve.a ? std::pow(curve.b / (curve.a - target), 1 / curve.c) : kInfinite;
}

CurveBand::CurveBand(
    const std::vector<CurvePoint>& all, const BootstrapOptions& options, const CurveLimits& limits)
    : m_limits(limits)
    , m_level(options.level)
    , m_curve(fitLearningCurve(all, limits))
    , m_problem(m_curve.problem)
{
    if (m_problem != CurveProblem::None)
        return;
    const std::vector<CurvePoint> points = usable(all);
    for (const std::vector<int>& times : resampledSubjects(static_cast<int>(points.size()), options)) {
        std::vector<CurvePoint> drawn;
        for (size_t i = 0; i < points.size(); ++i)
            if (times[i] > 0) {
                drawn.push_back(points[i]);
                drawn.back().weight *= times[i];
            }
        CurveLimits any = limits; // a resample has fewer points that differ
        any.fewestPoints = 3;
        any.leastSpread = 1;
        if (LearningCurve curve = fitLearningCurve(drawn, any); rises(curve))
            m_resampled.push_back(curve);
        ++m_drawn;
    }
    if (static_cast<double>(m_resampled.size()) < limits.rising * m_drawn)
        m_problem = CurveProblem::NoRise;
}

SampleProjection CurveBand::examplesFor(double target) const
{
    SampleProjection projection{m_problem, kNone, kNone, kNone, static_cast<int>(m_resampled.size())};
    if (m_problem != CurveProblem::None)
        return projection;
    projection.examples = telltale::examplesFor(m_curve, target);
    // Percentiles of 1/n: a curve that never gets there counts as 0, and no infinity has to be averaged.
    std::vector<double> inverse;
    for (const LearningCurve& curve : m_resampled)
        inverse.push_back(1 / telltale::examplesFor(curve, target));
    const BootstrapInterval ends = percentileInterval(std::move(inverse), m_level);
    projection.low = 1 / ends.high;
    projection.high = 1 / ends.low;
    if (!std::isfinite(projection.examples))
        projection.problem = CurveProblem::OutOfReach;
    else if (projection.examples > m_limits.farthest * m_curve.most)
        projection.problem = CurveProblem::TooFar;
    return projection;
}

BootstrapInterval CurveBand::at(double examples) const
{
    std::vector<double> scores;
    for (const LearningCurve& curve : m_resampled)
        scores.push_back(curve.at(examples));
    return percentileInterval(std::move(scores), m_level);
}

} // namespace telltale
