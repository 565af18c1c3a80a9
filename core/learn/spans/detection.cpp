// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/spans/detection.h"
#include <algorithm>

namespace telltale {

namespace {

constexpr double kSameMoment = 0.5; ///< tIoU. Ours.

} // namespace

std::vector<Detection> detectionsOf(
    const std::vector<ScoredSpan>& all, const SpanDecision& decision, int classes)
{
    std::vector<Detection> detections;
    for (const ScoredSpan& span : decided(all, decision)) {
        std::vector<double> best(static_cast<size_t>(classes), 0);
        best[static_cast<size_t>(span.classId)] = span.score;
        for (const ScoredSpan& other : all)
            if (other.video == span.video && temporalOverlap(span, other) >= kSameMoment) {
                double& known = best[static_cast<size_t>(other.classId)];
                known = std::max(known, other.score);
            }
        double sum = 0;
        for (const double score : best)
            sum += score;
        Detection detection{span, {}};
        detection.classes.reserve(best.size());
        for (const double score : best)
            detection.classes.push_back(sum > 0 ? static_cast<float>(score / sum) : 0.0F);
        if (!(sum > 0))
            detection.classes[static_cast<size_t>(span.classId)] = 1;
        detections.push_back(std::move(detection));
    }
    return detections;
}

} // namespace telltale
