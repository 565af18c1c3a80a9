// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/timeline/timelinescene.h"

namespace telltale {

/// One drag of a span or of one of its edges: where it began, where it is and what it snapped to.
class TimelineDrag {
public:
    TimelineDrag(const SpanHit& hit, const TimelineSpan& span, double grabbedAt, int serial)
        : m_id(span.id)
        , m_part(hit.part)
        , m_original(span.span)
        , m_current(span.span)
        , m_grabbedAt(grabbedAt)
        , m_serial(serial)
    {
    }
    int64_t id() const { return m_id; }
    SpanHit::Part part() const { return m_part; }
    int serial() const { return m_serial; }
    const FrameSpan& original() const { return m_original; }
    const FrameSpan& current() const { return m_current; }
    std::optional<int64_t> snappedTo() const { return m_snap; }
    bool moved() const { return m_moved; }

    /// The pointer is at `position` (in frames). Boundaries of other spans, the playhead and the ends of the
    /// video attract within `tolerance` frames, unless that is 0. True if the span changed.
    bool moveTo(double position, double tolerance, int64_t playhead, const TimelineScene& scene);

private:
    std::optional<int64_t> attraction(
        double boundary, double tolerance, int64_t playhead, const TimelineScene& scene) const;

    int64_t m_id;
    SpanHit::Part m_part;
    FrameSpan m_original;
    FrameSpan m_current;
    double m_grabbedAt;
    int m_serial;
    std::optional<int64_t> m_snap;
    bool m_moved = false;
};

} // namespace telltale
