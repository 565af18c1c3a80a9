// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/effort/effortcounter.h"
#include <algorithm>

namespace telltale {

EffortPart EffortCounter::Count::part() const
{
    return {std::chrono::duration_cast<std::chrono::milliseconds>(active).count(), keys, clicks};
}

void EffortCounter::advance(Time now)
{
    if (!m_away)
        m_span.active += std::clamp(now - m_last, Time(0), kIdleLimit);
    m_last = now;
}

void EffortCounter::begin(Time now)
{
    m_span = m_search = {};
    m_last = now;
    m_away = false;
}

void EffortCounter::touch(Time now) { advance(now); }

void EffortCounter::press(Time now)
{
    come(now);
    advance(now);
    ++m_span.keys;
}

void EffortCounter::click(Time now)
{
    come(now);
    advance(now);
    ++m_span.clicks;
}

void EffortCounter::leave(Time now)
{
    advance(now);
    m_away = true;
}

void EffortCounter::come(Time now)
{
    if (!m_away)
        return;
    m_away = false;
    m_last = now;
}

void EffortCounter::choose(Time now)
{
    advance(now);
    m_search.active += m_span.active;
    m_search.keys += m_span.keys;
    m_search.clicks += m_span.clicks;
    m_span = {};
}

EditEffort EffortCounter::take(Time now)
{
    advance(now);
    const EditEffort effort{m_span.part(), m_search.part(), EffortMode::Other};
    m_span = m_search = {};
    return effort;
}

} // namespace telltale
