// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstddef>
#include <vector>

namespace telltale {

/// Hierarchical clustering of a few hundred things at most. Pure functions, any thread.

/// One step: two clusters become one. Things are the clusters 0 to n - 1, the i-th step makes the cluster
/// n + i.
struct ClusterStep {
    int first = 0; ///< the smaller number
    int second = 0;
    double distance = 0;
    int size = 0; ///< things in the new cluster
};

/// Average linkage (UPGMA, Sokal and Michener 1958): the distance of two clusters is the mean over all pairs
/// of things. `distances` [n][n], symmetric; only what lies above the diagonal is read. n - 1 steps, the
/// nearest first; of equal distances the clusters that hold the things with the smallest numbers, so that the
/// same input gives the same steps everywhere. Distances of steps never fall. O(n^3).
std::vector<ClusterStep> averageLinkage(const std::vector<std::vector<double>>& distances);

/// The things as the leaves of the tree stand from left to right, the cluster with the smaller number of each
/// step on the left (scipy's leaves_list). `things`: how many there are.
std::vector<int> leafOrder(const std::vector<ClusterStep>& steps, int things);

} // namespace telltale
