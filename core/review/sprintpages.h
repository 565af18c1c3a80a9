// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace telltale {

enum class SprintMark { Leave, Accept, Reject };

/// Proposals of one class that are decided page by page: which are on the page, and what they are marked. A
/// page that was gone through does not come again. A value; knows nothing of who stores the decisions.
class SprintPages {
public:
    explicit SprintPages(std::vector<int64_t> ids = {}, size_t perPage = 9);

    std::vector<int64_t> page() const; ///< ids, at most `perPage`; empty at the end
    std::vector<int64_t> nextPage() const;
    SprintMark mark(size_t place) const; ///< Leave outside the page
    /// Marks, or takes the mark away where it is that one already. Nothing outside the page.
    void toggle(size_t place, SprintMark mark);
    std::vector<int64_t> marked(SprintMark mark) const; ///< of this page
    size_t after() const; ///< how many come after this page
    size_t passed() const { return m_first; } ///< how many were gone through

    void advance(); ///< all of the next page are left until they are marked
    void goBack(); ///< the page before, as it was marked; nothing on the first one

private:
    size_t end() const;

    std::vector<int64_t> m_ids;
    std::vector<SprintMark> m_marks; ///< as m_ids
    size_t m_perPage;
    size_t m_first = 0; ///< of the page, in m_ids
};

} // namespace telltale
