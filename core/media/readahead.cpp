// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/readahead.h"
#include <algorithm>
#include <cstdlib>

namespace telltale {
namespace {

constexpr int64_t kNear = 14; ///< covers steps and jumps of ten
constexpr int64_t kFar = 48;
constexpr int64_t kAroundHint = 2;

} // namespace

void ReadAhead::setRoom(int64_t pictures)
{
    m_room = pictures;
    m_near = std::min(kNear, pictures / 6);
    m_far = std::min(kFar, pictures / 4);
}

void ReadAhead::moveTo(int64_t index)
{
    const int64_t step = index - m_cursor;
    if (step != 0)
        m_direction = m_cursor >= 0 && step < 0 && step >= -kFar ? -1 : 1;
    m_cursor = index;
}

size_t ReadAhead::hintsInReach() const
{
    return std::min(m_hints.size(), static_cast<size_t>(m_room / (8 * (2 * kAroundHint + 1))));
}

std::optional<ReadAhead::Goal> ReadAhead::search(
    int64_t first, int64_t last, int step, const std::function<bool(int64_t)>& isKept) const
{
    for (int64_t distance = first; distance <= last; ++distance) {
        const int64_t index = m_cursor + distance * step;
        if (index < 0 || index >= m_count)
            return std::nullopt;
        if (isKept(index))
            continue;
        if (step > 0)
            return Goal{index, m_cursor};
        // What is near has to be there soon; farther back a group of pictures is decoded once for many steps.
        const int64_t backwards = m_direction < 0 ? index - m_room / 2 : m_cursor - m_far;
        return Goal{index, distance <= m_near ? m_cursor - m_near : backwards};
    }
    return std::nullopt;
}

int64_t ReadAhead::fromForCursor() const
{
    // Who outruns the reading ahead on the way back would else wait as long as for a jump at every few steps.
    return m_cursor - (m_direction < 0 ? m_room / 2 : m_near);
}

std::optional<ReadAhead::Goal> ReadAhead::next(const std::function<bool(int64_t)>& isKept) const
{
    if (m_cursor < 0)
        return std::nullopt;
    for (const int step : {m_direction, -m_direction})
        if (const auto goal = search(1, m_near, step, isKept))
            return goal;
    for (size_t i = 0; i < hintsInReach(); ++i)
        if (const int64_t hint = m_hints[i]; hint >= 0 && hint < m_count && !isKept(hint))
            return Goal{hint, hint - kAroundHint};
    for (const int step : {m_direction, -m_direction})
        if (const auto goal = search(m_near + 1, m_far, step, isKept))
            return goal;
    return std::nullopt;
}

bool ReadAhead::isWorthKeeping(int64_t index) const
{
    if (std::abs(index - m_cursor) <= m_far)
        return true;
    const auto end = m_hints.begin() + static_cast<std::ptrdiff_t>(hintsInReach());
    return std::any_of(
        m_hints.begin(), end, [&](int64_t hint) { return std::abs(index - hint) <= kAroundHint; });
}

} // namespace telltale
