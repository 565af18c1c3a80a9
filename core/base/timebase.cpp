// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/timebase.h"
#include <cmath>

namespace telltale {

FrameTimes::FrameTimes(std::vector<MediaTime> starts, MediaTime end) : m_starts(std::move(starts)), m_end(end)
{
}

FrameTimes FrameTimes::nominal(int64_t frames, double fps)
{
    const auto at = [fps](int64_t i) { return MediaTime(std::llround(static_cast<double>(i) * 1e6 / fps)); };
    std::vector<MediaTime> starts(static_cast<size_t>(std::max<int64_t>(0, frames)));
    for (int64_t i = 0; i < frames; ++i)
        starts[static_cast<size_t>(i)] = at(i);
    return {std::move(starts), at(frames)};
}

MediaTime FrameTimes::timeOf(int64_t frame) const
{
    if (frame < 0)
        return m_starts.empty() ? MediaTime{} : m_starts.front();
    return frame < frameCount() ? m_starts[static_cast<size_t>(frame)] : m_end;
}

int64_t FrameTimes::frameAt(MediaTime time) const
{
    if (m_starts.empty())
        return 0;
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), time);
    return std::max<int64_t>(0, after - m_starts.begin() - 1);
}

int64_t FrameTimes::nearestBoundary(MediaTime time) const
{
    const auto after = std::lower_bound(m_starts.begin(), m_starts.end(), time);
    const int64_t next = after - m_starts.begin();
    if (next == 0)
        return 0;
    return timeOf(next) - time < time - timeOf(next - 1) ? next : next - 1;
}

FrameSpan FrameTimes::spanOf(double startSeconds, double endSeconds) const
{
    const auto boundary = [this](double s) { return nearestBoundary(MediaTime(std::llround(s * 1e6))); };
    return {boundary(startSeconds), boundary(endSeconds)};
}

double FrameTimes::meanFps() const
{
    if (m_starts.empty() || m_end <= m_starts.front())
        return 0;
    return static_cast<double>(frameCount())
        / std::chrono::duration<double>(m_end - m_starts.front()).count();
}

} // namespace telltale
