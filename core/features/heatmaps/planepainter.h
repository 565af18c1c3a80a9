// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "features/heatmaps/heatmaprenderer.h"

namespace telltale {

/// What a run of planes needs to be painted; everything is checked before.
struct PaintJob {
    const PointClip& clip;
    const HeatmapSpec& spec;
    HeatmapShape shape;
};

/// Paints planes [first, first + count) into `values`, which begins with plane `first` and is clear, with the
/// best code for this processor. `drawn`, if given, has a box for each of these planes: what it names is
/// cleared first, and it gets what was painted.
void paintPlanes(const PaintJob& job, int64_t first, int64_t count, std::byte* values, PixelBox* drawn);

} // namespace telltale
