// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/setdetections.h"

namespace telltale {

Result<SetDetections> detectInSet(const Track2System& system, const UntrimmedSet& set,
    const std::string& role, bool allSpans, ProgressSink& progress)
{
    std::vector<size_t> videos;
    for (size_t i = 0; i < set.videos().size(); ++i)
        if (role == "all" || nameOf(set.videos()[i].role) == role)
            videos.push_back(i);
    if (videos.empty())
        return Error{ErrorCode::InvalidArgument,
            "No video has the role \"" + role + "\"; there are train, validation, test, unlabelled and all."};
    SetDetections found;
    found.videos = videos.size();
    std::vector<ScoredSpan> truth;
    for (size_t i = 0; i < videos.size(); ++i) {
        const auto own = system.spans(set, {videos[i]}, progress);
        if (!own)
            return own.error();
        found.spans.insert(found.spans.end(), own->begin(), own->end());
        progress.report(static_cast<int64_t>(i) + 1, static_cast<int64_t>(videos.size()), "detecting");
        const UntrimmedVideo& video = set.videos()[videos[i]];
        for (const TruthSpan& one : video.truth)
            truth.push_back({video.id, one.label, static_cast<double>(one.span.first),
                static_cast<double>(one.span.last)});
    }
    const DetectorFacts& facts = system.facts();
    if (!truth.empty())
        found.figures = detectionFiguresText(detectionFigures(truth, judged(set, videos, found.spans),
            facts.decision, facts.recipe.detection.overlaps, facts.trainingCounts));
    if (!allSpans)
        found.spans = decided(found.spans, facts.decision);
    return found;
}

} // namespace telltale
