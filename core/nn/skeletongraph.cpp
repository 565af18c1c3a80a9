// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/skeletongraph.h"
#include <array>
#include <limits>
#include <string>

namespace telltale {
namespace {

constexpr int kMostPoints = 2000;
constexpr int kMostHops = 16;
constexpr int kFar = std::numeric_limits<int>::max();

constexpr std::array<std::pair<std::string_view, GraphMode>, 3> kModes = {{{"spatial", GraphMode::Spatial},
    {"stgcn_spatial", GraphMode::StgcnSpatial}, {"binary_adj", GraphMode::BinaryAdj}}};

class Matrix {
public:
    explicit Matrix(int points) : m_points(static_cast<size_t>(points)), m_values(m_points * m_points) { }
    double& at(int to, int from)
    {
        return m_values[static_cast<size_t>(to) * m_points + static_cast<size_t>(from)];
    }
    const std::vector<double>& values() const { return m_values; }

    Matrix byColumn() const
    {
        Matrix result = *this;
        for (size_t from = 0; from < m_points; ++from) {
            double sum = 0;
            for (size_t to = 0; to < m_points; ++to)
                sum += m_values[to * m_points + from];
            for (size_t to = 0; to < m_points && sum > 0; ++to)
                result.m_values[to * m_points + from] /= sum;
        }
        return result;
    }

private:
    size_t m_points;
    std::vector<double> m_values;
};

Matrix linkMatrix(const SkeletonGraph& graph, bool inward, bool outward)
{
    Matrix matrix(graph.points);
    for (const auto& [child, parent] : graph.inward) {
        if (inward)
            matrix.at(parent, child) = 1;
        if (outward)
            matrix.at(child, parent) = 1;
    }
    return matrix;
}

/// Steps between any two points over links in either direction, kFar above `hops`.
std::vector<std::vector<int>> distances(const SkeletonGraph& graph, int hops)
{
    const auto count = static_cast<size_t>(graph.points);
    std::vector<std::vector<size_t>> neighbours(count);
    for (const auto& [child, parent] : graph.inward) {
        neighbours[static_cast<size_t>(child)].push_back(static_cast<size_t>(parent));
        neighbours[static_cast<size_t>(parent)].push_back(static_cast<size_t>(child));
    }
    std::vector<std::vector<int>> steps(count, std::vector<int>(count, kFar));
    for (size_t start = 0; start < count; ++start) {
        steps[start][start] = 0;
        std::vector<size_t> edge = {start};
        for (int step = 1; step <= hops; ++step) {
            std::vector<size_t> next;
            for (const size_t at : edge)
                for (const size_t to : neighbours[at])
                    if (steps[start][to] == kFar) {
                        steps[start][to] = step;
                        next.push_back(to);
                    }
            edge = std::move(next);
        }
    }
    return steps;
}

std::vector<Matrix> stgcnSlices(const SkeletonGraph& graph, int hops)
{
    const auto steps = distances(graph, hops);
    const auto stepsOf = [&](int a, int b) { return steps[static_cast<size_t>(a)][static_cast<size_t>(b)]; };
    Matrix reach(graph.points);
    for (int to = 0; to < graph.points; ++to)
        for (int from = 0; from < graph.points; ++from)
            reach.at(to, from) = stepsOf(to, from) <= hops ? 1 : 0;
    Matrix weights = reach.byColumn();
    std::vector<Matrix> slices;
    for (int hop = 0; hop <= hops; ++hop) {
        Matrix same(graph.points);
        Matrix nearer(graph.points);
        for (int from = 0; from < graph.points; ++from)
            for (int to = 0; to < graph.points; ++to)
                if (stepsOf(to, from) == hop) {
                    const bool isNearer = stepsOf(to, graph.centre) < stepsOf(from, graph.centre);
                    (isNearer ? nearer : same).at(to, from) = weights.at(to, from);
                }
        slices.push_back(std::move(same));
        if (hop > 0)
            slices.push_back(std::move(nearer));
    }
    return slices;
}

Status checkGraph(const SkeletonGraph& graph, int hops)
{
    const auto inside = [&](int point) { return point >= 0 && point < graph.points; };
    if (graph.points < 1 || graph.points > kMostPoints || !inside(graph.centre))
        return Error{ErrorCode::InvalidArgument,
            "a skeleton graph needs 1 to 2000 points and a centre among them, this one has "
                + std::to_string(graph.points) + " and centre " + std::to_string(graph.centre)};
    if (hops < 1 || hops > kMostHops)
        return Error{ErrorCode::InvalidArgument,
            "distances in a skeleton graph are counted up to 1 to 16 steps, not " + std::to_string(hops)};
    for (const auto& [child, parent] : graph.inward)
        if (!inside(child) || !inside(parent))
            return Error{ErrorCode::InvalidArgument,
                "the link " + std::to_string(child) + "-" + std::to_string(parent)
                    + " names a point that the skeleton graph of " + std::to_string(graph.points)
                    + " points does not have"};
    return {};
}

} // namespace

Result<GraphMode> graphModeNamed(std::string_view name)
{
    std::string known;
    for (const auto& [text, mode] : kModes) {
        if (text == name)
            return mode;
        known += (known.empty() ? "" : ", ") + std::string(text);
    }
    return Error{ErrorCode::NotFound,
        "there is no way '" + std::string(name) + "' to lay out a skeleton graph; known are " + known};
}

Result<AdjacencyStack> adjacencyStack(const SkeletonGraph& graph, GraphMode mode, int hops)
{
    if (Status status = checkGraph(graph, hops); !status)
        return status.error();
    std::vector<Matrix> slices;
    if (mode == GraphMode::StgcnSpatial) {
        slices = stgcnSlices(graph, hops);
    } else if (mode == GraphMode::BinaryAdj) {
        slices.push_back(linkMatrix(graph, true, true));
    } else {
        Matrix self(graph.points);
        for (int i = 0; i < graph.points; ++i)
            self.at(i, i) = 1;
        slices = {self, linkMatrix(graph, true, false).byColumn(), linkMatrix(graph, false, true).byColumn()};
    }
    AdjacencyStack stack;
    stack.slices = static_cast<int>(slices.size());
    stack.points = graph.points;
    for (const Matrix& slice : slices)
        stack.values.insert(stack.values.end(), slice.values().begin(), slice.values().end());
    return stack;
}

} // namespace telltale
