// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "eval/spans.h"
#include "learn/track2/track2recipe.h"
#include <memory>
#include <string>

namespace telltale {

/// What can be had without learning to detect: stretches of much motion are gestures, and a linear classifier
/// on their mean features names them. Threshold, shortest length and widest gap are those with the best F1 on
/// the held-out videos. Ours.
struct MotionBaseline {
    double threshold = 0; ///< of the energy, in deviations of the video above its median
    int64_t shortest = 0; ///< rows
    int64_t gap = 0; ///< rows that do not end a stretch
    double f1 = 0; ///< on the held-out videos
};

/// Fits on `train` and `validation` and finds spans in `videos`. The energy is the mean speed of all points,
/// or, without a skeleton, the mean change from picture to picture. InvalidArgument: a set with neither, or
/// training videos without gestures of two classes. Cancelled.
Result<std::vector<ScoredSpan>> motionSpans(const UntrimmedSet& set, const Track2Recipe& recipe,
    const std::vector<size_t>& train, const std::vector<size_t>& validation,
    const std::vector<size_t>& videos, ProgressSink& progress, MotionBaseline* chosen = nullptr);

} // namespace telltale
