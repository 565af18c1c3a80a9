// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/filters.h"
#include "pose/tracks/trackfilter.h"
#include "posefiles.h"
#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numbers>

using namespace telltale;
using testing::HasSubstr;

namespace {

constexpr double kTurn = 2 * std::numbers::pi;

/// Solves a x = b by elimination with pivots; `a` is square.
std::vector<double> solved(std::vector<std::vector<double>> a, std::vector<double> b)
{
    const size_t n = b.size();
    for (size_t i = 0; i < n; ++i) {
        size_t pivot = i;
        for (size_t r = i; r < n; ++r)
            if (std::abs(a[r][i]) > std::abs(a[pivot][i]))
                pivot = r;
        std::swap(a[i], a[pivot]);
        std::swap(b[i], b[pivot]);
        for (size_t r = i + 1; r < n; ++r) {
            const double factor = a[r][i] / a[i][i];
            for (size_t c = i; c < n; ++c)
                a[r][c] -= factor * a[i][c];
            b[r] -= factor * b[i];
        }
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t c = i + 1; c < n; ++c)
            b[i] -= a[i][c] * b[c];
        b[i] /= a[i][i];
    }
    return b;
}

/// The most probable places under the same model in one piece: all places and velocities at once, as the
/// least squares of measurements, first velocity and changes of motion.
std::vector<double> mostProbable(const std::vector<Measurement>& measured, const RtsOptions& options)
{
    const size_t n = 2 * measured.size();
    std::vector<std::vector<double>> a(n, std::vector<double>(n));
    std::vector<double> b(n);
    for (size_t i = 0; i < measured.size(); ++i)
        if (measured[i].seen) {
            a[2 * i][2 * i] += 1 / measured[i].variance;
            b[2 * i] += measured[i].value / measured[i].variance;
        }
    a[1][1] += 1 / (options.startSpeed * options.startSpeed);
    for (size_t i = 0; i + 1 < measured.size(); ++i) {
        const double t = measured[i + 1].time - measured[i].time;
        const double q = options.accelerationDensity;
        // Inverse of q [t^3/3, t^2/2; t^2/2, t], and the residuals r = x[i+1] - F x[i] as rows over four
        // numbers.
        const double inverse[2][2]
            = {{12 / (q * t * t * t), -6 / (q * t * t)}, {-6 / (q * t * t), 4 / (q * t)}};
        const double rows[2][4] = {{-1, -t, 1, 0}, {0, -1, 0, 1}};
        for (size_t r = 0; r < 4; ++r)
            for (size_t c = 0; c < 4; ++c)
                for (size_t u = 0; u < 2; ++u)
                    for (size_t v = 0; v < 2; ++v)
                        a[2 * i + r][2 * i + c] += rows[u][r] * inverse[u][v] * rows[v][c];
    }
    const std::vector<double> all = solved(a, b);
    std::vector<double> places;
    for (size_t i = 0; i < n; i += 2)
        places.push_back(all[i]);
    return places;
}

/// One person of one point that is at (f, 2 f) in frame f, score 0.8.
PoseTrack movingPoint(int rows)
{
    PoseTrack track;
    track.persons = 1;
    track.pointCount = 1;
    for (int row = 0; row < rows; ++row) {
        track.frames.push_back(row);
        track.points.push_back({static_cast<float>(row), static_cast<float>(2 * row), 0.8F});
    }
    return track;
}

std::vector<Measurement> sampled(size_t count, double step, const std::function<double(double)>& value)
{
    std::vector<Measurement> result;
    for (size_t i = 0; i < count; ++i) {
        const double time = static_cast<double>(i) * step;
        result.push_back({time, value(time)});
    }
    return result;
}

} // namespace

TEST(OneEuro, StepResponseIsThatOfAnExponentialFilter)
{
    auto step = sampled(20, 0.04, [](double) { return 1.0; });
    step[0].value = 0;
    const std::vector<double> values = oneEuro(step, {2.0, 0, 1.0});
    const double timeConstant = 1 / (kTurn * 2.0);
    const double keep = timeConstant / (timeConstant + 0.04);
    for (size_t i = 0; i < values.size(); ++i)
        EXPECT_NEAR(values[i], 1 - std::pow(keep, static_cast<double>(i)), 1e-12);
}

TEST(OneEuro, LagBehindSteadyMotionIsTheOneThatTheFormulasGive)
{
    // In the steady state the filter's own speed is (value - before) / step = v (1 + s) / s with s = 2 pi
    // step cutoff and cutoff = least + beta * speed: a quadratic equation for s; the lag is v step / s.
    const double step = 1.0 / 30;
    const double speed = 120;
    for (const double beta : {0.0, 0.01, 0.1}) {
        const auto ramp = sampled(3000, step, [&](double t) { return speed * t; });
        const double a = kTurn * step * 1.2;
        const double b = kTurn * step * beta * speed;
        const double s = ((a + b) + std::sqrt((a + b) * (a + b) + 4 * b)) / 2;
        const std::vector<double> values = oneEuro(ramp, {1.2, beta, 1.0});
        EXPECT_NEAR(ramp.back().value - values.back(), speed * step / s, 1e-6) << beta;
    }
}

