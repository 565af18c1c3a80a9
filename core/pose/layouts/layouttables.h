// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <string_view>
#include <utility>
#include <vector>

namespace telltale {

/// `count` targets of our 68 points, from `target` on, are the points from `source` on of the layout.
struct SourceRun {
    int target;
    int source;
    int count;
};

/// One of our 68 points is the mean of two points of the layout.
struct SourceMean {
    int target;
    int first;
    int second;
};

/// A block of points whose names, edges and flips are generated: the hands and the face of whole-body
/// layouts.
struct PointBlock {
    enum Kind { Body, LeftHand, RightHand, Face68, Face70 } kind;
    int wrist = -1; ///< body point that a hand's root hangs on
};

/// What PoseLayout is made from. Points are named so that left_ / right_ and the joint tell flips and body
/// parts.
struct LayoutSpec {
    std::string_view name;
    std::string_view points; ///< names of the body block, separated by blanks
    std::vector<std::pair<int, int>> edges; ///< (child, parent) inside the body block
    std::vector<PointBlock> blocks; ///< in file order after the body
    std::vector<SourceRun> runs;
    std::vector<SourceMean> means;
    bool headFromEyes = false; ///< head = eye middle + 0.45 * (eye middle - neck)
};

const std::vector<LayoutSpec>& layoutSpecs();

} // namespace telltale
