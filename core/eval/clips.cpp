// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/metrics.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

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

double topKAccuracy(const std::vector<std::vector<double>>& scores, const std::vector<int>& truth, int k)
{
    const size_t clips = std::min(scores.size(), truth.size());
    int64_t among = 0;
    for (size_t i = 0; i < clips; ++i)
        among += amongBest(scores[i], truth[i], k) ? 1 : 0;
    return ratio(static_cast<double>(among), static_cast<double>(clips));
}

double meanClassAccuracy(const std::vector<std::vector<double>>& scores, const std::vector<int>& truth)
{
    struct Count {
        int64_t truth = 0;
        int64_t correct = 0;
    };
    std::map<int, Count> classes;
    for (size_t i = 0; i < std::min(scores.size(), truth.size()); ++i) {
        const auto top = static_cast<int>(std::ranges::max_element(scores[i]) - scores[i].begin());
        classes[top]; // also counts when it is only predicted
        Count& own = classes[truth[i]];
        ++own.truth;
        own.correct += top == truth[i] ? 1 : 0;
    }
    double sum = 0;
    for (const auto& [label, count] : classes)
        sum += ratio(static_cast<double>(count.correct), static_cast<double>(count.truth));
    return ratio(sum, static_cast<double>(classes.size()));
}

double negativeLogLikelihood(
    const std::vector<std::vector<double>>& probabilities, const std::vector<int>& truth)
{
    constexpr double kLeast = 1e-12;
    const size_t clips = std::min(probabilities.size(), truth.size());
    double sum = 0;
    for (size_t i = 0; i < clips; ++i) {
        const auto label = static_cast<size_t>(truth[i]);
        const double p = truth[i] >= 0 && label < probabilities[i].size() ? probabilities[i][label] : 0;
        sum -= std::log(std::max(kLeast, p));
    }
    return ratio(sum, static_cast<double>(clips));
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