TEST(OneEuro, UsesRealTime)
{
    const std::vector<Measurement> uneven{{0, 0}, {0.02, 1}, {0.1, 1}};
    const std::vector<double> values = oneEuro(uneven, {1.0, 0, 1.0});
    const auto weight = [](double step) { return kTurn * step / (kTurn * step + 1); };
    const double first = weight(0.02);
    EXPECT_NEAR(values[1], first, 1e-12);
    EXPECT_NEAR(values[2], first + weight(0.08) * (1 - first), 1e-12);
}

TEST(Rts, IsTheMostProbablePathOfTheWholeModelAtOnce)
{
    Random random(3);
    for (int repeat = 0; repeat < 5; ++repeat) {
        std::vector<Measurement> measured;
        double time = 0;
        for (int i = 0; i < 40; ++i) {
            measured.push_back({time, 100 * std::sin(time) + random.uniform(-5, 5), random.uniform(1, 30),
                i == 0 || i == 39 || random.chance(0.7)});
            time += random.uniform(0.01, 0.08);
        }
        const RtsOptions options{random.uniform(100, 10000), 300};
        const std::vector<double> smooth = rtsSmooth(measured, options);
        const std::vector<double> wanted = mostProbable(measured, options);
        for (size_t i = 0; i < measured.size(); ++i)
            EXPECT_NEAR(smooth[i], wanted[i], 1e-6) << i;
    }
}

TEST(Rts, StraightMotionStaysAndNothingIsNothing)
{
    auto line = sampled(50, 0.04, [](double t) { return 5 + 30 * t; });
    line[20].seen = line[21].seen = false;
    line[20].value = line[21].value = -1e9;
    const std::vector<double> values = rtsSmooth(line, {1, 1e6});
    for (size_t i = 0; i < values.size(); ++i)
        EXPECT_NEAR(values[i], 5 + 30 * 0.04 * static_cast<double>(i), 1e-3);
    EXPECT_TRUE(rtsSmooth({}, {}).empty());
}

TEST(FillGaps, ShortGapsAreFilledInRealTimeAndMarked)
{
    using std::chrono::milliseconds;
    PoseTrack track = movingPoint(5);
    track.points[1] = track.points[2] = {};
    track.points[3].score = 0.4F;
    const FrameTimes times(
        {milliseconds(0), milliseconds(10), milliseconds(50), milliseconds(100), milliseconds(140)},
        milliseconds(180));
    const auto filled = fillGaps(track, {}, times);
    ASSERT_TRUE(filled.ok()) << filled.error().message;
    EXPECT_EQ(filled->filledPoints, 2);
    EXPECT_EQ(filled->filled, (std::vector<uint8_t>{0, 1, 1, 0, 0}));
    EXPECT_FLOAT_EQ(filled->track.points[1].x, 0.3F);
    EXPECT_FLOAT_EQ(filled->track.points[1].y, 0.6F);
    EXPECT_FLOAT_EQ(filled->track.points[2].x, 1.5F);
    EXPECT_FLOAT_EQ(filled->track.points[2].score, 0.2F) << "half of the lesser score";
    EXPECT_EQ(filled->track.points[3], track.points[3]);
}

TEST(FillGaps, LongGapsAndTheEndsStay)
{
    PoseTrack track = movingPoint(40);
    track.points[0] = track.points[39] = {};
    for (size_t row = 10; row < 20; ++row)
        track.points[row] = {};
    const auto filled = fillGaps(track, {}, FrameTimes::nominal(40, 25));
    ASSERT_TRUE(filled.ok());
    EXPECT_EQ(filled->filledPoints, 0);
    EXPECT_EQ(filled->track.points, track.points);
    EXPECT_EQ(fillGaps(track, {0.5, 0.5}, FrameTimes::nominal(40, 25))->filledPoints, 10);
}

TEST(SmoothTrack, MedianTakesOutASingleErrorAndLeavesMissingPoints)
{
    PoseTrack track = movingPoint(9);
    track.points[4] = {500, -300, 0.8F};
    track.points[6] = {};
    Smoothing options;
    options.method = SmoothingMethod::Median;
    options.window = 3;
    const auto smooth = smoothTrack(track, options, FrameTimes::nominal(9, 25));
    ASSERT_TRUE(smooth.ok()) << smooth.error().message;
    const PoseTrack& result = smooth->track;
    EXPECT_EQ(result.points[4], (PosePoint{5, 6, 0.8F})) << "x of 3, 500, 5 and y of 6, -300, 10";
    EXPECT_EQ(result.points[6], PosePoint{});
    EXPECT_EQ(result.points[7], (PosePoint{7.5F, 15, 0.8F})) << "the middle of two";
    EXPECT_EQ(result.points[2], track.points[2]);
    EXPECT_EQ(smooth->filledPoints, 0);
}

