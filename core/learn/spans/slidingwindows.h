// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include <cstdint>
#include <vector>

namespace telltale {

/// Windows that hold every one of `frames` (or positions of a grid) at any overlap, in order, none twice: one
/// every window * (1 - overlap), the last shifted back to end with the video. A video not longer than a
/// window gives one window of its own length; without frames there is none. `window` below 1 is taken as the
/// whole video, `overlap` is held in [0, 1), steps are at least 1.
std::vector<FrameSpan> coveringWindows(int64_t frames, int64_t window, double overlap);

/// A window as OpenTAD cuts it (SlidingWindowDataset and LoadFrames). For parity alone: at overlaps below one
/// half the end of a video may lie in none, and a video of just one window may give it twice.
struct ReferenceWindow {
    int64_t first = 0; ///< snippet
    int64_t last = 0; ///< snippet after the last
};
std::vector<ReferenceWindow> referenceWindows(int64_t snippets, int64_t window, double overlap);

/// What of a video is read for a window, ends repeated up to the full length.
struct WindowFrames {
    std::vector<int64_t> frames; ///< window * perSnippet indices
    std::vector<bool> valid; ///< of each snippet of the window
};
/// `snippetStride` frames from one snippet to the next, of which `perSnippet` are read.
WindowFrames referenceFrames(
    const ReferenceWindow& place, int64_t frames, int64_t snippetStride, int64_t window, int64_t perSnippet);

} // namespace telltale
