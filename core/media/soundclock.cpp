// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/soundclock.h"
#include <algorithm>
#include <chrono>
#include <cmath>

namespace telltale {
namespace {

constexpr double kCatchUpUs = 1e6; ///< an error goes down by 1/e in this time
constexpr double kMostCorrection = 0.05; ///< of the speed; nobody sees it
constexpr int64_t kStaleUs = 500000;
constexpr double kSmoothing = 0.2; ///< weight of a new observation: devices report in steps

} // namespace

int64_t machineMicroseconds()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

int64_t SoundClock::advance(int64_t machine)
{
    if (!m_started) {
        m_started = true;
        m_machine = machine;
        m_time = static_cast<double>(machine);
    }
    const int64_t passed = std::max<int64_t>(0, machine - m_machine);
    m_machine += passed;
    const auto led
        = static_cast<double>(std::clamp<int64_t>(m_trustedUntil - (m_machine - passed), 0, passed));
    const double rate = std::clamp(m_error / kCatchUpUs, -kMostCorrection, kMostCorrection);
    m_time += static_cast<double>(passed) + led * rate;
    m_error -= led * rate;
    return std::llround(m_time);
}

int64_t SoundClock::at(int64_t machine)
{
    const std::lock_guard lock(m_mutex);
    return advance(machine);
}

int64_t SoundClock::observe(int64_t machine, int64_t heard)
{
    const std::lock_guard lock(m_mutex);
    const int64_t ahead = heard - advance(machine);
    const bool fresh = machine > m_trustedUntil;
    m_error
        = fresh ? static_cast<double>(ahead) : m_error + (static_cast<double>(ahead) - m_error) * kSmoothing;
    m_trustedUntil = machine + kStaleUs;
    return ahead;
}

} // namespace telltale