TEST(SmoothTrack, RtsPredictsGapsAndMarksThem)
{
    PoseTrack track = movingPoint(30);
    track.points[12] = track.points[13] = {};
    Smoothing options;
    options.method = SmoothingMethod::Rts;
    const auto smooth = smoothTrack(track, options, FrameTimes::nominal(30, 25));
    ASSERT_TRUE(smooth.ok()) << smooth.error().message;
    const PoseTrack& result = smooth->track;
    EXPECT_EQ(smooth->filledPoints, 2);
    EXPECT_EQ(smooth->filled[12] + smooth->filled[13], 2);
    for (size_t row = 0; row < 30; ++row) {
        EXPECT_NEAR(result.points[row].x, static_cast<double>(row), 0.05);
        EXPECT_NEAR(result.points[row].y, 2 * static_cast<double>(row), 0.1);
        EXPECT_FLOAT_EQ(result.points[row].score, row == 12 || row == 13 ? 0.4F : 0.8F);
    }
}

TEST(SmoothTrack, SurePointsPullMoreThanUnsureOnes)
{
    PoseTrack track = movingPoint(21);
    for (PosePoint& p : track.points)
        p = {100, 100, 1};
    track.points[10] = {110, 100, 1};
    Smoothing options;
    options.method = SmoothingMethod::Rts;
    const FrameTimes times = FrameTimes::nominal(21, 25);
    const float sure = smoothTrack(track, options, times)->track.points[10].x;
    track.points[10].score = 0.1F;
    const float unsure = smoothTrack(track, options, times)->track.points[10].x;
    EXPECT_GT(sure, 102);
    EXPECT_LT(unsure, 100.5);
}

TEST(SmoothTrack, AfterALongGapAPointBeginsAnew)
{
    PoseTrack track = movingPoint(60);
    for (size_t row = 0; row < 60; ++row)
        track.points[row] = row < 20 ? PosePoint{100, 100, 1}
            : row < 40               ? PosePoint{}
                                     : PosePoint{900, 100, 1};
    for (const auto method : {SmoothingMethod::OneEuro, SmoothingMethod::Rts}) {
        Smoothing options;
        options.method = method;
        const auto smooth = smoothTrack(track, options, FrameTimes::nominal(60, 25));
        ASSERT_TRUE(smooth.ok());
        EXPECT_EQ(smooth->track.points, track.points) << nameOf(method);
    }
}

TEST(SmoothTrack, NumbersThatAreNoneReachNoOtherPoint)
{
    PoseTrack track = movingPoint(30);
    track.points[10].x = NAN;
    track.points[11].y = INFINITY;
    for (const auto method : {SmoothingMethod::OneEuro, SmoothingMethod::Median, SmoothingMethod::Rts}) {
        Smoothing options;
        options.method = method;
        const auto smooth = smoothTrack(track, options, FrameTimes::nominal(30, 25));
        ASSERT_TRUE(smooth.ok());
        for (size_t row = 0; row < 30; ++row)
            if (row != 10 && row != 11) {
                EXPECT_NEAR(smooth->track.points[row].x, static_cast<double>(row), 5) << nameOf(method);
            }
    }
}

TEST(SmoothTrack, OptionsThatAreNoneAndFramesThatAreNotThereAreRefused)
{
    const PoseTrack track = movingPoint(5);
    const FrameTimes times = FrameTimes::nominal(5, 25);
    Smoothing options;
    options.window = 4;
    EXPECT_THAT(smoothTrack(track, options, times).error().message, HasSubstr("odd"));
    options = {};
    options.minCutoff = 0;
    EXPECT_FALSE(smoothTrack(track, options, times).ok());
    options = {};
    options.measurementNoise = NAN;
    EXPECT_FALSE(smoothTrack(track, options, times).ok());
    EXPECT_FALSE(fillGaps(track, {-1, 0.5}, times).ok());
    const auto outside = smoothTrack(track, {}, FrameTimes::nominal(4, 25));
    ASSERT_FALSE(outside.ok());
    EXPECT_THAT(outside.error().message, HasSubstr("frame 4"));
    EXPECT_FALSE(smoothingMethodOf("mean").ok());
    EXPECT_EQ(*smoothingMethodOf("one-euro"), SmoothingMethod::OneEuro);
}
