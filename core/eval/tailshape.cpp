// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/tailshape.h"
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace telltale {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kSteepest = 64; ///< 2^-64 of the samples at rank 2: steeper than any counts can be

/// Those above 0, most first.
std::vector<double> rankedCounts(const std::vector<int64_t>& counts)
{
    std::vector<double> ranked;
    for (const int64_t count : counts)
        if (count > 0)
            ranked.push_back(static_cast<double>(count));
    std::ranges::sort(ranked, std::greater());
    return ranked;
}

/// Of ln r where rank r has the probability r^-s / H(classes, s).
struct LogRankMoments {
    double harmonic = 0; ///< H(classes, s)
    double mean = 0;
    double variance = 0;
};

LogRankMoments momentsAt(double s, int classes)
{
    LogRankMoments moments;
    double first = 0;
    double second = 0;
    for (int rank = classes; rank >= 1; --rank) { // small terms first
        const double logRank = std::log(rank);
        const double share = std::exp(-s * logRank);
        moments.harmonic += share;
        first += share * logRank;
        second += share * logRank * logRank;
    }
    moments.mean = first / moments.harmonic;
    moments.variance = second / moments.harmonic - moments.mean * moments.mean;
    return moments;
}

/// The s at which ranks have this mean logarithm; it falls with s, so halving finds it.
double exponentAt(double meanLogRank, int classes)
{
    double low = 0;
    double high = 1;
    if (momentsAt(low, classes).mean <= meanLogRank)
        return 0;
    while (high < kSteepest && momentsAt(high, classes).mean > meanLogRank)
        high *= 2;
    for (double middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        (momentsAt(middle, classes).mean > meanLogRank ? low : high) = middle;
    return (low + high) / 2;
}

void fitStraightLine(const std::vector<double>& ranked, ZipfFit& fit)
{
    const auto n = static_cast<double>(ranked.size());
    double meanX = 0;
    double meanY = 0;
    for (size_t i = 0; i < ranked.size(); ++i) {
        meanX += std::log(static_cast<double>(i + 1)) / n;
        meanY += std::log(ranked[i]) / n;
    }
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (size_t i = 0; i < ranked.size(); ++i) {
        const double x = std::log(static_cast<double>(i + 1)) - meanX;
        const double y = std::log(ranked[i]) - meanY;
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    fit.leastSquaresExponent = ranked.front() == ranked.back() ? 0 : -xy / xx;
    fit.rSquared = ranked.front() == ranked.back() ? kNone : xy * xy / (xx * yy);
}

} // namespace

ZipfFit zipfFit(const std::vector<int64_t>& counts)
{
    const std::vector<double> ranked = rankedCounts(counts);
    ZipfFit fit;
    fit.classes = static_cast<int>(ranked.size());
    const double samples = std::accumulate(ranked.begin(), ranked.end(), 0.0);
    fit.samples = static_cast<int64_t>(samples);
    if (ranked.size() < 2) {
        fit.exponent = fit.standardError = fit.leastSquaresExponent = fit.rSquared = kNone;
        return fit;
    }
    double meanLogRank = 0;
    for (size_t i = 0; i < ranked.size(); ++i)
        meanLogRank += ranked[i] / samples * std::log(static_cast<double>(i + 1));
    fit.exponent = ranked.front() == ranked.back() ? 0 : exponentAt(meanLogRank, fit.classes);
    fit.standardError = 1 / std::sqrt(samples * momentsAt(fit.exponent, fit.classes).variance);
    fitStraightLine(ranked, fit);
    return fit;
}

std::vector<double> zipfExpected(const ZipfFit& fit)
{
    std::vector<double> expected;
    if (!std::isfinite(fit.exponent))
        return expected;
    const double harmonic = momentsAt(fit.exponent, fit.classes).harmonic;
    for (int rank = 1; rank <= fit.classes; ++rank)
        expected.push_back(
            static_cast<double>(fit.samples) * std::exp(-fit.exponent * std::log(rank)) / harmonic);
    return expected;
}

double imbalanceRatio(const std::vector<int64_t>& counts)
{
    const std::vector<double> ranked = rankedCounts(counts);
    return ranked.empty() ? kNone : ranked.front() / ranked.back();
}

double giniCoefficient(const std::vector<int64_t>& counts)
{
    std::vector<double> sorted;
    sorted.reserve(counts.size());
    for (const int64_t count : counts)
        sorted.push_back(static_cast<double>(std::max<int64_t>(count, 0)));
    std::ranges::sort(sorted);
    const auto n = static_cast<double>(sorted.size());
    double sum = 0;
    double ranked = 0;
    for (size_t i = 0; i < sorted.size(); ++i) {
        sum += sorted[i];
        ranked += (2 * static_cast<double>(i + 1) - n - 1) * sorted[i];
    }
    return sum > 0 ? ranked / (n * sum) : kNone;
}

double normalisedEntropy(const std::vector<int64_t>& counts)
{
    const std::vector<double> ranked = rankedCounts(counts);
    const double samples = std::accumulate(ranked.begin(), ranked.end(), 0.0);
    if (ranked.empty() || counts.size() < 2)
        return kNone;
    double entropy = 0;
    for (const double count : ranked)
        entropy -= count / samples * std::log(count / samples);
    return std::max(0.0, entropy) / std::log(static_cast<double>(counts.size()));
}

std::vector<double> effectiveNumbers(const std::vector<int64_t>& counts, double beta)
{
    const double b = std::clamp(beta, 0.0, 1.0);
    std::vector<double> numbers;
    numbers.reserve(counts.size());
    for (const int64_t count : counts) {
        const auto n = static_cast<double>(std::max<int64_t>(count, 0));
        // expm1 and log1p keep the digits that 1 - b^n loses for b close to 1.
        numbers.push_back(b >= 1 ? n
                : b <= 0         ? std::min(n, 1.0)
                                 : std::expm1(n * std::log1p(b - 1)) / (b - 1));
    }
    return numbers;
}

} // namespace telltale
