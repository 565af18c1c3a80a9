// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/models/spandigest.h"
#include "review/disagreement.h"
#include "widgets/models/bestclasses.h"
#include <algorithm>

namespace telltale {
namespace {

constexpr size_t kKept = 3;

double uncertaintyOf(const std::vector<float>& fused, double detector)
{
    if (!fused.empty())
        return normalisedEntropy(fused);
    const auto score = static_cast<float>(std::clamp(detector, 0.0, 1.0));
    return normalisedEntropy(std::vector<float>{score, 1 - score});
}

} // namespace

double SpanDigest::margin() const
{
    const double first = best.empty() ? -1 : best[0].probability;
    return first - (best.size() > 1 ? best[1].probability : 0);
}

double disagreementOf(const Prediction& prediction)
{
    std::vector<std::vector<float>> votes;
    votes.reserve(prediction.modalities.size());
    for (const auto& [name, scores] : prediction.modalities)
        votes.push_back(scores.probabilities);
    return disagreement(votes);
}

SpanDigest digestOf(const Prediction& prediction, const std::vector<float>* newer)
{
    const std::vector<float>& fused = newer ? *newer : prediction.fused;
    SpanDigest made;
    made.best = bestClasses(fused, kKept);
    made.scores = spanScores(prediction, newer);
    made.consensus = prediction.pseudoLabel;
    const auto own = std::ranges::max_element(prediction.fused);
    made.proposed = prediction.fused.empty() ? -1 : static_cast<int>(own - prediction.fused.begin());
    made.uncertainty = uncertaintyOf(fused, prediction.detectorScore);
    made.disagreement = disagreementOf(prediction);
    if (made.best.empty())
        made.best.push_back({-1, prediction.detectorScore});
    return made;
}

} // namespace telltale
