// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "eval/bootstrap.h"
#include "eval/wilson.h"
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace telltale {

/// Whether confidences say how often they are right. Pure functions, any thread; NaN where there is nothing
/// to count.

inline constexpr int kReliabilityBins = 15; ///< Guo et al. 2017

/// One answer that somebody has checked.
struct JudgedConfidence {
    double confidence = 0; ///< [0, 1]
    bool right = false;
};

enum class BinRule {
    EqualWidth, ///< as expectedCalibrationError(): (low, high], confidences of exactly 0 in none
    /// As many answers in each (Nguyen and O'Connor 2015): edges are quantiles, linear between answers;
    /// answers of equal confidence stay together, so that a bin may be empty.
    EqualMass,
};

struct ReliabilityBin {
    double low = 0; ///< answers in (low, high]; of equal mass the first bin has its lower end, too
    double high = 1;
    double confidence = std::numeric_limits<double>::quiet_NaN(); ///< mean of its answers
    PrecisionEstimate right; ///< share of right ones with Wilson's interval
};

/// A reliability diagram and what is read from it.
struct Reliability {
    std::vector<ReliabilityBin> bins;
    int64_t items = 0;
    int64_t right = 0;
    double accuracy = std::numeric_limits<double>::quiet_NaN();
    double meanConfidence = std::numeric_limits<double>::quiet_NaN();
    /// ECE (Guo et al. 2017, eq. 3): mean over the answers of |accuracy - confidence| of their bin.
    double error = std::numeric_limits<double>::quiet_NaN();
    double maximumError = std::numeric_limits<double>::quiet_NaN(); ///< MCE (eq. 5): the worst bin
    /// Mean of (confidence - right)^2: Brier 1950 for the two outcomes right and wrong.
    double brier = std::numeric_limits<double>::quiet_NaN();
    double logLoss = std::numeric_limits<double>::quiet_NaN(); ///< of right and wrong; shares at least 1e-12
};

Reliability reliabilityOf(
    std::span<const JudgedConfidence> answers, BinRule rule, int bins = kReliabilityBins);

/// The bin that a confidence would fall into; null if none.
const ReliabilityBin* binOf(const Reliability& reliability, double confidence);

/// Answers with the probabilities of all classes.
struct JudgedRows {
    std::vector<std::vector<double>> probabilities; ///< rows of one width
    std::vector<int> truth; ///< class of each; -1: none of the classes (the span was no gesture)
    std::vector<std::string> subjects; ///< of each
};

/// The likeliest class of each row and whether it is the true one. Rows without numbers are left out.
std::vector<JudgedConfidence> topAnswers(const JudgedRows& rows);

/// Of each class against the rest the calibration error with equal bins (Nixon et al. 2019, eq. 2); NaN for
/// classes that do not occur in the truth. As many as the rows have columns.
std::vector<double> classErrors(const JudgedRows& rows, int bins = kReliabilityBins);

/// What is said of probabilities as a whole.
struct CalibrationFigures {
    Reliability top; ///< of the likeliest class, equal width
    Reliability topByMass; ///< equal mass
    std::vector<double> classError; ///< by class
    double classwiseError = std::numeric_limits<double>::quiet_NaN(); ///< mean over classes that occur
    double brier = std::numeric_limits<double>::quiet_NaN(); ///< over all classes (Brier 1950), 0 to 2
    /// -log of the true class's probability (at least 1e-12), over the rows that have a true class.
    double logLoss = std::numeric_limits<double>::quiet_NaN();
    int64_t withoutClass = 0; ///< rows whose truth is none of the classes
    /// ECE that perfectly calibrated answers with these confidences would have on average, because bins hold
    /// few of them (consistency resampling, Broecker and Smith 2007). NaN until it is asked for.
    double chanceError = std::numeric_limits<double>::quiet_NaN();
};

CalibrationFigures calibrationFigures(const JudgedRows& rows, int bins = kReliabilityBins);

/// 95 % intervals (percentiles of the bootstrap).
struct CalibrationIntervals {
    /// Subjects were drawn, because answers about one person are no independent samples; false: there are
    /// fewer than two, so answers were, and the intervals know nothing of other people.
    bool overSubjects = false;
    BootstrapInterval error;
    BootstrapInterval errorByMass;
    BootstrapInterval classwiseError;
    BootstrapInterval brier;
    BootstrapInterval logLoss;
    std::map<int, BootstrapInterval> classError; ///< over the resamples in which the class occurs
};

CalibrationIntervals calibrationIntervals(
    const JudgedRows& rows, const BootstrapOptions& options = {}, int bins = kReliabilityBins);

/// CalibrationFigures::chanceError: mean over `options.resamples` draws.
double chanceCalibrationError(
    std::span<const JudgedConfidence> answers, const BootstrapOptions& options, int bins = kReliabilityBins);

} // namespace telltale
