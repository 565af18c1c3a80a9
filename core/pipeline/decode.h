// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <vector>

namespace telltale {

/// Constants of turning a curve into spans; read from models/recipes/analyze.json.
struct DecodeOptions {
    std::vector<double> thresholds{0.3, 0.4, 0.5, 0.6, 0.7};
    double mergeGapSeconds = 0.25; ///< shorter dips do not end a span
    double shortestSeconds = 0.4;
    double longestSeconds = 8;
    double valley = 0.6; ///< a dip below this share of the hills on both sides parts two gestures
    double overlap = 0.3; ///< of two candidates with more in common (tIoU) the sharper one stays
    double minScore = 0.35; ///< least mean of the curve
    double largestShare
        = 0.45; ///< of the curve above one half; a busier curve is lowered to the least threshold
    double calmSeconds = 10; ///< shorter videos may be one gesture from end to end
};

/// Lowers a curve (in logits) of which more than the largest share is above one half, so that only its
/// strongest stretches remain: a detector that sees gestures everywhere tells hills from valleys still. True
/// if it did.
bool limitShare(std::vector<float>& curve, double rate, const DecodeOptions& options);

/// A span of rows [first, last) with the mean of the curve over it.
struct RowSpan {
    int64_t first = 0;
    int64_t last = 0;
    double score = 0;
};

/// Spans where the curve is high: runs above each threshold, short dips merged, too long runs split at their
/// deepest inner minimum and runs with a deep valley dropped for their hills; of overlapping candidates the
/// one with most contrast to its surroundings stays. By start; do not overlap each other. `rate`: rows a
/// second.
std::vector<RowSpan> decodeSpans(const std::vector<float>& curve, double rate, const DecodeOptions& options);

} // namespace telltale
