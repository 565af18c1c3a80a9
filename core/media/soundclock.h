// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <mutex>

namespace telltale {

/// The machine's monotonic clock in microseconds.
int64_t machineMicroseconds();

/// The clock that playback goes by. It runs as the machine's clock does; while sound is heard it is led,
/// smoothly and never backwards, to where the sound device is, whose own clock always runs a little faster or
/// slower (phase-locked loop of first order). All times in microseconds. Safe from any thread.
class SoundClock {
public:
    /// Time now; `machine` is the machine's monotonic clock and never less than before.
    int64_t at(int64_t machine);
    /// At `machine` the device played the sound that belongs to `heard`. Returns by how much the sound is
    /// ahead of this clock (before correcting).
    int64_t observe(int64_t machine, int64_t heard);

private:
    int64_t advance(int64_t machine);

    std::mutex m_mutex;
    int64_t m_machine = 0; ///< of the last advance
    double m_time = 0;
    double m_error = 0; ///< of this clock against the sound, smoothed
    int64_t m_trustedUntil = 0; ///< machine's time at which the last observation is stale
    bool m_started = false;
};

} // namespace telltale
