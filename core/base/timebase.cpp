// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/timebase.h"
#include <algorithm>
#include <cmath>

namespace telltale {

FrameTimes::FrameTimes(const std::vector<MediaTime>& starts, MediaTime end) : m_end(end)
{
    PackedColumn column;
    for (const MediaTime start : starts)
        column.push_back(start.count());
    m_starts = std::make_shared<const PackedColumn>(std::move(column));
}

FrameTimes::FrameTimes(PackedColumn starts, MediaTime end)
    : m_starts(std::make_shared<const PackedColumn>(std::move(starts)))
    , m_end(end)
{
}

FrameTimes FrameTimes::nominal(int64_t frames, double fps)
{
    const auto at = [fps](int64_t i) { return std::llround(static_cast<double>(i) * 1e6 / fps); };
    PackedColumn starts;
    for (int64_t i = 0; i < frames; ++i)
        starts.push_back(at(i));
    return {std::move(starts), MediaTime(at(frames))};
}

MediaTime FrameTimes::timeOf(int64_t frame) const
{
    if (frameCount() == 0)
        return frame < 0 ? MediaTime{} : m_end;
    return frame < frameCount() ? MediaTime((*m_starts)[std::max<int64_t>(0, frame)]) : m_end;
}

int64_t FrameTimes::frameAt(MediaTime time) const
{
    if (frameCount() == 0)
        return 0;
    if (time >= m_end)
        return frameCount() - 1;
    return std::max<int64_t>(0, m_starts->lowerBound(time.count() + 1) - 1);
}

int64_t FrameTimes::nearestBoundary(MediaTime time) const
{
    const int64_t next = m_starts ? m_starts->lowerBound(time.count()) : 0;
    if (next == 0)
        return 0;
    return timeOf(next) - time < time - timeOf(next - 1) ? next : next - 1;
}

int64_t FrameTimes::boundaryAt(MediaTime time) const
{
    constexpr MediaTime kHalfMillisecond{500};
    if (frameCount() == 0 || time >= m_end)
        return frameCount();
    const int64_t frame = frameAt(time);
    const MediaTime next = timeOf(frame + 1);
    const MediaTime slack = std::min(kHalfMillisecond, (next - timeOf(frame)) / 4);
    return next - time <= slack ? frame + 1 : frame;
}

FrameSpan FrameTimes::spanOf(double startSeconds, double endSeconds) const
{
    const auto boundary = [this](double s) { return boundaryAt(MediaTime(std::llround(s * 1e6))); };
    return {boundary(startSeconds), boundary(endSeconds)};
}

double FrameTimes::meanFps() const
{
    if (frameCount() == 0 || m_end <= timeOf(0))
        return 0;
    return static_cast<double>(frameCount()) / std::chrono::duration<double>(m_end - timeOf(0)).count();
}

} // namespace telltale
