// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <vector>

namespace telltale {

/// How uneven a class distribution is, in numbers. Pure functions, any thread. Negative counts are read as 0.

/// n(r) ~ r^-s over the ranks r = 1, 2, ... of the classes that have samples, most frequent first.
struct ZipfFit {
    int classes = 0; ///< with samples
    int64_t samples = 0;
    /// s of greatest likelihood where each sample falls on rank r with probability r^-s / H(classes, s): the
    /// root of E_s[ln r] = mean of ln r (Clauset, Shalizi, Newman 2009, section 3.3, for a bounded support).
    /// NaN with fewer than two classes that have samples. 0: all alike.
    double exponent = 0;
    double standardError = 0; ///< 1 / sqrt(samples x Var_s[ln r]), the inverse Fisher information
    /// Slope and share of variance of the straight line through (ln r, ln n) by least squares, negated: what
    /// plots usually show. It weighs a class of one sample as much as one of thousands (ibid., appendix A).
    double leastSquaresExponent = 0;
    double rSquared = 0; ///< NaN where all counts are equal
};
ZipfFit zipfFit(const std::vector<int64_t>& counts);
/// What the fit expects at rank 1, 2, ...: samples x r^-s / H(classes, s). Empty where there is no exponent.
std::vector<double> zipfExpected(const ZipfFit& fit);

/// Most over fewest samples of the classes that have any (Cui et al. 2019); NaN without samples.
double imbalanceRatio(const std::vector<int64_t>& counts);
/// Gini coefficient over all classes given, those without samples too: 0 all alike, 1 - 1/classes if one
/// class has everything (Gini 1912; sorted form). NaN without samples.
double giniCoefficient(const std::vector<int64_t>& counts);
/// Shannon entropy over ln(classes given), Pielou's evenness (1966): 1 all alike, 0 one class has everything.
/// NaN without samples or with a single class.
double normalisedEntropy(const std::vector<int64_t>& counts);

/// (1 - beta^n) / (1 - beta) of each class (Cui et al. 2019, proposition 1); n for beta 1, at most 1 for 0.
std::vector<double> effectiveNumbers(const std::vector<int64_t>& counts, double beta);

} // namespace telltale
