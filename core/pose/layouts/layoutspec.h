// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/layout.h"
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale {

using PointPairs = std::vector<std::pair<int, int>>;

/// A block of points whose names, edges and flips are generated: the hands and the face of whole-body
/// layouts.
struct PointBlock {
    enum Kind { LeftHand, RightHand, Face68, Face70 } kind;
    int wrist = -1; ///< body point that a hand's root hangs on
};

/// What PoseLayout is made from. Points are named so that left_ / right_ and the joint tell flips and body
/// parts. Empty tables follow from the edges.
struct LayoutSpec {
    std::string name;
    std::string title;
    std::vector<std::string> points; ///< of the body block
    PointPairs edges; ///< (child, parent) inside the body block
    std::vector<PointBlock> blocks; ///< in file order after the body
    std::vector<JointName> joints;
    PointPairs bones;
    PointPairs limbs;
    PointPairs graph;
    int centre = -1;
    std::optional<PointPairs> flips; ///< instead of those that the names give
    std::vector<int> leftLimbs; ///< instead of those that the flips give
    std::vector<int> rightLimbs;
    std::map<int, BodyPart> parts; ///< where the name does not tell
};

/// Names separated by blanks.
std::vector<std::string> splitNames(std::string_view names);

/// Fills in what follows. `sources68` stays empty; addSources68 needs our own layout for it.
PoseLayout makeLayout(const LayoutSpec& spec);
void addSources68(PoseLayout& layout, const PoseLayout& ours);

/// The tables of the layouts that the program brings, telltale68 first.
std::vector<LayoutSpec> layoutSpecs();

} // namespace telltale
