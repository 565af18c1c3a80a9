// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/timebase.h"
#include <chrono>
#include <cmath>

namespace telltale {

/// How long after a movement a person presses the key for it. Ours: simple reactions to what is seen take
/// about that long; everybody can set his own (as in ELAN's delayed mode).
inline constexpr std::chrono::milliseconds kReactionLag{200};

/// The frame that was on screen when somebody decided to press a key, the lag before the press. The lag is
/// time of the person, so at twice the speed twice as much of the video has passed, and backwards the frame
/// lies later. Goes through the frames' times, so a variable frame rate is right as well.
/// `now`: where playback is at the press. `speed`: of playback, negative backwards, 0 while it stands (then
/// nothing is taken off). `within`: what is played; the answer lies in it. 0 if it is empty. Pure; any
/// thread.
inline int64_t reactedFrame(const FrameTimes& times, MediaTime now, double speed,
    std::chrono::milliseconds lag, const FrameSpan& within)
{
    const FrameSpan span = clampSpan(within, times.frameCount());
    if (span.empty())
        return 0;
    const auto passed = static_cast<double>(MediaTime(lag).count()) * speed;
    const MediaTime seen = now - MediaTime(static_cast<int64_t>(std::llround(passed)));
    return std::clamp(times.frameAt(seen), span.first, span.last - 1);
}

} // namespace telltale
