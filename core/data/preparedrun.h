// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "data/types.h"
#include <vector>

namespace telltale {

class ScoreFiles;

/// A decided span that a prediction overlaps this much (tIoU, ours) needs no proposal any more.
inline constexpr double kDecidedOverlap = 0.5;

/// What a project keeps of a prediction besides its numbers.
struct PredictionHead {
    int person = 0;
    FrameSpan span;
    int bestClass = -1; ///< of the fused scores; -1: the scheme has no trained head
    int classes = 0; ///< the most scores that any of its vectors has
    /// Microseconds as an import gave them for a video that is not there, -1: none; see Annotation::startUs.
    int64_t startUs = -1;
    int64_t endUs = -1;
};

/// A run whose numbers are on the disk already, so that entering it is quick.
struct PreparedRun {
    PredictionRun run;
    ScoreBlock block; ///< digest empty: no predictions
    std::vector<PredictionHead> heads;
    std::vector<PseudoLabel> pseudoLabels; ///< predictionId: position in `heads`
    /// The open proposals of the video stay and every prediction becomes one. Otherwise a run takes the place
    /// of those before it and proposes nothing where somebody has decided.
    bool adds = false;
};

/// Writes the numbers into the score files and flushes them. Any thread. InvalidArgument for numbers that are
/// not finite, and the errors of ScoreFiles::append.
Result<PreparedRun> prepareRun(
    ScoreFiles& files, PredictionRun run, const std::vector<Prediction>& predictions);

} // namespace telltale
