// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/agreement/spanpairs.h"
#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <queue>
#include <utility>

namespace telltale {
namespace {

constexpr size_t kNone = std::numeric_limits<size_t>::max();

/// The assignment over what overlaps. Every row of `a` has a column of its own behind those of `b`, which
/// stands for "alone" and costs 1, what a pair without any overlap would cost.
class Assigner {
public:
    Assigner(const std::vector<SpanMatchPair>& pairs, size_t rows, size_t columns, double least)
        : m_columns(columns)
        , m_first(rows + 1, 0)
        , m_rowPrice(rows, 0)
        , m_columnPrice(columns + rows, 0)
        , m_rowOf(columns + rows, kNone)
        , m_columnOf(rows, kNone)
        , m_pairOf(columns + rows, kNone)
        , m_distance(columns + rows, 0)
        , m_from(columns + rows, kNone)
        , m_fromPair(columns + rows, kNone)
        , m_seen(columns + rows, 0)
        , m_done(columns + rows, 0)
    {
        for (size_t i = 0; i < pairs.size(); ++i)
            if (pairs[i].overlap >= least && pairs[i].overlap > 0) {
                m_edges.push_back({pairs[i].b, 1 - pairs[i].overlap, i});
                ++m_first[pairs[i].a + 1];
            }
        std::partial_sum(m_first.begin(), m_first.end(), m_first.begin());
        for (size_t row = 0; row < rows; ++row)
            add(row);
    }

    /// Of each column of `b` the place of its pair in the list, or kNone.
    const std::vector<size_t>& pairs() const { return m_pairOf; }

private:
    struct Edge {
        size_t column = 0;
        double cost = 0;
        size_t pair = 0;
    };
    using Waiting = std::pair<double, size_t>; ///< distance and column

    void reach(size_t row, size_t column, double cost, size_t pair, double distance)
    {
        const double whole = distance + cost - m_rowPrice[row] - m_columnPrice[column];
        if (m_done[column] == m_search || (m_seen[column] == m_search && whole >= m_distance[column]))
            return;
        m_seen[column] = m_search;
        m_distance[column] = whole;
        m_from[column] = row;
        m_fromPair[column] = pair;
        m_waiting.push({whole, column});
    }
    void reachFrom(size_t row, double distance)
    {
        for (size_t i = m_first[row]; i < m_first[row + 1]; ++i)
            reach(row, m_edges[i].column, m_edges[i].cost, m_edges[i].pair, distance);
        reach(row, m_columns + row, 1, kNone, distance);
    }
    /// The cheapest way on which `row` gets a column and others move on.
    void add(size_t row)
    {
        ++m_search;
        m_waiting = {};
        m_closed.clear();
        reachFrom(row, 0);
        size_t end = kNone;
        double length = 0;
        while (end == kNone) { // the row's own column is always free in the end
            const auto [distance, column] = m_waiting.top();
            m_waiting.pop();
            if (m_done[column] == m_search)
                continue;
            m_done[column] = m_search;
            if (m_rowOf[column] == kNone) {
                end = column;
                length = distance;
            } else {
                m_closed.push_back(column);
                reachFrom(m_rowOf[column], distance);
            }
        }
        m_rowPrice[row] += length;
        for (const size_t column : m_closed) {
            m_rowPrice[m_rowOf[column]] += length - m_distance[column];
            m_columnPrice[column] -= length - m_distance[column];
        }
        moveOn(row, end);
    }
    /// Gives `column` to the row it was reached from, that row's former column to the one before, and so on.
    void moveOn(size_t row, size_t column)
    {
        for (size_t owner = kNone; owner != row;) {
            owner = m_from[column];
            m_rowOf[column] = owner;
            m_pairOf[column] = m_fromPair[column];
            column = std::exchange(m_columnOf[owner], column);
        }
    }

    size_t m_columns;
    std::vector<Edge> m_edges; ///< by row
    std::vector<size_t> m_first;
    std::vector<double> m_rowPrice;
    std::vector<double> m_columnPrice;
    std::vector<size_t> m_rowOf;
    std::vector<size_t> m_columnOf;
    std::vector<size_t> m_pairOf;
    std::vector<double> m_distance;
    std::vector<size_t> m_from;
    std::vector<size_t> m_fromPair;
    std::vector<size_t> m_seen; ///< number of the search that came here last
    std::vector<size_t> m_done;
    std::vector<size_t> m_closed;
    std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> m_waiting;
    size_t m_search = 0;
};

std::vector<size_t> byStart(const std::vector<CodedSpan>& spans)
{
    std::vector<size_t> rows(spans.size());
    std::iota(rows.begin(), rows.end(), size_t{0});
    std::ranges::stable_sort(rows, {}, [&](size_t row) { return spans[row].span.first; });
    return rows;
}

} // namespace

std::vector<SpanMatchPair> overlappingPairs(
    const std::vector<CodedSpan>& a, const std::vector<CodedSpan>& b, bool sameLabel)
{
    const std::vector<size_t> rowsA = byStart(a);
    const std::vector<size_t> rowsB = byStart(b);
    std::vector<SpanMatchPair> pairs;
    std::vector<size_t> open; // of b, may have ended
    size_t next = 0;
    for (const size_t row : rowsA) {
        const FrameSpan& span = a[row].span;
        for (; next < rowsB.size() && b[rowsB[next]].span.first < span.last; ++next)
            open.push_back(rowsB[next]);
        std::erase_if(open, [&](size_t other) { return b[other].span.last <= span.first; });
        for (const size_t other : open)
            if (span.overlaps(b[other].span) && !span.empty() && !b[other].span.empty()
                && (!sameLabel || a[row].label == b[other].label))
                pairs.push_back({row, other, temporalIou(span, b[other].span)});
    }
    std::ranges::sort(pairs, {}, [](const SpanMatchPair& pair) { return std::pair(pair.a, pair.b); });
    return pairs;
}

std::vector<SpanMatchPair> bestPairs(
    const std::vector<SpanMatchPair>& pairs, size_t rowsA, size_t rowsB, double least)
{
    const Assigner assigner(pairs, rowsA, rowsB, least);
    std::vector<SpanMatchPair> result;
    for (size_t column = 0; column < rowsB; ++column)
        if (const size_t pair = assigner.pairs()[column]; pair != kNone)
            result.push_back(pairs[pair]);
    std::ranges::sort(result, {}, &SpanMatchPair::a);
    return result;
}

} // namespace telltale
