// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "review/sprintpages.h"
#include <algorithm>

namespace telltale {

SprintPages::SprintPages(std::vector<int64_t> ids, size_t perPage)
    : m_ids(std::move(ids))
    , m_marks(m_ids.size(), SprintMark::Leave)
    , m_perPage(std::max<size_t>(1, perPage))
{
}

size_t SprintPages::end() const { return std::min(m_ids.size(), m_first + m_perPage); }

std::vector<int64_t> SprintPages::page() const
{
    return {m_ids.begin() + static_cast<ptrdiff_t>(m_first), m_ids.begin() + static_cast<ptrdiff_t>(end())};
}

std::vector<int64_t> SprintPages::nextPage() const
{
    const size_t last = std::min(m_ids.size(), end() + m_perPage);
    return {m_ids.begin() + static_cast<ptrdiff_t>(end()), m_ids.begin() + static_cast<ptrdiff_t>(last)};
}

SprintMark SprintPages::mark(size_t place) const
{
    return m_first + place < end() ? m_marks[m_first + place] : SprintMark::Leave;
}

void SprintPages::toggle(size_t place, SprintMark mark)
{
    if (m_first + place >= end())
        return;
    SprintMark& own = m_marks[m_first + place];
    own = own == mark ? SprintMark::Leave : mark;
}

std::vector<int64_t> SprintPages::marked(SprintMark mark) const
{
    std::vector<int64_t> ids;
    for (size_t i = m_first; i < end(); ++i)
        if (m_marks[i] == mark)
            ids.push_back(m_ids[i]);
    return ids;
}

size_t SprintPages::after() const { return m_ids.size() - end(); }

void SprintPages::advance() { m_first = end(); }

void SprintPages::goBack()
{
    // The last page may be short, and behind it there is none.
    const size_t pages = (m_first + m_perPage - 1) / m_perPage;
    m_first = pages > 0 ? (pages - 1) * m_perPage : 0;
}

} // namespace telltale
