// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/models/spanscores.h"
#include <algorithm>

namespace telltale {
namespace {

constexpr const char* kDetector = "detector"; ///< in Prediction::modalities: the detector's own classes

int bestOf(const std::vector<float>& probabilities)
{
    const auto best = std::ranges::max_element(probabilities);
    return best == probabilities.end() ? -1 : static_cast<int>(best - probabilities.begin());
}

} // namespace

SpanScores spanScores(const Prediction& prediction, const std::vector<float>* newer)
{
    SpanScores scores;
    scores.detector = prediction.detectorScore;
    const auto detector = prediction.modalities.find(kDetector);
    const bool named = detector != prediction.modalities.end();
    if (named)
        scores.detectorClass = bestOf(detector->second.probabilities);
    // Where the detector was alone, the vote is its own word and nobody has named the span yet.
    const bool alone = named && prediction.modalities.size() == 1;
    const std::vector<float>& fused = newer ? *newer : prediction.fused;
    if (fused.empty() || (alone && !newer))
        return scores;
    scores.ensembleClass = bestOf(fused);
    scores.ensemble = static_cast<double>(fused[static_cast<size_t>(scores.ensembleClass)]);
    scores.together = scores.detector * scores.ensemble;
    return scores;
}

} // namespace telltale
