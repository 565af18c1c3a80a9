// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/fusion.h"
#include "learn/logarithms.h"
#include "learn/systemcalibration.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr int kSteps = 20; // of 0.05, ours
constexpr double kLeastError = 1e-12; // no difference at all is no division by zero

/// -log of the true class's probability by clip, of the vote at the temperature that suits it best. Clips
/// that nobody votes on are left out.
std::vector<double> lossesOf(const std::map<std::string, double>& weights,
    const std::vector<StreamProbabilities>& rows, const std::vector<int>& labels)
{
    SystemCalibration voting;
    for (const auto& [name, weight] : weights)
        voting.streams[name].weight = weight;
    std::vector<std::vector<float>> logits;
    std::vector<int> truths;
    for (size_t i = 0; i < std::min(rows.size(), labels.size()); ++i) {
        const auto vote = voting.vote(rows[i]);
        if (labels[i] < 0 || static_cast<size_t>(labels[i]) >= vote.size())
            continue;
        logits.push_back(logarithms(vote));
        truths.push_back(labels[i]);
    }
    TemperatureScale scale;
    scale.common = fitTemperature(logits, truths);
    std::vector<double> losses(truths.size());
    for (size_t i = 0; i < losses.size(); ++i)
        losses[i] = -std::log(std::max(
            kLeastProbability, scaledProbabilities(logits[i], scale)[static_cast<size_t>(truths[i])]));
    return losses;
}

/// By how many standard errors the mean of `losses` lies above that of `best`.
double excess(const std::vector<double>& losses, const std::vector<double>& best)
{
    const auto count = static_cast<double>(losses.size());
    double sum = 0;
    double squares = 0;
    for (size_t i = 0; i < losses.size(); ++i) {
        const double difference = losses[i] - best[i];
        sum += difference;
        squares += difference * difference;
    }
    const double mean = sum / count;
    if (mean <= 0)
        return 0;
    const double variance = std::max(0.0, squares / count - mean * mean) / (count - 1);
    return mean / std::max(kLeastError, std::sqrt(variance));
}

} // namespace

std::map<std::string, double> drawnToEqual(const std::map<std::string, double>& weights,
    const std::vector<StreamProbabilities>& rows, const std::vector<int>& labels, double standardErrors)
{
    if (standardErrors <= 0 || weights.size() < 2)
        return weights;
    const auto best = lossesOf(weights, rows, labels);
    if (best.size() < 2)
        return weights;
    const double even = 1.0 / static_cast<double>(weights.size());
    for (int step = kSteps; step > 0; --step) {
        const double way = static_cast<double>(step) / kSteps;
        auto drawn = weights;
        for (auto& [name, weight] : drawn)
            weight += way * (even - weight);
        if (excess(lossesOf(drawn, rows, labels), best) <= standardErrors)
            return drawn;
    }
    return weights;
}

} // namespace telltale
