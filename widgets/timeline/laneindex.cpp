// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/laneindex.h"
#include <cmath>
#include <functional>
#include <queue>
#include <set>

namespace telltale {

void LaneIndex::build(const std::vector<FrameSpan>& spans)
{
    std::vector<Entry> entries;
    entries.reserve(spans.size());
    for (const FrameSpan& span : spans)
        entries.push_back(
            {{span.first, std::max(span.last, span.first + 1)}, static_cast<int>(entries.size())});
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        return a.span.first != b.span.first ? a.span.first < b.span.first : a.span.last > b.span.last;
    });

    m_rows.clear();
    m_rowOfItem.assign(spans.size(), 0);
    using Busy = std::pair<int64_t, int>; // end of a row's last span, row
    std::priority_queue<Busy, std::vector<Busy>, std::greater<>> busy;
    std::set<int> free;
    for (const Entry& entry : entries) {
        while (!busy.empty() && busy.top().first <= entry.span.first) {
            free.insert(busy.top().second);
            busy.pop();
        }
        if (free.empty()) {
            free.insert(static_cast<int>(m_rows.size()));
            m_rows.emplace_back();
        }
        const int row = *free.begin();
        free.erase(free.begin());
        m_rows[static_cast<size_t>(row)].push_back(entry);
        m_rowOfItem[static_cast<size_t>(entry.item)] = row;
        busy.emplace(entry.span.last, row);
    }
}

std::optional<int64_t> LaneIndex::nearestBoundary(double position, double tolerance, int except) const
{
    std::optional<int64_t> best;
    double bestDistance = tolerance;
    for (const Row& row : m_rows) {
        for (auto it = firstEndingAfter(row, position - tolerance - 1); it != row.end(); ++it) {
            if (static_cast<double>(it->span.first) > position + bestDistance)
                break;
            if (it->item == except)
                continue;
            for (const int64_t boundary : {it->span.first, it->span.last}) {
                const double distance = std::abs(static_cast<double>(boundary) - position);
                if (distance <= bestDistance) {
                    bestDistance = distance;
                    best = boundary;
                }
            }
        }
    }
    return best;
}

LaneIndex::Row::const_iterator firstEndingAfter(const LaneIndex::Row& row, double frame)
{
    return std::partition_point(row.begin(), row.end(),
        [frame](const LaneIndex::Entry& e) { return static_cast<double>(e.span.last) <= frame; });
}

} // namespace telltale
