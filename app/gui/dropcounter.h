// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>

namespace telltale {

/// Counts the pictures that playback owed and did not show. Up to normal speed every picture is owed; at n
/// times normal speed every n-th, as no screen shows more.
class DropCounter {
public:
    /// Playback begins, at `frame` with `speed` (negative: backwards). Forgets what was counted. `onScreen`:
    /// that picture is there already.
    void begin(int64_t frame, double speed, bool onScreen);
    /// Playback goes on somewhere else (a jump, a turn of the loop) without losing the count.
    void goOn(int64_t frame, double speed, bool onScreen);
    /// The playhead has come to `frame`.
    void due(int64_t frame);
    /// The picture was shown. One that the playhead has not reached, or that came from before a jump, is no
    /// news.
    void shown(int64_t frame);
    int64_t dropped() const { return m_dropped; }

private:
    int64_t place(int64_t frame) const;

    int64_t m_base = 0;
    double m_speed = 1;
    int64_t m_due = 0; ///< places that were reached, counted from the base
    int64_t m_last = -1; ///< place that was shown last
    int64_t m_dropped = 0;
};

} // namespace telltale
