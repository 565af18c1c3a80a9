// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <algorithm>
#include <cstdint>
#include <thread>
#include <vector>

namespace telltale {

/// Calls work(first, last) for at most `threads` slices of [0, count) at the same time, the first in the
/// calling thread, and waits for all. `work` may not throw.
template <typename Work> void inSlices(int64_t count, int threads, const Work& work)
{
    const int64_t slices = std::clamp<int64_t>(threads, 1, std::max<int64_t>(count, 1));
    std::vector<std::jthread> others;
    others.reserve(static_cast<size_t>(slices - 1));
    for (int64_t i = 1; i < slices; ++i)
        others.emplace_back(
            [&work, first = count * i / slices, last = count * (i + 1) / slices] { work(first, last); });
    work(int64_t{0}, count / slices);
}

} // namespace telltale
