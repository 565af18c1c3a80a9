// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/spanpairs.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <string_view>

namespace telltale {
namespace {

/// The spans of one video by start, with how far those up to each reach.
struct Row {
    std::vector<size_t> places;
    std::vector<double> reach; ///< the latest end up to here
};

using Rows = std::map<std::string_view, Row>;

Rows rowsOf(const std::vector<ScoredSpan>& spans)
{
    Rows rows;
    for (size_t i = 0; i < spans.size(); ++i)
        if (std::isfinite(spans[i].start) && std::isfinite(spans[i].end))
            rows[spans[i].video].places.push_back(i);
    for (auto& [video, row] : rows) {
        std::ranges::stable_sort(row.places, {}, [&spans](size_t place) { return spans[place].start; });
        for (const size_t place : row.places)
            row.reach.push_back(
                row.reach.empty() ? spans[place].end : std::max(row.reach.back(), spans[place].end));
    }
    return rows;
}

std::vector<SpanPair> strictPairs(
    const std::vector<ScoredSpan>& first, const std::vector<ScoredSpan>& second, double tiou)
{
    std::vector<SpanPair> possible = overlappingSpans(first, second, tiou);
    std::vector<size_t> rank(second.size());
    const std::vector<size_t> ranking = rankedByScore(second);
    for (size_t place = 0; place < ranking.size(); ++place)
        rank[ranking[place]] = place;
    // Of equal overlaps the later one of the first list, as SpanMatcher has it.
    std::ranges::sort(possible, [&rank](const SpanPair& a, const SpanPair& b) {
        if (a.second != b.second)
            return rank[a.second] < rank[b.second];
        return a.overlap != b.overlap ? a.overlap > b.overlap : a.first > b.first;
    });
    std::vector<bool> firstTaken(first.size(), false);
    std::vector<bool> secondTaken(second.size(), false);
    std::vector<SpanPair> pairs;
    for (const SpanPair& pair : possible) {
        if (firstTaken[pair.first] || secondTaken[pair.second])
            continue;
        firstTaken[pair.first] = secondTaken[pair.second] = true;
        pairs.push_back(pair);
    }
    return pairs;
}

/// Disjoint sets of places, to find spans that hang together.
class Bunches {
public:
    explicit Bunches(size_t size) : m_parent(size) { std::iota(m_parent.begin(), m_parent.end(), size_t{0}); }
    size_t of(size_t place)
    {
        while (m_parent[place] != place)
            place = m_parent[place] = m_parent[m_parent[place]];
        return place;
    }
    void join(size_t a, size_t b) { m_parent[std::max(of(a), of(b))] = std::min(of(a), of(b)); }

private:
    std::vector<size_t> m_parent;
};

size_t placeIn(std::vector<size_t>& places, size_t value)
{
    const auto found = std::ranges::find(places, value);
    if (found != places.end())
        return static_cast<size_t>(found - places.begin());
    places.push_back(value);
    return places.size() - 1;
}

void assignBunch(const std::vector<SpanPair>& bunch, std::vector<SpanPair>& pairs)
{
    std::vector<size_t> rows;
    std::vector<size_t> columns;
    for (const SpanPair& pair : bunch) {
        placeIn(rows, pair.first);
        placeIn(columns, pair.second);
    }
    std::vector<std::vector<double>> weights(rows.size(), std::vector<double>(columns.size(), 0));
    for (const SpanPair& pair : bunch)
        weights[placeIn(rows, pair.first)][placeIn(columns, pair.second)] = pair.overlap;
    const std::vector<int> own = heaviestAssignment(weights);
    for (size_t row = 0; row < rows.size(); ++row)
        if (own[row] >= 0) {
            const auto column = static_cast<size_t>(own[row]);
            pairs.push_back({rows[row], columns[column], weights[row][column]});
        }
}

std::vector<SpanPair> optimalPairs(
    const std::vector<ScoredSpan>& first, const std::vector<ScoredSpan>& second, double tiou)
{
    const std::vector<SpanPair> possible = overlappingSpans(first, second, tiou);
    Bunches bunches(first.size() + second.size());
    for (const SpanPair& pair : possible)
        bunches.join(pair.first, first.size() + pair.second);
    std::vector<size_t> sizes(first.size(), 0); // of the bunch, by its root, which is of the first list
    for (const SpanPair& pair : possible)
        ++sizes[bunches.of(pair.first)];
    std::vector<SpanPair> pairs;
    std::map<size_t, std::vector<SpanPair>> larger;
    for (const SpanPair& pair : possible)
        if (const size_t root = bunches.of(pair.first); sizes[root] == 1)
            pairs.push_back(pair);
        else
            larger[root].push_back(pair);
    for (const auto& [root, bunch] : larger)
        assignBunch(bunch, pairs);
    return pairs;
}

/// The cheapest assignment of every row, with at least as many columns as rows; from 1 in the inner arrays,
/// as the usual form has it.
std::vector<int> cheapestColumns(const std::vector<std::vector<double>>& cost)
{
    const size_t rows = cost.size();
    const size_t columns = cost.front().size();
    std::vector<double> u(rows + 1, 0);
    std::vector<double> v(columns + 1, 0);
    std::vector<size_t> owner(columns + 1, 0);
    std::vector<size_t> way(columns + 1, 0);
    for (size_t row = 1; row <= rows; ++row) {
        owner[0] = row;
        size_t column = 0;
        std::vector<double> least(columns + 1, std::numeric_limits<double>::infinity());
        std::vector<bool> used(columns + 1, false);
        do {
            used[column] = true;
            const size_t from = owner[column];
            double delta = std::numeric_limits<double>::infinity();
            size_t next = 0;
            for (size_t j = 1; j <= columns; ++j) {
                if (used[j])
                    continue;
                const double reduced = cost[from - 1][j - 1] - u[from] - v[j];
                if (reduced < least[j]) {
                    least[j] = reduced;
                    way[j] = column;
                }
                if (least[j] < delta) {
                    delta = least[j];
                    next = j;
                }
            }
            for (size_t j = 0; j <= columns; ++j)
                if (used[j]) {
                    u[owner[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            column = next;
        } while (owner[column] != 0);
        while (column != 0) {
            owner[column] = owner[way[column]];
            column = way[column];
        }
    }
    std::vector<int> own(rows, -1);
    for (size_t j = 1; j <= columns; ++j)
        if (owner[j] != 0)
            own[owner[j] - 1] = static_cast<int>(j - 1);
    return own;
}

} // namespace

std::vector<SpanPair> overlappingSpans(
    const std::vector<ScoredSpan>& first, const std::vector<ScoredSpan>& second, double tiou)
{
    std::vector<SpanPair> pairs;
    const Rows rows = rowsOf(second);
    for (size_t i = 0; i < first.size(); ++i) {
        const auto row = rows.find(first[i].video);
        if (row == rows.end() || !std::isfinite(first[i].end))
            continue;
        const std::vector<size_t>& places = row->second.places;
        auto at
            = static_cast<size_t>(std::ranges::lower_bound(places, first[i].end, {}, [&second](size_t place) {
                  return second[place].start;
              }) - places.begin());
        // From the last span that begins before the end backwards, as long as any before it reaches the
        // start.
        while (at-- > 0 && row->second.reach[at] > first[i].start) {
            const double overlap = temporalOverlap(first[i], second[places[at]]);
            if (overlap > 0 && overlap >= tiou)
                pairs.push_back({i, places[at], overlap});
        }
    }
    return pairs;
}

std::vector<int> heaviestAssignment(const std::vector<std::vector<double>>& weights)
{
    if (weights.empty())
        return {};
    const size_t columns = weights.front().size();
    // Columns of no weight, so that every row finds one.
    std::vector<std::vector<double>> cost;
    for (const std::vector<double>& row : weights) {
        cost.emplace_back(std::max(columns, weights.size()), 0.0);
        std::ranges::transform(row, cost.back().begin(), [](double weight) { return -weight; });
    }
    std::vector<int> own = cheapestColumns(cost);
    for (size_t row = 0; row < own.size(); ++row)
        if (own[row] >= 0
            && (static_cast<size_t>(own[row]) >= columns || weights[row][static_cast<size_t>(own[row])] <= 0))
            own[row] = -1;
    return own;
}

std::vector<SpanPair> pairSpans(const std::vector<ScoredSpan>& first, const std::vector<ScoredSpan>& second,
    double tiou, SpanPairing pairing)
{
    std::vector<SpanPair> pairs = pairing == SpanPairing::Strict ? strictPairs(first, second, tiou)
                                                                 : optimalPairs(first, second, tiou);
    std::ranges::sort(pairs, {}, &SpanPair::first);
    return pairs;
}

} // namespace telltale
