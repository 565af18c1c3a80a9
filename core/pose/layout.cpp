// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/layout.h"
#include "pose/layouts/layouttables.h"
#include <algorithm>
#include <array>
#include <sstream>

namespace telltale {
namespace {

constexpr std::array<std::string_view, 5> kFingers = {"thumb", "index", "middle", "ring", "little"};

/// Mirror partners inside the 68 face points (jaw, brows, eyes, nostrils, lips); the rest is on the middle
/// line.
constexpr std::array<std::pair<int, int>, 29> kFaceFlips
    = {{{0, 16}, {1, 15}, {2, 14}, {3, 13}, {4, 12}, {5, 11}, {6, 10}, {7, 9}, {17, 26}, {18, 25}, {19, 24},
        {20, 23}, {21, 22}, {31, 35}, {32, 34}, {36, 45}, {37, 44}, {38, 43}, {39, 42}, {40, 47}, {41, 46},
        {48, 54}, {49, 53}, {50, 52}, {55, 59}, {56, 58}, {60, 64}, {61, 63}, {65, 67}}};

/// The first row whose word is in the name gives the part.
struct PartWord {
    std::string_view word;
    BodyPart left; ///< also for points on the middle line
    BodyPart right;
};
constexpr std::array<PartWord, 24> kPartWords = {{
    {"face", BodyPart::Head, BodyPart::Head},
    {"nose", BodyPart::Head, BodyPart::Head},
    {"eye", BodyPart::Head, BodyPart::Head},
    {"ear", BodyPart::Head, BodyPart::Head},
    {"head", BodyPart::Head, BodyPart::Head},
    {"mouth", BodyPart::Head, BodyPart::Head},
    {"shoulder", BodyPart::Torso, BodyPart::Torso},
    {"neck", BodyPart::Torso, BodyPart::Torso},
    {"hip", BodyPart::Torso, BodyPart::Torso},
    {"spine", BodyPart::Torso, BodyPart::Torso},
    {"elbow", BodyPart::LeftArm, BodyPart::RightArm},
    {"wrist", BodyPart::LeftArm, BodyPart::RightArm},
    {"knee", BodyPart::LeftLeg, BodyPart::RightLeg},
    {"ankle", BodyPart::LeftLeg, BodyPart::RightLeg},
    {"toe", BodyPart::LeftLeg, BodyPart::RightLeg},
    {"heel", BodyPart::LeftLeg, BodyPart::RightLeg},
    {"foot", BodyPart::LeftLeg, BodyPart::RightLeg},
    {"hand", BodyPart::LeftHand, BodyPart::RightHand},
    {"thumb", BodyPart::LeftHand, BodyPart::RightHand},
    {"index", BodyPart::LeftHand, BodyPart::RightHand},
    {"middle", BodyPart::LeftHand, BodyPart::RightHand},
    {"ring", BodyPart::LeftHand, BodyPart::RightHand},
    {"little", BodyPart::LeftHand, BodyPart::RightHand},
    {"pinky", BodyPart::LeftHand, BodyPart::RightHand},
}};

BodyPart partOf(std::string_view name)
{
    const bool right = name.starts_with("right_");
    for (const PartWord& row : kPartWords)
        if (name.find(row.word) != std::string_view::npos)
            return right ? row.right : row.left;
    return BodyPart::Torso;
}

void addHand(PoseLayout& layout, const std::string& side, int wrist)
{
    const int root = static_cast<int>(layout.points.size());
    layout.points.push_back(side + "_hand_root");
    layout.edges.emplace_back(root, wrist);
    for (const std::string_view finger : kFingers)
        for (int joint = 1; joint <= 4; ++joint) {
            const int point = static_cast<int>(layout.points.size());
            layout.points.push_back(side + "_" + std::string(finger) + std::to_string(joint));
            layout.edges.emplace_back(point, joint == 1 ? root : point - 1);
        }
}

void addFace(PoseLayout& layout, int count)
{
    const int start = static_cast<int>(layout.points.size());
    for (int i = 0; i < count; ++i)
        layout.points.push_back("face" + std::to_string(i));
    for (const auto& [a, b] : kFaceFlips)
        layout.flipPairs.emplace_back(start + a, start + b);
    if (count == 70) // OpenPose adds the pupils
        layout.flipPairs.emplace_back(start + 68, start + 69);
}

void addBlock(PoseLayout& layout, const PointBlock& block)
{
    if (block.kind == PointBlock::Face68 || block.kind == PointBlock::Face70)
        addFace(layout, block.kind == PointBlock::Face70 ? 70 : 68);
    else
        addHand(layout, block.kind == PointBlock::LeftHand ? "left" : "right", block.wrist);
}

void addNamedFlips(PoseLayout& layout)
{
    for (size_t i = 0; i < layout.points.size(); ++i) {
        if (!layout.points[i].starts_with("left_"))
            continue;
        const std::string partner = "right_" + layout.points[i].substr(5);
        const auto found = std::find(layout.points.begin(), layout.points.end(), partner);
        if (found != layout.points.end())
            layout.flipPairs.emplace_back(
                static_cast<int>(i), static_cast<int>(found - layout.points.begin()));
    }
}

/// Parents, bones, limbs and the graph follow the edges unless the table says otherwise.
void addEdgeTables(PoseLayout& layout)
{
    const auto count = static_cast<int>(layout.points.size());
    for (int i = 0; i < count; ++i)
        layout.parents.push_back(i);
    for (const auto& [child, parent] : layout.edges)
        layout.parents[static_cast<size_t>(child)] = parent;
    for (int i = 0; i < count; ++i)
        layout.bones.emplace_back(i, layout.parents[static_cast<size_t>(i)]);
    const auto root = std::find_if(layout.bones.begin(), layout.bones.end(),
        [](const std::pair<int, int>& bone) { return bone.first == bone.second; });
    layout.centre = root != layout.bones.end() ? root->first : 0;
    layout.limbs = layout.edges;
    layout.graph = layout.edges;
}

/// Limbs whose mirror image is a limb too.
void pairLimbs(PoseLayout& layout)
{
    std::vector<int> mirror(layout.points.size());
    std::vector<bool> left(layout.points.size());
    for (size_t i = 0; i < mirror.size(); ++i)
        mirror[i] = static_cast<int>(i);
    for (const auto& [a, b] : layout.flipPairs) {
        mirror[static_cast<size_t>(a)] = b;
        mirror[static_cast<size_t>(b)] = a;
        left[static_cast<size_t>(a)] = true;
    }
    const auto same = [](std::pair<int, int> a, std::pair<int, int> b) {
        return a == b || (a.first == b.second && a.second == b.first);
    };
    for (size_t i = 0; i < layout.limbs.size(); ++i) {
        const auto [a, b] = layout.limbs[i];
        const std::pair<int, int> image = {mirror[static_cast<size_t>(a)], mirror[static_cast<size_t>(b)]};
        if ((!left[static_cast<size_t>(a)] && !left[static_cast<size_t>(b)]) || same(image, {a, b}))
            continue;
        for (size_t k = 0; k < layout.limbs.size(); ++k)
            if (same(layout.limbs[k], image)) {
                layout.leftLimbs.push_back(static_cast<int>(i));
                layout.rightLimbs.push_back(static_cast<int>(k));
            }
    }
}

PoseLayout makeLayout(const LayoutSpec& spec)
{
    PoseLayout layout;
    layout.name = spec.name;
    std::istringstream names{std::string(spec.points)};
    for (std::string name; names >> name;)
        layout.points.push_back(name);
    layout.edges = spec.edges;
    for (const PointBlock& block : spec.blocks)
        addBlock(layout, block);
    addNamedFlips(layout);
    addEdgeTables(layout);
    pairLimbs(layout);
    for (const std::string& name : layout.points)
        layout.parts.push_back(partOf(name));
    layout.sources68.resize(kPointCount);
    for (const SourceRun& run : spec.runs)
        for (int i = 0; i < run.count; ++i)
            layout.sources68[run.target + i] = {run.source + i};
    for (const SourceMean& mean : spec.means)
        layout.sources68[mean.target] = {mean.first, mean.second};
    layout.headFromEyes = spec.headFromEyes;
    return layout;
}

} // namespace

const std::vector<PoseLayout>& poseLayouts()
{
    static const std::vector<PoseLayout> layouts = [] {
        std::vector<PoseLayout> all;
        for (const LayoutSpec& spec : layoutSpecs())
            all.push_back(makeLayout(spec));
        return all;
    }();
    return layouts;
}

Result<const PoseLayout*> findPoseLayout(std::string_view name)
{
    std::string known;
    for (const PoseLayout& layout : poseLayouts()) {
        if (layout.name == name)
            return &layout;
        known += (known.empty() ? "" : ", ") + layout.name;
    }
    return Error{ErrorCode::NotFound,
        "there is no skeleton layout '" + std::string(name) + "'; the known ones are " + known};
}

const std::vector<int>& parents68()
{
    static const std::vector<int> parents = [] {
        std::vector<int> all(kPointCount);
        for (int i = 0; i < kPointCount; ++i)
            all[i] = i;
        for (const auto& [child, parent] : poseLayouts().front().edges)
            all[child] = parent;
        return all;
    }();
    return parents;
}

} // namespace telltale
