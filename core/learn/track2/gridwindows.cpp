// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/gridwindows.h"
#include "learn/spans/slidingwindows.h"
#include <algorithm>
#include <cmath>

namespace telltale {

std::vector<GridTruth> truthIn(const UntrimmedVideo& video, const GridWindow& window, const TimeGrid& grid)
{
    const double begin = grid.toRow(0, 0);
    const double end = grid.toRow(static_cast<double>(grid.frames()), 0);
    const auto place = [&](int64_t frame) {
        return grid.toRow(static_cast<double>(frame - window.first) / window.speed, 0);
    };
    std::vector<GridTruth> found;
    for (const TruthSpan& truth : video.truth) {
        const double from = place(truth.span.first);
        const double to = place(truth.span.last);
        const GridTruth cut{std::max(from, begin), std::min(to, end), truth.label};
        if (cut.end > cut.start && cut.end - cut.start >= grid.truncation * (to - from))
            found.push_back(cut);
    }
    return found;
}

std::vector<char> countedRows(const UntrimmedVideo& video, const GridWindow& window, const TimeGrid& grid)
{
    if (video.reviewed.empty())
        return {};
    std::vector<char> counted(static_cast<size_t>(grid.rows));
    for (int row = 0; row < grid.rows; ++row) {
        const auto frame = static_cast<int64_t>(
            std::floor(grid.toFrame(row, 0) * window.speed + static_cast<double>(window.first)));
        const auto holds = [&](const FrameSpan& span) { return span.contains(frame); };
        counted[static_cast<size_t>(row)] = std::any_of(video.reviewed.begin(), video.reviewed.end(), holds)
            || std::any_of(video.truth.begin(), video.truth.end(),
                [&](const TruthSpan& truth) { return truth.span.contains(frame); });
    }
    return counted;
}

int64_t rowsIn(const UntrimmedVideo& video, const GridWindow& window, const TimeGrid& grid)
{
    const double frames = static_cast<double>(video.frames - window.first) / window.speed;
    return std::clamp<int64_t>(static_cast<int64_t>(std::ceil(frames / grid.step)), 0, grid.rows);
}

std::vector<GridWindow> epochWindows(const std::vector<UntrimmedVideo>& videos,
    const std::vector<size_t>& which, const TimeGrid& grid, Random random)
{
    std::vector<GridWindow> windows;
    for (const size_t video : which) {
        const int64_t frames = videos[video].frames;
        const int64_t room = std::max<int64_t>(0, frames - grid.frames());
        const int64_t count = std::max<int64_t>(1, (frames + grid.frames() - 1) / grid.frames());
        for (int64_t i = 0; i < count; ++i) {
            GridWindow window;
            window.video = video;
            window.first = random.below(room + 1);
            window.seed = random.next();
            windows.push_back(window);
        }
    }
    for (size_t i = windows.size(); i > 1; --i)
        std::swap(windows[i - 1], windows[static_cast<size_t>(random.below(static_cast<int64_t>(i)))]);
    return windows;
}

std::vector<GridWindow> detectionWindows(size_t video, int64_t frames, const TimeGrid& grid)
{
    std::vector<GridWindow> windows;
    for (const FrameSpan& span : coveringWindows(frames, grid.frames(), grid.overlap)) {
        GridWindow window;
        window.video = video;
        window.first = span.first;
        windows.push_back(window);
    }
    return windows;
}

} // namespace telltale
