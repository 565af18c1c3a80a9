// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "learn/streams/streaminput.h"
#include "learn/train/batchsource.h"
#include <memory>

namespace telltale {

/// A clip that is learned from or scored.
struct StreamClip {
    size_t clip = 0; ///< in the set
    int label = -1;
    double weight = 1;
    bool operator==(const StreamClip&) const = default;
};

/// The clips of a set as batches of one stream. Skeleton streams [N, 1, frames, points, channels]; heat maps
/// leave as points [N, 1, frames, points, 3] on the map and are drawn on the device [N, points, frames, side,
/// side]; pictures [N, 3, frames, side, side] in 0..1. Clips without the stream's input are refused by
/// makeClipBatches() with InvalidArgument.
Result<std::shared_ptr<const BatchSource>> makeClipBatches(
    std::shared_ptr<const ClipSet> set, const StreamInput& input, std::vector<StreamClip> clips);

/// `count` of `rows` positions, ascending: one out of each of equal parts of [from, from + length). With
/// `random` values in [0, 1) for each part, their middle without.
std::vector<int64_t> partPositions(
    int64_t rows, int count, double from, double length, const std::vector<double>& random);

} // namespace telltale
