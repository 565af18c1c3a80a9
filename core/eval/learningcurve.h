// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/bootstrap.h"
#include <vector>

namespace telltale {

/// How a score grows with the number of examples, and how many a target wants: the inverse power law
/// score = a - b n^-c (Figueroa, Zeng-Treitler, Kandula, Ngo 2012, "Predicting sample size required for
/// classification performance", equation 1, whose a is our 1 - a), by weighted least squares. Pure, any
/// thread.

struct CurvePoint {
    double examples = 0; ///< n, above 0; points that are not are left out, as are scores that are no numbers
    double score = 0; ///< in [0, 1]
    double weight = 1; ///< above 0; how much the score can be trusted, e.g. the examples it was measured on
};

/// Why there is no curve, or no number of examples from it. A bare number without a basis is worse than none.
enum class CurveProblem {
    None,
    TooFewPoints, ///< fewer than CurveLimits::fewestPoints
    NarrowRange, ///< most over fewest examples below CurveLimits::leastSpread
    NoRise, ///< the score does not grow with the examples, or not in enough of the resamples
    NoCurve, ///< any exponent fits: it grows in one step, or without end
    OutOfReach, ///< the curve stays below the target
    TooFar, ///< the number is beyond CurveLimits::farthest times what has been seen
};

/// All ours: below them the parameters follow single points.
struct CurveLimits {
    int fewestPoints = 6; ///< twice the parameters
    double leastSpread = 4;
    double farthest = 10;
    double rising = 0.9; ///< share of the resamples that have to have a rising curve
};

struct LearningCurve {
    CurveProblem problem = CurveProblem::TooFewPoints;
    double a = 0; ///< score without end of examples, at most 1
    double b = 0; ///< at least 0
    double c = 0; ///< in (0, 10]
    double residual = 0; ///< weighted sum of squares
    int points = 0; ///< that counted
    double fewest = 0; ///< examples of the points
    double most = 0;

    double at(double examples) const;
};

/// a <= 1 and b >= 0 hold exactly. Where the problem is NoRise or NoCurve the parameters are still those of
/// the best fit, so that it can be drawn.
LearningCurve fitLearningCurve(const std::vector<CurvePoint>& points, const CurveLimits& limits = {});

/// n where the curve reaches `target`; infinite where it stays below.
double examplesFor(const LearningCurve& curve, double target);

struct SampleProjection {
    CurveProblem problem = CurveProblem::TooFewPoints;
    double examples = 0; ///< NaN unless problem is None, OutOfReach (infinite) or TooFar
    double low = 0; ///< percentiles over resampled points; may be infinite
    double high = 0;
    int resamples = 0; ///< with a rising curve
};

/// The curve of each resample of the points (with replacement, Efron 1979): what projections of many targets
/// share.
class CurveBand {
public:
    CurveBand(const std::vector<CurvePoint>& points, const BootstrapOptions& options,
        const CurveLimits& limits = {});

    const LearningCurve& curve() const { return m_curve; }
    /// How many examples `target` wants.
    SampleProjection examplesFor(double target) const;
    /// Scores that the curve has there, with percentiles; NaN where there is no curve.
    BootstrapInterval at(double examples) const;
    /// The curve fits; whether its number of examples can be told depends on the target as well.
    CurveProblem problem() const { return m_problem; }

private:
    CurveLimits m_limits;
    double m_level = 0.95;
    int m_drawn = 0;
    LearningCurve m_curve;
    CurveProblem m_problem = CurveProblem::TooFewPoints;
    std::vector<LearningCurve> m_resampled; ///< those that rise
};

} // namespace telltale
