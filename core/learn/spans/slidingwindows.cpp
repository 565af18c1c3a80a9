// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/spans/slidingwindows.h"
#include <algorithm>
#include <cmath>

namespace telltale {

std::vector<FrameSpan> coveringWindows(int64_t frames, int64_t window, double overlap)
{
    if (frames <= 0)
        return {};
    if (window < 1 || window >= frames)
        return {{0, frames}};
    const double fresh = std::isfinite(overlap) ? 1 - std::clamp(overlap, 0.0, 1.0) : 1;
    const int64_t step
        = std::clamp<int64_t>(static_cast<int64_t>(static_cast<double>(window) * fresh), 1, window);
    std::vector<FrameSpan> windows;
    windows.reserve(static_cast<size_t>((frames - window) / step + 2));
    for (int64_t first = 0; first + window < frames; first += step)
        windows.push_back({first, first + window});
    windows.push_back({frames - window, frames});
    return windows;
}

std::vector<ReferenceWindow> referenceWindows(int64_t snippets, int64_t window, double overlap)
{
    const auto step = std::max<int64_t>(1, static_cast<int64_t>(static_cast<double>(window) * (1 - overlap)));
    std::vector<ReferenceWindow> windows;
    for (int64_t i = 0; i < std::max<int64_t>(1, snippets / step); ++i) {
        ReferenceWindow place{i * step, i * step + window};
        const bool beyond = place.last > snippets;
        if (beyond)
            place = {std::max<int64_t>(0, snippets - window), snippets};
        windows.push_back(place);
        if (beyond)
            break;
    }
    return windows;
}

WindowFrames referenceFrames(
    const ReferenceWindow& place, int64_t frames, int64_t snippetStride, int64_t window, int64_t perSnippet)
{
    const int64_t stride = snippetStride / perSnippet;
    const int64_t all = (frames + stride - 1) / stride;
    const int64_t first = std::min(place.first * perSnippet, all);
    const int64_t last = std::min(place.last * perSnippet, all);
    WindowFrames read;
    read.frames.resize(static_cast<size_t>(window * perSnippet));
    for (size_t i = 0; i < read.frames.size(); ++i)
        read.frames[i] = std::clamp<int64_t>(
            std::min(first + static_cast<int64_t>(i), last - 1) * stride, 0, frames - 1);
    read.valid.resize(static_cast<size_t>(window));
    std::fill_n(read.valid.begin(), std::min(window, (last - first) / perSnippet), true);
    return read;
}

} // namespace telltale
