// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include <cstdint>
#include <span>
#include <vector>

namespace telltale {

/// Where one boundary of a span could go. Starts and ends are both the frame that a half-open span is written
/// with: the first that belongs to it, or the first that no longer does.
struct BoundaryCandidate {
    int64_t frame = 0;
    double strength = 0; ///< in a unit of its kind: a speed, or by how much a probability changes
    bool operator==(const BoundaryCandidate&) const = default;
};

struct SnapOptions {
    /// Share of the strongest of its kind in reach below which a candidate is noise. Ours.
    double leastShare = 0.25;
    /// Candidates that are at most so many frames apart are one, at the place of the stronger. Ours.
    int64_t same = 1;
};

/// Where a curve of probabilities in [0, 1] goes through `level` inside `within`: upwards for starts (the
/// first frame at or above it), downwards for ends (the first one below again). Strength is the change from
/// the frame before. Numbers that are none count as 0. Pure; any thread.
std::vector<BoundaryCandidate> crossings(
    std::span<const float> curve, const FrameSpan& within, bool starts, float level = 0.5F);

/// The frames that a boundary at `from` snaps to, the best first: each kind (onsets of movement, crossings of
/// one curve, ...) by its own strongest in reach, the weak ones left out, the near ones first and of two as
/// near the stronger. `from` itself is not among them, nor what lies further than `reach` frames away or
/// outside `allowed`. Pure; any thread.
std::vector<int64_t> snapOrder(std::span<const std::vector<BoundaryCandidate>> kinds, int64_t from,
    int64_t reach, const FrameSpan& allowed, const SnapOptions& options = {});

} // namespace telltale
