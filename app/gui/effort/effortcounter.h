// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/effort.h"
#include <chrono>

namespace telltale {

/// Pauses count up to here: who does nothing for longer is thought to do something else. Ours.
inline constexpr std::chrono::microseconds kIdleLimit = std::chrono::seconds(30);

/// Adds up active time and presses between edits. Knows no clock: times are of any steady one and never go
/// back. A value.
class EffortCounter {
public:
    using Time = std::chrono::microseconds;

    void begin(Time now); ///< forgets what was counted
    void touch(Time now); ///< the person moved, let go or scrolled
    void press(Time now);
    void click(Time now);
    /// The window is not in front any more: time stands still until come(), a press or a click.
    void leave(Time now);
    void come(Time now);
    void choose(Time now); ///< another span: what was counted so far was the search for it
    /// What was counted since the last time, without a mode; begins anew.
    EditEffort take(Time now);

private:
    struct Count {
        Time active{0};
        int64_t keys = 0;
        int64_t clicks = 0;
        EffortPart part() const;
    };
    void advance(Time now);

    Count m_span;
    Count m_search;
    Time m_last{0};
    bool m_away = false;
};

} // namespace telltale
