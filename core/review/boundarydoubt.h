// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include <span>

namespace telltale {

/// How little a curve speaks for the ends of a span, in [0, 1]; any thread. An end is sure where the curve's
/// mean over the `window` frames inside differs from that over as many outside by the curve's whole range
/// (of the stretch from half a length before to half a length behind the span, at least `window` frames), and
/// doubtful where the two are equal; the more doubtful end counts. Frames without a number do not count; an
/// end at which one side has none is half sure. 0.5 without a curve.
/// `curve`: one value per frame of the video. Provenance: ours.
double boundaryDoubt(std::span<const float> curve, const FrameSpan& span, int64_t window = 5);

/// Doubt of spans of which nothing is known.
inline constexpr double kUnknownDoubt = 0.5;

} // namespace telltale
