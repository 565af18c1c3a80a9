// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/layoutmap.h"
#include "pose/layouts/layoutspec.h"
#include <algorithm>
#include <array>
#include <sstream>

namespace telltale {
namespace {

constexpr std::array<std::string_view, 5> kFingers = {"thumb", "index", "middle", "ring", "little"};

/// Mirror partners (left, right) inside the 68 face points (jaw, brows, eyes, nostrils, lips) and the two
/// pupils; the rest is on the middle line.
constexpr std::array<std::pair<int, int>, 30> kFaceFlips
    = {{{16, 0}, {15, 1}, {14, 2}, {13, 3}, {12, 4}, {11, 5}, {10, 6}, {9, 7}, {26, 17}, {25, 18}, {24, 19},
        {23, 20}, {22, 21}, {35, 31}, {34, 32}, {45, 36}, {44, 37}, {43, 38}, {42, 39}, {47, 40}, {46, 41},
        {54, 48}, {53, 49}, {52, 50}, {55, 59}, {56, 58}, {64, 60}, {63, 61}, {65, 67}, {69, 68}}};

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

void addBlock(PoseLayout& layout, const PointBlock& block)
{
    if (block.kind == PointBlock::LeftHand || block.kind == PointBlock::RightHand) {
        addHand(layout, block.kind == PointBlock::LeftHand ? "left" : "right", block.wrist);
        return;
    }
    for (int i = 0; i < (block.kind == PointBlock::Face70 ? 70 : 68); ++i)
        layout.points.push_back("face" + std::to_string(i));
}

int indexOf(const std::vector<std::string>& names, std::string_view name)
{
    const auto found = std::find(names.begin(), names.end(), name);
    return found != names.end() ? static_cast<int>(found - names.begin()) : -1;
}

PointPairs flipsByName(const std::vector<std::string>& points)
{
    PointPairs flips;
    const auto add = [&](std::string_view left, std::string_view right) {
        const int a = indexOf(points, left);
        const int b = indexOf(points, right);
        if (a >= 0 && b >= 0)
            flips.emplace_back(a, b);
    };
    for (const std::string& name : points)
        if (name.starts_with("left_"))
            add(name, "right_" + name.substr(5));
    for (const auto& [left, right] : kFaceFlips)
        add("face" + std::to_string(left), "face" + std::to_string(right));
    return flips;
}

/// Parents, bones, limbs and the graph follow the edges unless the table says otherwise.
void addEdgeTables(PoseLayout& layout, const LayoutSpec& spec)
{
    const auto count = static_cast<int>(layout.points.size());
    layout.parents.resize(layout.points.size());
    for (int i = 0; i < count; ++i)
        layout.parents[static_cast<size_t>(i)] = i;
    for (const auto& [child, parent] : layout.edges)
        layout.parents[static_cast<size_t>(child)] = parent;
    PointPairs bones;
    bones.reserve(layout.points.size());
    for (int i = 0; i < count; ++i)
        bones.emplace_back(i, layout.parents[static_cast<size_t>(i)]);
    const auto root = std::find_if(bones.begin(), bones.end(),
        [](const std::pair<int, int>& bone) { return bone.first == bone.second; });
    layout.centre = spec.centre >= 0 ? spec.centre : root->first;
    layout.bones = spec.bones.empty() ? bones : spec.bones;
    layout.limbs = spec.limbs.empty() ? layout.edges : spec.limbs;
    layout.graph = spec.graph.empty() ? layout.edges : spec.graph;
}

/// Limbs whose mirror image is another limb, left ones in their order.
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
    std::vector<bool> paired(layout.limbs.size());
    for (size_t i = 0; i < layout.limbs.size(); ++i) {
        const auto [a, b] = layout.limbs[i];
        const std::pair<int, int> image = {mirror[static_cast<size_t>(a)], mirror[static_cast<size_t>(b)]};
        if (paired[i] || (!left[static_cast<size_t>(a)] && !left[static_cast<size_t>(b)])
            || same(image, {a, b}))
            continue;
        for (size_t k = 0; k < layout.limbs.size(); ++k)
            if (!paired[k] && same(layout.limbs[k], image)) {
                layout.leftLimbs.push_back(static_cast<int>(i));
                layout.rightLimbs.push_back(static_cast<int>(k));
                paired[i] = paired[k] = true;
                break;
            }
    }
}

} // namespace

std::vector<std::string> splitNames(std::string_view names)
{
    std::istringstream in{std::string(names)};
    std::vector<std::string> all;
    for (std::string name; in >> name;)
        all.push_back(name);
    return all;
}

PoseLayout makeLayout(const LayoutSpec& spec)
{
    PoseLayout layout;
    layout.name = spec.name;
    layout.title = spec.title;
    layout.points = spec.points;
    layout.edges = spec.edges;
    for (const PointBlock& block : spec.blocks)
        addBlock(layout, block);
    layout.joints = spec.joints;
    layout.flipPairs = spec.flips ? *spec.flips : flipsByName(layout.points);
    addEdgeTables(layout, spec);
    layout.leftLimbs = spec.leftLimbs;
    layout.rightLimbs = spec.rightLimbs;
    if (layout.leftLimbs.empty())
        pairLimbs(layout);
    for (size_t i = 0; i < layout.points.size(); ++i) {
        const auto given = spec.parts.find(static_cast<int>(i));
        layout.parts.push_back(given != spec.parts.end() ? given->second : partOf(layout.points[i]));
    }
    return layout;
}

void addSources68(PoseLayout& layout, const PoseLayout& ours)
{
    layout.sources68.clear();
    for (const PointSource& source : layoutMap(layout, ours)) {
        layout.headFromEyes |= !source.away.empty();
        layout.sources68.push_back(source.away.empty() ? source.mean : std::vector<int>{});
    }
}

} // namespace telltale
