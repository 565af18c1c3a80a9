// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale {

/// Points of our own layout (candidate A: Halpe-26 body, 21 left hand, 21 right hand).
inline constexpr int kPointCount = 68;
inline constexpr int kLeftHandStart = 26;
inline constexpr int kRightHandStart = 47;

enum class BodyPart { Head, Torso, LeftArm, RightArm, LeftHand, RightHand, LeftLeg, RightLeg };

/// "head", "torso", "left_arm", ...
std::string_view nameOf(BodyPart part);

/// A joint by the name that other layouts know it by, and the points of this layout whose mean it is.
struct JointName {
    std::string joint;
    std::vector<int> points;
};

/// A skeleton layout: a data table and nothing else. Points whose names start with left_ or right_ lie on the
/// anatomical left or right of the person.
struct PoseLayout {
    std::string name; ///< e.g. "telltale68", "openpose137", "coco_wholebody133", "kinect25", "mobile14"
    std::string title; ///< one line for people: where the layout comes from
    std::vector<std::string> points;
    std::vector<std::pair<int, int>> edges; ///< (child, parent): a tree or several, each child once
    std::vector<int> parents; ///< one per point, from `edges`; a root is its own parent
    std::vector<std::pair<int, int>> flipPairs; ///< (left, right)
    std::vector<BodyPart> parts; ///< one per point
    /// Pairs (point, where its bone starts) of the bone stream, to be taken in order: of two pairs of one
    /// point the later counts, a point without a pair has a zero bone. A root is paired with itself. They
    /// differ from the edges where the reference does (COCO: hips hang on the nose).
    std::vector<std::pair<int, int>> bones;
    std::vector<std::pair<int, int>> limbs; ///< ends of the limbs that limb heatmaps draw
    /// Indices in `limbs`: the i-th left limb mirrors the i-th right one; the others are on the middle line.
    std::vector<int> leftLimbs;
    std::vector<int> rightLimbs;
    std::vector<std::pair<int, int>> graph; ///< inward (child, parent) links of the skeleton graph
    int centre = 0; ///< point that graph distances are counted from
    /// Joints that other layouts know by another name than the point's here, for mapTrack.
    std::vector<JointName> joints;
    /// For each of our 68 points: indices in this layout whose mean it is (with the least score); empty =
    /// missing. Our head is made from the eyes and the neck where `headFromEyes` says so.
    std::vector<std::vector<int>> sources68;
    /// Our head point is missing here and is made from the eyes and the neck: e + 0.45 * (e - neck).
    bool headFromEyes = false;
};

/// Known layouts in the order of the table; the first is "telltale68".
const std::vector<PoseLayout>& poseLayouts();
/// One of poseLayouts(), a layout that openPoseLayout() has read in this process, or NAME.json of the
/// user's folder. NotFound with the list of known names and where a file for it would go; BadFormat where
/// the file is wrong. The layout lives as long as the program. Any thread.
Result<const PoseLayout*> findPoseLayout(std::string_view name);
/// The same, but `nameOrFile` may also be a .json file anywhere.
Result<const PoseLayout*> openPoseLayout(const std::string& nameOrFile);

/// $XDG_DATA_HOME/telltale/layouts, without that variable ~/.local/share/telltale/layouts.
std::filesystem::path userLayoutFolder();
/// The .json files there, sorted.
std::vector<std::filesystem::path> userLayoutFiles();

/// Layout files (docs/layouts.md). BadFormat names file, field and remedy; NotFound, Io.
Result<PoseLayout> readLayoutFile(const std::filesystem::path& file);
/// The text of such a file; reading it back gives the same layout.
std::string formatLayout(const PoseLayout& layout);

/// Parent of each of the 68 points (root points to itself), for bones.
const std::vector<int>& parents68();

} // namespace telltale
