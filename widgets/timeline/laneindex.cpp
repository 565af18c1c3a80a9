// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/timeline/laneindex.h"
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>
#include <set>

namespace telltale {

namespace {

constexpr int64_t kNever = std::numeric_limits<int64_t>::min();

/// The order in which entries choose their rows.
bool before(const LaneIndex::Entry& a, const LaneIndex::Entry& b)
{
    if (a.span.first != b.span.first)
        return a.span.first < b.span.first;
    return a.span.last != b.span.last ? a.span.last > b.span.last : a.key < b.key;
}

bool startsBefore(const LaneIndex::Entry& entry, int64_t frame) { return entry.span.first < frame; }

FrameSpan visible(const FrameSpan& span) { return {span.first, std::max(span.last, span.first + 1)}; }

} // namespace

void LaneIndex::build(const std::vector<FrameSpan>& spans)
{
    std::vector<Entry> entries;
    entries.reserve(spans.size());
    for (const FrameSpan& span : spans) {
        const auto item = static_cast<int>(entries.size());
        entries.push_back({span, item, item, 0});
    }
    buildFrom(std::move(entries));
}

void LaneIndex::buildFrom(std::vector<Entry> entries)
{
    for (Entry& entry : entries)
        entry.span = visible(entry.span);
    std::sort(entries.begin(), entries.end(), before);
    m_rows.clear();
    m_rowOfItem.assign(entries.size(), 0);
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
    m_longest.assign(m_rows.size(), {});
    for (size_t row = 0; row < m_rows.size(); ++row)
        measure(row, 0);
}

void LaneIndex::measure(size_t row, size_t fromEntry)
{
    const Row& entries = m_rows[row];
    std::vector<int64_t>& longest = m_longest[row];
    longest.resize((entries.size() + kBlock - 1) / kBlock);
    for (size_t block = fromEntry / kBlock; block < longest.size(); ++block) {
        int64_t most = 0;
        for (size_t i = block * kBlock; i < std::min(entries.size(), (block + 1) * kBlock); ++i)
            most = std::max(most, entries[i].span.length());
        longest[block] = most;
    }
}

LaneIndex::Row::iterator LaneIndex::locate(int item, int64_t firstFrame)
{
    // Within a row starts are unique.
    Row& row = m_rows[static_cast<size_t>(rowOf(item))];
    return std::partition_point(
        row.begin(), row.end(), [firstFrame](const Entry& e) { return startsBefore(e, firstFrame); });
}

std::vector<LaneIndex::Change> LaneIndex::insert(Entry entry)
{
    entry.span = visible(entry.span);
    if (entry.item >= static_cast<int>(m_rowOfItem.size()))
        m_rowOfItem.resize(static_cast<size_t>(entry.item) + 1, -1);
    return layOutFrom(entry, -1);
}

std::vector<LaneIndex::Change> LaneIndex::remove(int item, int64_t firstFrame)
{
    const Entry entry = *locate(item, firstFrame);
    return layOutFrom(entry, rowOf(item));
}

void LaneIndex::renumber(int item, int64_t firstFrame, int to)
{
    if (item != to) {
        locate(item, firstFrame)->item = to;
        m_rowOfItem[static_cast<size_t>(to)] = rowOf(item);
    }
    m_rowOfItem.pop_back();
}

std::vector<LaneIndex::Change> LaneIndex::layOutFrom(const Entry& changed, int removedFrom)
{
    // Rows are given out as buildFrom() does, from the changed entry on, until all that are still open have
    // the rows that they had: from there on nothing else can change.
    struct Next {
        const Entry* entry;
        int row;
    };
    const auto later = [](const Next& a, const Next& b) { return before(*b.entry, *a.entry); };
    std::priority_queue<Next, std::vector<Next>, decltype(later)> next(later);
    std::vector<size_t> cursor(m_rows.size());
    std::vector<int64_t> endOf(m_rows.size(), kNever);
    for (size_t r = 0; r < m_rows.size(); ++r) {
        const Row& row = m_rows[r];
        cursor[r]
            = static_cast<size_t>(std::partition_point(row.begin(), row.end(), [&changed](const Entry& e) {
                  return before(e, changed);
              }) - row.begin());
        if (cursor[r] > 0)
            endOf[r] = row[cursor[r] - 1].span.last;
        if (static_cast<int>(r) == removedFrom)
            ++cursor[r];
        if (cursor[r] < row.size())
            next.push({&row[cursor[r]], static_cast<int>(r)});
    }
    const auto choose = [&endOf](const Entry& entry) {
        size_t row = 0;
        while (row < endOf.size() && endOf[row] > entry.span.first)
            ++row;
        if (row == endOf.size())
            endOf.push_back(kNever);
        endOf[row] = entry.span.last;
        return static_cast<int>(row);
    };
    std::vector<Change> changes;
    changes.push_back({changed, removedFrom, removedFrom < 0 ? choose(changed) : -1});
    int64_t differsUntil = changed.span.last;
    while (!next.empty() && next.top().entry->span.first < differsUntil) {
        const Next at = next.top();
        next.pop();
        const auto from = static_cast<size_t>(at.row);
        if (++cursor[from] < m_rows[from].size())
            next.push({&m_rows[from][cursor[from]], at.row});
        const int to = choose(*at.entry);
        if (to == at.row)
            continue;
        differsUntil = std::max(differsUntil, at.entry->span.last);
        changes.push_back({*at.entry, at.row, to});
    }
    apply(changes, changed.span.first, differsUntil);
    return changes;
}

void LaneIndex::apply(const std::vector<Change>& changes, int64_t first, int64_t until)
{
    std::set<size_t> touched;
    for (const Change& change : changes) {
        m_rowOfItem[static_cast<size_t>(change.entry.item)] = change.to;
        for (const int row : {change.from, change.to})
            if (row >= 0)
                touched.insert(static_cast<size_t>(row));
    }
    if (*touched.rbegin() >= m_rows.size()) {
        m_rows.resize(*touched.rbegin() + 1);
        m_longest.resize(m_rows.size());
    }
    for (const size_t r : touched) {
        Row& row = m_rows[r];
        const auto atFrame = [&row](int64_t frame) {
            return std::partition_point(
                row.begin(), row.end(), [frame](const Entry& e) { return startsBefore(e, frame); });
        };
        const auto begin = atFrame(first) - row.begin();
        const auto gone = std::remove_if(row.begin() + begin, atFrame(until), [this, r](const Entry& e) {
            return m_rowOfItem[static_cast<size_t>(e.item)] != static_cast<int>(r);
        });
        auto end = row.erase(gone, atFrame(until)) - row.begin();
        Row added;
        for (const Change& change : changes)
            if (change.to == static_cast<int>(r))
                added.push_back(change.entry);
        row.insert(row.begin() + end, added.begin(), added.end());
        end += static_cast<ptrdiff_t>(added.size());
        std::sort(row.begin() + begin, row.begin() + end, before);
        measure(r, static_cast<size_t>(begin));
    }
    while (!m_rows.empty() && m_rows.back().empty()) {
        m_rows.pop_back();
        m_longest.pop_back();
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
