// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/timelinedrag.h"

namespace telltale {

std::optional<int64_t> TimelineDrag::attraction(
    double boundary, double tolerance, int64_t playhead, const TimelineScene& scene) const
{
    if (tolerance <= 0)
        return {};
    std::optional<int64_t> best = scene.nearestBoundary(boundary, tolerance, m_id);
    for (const int64_t other : {playhead, playhead + 1, int64_t{0}, scene.mapping().frameCount()}) {
        const double distance = std::abs(static_cast<double>(other) - boundary);
        if (distance <= tolerance && (!best || distance < std::abs(static_cast<double>(*best) - boundary)))
            best = other;
    }
    return best;
}

bool TimelineDrag::moveTo(double position, double tolerance, int64_t playhead, const TimelineScene& scene)
{
    const int64_t frames = scene.mapping().frameCount();
    const double by = position - m_grabbedAt;
    const double start = static_cast<double>(m_original.first) + by;
    const double end = static_cast<double>(m_original.last) + by;
    FrameSpan next = m_original;
    m_snap.reset();
    if (m_part == SpanHit::Part::Body) {
        const auto atStart = attraction(start, tolerance, playhead, scene);
        const auto atEnd = attraction(end, tolerance, playhead, scene);
        const double startGap = atStart ? std::abs(static_cast<double>(*atStart) - start) : 1e18;
        const double endGap = atEnd ? std::abs(static_cast<double>(*atEnd) - end) : 1e18;
        next.first = std::llround(start);
        if (atStart && startGap <= endGap) {
            next.first = *atStart;
            m_snap = atStart;
        } else if (atEnd) {
            next.first = *atEnd - m_original.length();
            m_snap = atEnd;
        }
        next.first = std::clamp<int64_t>(next.first, 0, std::max<int64_t>(0, frames - m_original.length()));
        next.last = next.first + m_original.length();
    } else if (m_part == SpanHit::Part::Start) {
        m_snap = attraction(start, tolerance, playhead, scene);
        next.first = m_snap.value_or(std::llround(start));
        next.first = std::clamp<int64_t>(next.first, 0, std::max<int64_t>(0, m_original.last - 1));
    } else {
        m_snap = attraction(end, tolerance, playhead, scene);
        next.last = m_snap.value_or(std::llround(end));
        next.last
            = std::clamp<int64_t>(next.last, m_original.first + 1, std::max(frames, m_original.first + 1));
    }
    if (m_snap && *m_snap != next.first && *m_snap != next.last)
        m_snap.reset();
    const bool changed = next != m_current;
    m_current = next;
    m_moved = m_moved || changed;
    return changed;
}

} // namespace telltale
