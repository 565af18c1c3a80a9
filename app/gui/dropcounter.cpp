// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/dropcounter.h"
#include <algorithm>
#include <cmath>

namespace telltale {

void DropCounter::begin(int64_t frame, double speed, bool onScreen)
{
    m_due = 0;
    m_last = 0;
    goOn(frame, speed, onScreen);
    m_dropped = 0;
}

void DropCounter::goOn(int64_t frame, double speed, bool onScreen)
{
    m_dropped += std::max<int64_t>(0, m_due - 1 - m_last); // the newest one may still be on its way
    m_base = frame;
    m_speed = speed;
    m_due = 0;
    m_last = onScreen ? 0 : -1;
}

int64_t DropCounter::place(int64_t frame) const
{
    const auto distance = static_cast<double>(frame - m_base) * (m_speed < 0 ? -1 : 1);
    return static_cast<int64_t>(std::floor(distance / std::max(1.0, std::abs(m_speed))));
}

void DropCounter::due(int64_t frame) { m_due = std::max(m_due, place(frame)); }

void DropCounter::shown(int64_t frame)
{
    const int64_t at = place(frame);
    if (at < 0 || at > m_due || at <= m_last)
        return;
    m_dropped += at - m_last - 1;
    m_last = at;
}

} // namespace telltale
