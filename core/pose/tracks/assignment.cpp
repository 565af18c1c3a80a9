// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/tracks/assignment.h"
#include <algorithm>
#include <limits>
#include <utility>

namespace telltale {
namespace {

/// The method for at most as many rows as columns. Row 0 and column 0 are where searches begin.
class Matching {
public:
    Matching(std::span<const double> costs, int rows, int columns, bool flipped)
        : m_costs(costs)
        , m_rows(static_cast<size_t>(rows))
        , m_columns(static_cast<size_t>(columns))
        , m_flipped(flipped)
        , m_rowPrice(m_rows + 1)
        , m_columnPrice(m_columns + 1)
        , m_rowOf(m_columns + 1)
        , m_cameFrom(m_columns + 1)
    {
        for (size_t row = 1; row <= m_rows; ++row)
            add(row);
    }
    /// Row of each column from 1 on, both counted from 1; 0 for none.
    const std::vector<size_t>& rowOf() const { return m_rowOf; }

private:
    double reduced(size_t row, size_t column) const
    {
        const size_t place = m_flipped ? (column - 1) * m_rows + row - 1 : (row - 1) * m_columns + column - 1;
        return m_costs[place] - m_rowPrice[row] - m_columnPrice[column];
    }
    /// Finds the cheapest path on which `row` gets a column and others move on.
    void add(size_t row)
    {
        m_rowOf[0] = row;
        std::vector<double> distance(m_columns + 1, std::numeric_limits<double>::infinity());
        std::vector<bool> visited(m_columns + 1);
        size_t column = 0;
        do {
            visited[column] = true;
            column = step(column, distance, visited);
        } while (m_rowOf[column] != 0);
        for (; column != 0; column = m_cameFrom[column])
            m_rowOf[column] = m_rowOf[m_cameFrom[column]];
    }
    size_t step(size_t column, std::vector<double>& distance, const std::vector<bool>& visited)
    {
        double least = std::numeric_limits<double>::infinity();
        size_t next = 0;
        for (size_t other = 1; other <= m_columns; ++other) {
            if (visited[other])
                continue;
            if (const double cost = reduced(m_rowOf[column], other); cost < distance[other]) {
                distance[other] = cost;
                m_cameFrom[other] = column;
            }
            if (distance[other] < least) {
                least = distance[other];
                next = other;
            }
        }
        for (size_t other = 0; other <= m_columns; ++other) {
            if (visited[other]) {
                m_rowPrice[m_rowOf[other]] += least;
                m_columnPrice[other] -= least;
            } else {
                distance[other] -= least;
            }
        }
        return next;
    }

    std::span<const double> m_costs;
    size_t m_rows;
    size_t m_columns;
    bool m_flipped; ///< the costs are stored by column
    std::vector<double> m_rowPrice;
    std::vector<double> m_columnPrice;
    std::vector<size_t> m_rowOf;
    std::vector<size_t> m_cameFrom;
};

} // namespace

std::vector<int> cheapestAssignment(std::span<const double> costs, int rows, int columns)
{
    std::vector<int> result(static_cast<size_t>(rows), -1);
    const bool flipped = rows > columns;
    const Matching matching(costs, std::min(rows, columns), std::max(rows, columns), flipped);
    const std::vector<size_t>& rowOf = matching.rowOf();
    for (size_t column = 1; column < rowOf.size(); ++column) {
        if (rowOf[column] == 0)
            continue;
        const auto [row, place]
            = flipped ? std::pair(column, rowOf[column]) : std::pair(rowOf[column], column);
        result[row - 1] = static_cast<int>(place) - 1;
    }
    return result;
}

} // namespace telltale
