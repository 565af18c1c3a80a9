// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/patchrange.h"
#include "nn/sparsestem.h"

namespace telltale {

/// Outputs that are computed together.
inline constexpr int kStemBlock = 4 * kLanes;

/// One frame of one block of outputs: [height][width][32], with their zeros or bias before anything is added.
struct StemFrame {
    float* values;
    int height;
    int width;
};

/// A patch of values a map is made of: columns[x] * rows[y].
struct StemPatch {
    PatchRange xs;
    PatchRange ys;
    std::span<const float> columns;
    std::span<const float> rows;
};

/// The patch of a point on a map, into memory for at least length + kLanes numbers on each axis; empty where
/// nothing is drawn.
StemPatch stemPatch(
    const float* xyScore, const StemPoints& points, const StemOptions& options, float* columns, float* rows);
/// Adds what a patch gives. `kernel`: [7][7][32] of its channel. `scratch`: 7 * (patch width + 6) * 32
/// numbers.
void addPatch(const StemFrame& frame, const StemPatch& patch, const float* kernel, float* scratch);
/// Rectifies and pools as `options` say and writes `outputs` planes [height][width], `stride` numbers apart.
/// `scratch`: 4 * width * 32 numbers.
void writeStemFrame(const StemFrame& frame, const StemOptions& options, int outputs, float* out,
    int64_t stride, float* scratch);

} // namespace telltale
