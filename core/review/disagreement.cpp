// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/disagreement.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

double share(float score) { return std::isfinite(score) && score > 0 ? static_cast<double>(score) : 0; }

/// Shares that sum to 1; empty where nothing has a score.
std::vector<double> sharesOf(std::span<const float> scores)
{
    double sum = 0;
    for (const float score : scores)
        sum += share(score);
    std::vector<double> shares;
    if (!(sum > 0))
        return shares;
    shares.reserve(scores.size());
    for (const float score : scores)
        shares.push_back(share(score) / sum);
    return shares;
}

double entropyOf(const std::vector<double>& shares)
{
    double entropy = 0;
    for (const double p : shares)
        entropy -= p > 0 ? p * std::log(p) : 0;
    return entropy;
}

} // namespace

double normalisedEntropy(std::span<const float> scores)
{
    if (scores.size() < 2)
        return 0;
    return std::clamp(entropyOf(sharesOf(scores)) / std::log(static_cast<double>(scores.size())), 0.0, 1.0);
}

double disagreement(std::span<const std::vector<float>> modalities)
{
    std::vector<double> mean;
    double entropies = 0;
    int voters = 0;
    for (const std::vector<float>& scores : modalities) {
        const std::vector<double> shares = sharesOf(scores);
        if (shares.empty())
            continue;
        ++voters;
        entropies += entropyOf(shares);
        mean.resize(std::max(mean.size(), shares.size()), 0);
        for (size_t i = 0; i < shares.size(); ++i)
            mean[i] += shares[i];
    }
    if (voters < 2)
        return 0;
    for (double& p : mean)
        p /= voters;
    return std::clamp(
        (entropyOf(mean) - entropies / voters) / std::log(static_cast<double>(voters)), 0.0, 1.0);
}

} // namespace telltale
