// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/workbench.h"
#include <vector>

namespace telltale {

/// What single keys do with the selected span and along the lanes of the timeline. Results and obstacles are
/// told in the status bar. GUI thread.
class SpanKeys {
public:
    explicit SpanKeys(Workbench& bench) : m_bench(bench) { }

    void playOnce();
    void toEdge(bool start); ///< seeks to the first or last frame of the selected span
    void stepOnLane(int step); ///< selects the span after (1) or before (-1) on the timeline's lane
    void stepLane(int step); ///< the lane below (1) or above (-1)
    /// Moves one boundary to the nearest place where the person begins or ceases to move, or where the
    /// detector's probability rises or falls. Pressed again it goes on to the next best place and in the end
    /// back to where the boundary was. Each press is one undo step.
    void snap(bool start);

private:
    std::vector<int64_t> placesFor(const Annotation& span, bool start, int64_t from) const;
    void tell(const QString& sentence) const;

    /// A boundary on its way through its places.
    struct Cycle {
        int64_t id = 0;
        bool start = true;
        int64_t original = 0;
        std::vector<int64_t> places;
        size_t next = 0;
        int64_t set = -1; ///< what the last press made of it
    };
    Workbench& m_bench;
    Cycle m_cycle;
};

} // namespace telltale
