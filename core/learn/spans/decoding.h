// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/spans/segment.h"
#include <cstdint>
#include <span>
#include <vector>

namespace telltale {

/// What a detector says at one level of its pyramid about one video or window.
struct LevelOutput {
    std::span<const float> logits; ///< [positions, classes]
    std::span<const float> offsets; ///< [positions, 2]: start and end from here, in strides
    std::span<const uint8_t> mask; ///< [positions]: inside the video; empty: all are
    double stride = 1; ///< positions of the grid from one of the level to the next
};

/// Defaults are OpenTAD's.
struct DecodingOptions {
    float threshold = 0.001F; ///< scores above it count
    int64_t most = 2000; ///< best segments that are kept; below 1: all
    bool perLevel = false; ///< `most` of each level rather than of all together
    float shortest = -1; ///< segments longer than this count, in positions of the grid; below 0: all
};
/// OpenTAD's, all levels together, and ActionFormer's, each level by itself and nothing of 0.05 or less.
DecodingOptions openTadDecoding();
DecodingOptions actionFormerDecoding();

/// Segments in positions of the grid, nothing clamped. Best first (perLevel: level by level), of equal scores
/// the earlier position, then the lower class. Where a logit or offset is no finite number there is no
/// segment. Levels whose sizes do not fit `classes` are cut to what fits. Any thread.
std::vector<Segment> decoded(
    const std::vector<LevelOutput>& levels, int classes, const DecodingOptions& options = {});

/// The same choice from segments [n, 2] and their scores [n, classes].
std::vector<Segment> bestSegments(std::span<const float> bounds, std::span<const float> scores, int classes,
    const DecodingOptions& options = {});

} // namespace telltale
