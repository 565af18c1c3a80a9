// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/metrics.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace telltale {
namespace {

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

/// Whether `label` is among the `k` best scores. Of equal scores the higher class counts as better, as a
/// descending argsort has it.
bool amongBest(const std::vector<double>& scores, int label, int k)
{
    if (label < 0 || static_cast<size_t>(label) >= scores.size())
        return false;
    int better = 0;
    for (size_t i = 0; i < scores.size(); ++i)
        if (scores[i] > scores[static_cast<size_t>(label)]
            || (scores[i] == scores[static_cast<size_t>(label)] && i > static_cast<size_t>(label)))
            ++better;
    return better < k;
}

void fillClass(ClassScore& score)
{
    score.precision = ratio(static_cast<double>(score.correct), static_cast<double>(score.predicted));
    score.recall = ratio(static_cast<double>(score.correct), static_cast<double>(score.truth));
    score.f1
        = ratio(2.0 * static_cast<double>(score.correct), static_cast<double>(score.truth + score.predicted));
}

} // namespace

ClipReport clipReport(const std::vector<int>& truth, const std::vector<int>& predicted,
    const std::vector<std::vector<double>>& scores, int classes)
{
    ClipReport report;
    const auto size = static_cast<size_t>(std::max(0, classes));
    report.perClass.resize(size);
    report.confusion.assign(size, std::vector<int64_t>(size, 0));
    const size_t clips = std::min(truth.size(), predicted.size());
    int64_t correct = 0;
    int64_t amongFive = 0;
    for (size_t i = 0; i < clips; ++i) {
        const auto t = static_cast<size_t>(truth[i]);
        const auto p = static_cast<size_t>(predicted[i]);
        ++report.confusion.at(t).at(p);
        ++report.perClass[t].truth;
        ++report.perClass[p].predicted;
        if (t == p) {
            ++report.perClass[t].correct;
            ++correct;
        }
        if (i < scores.size() && amongBest(scores[i], truth[i], 5))
            ++amongFive;
    }
    double sum = 0;
    double weighted = 0;
    int present = 0;
    for (ClassScore& score : report.perClass) {
        fillClass(score);
        weighted += score.f1 * static_cast<double>(score.truth);
        if (score.truth + score.predicted == 0)
            continue;
        sum += score.f1;
        ++present;
    }
    const auto count = static_cast<double>(clips);
    report.accuracy = ratio(static_cast<double>(correct), count);
    report.microF1 = report.accuracy; // one label a clip: precision = recall = accuracy
    report.macroF1 = ratio(sum, present);
    report.weightedF1 = ratio(weighted, count);
    report.top5 = scores.empty() ? std::numeric_limits<double>::quiet_NaN()
                                 : ratio(static_cast<double>(amongFive), count);
    return report;
}

double expectedCalibrationError(
    const std::vector<std::vector<double>>& probabilities, const std::vector<int>& truth, int bins)
{
    struct Bin {
        double confidence = 0;
        double correct = 0;
        double count = 0;
    };
    const size_t rows = std::min(probabilities.size(), truth.size());
    std::vector<Bin> histogram(static_cast<size_t>(std::max(1, bins)));
    for (size_t i = 0; i < rows; ++i) {
        const auto best = std::ranges::max_element(probabilities[i]);
        if (best == probabilities[i].end())
            continue;
        // Bins are (low, high]; a confidence of 0 belongs to the first.
        const double place = std::ceil(*best * static_cast<double>(histogram.size())) - 1;
        Bin& bin = histogram[static_cast<size_t>(
            std::clamp(place, 0.0, static_cast<double>(histogram.size() - 1)))];
        bin.confidence += *best;
        bin.correct += best - probabilities[i].begin() == truth[i] ? 1 : 0;
        bin.count += 1;
    }
    double error = 0;
    for (const Bin& bin : histogram)
        error += std::abs(bin.confidence - bin.correct);
    return ratio(error, static_cast<double>(rows));
}

std::vector<double> squareRootWeights(const std::vector<int64_t>& counts, double smoothing, double cap)
{
    std::vector<double> weights(counts.size(), 0.0);
    double sum = 0;
    int present = 0;
    for (size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] <= 0)
            continue;
        weights[i] = 1.0 / std::sqrt(static_cast<double>(counts[i]) + smoothing);
        sum += weights[i];
        ++present;
    }
    for (double& weight : weights) {
        weight = ratio(weight * present, sum);
        if (cap > 0)
            weight = std::min(weight, cap);
    }
    return weights;
}

} // namespace telltale
