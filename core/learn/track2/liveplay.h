// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/track2/livewindows.h"
#include <functional>

namespace telltale {

/// What a detector does on the videos of a set while they are played to it frame by frame, apart from what it
/// does on whole videos.
struct LivePlay {
    std::vector<ScoredSpan> spans; ///< told, in the order in which they were
    std::vector<int64_t> seen; ///< frames that had been seen then, by span
    std::vector<ScoredSpan> all; ///< told if everything above the recipe's least score were: for mAP
    /// From a span's end to the newest frame when it was told, of spans told before their video was over.
    std::vector<double> delayFrames;
    std::vector<double> delaySeconds;
    double videoSeconds = 0; ///< how long the videos last
    double workSeconds = 0; ///< how long it took to play them
};

/// Plays the videos. `onSpan` hears of each span at once: video, span. InvalidArgument where the set has
/// other classes or points than the detector; Cancelled; errors of LiveWindows.
Result<LivePlay> playLive(LiveWindows& windows, const UntrimmedSet& set, const std::vector<size_t>& videos,
    const SpanDecision& decision, const LiveTiming& timing, ProgressSink& progress,
    const std::function<void(size_t, const LiveSpan&)>& onSpan = {});

/// Figures of the spans that were told, as they were: nothing is sorted out afterwards.
DetectionFigures liveFigures(const UntrimmedSet& set, const std::vector<size_t>& videos, const LivePlay& play,
    const DetectorFacts& facts);
/// From the end of a labelled gesture to the newest frame when it was found (first span of its class with the
/// decision's tIoU), in seconds, of gestures that were found.
std::vector<double> liveDelaysOfTruth(const UntrimmedSet& set, const std::vector<size_t>& videos,
    const LivePlay& play, const DetectorFacts& facts);

/// How a detector runs live, chosen on held-out videos; lies in live.json beside the detector.
struct LiveChoice {
    LiveTiming timing;
    double threshold = 0;
    double f1 = 0; ///< strict, at the decision's tIoU, on those videos
    int64_t videos = 0;
    std::string detector; ///< digest of the detector that it was chosen for
};

/// The threshold with the best F1 of what is told live on `videos`, of equal ones the highest, tried in steps
/// of 0.025 (ours). InvalidArgument without labelled gestures in them; else as playLive().
Result<LiveChoice> chooseLive(LiveWindows& windows, const UntrimmedSet& set,
    const std::vector<size_t>& videos, const LiveTiming& timing, ProgressSink& progress);

Status writeLiveChoice(const std::filesystem::path& folder, const LiveChoice& choice);
/// Nothing where there is none; BadFormat: damaged, or chosen for another detector.
Result<std::optional<LiveChoice>> readLiveChoice(
    const std::filesystem::path& folder, const DetectorFacts& facts);

} // namespace telltale
